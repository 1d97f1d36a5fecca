import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { failedNotice } from '../../../src/chat/slack/notices.ts';
import { toAsker } from '../../../src/chat/slack/reply.ts';
import { createSender } from '../../../src/chat/slack/send.ts';
import { silentLog } from '../../../src/support/log.ts';

const url = 'https://hooks.slack.test/1';
const message = failedNotice('tb-1');

/** A sender whose requests get these answers in turn, the last one for ever. */
function world(...answers: (() => Response)[]) {
  const requests: RequestInit[] = [];
  const pauses: number[] = [];
  const sender = createSender({
    log: silentLog,
    fetch: async (_url, init) => {
      requests.push(init);
      return (answers[requests.length - 1] ?? answers.at(-1) ?? (() => new Response('ok')))();
    },
    pause: async (ms) => pauses.push(ms),
  });
  return { sender, requests, pauses };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response('', { status: code, headers });

describe('respond', () => {
  it('sends JSON, follows no redirect, and takes "ok"', async () => {
    const { sender, requests } = world(() => new Response('ok'));

    expect(await sender.respond(url, toAsker(message))).toBe(true);
    expect(requests[0]).toMatchObject({ method: 'POST', redirect: 'error' });
    expect(await new Response(requests[0]?.body ?? null).json()).toEqual(toAsker(message));
  });

  it.each([
    ['a rate limit', status(429, { 'retry-after': '2' }), [2_000]],
    ['a rate limit for long', status(429, { 'retry-after': '600' }), [5_000]],
    ['a rate limit without a time', status(429), [1_000]],
    ['an error of the server', status(502), [500]],
  ])('tries again after %s', async (_what, first, expected) => {
    const { sender, pauses } = world(first, () => new Response('ok'));

    expect(await sender.respond(url, toAsker(message))).toBe(true);
    expect(pauses).toEqual(expected);
  });

  it('gives up after three tries', async () => {
    const { sender, requests } = world(() => {
      throw new Error('connection reset');
    });

    expect(await sender.respond(url, toAsker(message))).toBe(false);
    expect(requests).toHaveLength(3);
  });

  it.each([
    ['a refusal', status(404)],
    ['a refusal inside a 200', () => Response.json({ ok: false, error: 'expired_url' })],
  ])('does not try again after %s', async (_what, answer) => {
    const { sender, requests } = world(answer);

    expect(await sender.respond(url, toAsker(message))).toBe(false);
    expect(requests).toHaveLength(1);
  });
});

describe('post', () => {
  function client(answer: () => Response): WebClient {
    return new WebClient('xoxb-test', {
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      fetch: async () => answer(),
    });
  }
  const refusal = (error: string) => () => Response.json({ ok: false, error });

  it.each([
    ['posted', () => Response.json({ ok: true }), { kind: 'posted' }],
    ['not a member', refusal('not_in_channel'), { kind: 'not-in-channel' }],
    ['not visible', refusal('channel_not_found'), { kind: 'not-in-channel' }],
    ['archived', refusal('is_archived'), { kind: 'refused', code: 'is_archived' }],
    ['limited again and again', refusal('ratelimited'), { kind: 'refused', code: 'ratelimited' }],
    ['an outage', status(503), { kind: 'failed' }],
    ['a rate limit', status(429, { 'retry-after': '1' }), { kind: 'failed' }],
  ])('tells what became of the message: %s', async (_what, answer, expected) => {
    const { sender } = world();

    expect(await sender.post(client(answer), { channelId: 'C1' }, message)).toEqual(expected);
  });

  it('waits before it repeats what Slack refused for its rate', async () => {
    const { sender, pauses } = world();
    await sender.post(client(refusal('ratelimited')), { channelId: 'C1' }, message);

    expect(pauses).toEqual([1_000, 2_000]);
  });
});
