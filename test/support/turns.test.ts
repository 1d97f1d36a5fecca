import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from '../../src/support/turns.ts';

it('begins in order, one in each turn of the event loop, so that others come between', async () => {
  const turns = createTurns(10);
  const seen: string[] = [];
  const all = ['a', 'b', 'c'].map((name) =>
    turns.run(async () => {
      seen.push(name);
      setImmediate(() => seen.push(`after ${name}`));
    }),
  );

  expect(seen).toEqual([]);
  await Promise.all(all);
  await nextTurn();

  expect(seen).toEqual(['a', 'after a', 'b', 'after b', 'c', 'after c']);
});

it('has no more under way than it may, and goes on after a failure', async () => {
  const turns = createTurns(2);
  let underWay = 0;
  let most = 0;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) =>
      turns.run(async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        for (let turn = 0; turn < 60; turn += 1) await nextTurn();
        underWay -= 1;
        if (at % 3 === 0) throw new Error('broken');
        return at;
      }),
    ),
  );

  expect(most).toBe(2);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(7);
  expect(outcomes.at(-1)).toEqual({ status: 'fulfilled', value: 19 });
});

it('gives each owner a turn, and keeps room for the others', async () => {
  let now = 0;
  const fair = createTurns(3, () => (now += 5), 2);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const run = (owner: string, name: string): Promise<void> =>
    fair.run(() => {
      begun.push(name);
      return new Promise((resolve) => void ends.push(resolve));
    }, owner);
  const all = [
    ...Array.from({ length: 6 }, (_, one) => run('crowd', `c${one}`)),
    run('other', 'o0'),
    run('third', 't0'),
  ];
  const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  for (let count = 0; count < 1_000 && begun.length < 3; count += 1) await turn();
  const first = [...begun];
  while (begun.length < 8 || ends.length > 0) {
    ends.shift()?.();
    await turn();
  }
  await Promise.all(all);

  expect(first).toEqual(['c0', 'o0', 't0']);
  expect(begun.slice(3)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5']);
});
