import { describe, expect, it } from 'vitest';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { createThreads } from '../../src/chat/threads.ts';
import type { Place } from '../../src/chat/types.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, ids } from '../helpers/knowledge.ts';
import { allActions } from '../helpers/reading.ts';

const start = Date.parse('2026-01-20T03:00:00Z');

function world() {
  let time = start;
  const clock = { now: () => new Date(time) };
  const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog });
  const chat = createChat({ desk, clock, log: silentLog });
  const ask = async (text: string, thread: string | undefined = 't1', ceiling: Tlp = 'green') => {
    const place: Place = {
      platform: 'slack',
      id: 'T1/C1',
      kind: 'channel',
      ceiling,
      ...(thread === '' ? {} : { thread }),
    };
    const { card, answer } = await chat.handle({ text, place, person: 'T1/U1', now: clock.now() });
    return { title: card.title, outcome: answer?.outcome, card };
  };
  return { ask, chat, later: (ms: number) => (time += ms) };
}

describe('a conversation', () => {
  it('lets a question point back to whom the last one was about', async () => {
    const { ask } = world();
    await ask('who is velvet heron');

    expect((await ask('and its tools?')).title).toBe('APT900: tools');
    expect((await ask('what techniques do they use')).title).toBe('APT900: techniques');
    expect((await ask('aliases?')).title).toBe('APT900: other names');
    expect((await ask('tell me more')).title).toBe('APT900');
    expect((await ask('since when are they active')).title).toBe('APT900: activity');
  });

  it('asks the same of another', async () => {
    const { ask } = world();
    await ask('techniques of APT900');

    expect((await ask('and APT901?')).title).toBe('APT901: techniques');
    expect((await ask('tools?')).title).toBe('APT901: tools');
  });

  it('gives answers whose buttons need no conversation', async () => {
    const { ask } = world();
    await ask('APT900');

    const { card } = await ask('what does CrowdStrike call them');
    const questions = allActions(card).map((action) =>
      action.type === 'command' ? action.value.question : '',
    );
    expect(questions.filter((question) => question?.includes('them'))).toEqual([]);
    expect(questions.join(' ')).toContain(ids.actor);
  });

  it('goes on from a briefing that was chosen by a button', async () => {
    const { ask, chat } = world();
    const place: Place = { platform: 'slack', id: 'T1/C1', kind: 'channel', ceiling: 'green', thread: 't1' };
    const value = { verb: 'brief', entity: ids.secondActor, section: 'choice' } as const;
    await chat.handleAction({ value, place, person: 'T1/U1', now: new Date(start) });

    expect((await ask('tools?')).title).toBe('APT901: tools');
  });

  it.each([
    ['another thread', 't2'],
    ['no thread', ''],
  ])('carries nothing into %s', async (_, thread) => {
    const { ask } = world();
    await ask('APT900');

    const { title, outcome } = await ask('and its tools?', thread);
    expect([title, outcome]).toEqual(['What is this about?', 'refused']);
  });

  it('begins anew after a day', async () => {
    const { ask, later } = world();
    await ask('APT900');
    later(86_400_001);

    expect((await ask('and its tools?')).outcome).toBe('refused');
  });

  it('does not carry what the place may no longer see', async () => {
    const { ask } = world();
    await ask('Quiet herons', 't1', 'amber');

    const { card, outcome } = await ask('tell me more', 't1', 'clear');
    expect(outcome).toBe('refused');
    expect(JSON.stringify(card)).not.toContain('Quiet');
  });

  it.each(['APT901', 'is it going to rain', 'thanks', 'it is broken', 'who is velvet heron'])(
    'leaves %j what it is',
    async (text) => {
      const { ask } = world();
      const alone = await ask(text, '');
      await ask('APT900');

      expect((await ask(text)).title).toBe(alone.title);
    },
  );
});

describe('createThreads', () => {
  it('answers as if nothing had been said when the store fails', async () => {
    const broken = async () => {
      throw new Error('the store was told to fail');
    };
    const threads = createThreads({
      store: { threadSubject: broken, rememberThreadSubject: broken, forgetThreadSubjects: broken },
      clock: { now: () => new Date(start) },
      log: silentLog,
    });
    const place: Place = { platform: 'teams', id: 'x', kind: 'direct', ceiling: 'green', thread: 'x' };

    await threads.remember(place, { entity: ids.actor, form: '{}' });
    expect(await threads.recall(place)).toBeUndefined();
  });
});
