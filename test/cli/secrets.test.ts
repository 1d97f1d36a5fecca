import { expect, it } from 'vitest';
import { run } from './fake-runtime.ts';

it('secrets rotate tells how many were encrypted anew', async () => {
  const { out, exitCode, calls } = await run(['secrets', 'rotate']);

  expect([exitCode, calls]).toEqual([0, ['reseal']]);
  expect(out).toBe('3 encrypted under the first key, 2 were already.\n');
});

it('secrets rotate ends with 1, and says what to do, where a key is missing', async () => {
  const resealSecrets = async () => ({ resealed: 0, current: 0, unreadable: 4 });
  const { out, exitCode } = await run(['secrets', 'rotate'], { resealSecrets });

  expect(exitCode).toBe(1);
  expect(out).toContain('4 left as they are: their key is not in ENCRYPTION_KEY');
});

it('secrets rotate --json prints the counts', async () => {
  const { out } = await run(['secrets', 'rotate', '--json']);

  expect(JSON.parse(out)).toEqual({ resealed: 3, current: 2, unreadable: 0 });
});
