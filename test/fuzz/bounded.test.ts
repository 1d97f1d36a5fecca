import { expect, it } from 'vitest';
import { caseOf } from './case-of.ts';
import { fuzz } from './drive.ts';
import { fuzzTargets } from './targets.ts';

const seed = 20_261_122;
/** What a commit is judged by; `npm run fuzz` goes on for as long as there is time. */
const runs: Readonly<Record<string, number>> = { questions: 50, schedules: 60, 'slack-socket': 60 };
const usualRuns = 150;

it('takes whatever comes from outside, broken or whole, at once and without a failure', async () => {
  const turns = fuzzTargets.map(({ name }) => ({ target: name, seed, runs: runs[name] ?? usualRuns }));

  const { failures, inputs } = await fuzz(turns);

  expect(failures.map(caseOf).join('\n\n')).toBe('');
  expect(inputs).toBe(turns.reduce((sum, turn) => sum + turn.runs, 0));
  expect(turns.length).toBeGreaterThan(25);
}, 180_000);
