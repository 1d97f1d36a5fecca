import { describe, expect, it } from 'vitest';
import { createAuditTrail } from '../../src/chat/audit.ts';
import { auditedChat } from '../../src/chat/audit-chat.ts';
import { auditedCompose } from '../../src/chat/audit-digests.ts';
import { keptQuestion } from '../../src/chat/audit-entry.ts';
import type { AuditTrail, NotedRequest, NotedResult } from '../../src/chat/audit-types.ts';
import type { Place } from '../../src/chat/types.ts';
import type { AnswerBatch } from '../../src/store/answer-types.ts';
import { StoreUnavailableError } from '../../src/store/errors.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';
import { sampleCard } from '../helpers/sample-card.ts';

const place: Place = {
  platform: 'slack',
  workspace: 'slack:T1',
  id: 'T1/C1/1700.1',
  kind: 'channel',
  thread: 'T1/C1/1700.1',
  ceiling: 'green',
};
const at = new Date('2026-01-20T03:00:00Z');
const request: NotedRequest = { place, person: 'T1/U1', at, action: 'ask', question: 'APT99' };

/** A store that keeps batches, and fails as long as it is told to. */
function createFakeStore() {
  const batches: AnswerBatch[] = [];
  const state: { failure: Error | undefined } = { failure: undefined };
  return {
    batches,
    state,
    activities: () => batches.flatMap(({ activities }) => activities),
    store: {
      noteAnswers: async (batch: AnswerBatch) => {
        if (state.failure !== undefined) throw state.failure;
        batches.push(batch);
      },
    },
  };
}

function createWorld(questions: 'text' | 'hash' | 'none' = 'text') {
  const fake = createFakeStore();
  const metrics = createMetrics();
  const logged: string[] = [];
  const log = { ...silentLog, error: (_: object, message: string) => void logged.push(message) };
  const trail = createAuditTrail({ store: fake.store, log, metrics, questions, gatherMs: 0 });
  return { ...fake, trail, metrics, logged };
}

describe('createAuditTrail', () => {
  it('writes ids and markings, and never the text of an answer', async () => {
    const { trail, batches, activities } = createWorld();

    const evidence = trail.note(request, { card: sampleCard });
    await trail.flush();

    expect(activities()).toEqual([
      expect.objectContaining({
        at: at.getTime(),
        person: { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' },
        place: 'T1/C1',
        thread: 'T1/C1/1700.1',
        action: 'ask',
        question: 'APT99',
        outcome: 'shown',
        ceiling: 'green',
        withheldCount: sampleCard.withheld.count,
        evidence,
      }),
    ]);
    expect(JSON.stringify(batches[0]?.activities)).not.toContain(sampleCard.title);
    expect(batches[0]?.evidence).toMatchObject([{ id: evidence, workspace: 'slack:T1', question: 'APT99' }]);
  });

  it('packs equal answers once', async () => {
    const { trail, batches } = createWorld();
    for (let count = 0; count < 3; count += 1) {
      trail.note(request, { card: sampleCard });
      await trail.flush();
    }

    expect(batches.map(({ contents }) => contents.length)).toEqual([1, 0, 0]);
    expect(new Set(batches.flatMap(({ evidence }) => evidence.map(({ hash }) => hash))).size).toBe(1);
    expect(new Set(batches.flatMap(({ evidence }) => evidence.map(({ id }) => id))).size).toBe(3);
  });

  it('keeps what an outage delays, in order, and gives none of it up', async () => {
    const { trail, state, activities } = createWorld();
    state.failure = new StoreUnavailableError('store-unavailable', 'the database is out');
    const id = trail.note(request, { card: sampleCard });
    trail.note({ ...request, question: 'second' }, {});
    await new Promise((resolve) => void setImmediate(resolve));
    expect(trail.pending({ platform: 'slack', workspace: 'slack:T1', id: id ?? '' })).toBeDefined();
    state.failure = undefined;
    await trail.flush();

    expect(activities().map(({ question }) => question)).toEqual(['APT99', 'second']);
  });

  it('counts and logs what cannot be written, and ends all the same', async () => {
    const { trail, state, metrics, logged } = createWorld();
    state.failure = new StoreUnavailableError('store-unavailable', 'the database is out');
    trail.note(request, {});
    await trail.stop();

    expect(metrics.render()).toContain('threatbrief_audit_entries_total{result="lost"} 1');
    expect(logged).toContain('entries of the audit are lost');
  });

  it('goes on after what the store refuses', async () => {
    const { trail, state, metrics, activities } = createWorld();
    state.failure = new Error('a constraint');
    trail.note(request, {});
    await trail.flush();
    state.failure = undefined;
    trail.note(request, {});
    await trail.flush();

    expect(activities()).toHaveLength(1);
    expect(metrics.render()).toContain('{result="lost"} 1');
  });

  it('is bounded: what is too much is counted, and promises no evidence', async () => {
    const { trail, state, metrics } = createWorld();
    state.failure = new StoreUnavailableError('store-unavailable', 'the database is out');
    const ids = Array.from({ length: 6_000 }, () => trail.note(request, { card: sampleCard }));

    expect(ids.filter((id) => id !== undefined)).toHaveLength(500);
    expect(metrics.render()).toContain('threatbrief_audit_waiting 5000');
    expect(metrics.render()).toContain('threatbrief_audit_entries_total{result="lost"} 1000');
    await trail.stop();
  });

  it('notes who goes on over a limit once in a while', async () => {
    const { trail, activities } = createWorld();
    for (let count = 0; count < 50; count += 1) trail.note(request, { outcome: 'limited' });
    trail.note({ ...request, at: new Date(at.getTime() + 60_000) }, { outcome: 'limited' });
    await trail.flush();

    expect(activities()).toHaveLength(2);
  });

  it('takes hostile ids and megabytes', async () => {
    const { trail, activities } = createWorld();
    const long = '\u202e\u0000<!channel>'.repeat(100_000);
    trail.note(
      { ...request, question: long, person: long, entity: long },
      { entities: ['__proto__', 'a b', long] },
    );
    await trail.flush();

    expect(activities()[0]?.question?.length).toBeLessThanOrEqual(500);
    expect(activities()[0]?.person.id.length).toBeLessThanOrEqual(300);
    expect(activities()[0]).toMatchObject({ entities: ['__proto__'], entityCount: 3 });
  });
});

describe('keptQuestion', () => {
  it('is the text without what looks like a secret, a hash that tells equal ones, or nothing', () => {
    const token = ['xoxb', '1234567890', 'abcdefghij'].join('-');

    expect(keptQuestion(`who is ${token}`, 'text', '')).toBe('who is [redacted]');
    expect(keptQuestion('APT39', 'hash', 'key')).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(keptQuestion('APT39', 'hash', 'key')).toBe(keptQuestion(' APT39 ', 'hash', 'key'));
    expect(keptQuestion('APT39', 'hash', 'key')).not.toBe(keptQuestion('APT39', 'hash', 'other'));
    expect(keptQuestion('APT39', 'none', '')).toBeNull();
    expect(keptQuestion('  ', 'text', '')).toBeNull();
  });

  it.each([
    ['a token of the web', `eyJ${'a'.repeat(300)}.${'b'.repeat(300)}.${'c'.repeat(40)}`],
    ['a client secret', `abc8Q~${'d'.repeat(33)}`],
    ['credentials in an address', `https://user:${'e'.repeat(60)}@intranet.example/`],
  ])('keeps no half of %s where a long text is cut', (_, secret) => {
    for (let before = 380; before < 500; before += 7) {
      const kept = keptQuestion(`${'x '.repeat(before / 2)}${secret}`, 'text', '') ?? '';

      expect(kept.length).toBeLessThanOrEqual(500);
      expect(kept).not.toMatch(/eyJa|8Q~|user:e/);
    }
  });
});

function createNotes(): { trail: Pick<AuditTrail, 'note'>; noted: [NotedRequest, NotedResult][] } {
  const noted: [NotedRequest, NotedResult][] = [];
  return {
    noted,
    trail: {
      note: (one, result) => {
        noted.push([one, result]);
        return 'E-7KQ2MX4P';
      },
    },
  };
}

describe('auditedChat', () => {
  it('notes questions and presses with who, where and what, and shows the evidence on the card', async () => {
    const { trail, noted } = createNotes();
    const chat = auditedChat(createFakeChat(), trail);
    const by = { place, person: 'T1/U1', now: at };

    const asked = await chat.handle({ text: 'APT99', ...by });
    await chat.handleAction({ value: { verb: 'share', entity: 'intrusion-set--1' }, ...by });
    await chat.handleAction({ value: { verb: 'ask', question: 'why E-7KQ2MX4P' }, ...by });

    expect(asked.card.evidence).toBe('E-7KQ2MX4P');
    expect(noted.map(([one, { audience }]) => [one.action, one.question, one.entity, audience])).toEqual([
      ['ask', 'APT99', undefined, 'asker'],
      ['share', undefined, 'intrusion-set--1', 'place'],
      ['evidence', 'why E-7KQ2MX4P', undefined, 'asker'],
    ]);
  });
});

describe('auditedCompose', () => {
  it('notes each message in the name of who subscribed, with what it leads to', async () => {
    const { trail, noted } = createNotes();
    const { subscription } = await import('../store/delivery-fixtures.ts');
    const compose = auditedCompose(
      async () => ({
        isEmpty: false,
        messages: [{ role: 'single', card: sampleCard }],
        items: [],
      }),
      trail,
    );

    const digest = await compose({
      subscription: subscription('s1'),
      delivery: { id: 'd', slotAt: 1, merged: 0 },
      ceiling: 'clear',
      until: at.getTime(),
    });

    expect(digest.messages[0]?.card.evidence).toBe('E-7KQ2MX4P');
    expect(noted).toMatchObject([
      [{ action: 'digest', person: 'U0001', place: { id: 'C-s1', ceiling: 'clear' } }, { audience: 'place' }],
    ]);
  });
});
