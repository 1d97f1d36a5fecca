import { describe, expect, it } from 'vitest';
import { createChat } from '../../../src/chat/chat.ts';
import { createDesk } from '../../../src/chat/desk.ts';
import type { Reply } from '../../../src/chat/types.ts';
import type { Tlp } from '../../../src/domain/tlp.ts';
import type { StoredChange } from '../../../src/store/types.ts';
import { silentLog } from '../../../src/support/log.ts';
import { createMemoryStore, ids } from '../../helpers/knowledge.ts';
import { allActions, readCard } from '../../helpers/reading.ts';

const now = new Date('2026-01-20T03:00:00Z');
const clock = { now: () => now };
const changes: readonly StoredChange[] = [
  {
    id: 1,
    at: Date.parse('2026-01-18T12:00:00Z'),
    source: 'alpha',
    recordId: 'relationship--1',
    kind: 'claim-withdrawn',
    title: 'uses',
    marking: 'clear',
    detail: {
      predicate: 'uses',
      value: 'HeronDoor',
      subject: { types: ['intrusion-set'], id: ids.actor, create: false },
      target: { types: ['malware'], id: ids.door, create: false },
    },
  },
  {
    id: 2,
    at: Date.parse('2026-01-19T12:00:00Z'),
    source: 'delta',
    recordId: 'secret-1',
    kind: 'report-new',
    title: 'Quiet herons',
    marking: 'amber',
    detail: { entity: { type: 'report', name: 'Quiet herons', id: ids.secretReport, externalIds: [] } },
  },
];
const desk = createDesk({ store: createMemoryStore({ changes }).store, clock, log: silentLog });
const chat = createChat({ desk, clock, log: silentLog });

function say(text: string, ceiling: Tlp = 'green'): Promise<Reply> {
  const place = { platform: 'cli', id: 'here', kind: 'direct', ceiling } as const;
  return chat.handle({ text, place, person: 'p', now });
}

describe('diff in chat', () => {
  it.each([
    'diff velvet heron since 2026-01-15',
    'diff APT900 since yesterday until today',
    'diff APT900 7d',
    'diff about APT900 in the last 7 days',
    'diff G9001 --since 2026-01-15',
    'diff G9001 —since last week',
    'diff APT900',
  ])('reads "%s"', async (text) => {
    expect((await say(text)).card.title).toBe('What changed about APT900');
  });

  it('tells what changed by day and source, and counts what is withheld', async () => {
    const { card } = await say('diff APT900 7d');
    const text = readCard(card);

    expect(text).toContain('Learned 2026-01-18: Alpha Framework\nno longer: uses HeronDoor');
    expect(card.withheld).toEqual({ count: 1, highest: 'amber' });
    expect(text).not.toContain('Quiet herons');
    expect(readCard((await say('diff APT900 7d', 'amber')).card)).toContain(
      'named in the new report “Quiet herons”',
    );
  });

  it('says from when on imports are recorded, and shows what publishers dated since then', async () => {
    const text = readCard((await say('diff APT900 since 2025-01-01')).card);

    expect(text).toContain(
      'Imports are not recorded as far back as 2025-01-01: first imported were Alpha Framework (2026-01-15)',
    );
    expect(text).toContain('Stated 2025-04-16: Alpha Framework');
    expect(text).toContain('Stated 2025-06-01: Gamma notes');
    expect(readCard((await say('diff APT900 2d')).card)).not.toContain('Stated');
  });

  it('leaves the statements alone that are dated later', async () => {
    const text = readCard((await say('diff APT900 since 2025-01-01 until 2025-05-01')).card);

    expect(text).toContain('Stated 2025-04-16');
    expect(text).not.toContain('2025-06-01');
  });

  it('tells of everything without an actor, with a button for each', async () => {
    const { card } = await say('diff since last week');

    expect(card.title).toBe('What changed');
    expect(readCard(card)).toContain('1 statement withdrawn');
    expect(allActions(card)).toContainEqual(
      expect.objectContaining({
        label: 'Changes',
        value: { verb: 'ask', question: expect.stringContaining(`diff ${ids.actor} since`) },
      }),
    );
  });

  it('offers no more and no sources where nothing changed', async () => {
    const { card } = await say('diff since 2025-01-01 until 2025-01-02');

    expect(readCard(card)).toContain('changed anything');
    expect(card.actions.map(({ label }) => label)).toEqual(['Share']);
  });

  it('offers the changes of each owner of a shared name', async () => {
    const { card } = await say('diff shared name 7d');

    const questions = allActions(card).map((action) =>
      action.type === 'command' ? action.value.question : '',
    );
    expect(questions.filter((question) => question?.startsWith('diff intrusion-set--'))).toHaveLength(2);
  });

  it('asks again with the same window when its buttons are pressed', async () => {
    const { card } = await say('diff APT900 since 2025-01-01');
    const more = card.actions.find((action) => action.label === 'More');

    expect(more?.type === 'command' ? more.value.question : undefined).toBe(
      `diff ${ids.actor} since 2025-01-01T00:00:00.000Z`,
    );
  });

  it.each([
    ['diff APT900 since 01/02/2025', '“01/02/2025” is no date that is read'],
    ['diff APT900 since 2027-01-01', 'lies in the future'],
    ['diff APT900 since 7d until 2020-01-01', 'is before'],
    ['diff APT900 since', 'No date given'],
  ])('says what is wrong with "%s"', async (text, problem) => {
    const { card } = await say(text);

    expect(card.title).toBe('Not understood');
    expect(readCard(card)).toContain(problem);
  });

  it('leaves a comparison to the questions', async () => {
    expect((await say('diff between APT900 and APT901')).card.title).not.toMatch(/What changed/);
  });
});
