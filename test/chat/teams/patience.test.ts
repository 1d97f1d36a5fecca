import { describe, expect, it } from 'vitest';
import { patiently } from '../../../src/chat/teams/patience.ts';

const refusal = (statusCode: number, retryAfter?: string): Error =>
  Object.assign(new Error(`HTTP ${statusCode}`), {
    statusCode,
    response: { headers: { get: () => retryAfter } },
  });

async function tried(errors: readonly Error[], repeatable: 'always' | 'when-refused') {
  const pauses: number[] = [];
  let calls = 0;
  const call = async (): Promise<string> => {
    const error = errors[calls];
    calls += 1;
    if (error !== undefined) throw error;
    return 'done';
  };
  const waiting = { random: () => 1, pause: async (ms: number) => void pauses.push(ms) };
  const result = await patiently(call, repeatable, waiting).catch((error: Error) => error.message);
  return { result, calls, pauses };
}

describe('patiently', () => {
  it.each([412, 429])('tries again after %d, ever later', async (status) => {
    expect(await tried([refusal(status), refusal(status)], 'when-refused')).toEqual({
      result: 'done',
      calls: 3,
      pauses: [400, 800],
    });
  });

  it('waits as long as Teams asks, and a little more, so that not all come back at once', async () => {
    expect((await tried([refusal(429, '2')], 'when-refused')).pauses).toEqual([2_400]);
  });

  it.each([502, 504])('tries again after %d only what can be repeated', async (status) => {
    expect(await tried([refusal(status)], 'always')).toMatchObject({ result: 'done', calls: 2 });
    expect(await tried([refusal(status)], 'when-refused')).toMatchObject({
      result: `HTTP ${status}`,
      calls: 1,
    });
  });

  it.each([400, 403, 404, 413, 500, 503])('gives up after %d at once', async (status) => {
    expect(await tried([refusal(status)], 'always')).toMatchObject({ calls: 1, pauses: [] });
  });

  it('gives up after three tries, and where the pause is too long', async () => {
    const refused = Array.from({ length: 9 }, () => refusal(429));
    expect(await tried(refused, 'always')).toMatchObject({ result: 'HTTP 429', calls: 3 });
    expect(await tried([refusal(429, '60')], 'always')).toMatchObject({ result: 'HTTP 429', calls: 1 });
  });

  it('tries again where no connection was made, and not where one was lost', async () => {
    const coded = (code: string): Error => Object.assign(new Error(code), { code });
    expect(await tried([coded('ECONNREFUSED')], 'when-refused')).toMatchObject({ result: 'done', calls: 2 });
    expect(await tried([coded('ECONNRESET')], 'when-refused')).toMatchObject({ calls: 1 });
  });
});
