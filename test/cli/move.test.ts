import { expect, it } from 'vitest';
import { run } from './fake-runtime.ts';

it('move says what was copied where, and what to do next', async () => {
  const { out, exitCode, calls } = await run(['move']);

  expect(exitCode).toBe(0);
  expect(calls).toEqual(['move']);
  expect(out).toContain('Moved home/threatbrief.db to PostgreSQL at db/threatbrief: 1,200 subscriptions');
  expect(out).toContain('3 watches');
  expect(out).toContain('the subscriptions are paused');
});

it('move --json prints the counts of every table', async () => {
  const { out } = await run(['move', '--json']);

  expect(JSON.parse(out)).toMatchObject({ rows: { subscription: 1_200, watch: 3 } });
});
