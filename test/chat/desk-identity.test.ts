import { describe, expect, it } from 'vitest';
import { createDesk } from '../../src/chat/desk.ts';
import { type IdentityDecisions, type IdentitySource, noDecisions } from '../../src/knowledge/identity.ts';
import type { NotedDecision } from '../../src/store/settings-types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, ids } from '../helpers/knowledge.ts';

const clock = { now: () => new Date('2026-01-20T03:00:00Z') };

interface FakeIdentity extends IdentitySource {
  set(decisions: IdentityDecisions): void;
  fail(message: string | undefined): void;
}

function fakeIdentity(start: IdentityDecisions): FakeIdentity {
  let state = { key: '0', decisions: start };
  let next = state;
  let failure: string | undefined;
  return {
    set: (decisions) => {
      next = { key: `${Number(next.key) + 1}`, decisions };
    },
    fail: (message) => {
      failure = message;
    },
    current: () => state,
    refresh: () => {
      if (failure !== undefined) throw new Error(failure);
      state = next;
      return state;
    },
  };
}

const together: IdentityDecisions = { same: [{ members: ['G9001', 'G9002'] }], different: [] };

describe('a desk with an operator’s decisions', () => {
  it('follows a file that changed at its next refresh, without an import', async () => {
    const identity = fakeIdentity(noDecisions);
    const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog, identity });
    await desk.refresh();
    const before = (await desk.ask('APT901', 'green')).answers[0]?.id;

    identity.set(together);
    expect(await desk.refresh()).toBe(true);
    expect(await desk.refresh()).toBe(false);

    expect(before).toBe(ids.secondActor);
    expect((await desk.ask('APT901', 'green')).answers[0]?.id).toBe(ids.actor);
    identity.set(noDecisions);
    await desk.refresh();
    const undone = await desk.ask('APT901', 'green');
    expect(undone.answers[0]?.id).toBe(before);
    expect(JSON.stringify(undone.card)).not.toContain('decision');
  });

  it('keeps the last good decisions when the file breaks, and says so', async () => {
    const identity = fakeIdentity(together);
    const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog, identity });
    await desk.refresh();

    identity.fail('identity.yaml line 3: broken');
    expect(await desk.refresh()).toBe(false);

    expect(desk.state().problem).toBe('identity.yaml line 3: broken');
    expect((await desk.ask('APT901', 'green')).answers[0]?.id).toBe(ids.actor);
    identity.fail(undefined);
    await desk.refresh();
    expect(desk.state().problem).toBeNull();
  });

  it('notes the decisions in the history, once for each change', async () => {
    const noted: (readonly NotedDecision[])[] = [];
    const identity = fakeIdentity(together);
    const store = {
      ...createMemoryStore().store,
      noteDecisions: async (decisions: readonly NotedDecision[]) => void noted.push(decisions),
    };
    const desk = createDesk({ store, clock, log: silentLog, identity });

    await desk.refresh();
    await desk.refresh();
    identity.set(noDecisions);
    await desk.refresh();

    expect(noted.map((decisions) => decisions.map(({ members }) => members))).toEqual([
      [['G9001', 'G9002']],
      [],
    ]);
  });

  it('shows the decision on the card', async () => {
    const identity = fakeIdentity({
      same: [{ members: ['G9001', 'G9002'], reason: 'Seen in our own case.', date: '2026-01-02' }],
      different: [],
    });
    const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog, identity });

    const { card } = await desk.ask('APT900', 'green');

    expect(JSON.stringify(card)).toContain(
      'Joined by an operator’s decision: G9001, G9002. Seen in our own case. (2026-01-02)',
    );
  });

  it('answers why typed as a question', async () => {
    const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog });

    expect((await desk.ask('why is Velvet Heron APT900', 'green')).card.title).toBe(
      'Why APT900: Velvet Heron',
    );
  });
});
