import { describe, expect, it } from 'vitest';
import { digestQuestion, parseDigestQuestion } from '../../src/briefing/digest-question.ts';
import type { Card } from '../../src/cards/card.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Place } from '../../src/chat/types.ts';
import type { WatchList } from '../../src/chat/watch-list.ts';
import type { StoredChange } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, ids, sampleKnowledge } from '../helpers/knowledge.ts';
import { readCard, sectionTexts } from '../helpers/reading.ts';

const now = new Date('2026-02-20T03:00:00Z');
const clock = { now: () => now };
const at = Date.parse('2026-01-19T12:00:00Z');
const place: Place = {
  platform: 'slack',
  id: 'T1/C1',
  workspace: 'slack:T1',
  kind: 'channel',
  ceiling: 'green',
};
const window = { from: Date.parse('2026-01-19T07:00:00Z'), to: Date.parse('2026-01-20T07:00:00Z') };

function changes(count: number): readonly StoredChange[] {
  const alias = (number: number): StoredChange => ({
    id: number,
    at,
    source: 'alpha',
    recordId: ids.actor,
    kind: 'claim-added',
    title: 'APT900',
    marking: 'clear',
    detail: { predicate: 'alias', value: `Name ${number}`, relation: 'same-as' },
  });
  return Array.from({ length: count }, (_, number) => alias(number));
}

async function press(
  section: string | undefined,
  page?: number,
  ceiling: Place['ceiling'] = 'green',
  watchList?: WatchList,
): Promise<Card> {
  const secret: StoredChange = {
    ...changes(1)[0],
    id: 99,
    marking: 'amber',
    kind: 'report-new',
    source: 'delta',
    recordId: 'secret-1',
  } as StoredChange;
  const desk = createDesk({
    store: createMemoryStore({ changes: [...changes(3), secret] }).store,
    clock,
    log: silentLog,
  });
  const subscribing = watchList === undefined ? {} : { subscribing: { watchList } };
  const chat = createChat({ desk, clock, log: silentLog, ...subscribing });
  const question = digestQuestion({
    window,
    filters: [],
    kind: 'digest',
    knowledge: sampleKnowledge('green'),
  });
  const reply = await chat.handleAction({
    value: {
      verb: 'more',
      ...(question === undefined ? {} : { question }),
      ...(section === undefined ? {} : { section }),
      ...(page === undefined ? {} : { page }),
    },
    place: { ...place, ceiling },
    person: 'T1/U1',
    now,
  });
  return reply.card;
}

describe('the buttons of a digest', () => {
  it('show all of its window a month later, and each section by pages', async () => {
    expect(readCard(await press(undefined))).toContain('Changed profiles: 1 entry');
    expect(sectionTexts(await press('profiles', 0), 'profiles')).toEqual([
      'APT900: also called Name 0, Name 1, Name 2 (TLP:CLEAR · Alpha Framework)',
    ]);
  });

  it('show no more than the place may see when they are pressed', async () => {
    const card = await press('profiles', 0);

    expect(card.withheld).toEqual({ count: 1, highest: 'amber' });
    expect(readCard(card)).not.toContain('Quiet herons');
    expect(readCard(await press('reports', 0, 'amber'))).toContain('Quiet herons');
  });

  it('leave out what the place has muted by now', async () => {
    const muted: string[] = [];
    const mute = { kind: 'actor', target: ids.actor, label: 'APT900', until: null } as const;
    const by = { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' } as const;
    const watchList: WatchList = {
      watch: async () => ({ kind: 'refused', problem: '' }),
      unwatch: async () => false,
      watches: async () => [],
      subscriptionsOf: async () => [],
      mute: async () => undefined,
      unmute: async () => undefined,
      mutes: async (destination) => {
        muted.push(destination.id);
        return [{ ...mute, destination, by, createdAt: 0 }];
      },
    };

    const text = readCard(await press(undefined, undefined, 'green', watchList));

    expect(muted).toEqual(['T1/C1']);
    expect(text).not.toContain('Changed profiles');
  });

  it('carry a question that is read as it was written', () => {
    const question =
      digestQuestion({ window, filters: [], kind: 'watch', knowledge: sampleKnowledge('green') }) ?? '';

    expect(parseDigestQuestion(question.replace(/^digest /, ''))).toEqual({
      window,
      kind: 'watch',
      filters: '',
    });
    expect(parseDigestQuestion('7 sector:telecom')).toBeUndefined();
    expect(parseDigestQuestion('2026-02-30T00:00Z..x')).toBeUndefined();
  });
});
