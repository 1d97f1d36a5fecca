import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimits, type Limits } from '../../src/chat/limits.ts';
import { limitedChat, limitedSurfaces } from '../../src/chat/limits-chat.ts';
import { isHeavyAction, isHeavyText } from '../../src/chat/limits-heavy.ts';
import { createFairQueue, type Owner } from '../../src/chat/limits-queue.ts';
import { createRateLimit } from '../../src/chat/limits-rate.ts';
import type { Place } from '../../src/chat/types.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';
import { readCard } from '../helpers/reading.ts';
import { openSurfaceWorld } from '../helpers/surfaces.ts';
import '../helpers/property-runs.ts';

const place: Place = {
  platform: 'slack',
  workspace: 'slack:T1',
  id: 'T1/C1',
  kind: 'channel',
  ceiling: 'green',
};
const now = new Date('2026-01-20T03:00:00Z');

/** Work that ends when it is told to, and turns that come when they are asked for. */
function createStage() {
  const turns: (() => void)[] = [];
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  return {
    begun,
    ends,
    nextTurn: (work: () => void) => void turns.push(work),
    work: (name: string) => (): Promise<string> => {
      begun.push(name);
      return new Promise((resolve) => void ends.push(() => resolve(name)));
    },
    /** Lets all turns pass that are due. */
    pass: async () => {
      for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) turn();
      await settle();
    },
  };
}

describe('createRateLimit', () => {
  it('lets a minute’s worth through at once, then one at a time, and says when', () => {
    const limit = createRateLimit(30);
    for (let count = 0; count < 30; count += 1) {
      expect(limit.waitMs('a', 0)).toBe(0);
      limit.take('a', 0);
    }

    expect(limit.waitMs('a', 0)).toBe(2_000);
    expect(limit.waitMs('b', 0)).toBe(0);
    expect(limit.waitMs('a', 2_000)).toBe(0);
  });

  it('never lets more through in a minute than twice its worth, nor forgets who is in use', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 5_000 })), { maxLength: 300 }),
        (steps) => {
          const limit = createRateLimit(10);
          const taken = new Map<string, number[]>();
          let at = 0;
          for (const [key, passed] of steps) {
            at += passed;
            if (limit.waitMs(key, at) > 0) continue;
            limit.take(key, at);
            taken.set(key, [...(taken.get(key) ?? []), at]);
          }
          for (const times of taken.values()) {
            for (const time of times) {
              expect(times.filter((one) => one >= time && one < time + 60_000).length).toBeLessThanOrEqual(
                20,
              );
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('keeps few keys, however many ask, and a clock that goes back fills nothing', () => {
    const limit = createRateLimit(2, 100);
    for (let key = 0; key < 10_000; key += 1) limit.take(`k${key}`, 1_000_000);
    limit.take('late', 1_000_000);
    limit.take('late', 1_000_000);

    expect(limit.size).toBeLessThanOrEqual(100);
    expect(limit.waitMs('late', 0)).toBeGreaterThan(0);
  });
});

describe('createFairQueue', () => {
  const bounds = {
    running: { person: 1, workspace: 2, all: 2 },
    waiting: { person: 50, workspace: 100, all: 200 },
  };

  it('gives each workspace its turn, and in it each person, whoever asked more', async () => {
    const stage = createStage();
    const queue = createFairQueue(
      { ...bounds, running: { person: 1, workspace: 1, all: 1 } },
      stage.nextTurn,
    );
    const ask = (workspace: string, person: string, count: number): void => {
      for (let one = 1; one <= count; one += 1) {
        void queue.run({ workspace, person }, stage.work(`${workspace}${person}${one}`));
      }
    };
    ask('A', 'a', 3);
    ask('A', 'b', 1);
    ask('B', 'c', 2);

    for (let round = 0; round < 6; round += 1) {
      await stage.pass();
      stage.ends.shift()?.();
      await stage.pass();
    }

    expect(stage.begun).toEqual(['Aa1', 'Bc1', 'Ab1', 'Bc2', 'Aa2', 'Aa3']);
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });

  it('begins all that was taken, holds every bound, and lets nobody wait for another’s crowd', async () => {
    const owner = fc.record({ workspace: fc.constantFrom('A', 'B', 'C'), person: fc.constantFrom('p', 'q') });
    await fc.assert(
      fc.asyncProperty(fc.array(owner, { maxLength: 120 }), async (owners) => {
        const stage = createStage();
        const small = { ...bounds, waiting: { person: 10, workspace: 15, all: 30 } };
        const queue = createFairQueue(small, stage.nextTurn);
        let taken = 0;
        const running = new Map<string, number>();
        const results: Promise<unknown>[] = [];
        for (const [index, one] of owners.entries()) {
          const key = `${one.workspace}${one.person}`;
          const result = queue.run(one, async () => {
            running.set(key, (running.get(key) ?? 0) + 1);
            expect(running.get(key)).toBeLessThanOrEqual(small.running.person);
            expect(queue.running).toBeLessThanOrEqual(small.running.all);
            await stage.work(String(index))();
            running.set(key, (running.get(key) ?? 0) - 1);
            if (index % 7 === 0) throw new Error('this one fails');
          });
          if ('over' in result) continue;
          taken += 1;
          results.push(result.catch(() => undefined));
        }
        expect(queue.waiting).toBeLessThanOrEqual(small.waiting.all);

        while (stage.begun.length < taken || stage.ends.length > 0) {
          await stage.pass();
          stage.ends.shift()?.();
        }

        await Promise.all(results);
        await stage.pass();
        expect(stage.begun).toHaveLength(taken);
        expect([queue.running, queue.waiting]).toEqual([0, 0]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('createLimits', () => {
  const owner: Owner = { workspace: 'A', person: 'p' };

  function limitsWith(stage: ReturnType<typeof createStage>, perMinute = 100): Limits {
    return createLimits({
      rules: {
        personPerMinute: perMinute,
        workspacePerMinute: 150,
        bounds: {
          running: { person: 1, workspace: 1, all: 1 },
          waiting: { person: 2, workspace: 3, all: 3 },
        },
      },
      nowMs: () => 0,
      nextTurn: stage.nextTurn,
    });
  }

  it('answers a light question while heavy ones wait, and turns away only what cannot even wait', async () => {
    const stage = createStage();
    const limits = limitsWith(stage);
    const heavy = [1, 2].map((one) => limits.run(owner, 'heavy', stage.work(`heavy ${one}`)));
    await stage.pass();
    const third = limits.run(owner, 'heavy', stage.work('heavy 3'));
    const fourth = await limits.run(owner, 'heavy', stage.work('heavy 4'));
    const light = await limits.run(owner, 'light', async () => 'light');

    expect(fourth).toEqual({ kind: 'over', over: { kind: 'heavy', scope: 'person', retryAfterSeconds: 1 } });
    expect(light).toEqual({ kind: 'done', result: 'light' });
    for (let round = 0; round < 8; round += 1) {
      stage.ends.shift()?.();
      await stage.pass();
    }
    expect(await Promise.all([...heavy, third])).toHaveLength(3);
  });

  it('counts a workspace as a whole, and takes nothing of it for what is turned away', async () => {
    const limits = limitsWith(createStage(), 100);
    const ask = (person: string) => limits.run({ workspace: 'A', person }, 'light', async () => 'done');
    for (let count = 0; count < 120; count += 1) await ask('p');
    for (let count = 0; count < 50; count += 1) await ask('q');

    expect(await ask('r')).toMatchObject({ kind: 'over', over: { kind: 'rate', scope: 'workspace' } });
    expect(await limits.run({ workspace: 'B', person: 'p' }, 'light', async () => 'done')).toMatchObject({
      kind: 'done',
    });
  });

  it('begins some of a person’s short questions at once, and lets nobody wait behind a crowd of them', async () => {
    const stage = createStage();
    const limits = limitsWith(stage);
    const crowd = Array.from({ length: 50 }, (_, one) => limits.run(owner, 'light', stage.work(`p${one}`)));
    const other = limits.run({ workspace: 'A', person: 'q' }, 'light', stage.work('q'));
    const elsewhere = limits.run({ workspace: 'B', person: 'p' }, 'light', stage.work('B'));

    expect(stage.begun).toEqual(['p0', 'p1', 'p2', 'p3']);
    await stage.pass();
    expect(stage.begun.slice(4)).toEqual(['q', 'B']);
    while (stage.ends.length > 0) {
      stage.ends.shift()?.();
      await stage.pass();
    }
    expect(await Promise.all([...crowd, other, elsewhere])).toHaveLength(52);
    expect(stage.begun.at(-1)).toBe('p49');
  });

  it('rejects as the work does, and goes on', async () => {
    const stage = createStage();
    const limits = limitsWith(stage);
    const failing = limits.run(owner, 'heavy', async () => {
      throw new Error('broken');
    });
    const failed = expect(failing).rejects.toThrow('broken');
    await stage.pass();
    await failed;
    const next = limits.run(owner, 'heavy', async () => 'fine');
    await stage.pass();

    expect(await next).toEqual({ kind: 'done', result: 'fine' });
  });
});

describe('limitedChat', () => {
  it('says when to ask again, to the asker alone, with the question behind a button; buttons count too', async () => {
    const metrics = createMetrics();
    const rules = { personPerMinute: 2, workspacePerMinute: 100 };
    const fake = createFakeChat();
    const chat = limitedChat(fake, createLimits({ rules, nowMs: () => 0, metrics }));
    const by = { place, person: 'T1/U1', now };
    await chat.handle({ text: 'APT99', ...by });
    await chat.handleAction({ value: { verb: 'share', entity: 'x' }, ...by });

    const reply = await chat.handle({ text: 'compare APT98 and APT99', ...by });

    expect(reply.audience).toBe('asker');
    expect(reply.outcome).toBe('limited');
    expect(readCard(reply.card)).toContain('Ask again in 30 seconds');
    expect(reply.card.actions).toMatchObject([
      { value: { verb: 'ask', question: 'compare APT98 and APT99' } },
    ]);
    expect(fake.requests).toHaveLength(2);
    expect(metrics.render()).toContain('threatbrief_limited_total{limit="rate",scope="person"} 1');
    expect((await chat.handle({ text: 'APT99', ...by, person: 'T1/U2' })).outcome).toBeUndefined();
  });
});

describe('limitedSurfaces', () => {
  it('counts type-ahead and refreshed forms, of which a program can ask any number', async () => {
    const rules = { personPerMinute: 2, workspacePerMinute: 100 };
    const world = await openSurfaceWorld();
    const surfaces = limitedSurfaces(world.surfaces, createLimits({ rules, nowMs: () => 0 }));
    const find = () => surfaces.find({ ...world.asked(), text: 'APT900', limit: 5 });
    const options = () => surfaces.options({ ...world.asked(), source: 'actor', text: 'APT900', limit: 5 });
    const first = [await find(), await options()];
    const refreshed = await surfaces.refreshForm({ ...world.asked(), form: 'subscribe', values: {} });
    const then = [await find(), await options()];
    await world.close();

    expect(first.map(({ length }) => length > 0)).toEqual([true, true]);
    expect(then).toEqual([[], []]);
    expect(refreshed).toMatchObject({ kind: 'done', reply: { outcome: 'limited' } });
  });
});

describe('what is heavy', () => {
  it.each([
    'which actors target telecom',
    'compare APT28 and APT29',
    'country:iran sector:telecom',
    'T1566 T1059.001',
    'digest preview',
    'a\npasted\ntext',
    'lazarus group '.repeat(7),
    'who are the actors using malware from iran',
    'x'.repeat(201),
  ])('is %s', (text) => {
    expect(isHeavyText(text)).toBe(true);
  });

  it.each(['APT39', 'who is Lazarus Group', 'help', 'why E-7KQ2MX4P', 'T1566.001', '', 'settings'])(
    'is not “%s”',
    (text) => {
      expect(isHeavyText(text)).toBe(false);
    },
  );

  it('is told in no time, whatever is asked, and a button for one thing is light', () => {
    for (const text of ['a '.repeat(50_000), 'x:'.repeat(50_000), '-'.repeat(100_000), 'T1'.repeat(50_000)]) {
      expect(isHeavyText(text)).toBe(true);
    }
    expect(isHeavyAction({ verb: 'brief', entity: 'x', question: 'compare a and b' })).toBe(false);
    expect(isHeavyAction({ verb: 'more', question: 'compare a and b' })).toBe(true);
    expect(isHeavyAction({ verb: 'ask', entity: 'x', question: 'compare a and b' })).toBe(true);
  });
});
