import { expect, it } from 'vitest';
import { caseOf } from './case-of.ts';
import { fuzz } from './drive.ts';
import { endlessNumber } from './endless-targets.ts';

const targets = new URL('./endless-targets.ts', import.meta.url);
const seed = 20_261_123;

it.each(['endless', 'forgotten', 'ending'])(
  'ends a thread that gives no sign, names its input, and goes on with what is left: %s',
  async (target) => {
    const turns = [
      { target, seed, runs: 1_000 },
      { target: 'sound', seed, runs: 20 },
    ];

    const { failures, inputs } = await fuzz(turns, { targets, maxSilentMs: 500 });

    expect(failures).toEqual([
      { target, seed, runs: 1_000, input: String(endlessNumber), problem: 'nothing comes back within 0.5 s' },
    ]);
    expect(failures.map(caseOf).join('')).toContain(`npm run fuzz -- ${target} --seed ${seed}`);
    expect(inputs).toBeGreaterThan(20);
    expect(inputs).toBeLessThan(1_020);
  },
  20_000,
);
