import { describe, expect, it } from 'vitest';
import { createLanes } from '../../src/schedule/lanes.ts';

interface Gate {
  readonly passed: Promise<void>;
  open(): void;
}

function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}

describe('lanes', () => {
  it('let another begin while one only keeps its distance, and count it again when it goes on', async () => {
    const distance = gate();
    const answer = gate();
    const lanes = createLanes(() => distance.passed, 1, 1);
    lanes.begin(lanes.rest(1_000).then(() => answer.passed));

    expect([lanes.size(), lanes.busy(), lanes.free()]).toEqual([1, 0, 1]);

    distance.open();
    await distance.passed;
    await Promise.resolve();
    expect([lanes.size(), lanes.busy(), lanes.free()]).toEqual([1, 1, 0]);

    answer.open();
    await lanes.empty();
    expect([lanes.size(), lanes.busy(), lanes.free()]).toEqual([0, 0, 1]);
  });

  it('bound how many rest, since each keeps in memory what it has yet to post', () => {
    const lanes = createLanes(() => new Promise(() => {}), 2, 1);
    for (let count = 0; count < 3; count += 1) lanes.begin(lanes.rest(1_000));

    expect([lanes.size(), lanes.busy(), lanes.free()]).toEqual([3, 0, 0]);
  });

  it('tell when one begins to rest, and when one ends', async () => {
    const answer = gate();
    const lanes = createLanes(() => Promise.resolve(), 4, 4);
    const resting = lanes.change();
    lanes.begin(lanes.rest(1).then(() => answer.passed));
    await resting;
    const ending = lanes.change();

    answer.open();

    await ending;
    expect(lanes.size()).toBe(0);
  });
});
