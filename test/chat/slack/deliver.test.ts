import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkSlackPayload } from '../../../src/cards/slack/check.ts';
import { neverConnected } from '../../../src/chat/never-connected.ts';
import { toSlackTarget } from '../../../src/chat/slack/deliver-destination.ts';
import type { Destination } from '../../../src/domain/subscription.ts';
import type { DeliveryPlatform } from '../../../src/schedule/types.ts';
import { anyCard } from '../../helpers/cards.ts';
import { cleared } from '../../helpers/cleared.ts';
import { openSlackDelivery } from '../../helpers/deliveries/slack.ts';
import { sampleCard } from '../../helpers/sample-card.ts';
import { apiError, type SlackNetwork } from '../../helpers/slack-network.ts';

let driver: Awaited<ReturnType<typeof openSlackDelivery>>;
let network: SlackNetwork;
let slack: DeliveryPlatform;
let place: Destination;
let person: Destination;

beforeAll(async () => {
  driver = await openSlackDelivery();
  ({ network, platform: slack, place, person } = driver);
});
afterAll(() => driver.close());
beforeEach(() => {
  network.reset();
  driver.passTime(60_000);
});
afterEach(() => network.expectSoundMessages());

const message = { key: 'd/0', card: cleared(sampleCard) };
const reset = (): never => {
  throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });
};
const patched = (method: string, changes: object, member: 'channel' | 'user' = 'channel'): void => {
  network.stubs.set(method, async (_body, passOn) => {
    const answer = (await (await passOn()).json()) as Record<string, object>;
    return Response.json({ ...answer, [member]: { ...answer[member], ...changes } });
  });
};
const calls = (method: string): number => network.sent.filter((one) => one.method === method).length;

describe('a post to Slack', () => {
  it.each<[string, string]>([
    ['not_in_channel', 'gone'],
    ['channel_not_found', 'gone'],
    ['is_archived', 'gone'],
    ['account_inactive', 'gone'],
    ['token_revoked', 'gone'],
    ['invalid_auth', 'gone'],
    ['missing_scope', 'gone'],
    ['restricted_action', 'gone'],
    ['msg_too_long', 'refused'],
    ['msg_blocks_too_long', 'refused'],
    ['invalid_blocks', 'refused'],
    ['metadata_too_large', 'refused'],
    ['ratelimited', 'not-sent'],
    ['accesslimited', 'not-sent'],
    ['a_code_of_tomorrow', 'not-sent'],
    ['internal_error', 'uncertain'],
    ['fatal_error', 'uncertain'],
    ['constructor', 'not-sent'],
    ['<html>Bad gateway</html>', 'uncertain'],
  ])('that is answered with %s is %s, and goes out once', async (code, kind) => {
    network.stubs.set('chat.postMessage', () => apiError(code));

    expect(await slack.post(place, message)).toMatchObject({ kind });
    expect(calls('chat.postMessage')).toBe(1);
  });

  it('takes a rate limit without a time, in the header and in the body, as one of half a minute', async () => {
    const results = [];
    for (const answer of [new Response('', { status: 429 }), apiError('ratelimited')]) {
      network.stubs.set('chat.postMessage', () => answer);
      results.push(await slack.post(place, message));
    }

    expect(results).toEqual(Array(2).fill(expect.objectContaining({ isRate: true, retryAfterMs: 30_000 })));
  });

  it.each([500, 502, 503, 504])('is in doubt after HTTP %d', async (status) => {
    network.stubs.set('chat.postMessage', () => new Response('oops', { status }));

    expect(await slack.post(place, message)).toMatchObject({ kind: 'uncertain' });
    expect(calls('chat.postMessage')).toBe(1);
  });

  it.each<[string, () => Response | never]>([
    ['no JSON', () => new Response('<html>', { status: 200 })],
    ['an answer without a time stamp', () => Response.json({ ok: true })],
    ['a reset', reset],
  ])('is in doubt after %s', async (_what, answer) => {
    network.stubs.set('chat.postMessage', answer);

    expect(await slack.post(place, message)).toMatchObject({ kind: 'uncertain' });
  });

  it('carries its key, its parent and no token of its own in the arguments', async () => {
    await slack.post(place, { ...message, parent: '1.000100' });

    expect(network.messages()[0]?.body).toMatchObject({
      channel: network.channel,
      thread_ts: '1.000100',
      metadata: { event_type: 'threatbrief_delivery', event_payload: { key: 'd/0' } },
    });
  });

  it('opens the conversation with a person once', async () => {
    await slack.post(person, message);
    await slack.post(person, message);

    expect(calls('conversations.open')).toBeLessThanOrEqual(1);
    expect(network.messages().map(({ body }) => body['channel'])).toEqual([network.direct, network.direct]);
  });

  it.each<[string, () => Response | never, object]>([
    ['no such person', () => apiError('user_not_found'), { kind: 'gone' }],
    ['a deactivated one', () => apiError('user_disabled'), { kind: 'gone' }],
    ['a bot', () => apiError('cannot_dm_bot'), { kind: 'gone' }],
    ['a lost answer', reset, { kind: 'not-sent' }],
    [
      'a rate limit',
      () => new Response('', { status: 429, headers: { 'retry-after': '5' } }),
      { kind: 'not-sent', isRate: true, retryAfterMs: 5_000, rateScope: 'workspace' },
    ],
  ])('sends nothing when opening the conversation meets %s', async (_what, answer, expected) => {
    network.stubs.set('conversations.open', answer);
    const stranger = { ...person, id: `${network.team}/U0STRANGER` };

    expect(await slack.post(stranger, message)).toMatchObject(expected);
    expect(network.messages()).toEqual([]);
  });
});

describe('a place in Slack', () => {
  it('is named, and asked for afresh each time; of its members a minute ago is soon enough', async () => {
    const first = await slack.placeState(place);
    const asked = calls('users.info');
    driver.passTime(59_000);
    await slack.placeState(place);

    expect(first).toEqual({ kind: 'open', ceiling: 'green', name: '#soc' });
    expect(asked).toBeGreaterThan(0);
    expect(calls('users.info')).toBe(asked);
    expect(calls('conversations.info')).toBe(2);
    expect(calls('conversations.members')).toBe(2);
    driver.passTime(1_000);
    await slack.placeState(place);
    expect(calls('users.info')).toBe(2 * asked);
  });

  it('asks again about a member of whom Slack did not tell', async () => {
    network.stubs.set('users.info', () => new Response('', { status: 503 }));
    expect(await slack.placeState(place)).toMatchObject({ kind: 'unreachable' });
    network.stubs.delete('users.info');

    expect(await slack.placeState(place)).toMatchObject({ kind: 'open', ceiling: 'green' });
  });

  it('tells a pause that Slack asks for from an outage', async () => {
    network.stubs.set(
      'conversations.info',
      () => new Response('', { status: 429, headers: { 'retry-after': '7' } }),
    );

    expect(await slack.placeState(place)).toMatchObject({
      kind: 'unreachable',
      isRate: true,
      retryAfterMs: 7_000,
    });
  });

  it.each<[string, object, object]>([
    ['archived', { is_archived: true }, { kind: 'gone', reason: expect.stringContaining('archived') }],
    ['left', { is_member: false }, { kind: 'gone', reason: expect.stringContaining('no member') }],
    ['shared', { is_ext_shared: true }, { kind: 'open', ceiling: 'clear' }],
    ['about to be shared', { is_pending_ext_shared: true }, { kind: 'open', ceiling: 'clear' }],
    ['shared in the organisation', { is_org_shared: true }, { kind: 'open', ceiling: 'clear' }],
    ['of a form that is not known', { is_ext_shared: 'perhaps' }, { kind: 'open', ceiling: 'clear' }],
  ])('that is %s is told', async (_what, changes, expected) => {
    patched('conversations.info', changes);

    expect(await slack.placeState(place)).toMatchObject(expected);
  });

  it.each<[string, string, () => Response | never, object]>([
    [
      'conversations.info',
      'missing_scope',
      () => apiError('missing_scope'),
      { kind: 'open', ceiling: 'clear' },
    ],
    ['conversations.info', 'token_revoked', () => apiError('token_revoked'), { kind: 'gone' }],
    ['conversations.info', 'a reset', reset, { kind: 'unreachable' }],
    [
      'conversations.info',
      'a pause',
      () => new Response('', { status: 429, headers: { 'retry-after': '9' } }),
      { kind: 'unreachable', retryAfterMs: 9_000 },
    ],
    [
      'conversations.members',
      'an error',
      () => apiError('fetch_members_failed'),
      { kind: 'open', ceiling: 'clear' },
    ],
    ['conversations.members', 'HTTP 500', () => new Response('', { status: 500 }), { kind: 'unreachable' }],
    [
      'conversations.members',
      'nobody',
      () => Response.json({ ok: true, members: [] }),
      { kind: 'open', ceiling: 'clear' },
    ],
    [
      'conversations.members',
      'more than are looked at',
      () => Response.json({ ok: true, members: Array.from({ length: 61 }, (_, index) => `U${index}`) }),
      { kind: 'open', ceiling: 'clear' },
    ],
    ['users.info', 'an unknown person', () => apiError('user_not_found'), { kind: 'open', ceiling: 'clear' }],
    ['users.info', 'HTTP 503', () => new Response('', { status: 503 }), { kind: 'unreachable' }],
  ])('of which %s tells %s has a state all the same', async (method, _what, answer, expected) => {
    network.stubs.set(method, answer);

    expect(await slack.placeState(place)).toMatchObject(expected);
  });

  it('is gone for a person whose account is deactivated, and CLEAR for a guest', async () => {
    patched('users.info', { deleted: true }, 'user');
    const deactivated = await slack.placeState(person);
    patched('users.info', { is_ultra_restricted: true }, 'user');

    expect(deactivated).toMatchObject({ kind: 'gone' });
    expect(await slack.placeState(person)).toMatchObject({ kind: 'open', ceiling: 'clear' });
  });

  it('may be written by an operator as a bare id, of the workspace that the token is of', async () => {
    const typed = { ...place, workspace: 'slack', id: network.channel };

    expect(await slack.placeState(typed)).toMatchObject({ kind: 'open', ceiling: 'green' });
  });

  it.each(['', '/', 'general', '#soc', 'T1/', 'C1; drop', 'B0BOT', `C${'1'.repeat(100)}`])(
    'is gone when its id is "%s"',
    async (id) => {
      const nowhere = { ...place, id };

      expect(await slack.placeState(nowhere)).toMatchObject({ kind: 'gone' });
      expect(await slack.post(nowhere, message)).toMatchObject({ kind: 'gone' });
      expect(network.sent).toEqual([]);
    },
  );
});

const ownAuthor = { bot_id: 'BBOT', user: 'UBOT' };

describe('looking for a message in Slack', () => {
  beforeEach(() => {
    network.stubs.set('auth.test', () => Response.json({ ok: true, user_id: 'UBOT', bot_id: 'BBOT' }));
  });

  const page = (keys: readonly (string | undefined)[], cursor = '', author: object = ownAuthor): Response =>
    Response.json({
      ok: true,
      messages: keys.map((key, index) => ({
        ts: `${index}.0`,
        ...author,
        metadata: key === undefined ? null : { event_type: 'threatbrief_delivery', event_payload: { key } },
      })),
      response_metadata: { next_cursor: cursor },
    });
  const since = Date.parse('2026-11-22T12:00:00Z');

  it('turns the pages, asks for metadata, and looks back a day further for clocks that differ', async () => {
    network.stubs.set('conversations.history', (body) =>
      body['cursor'] === 'next' ? page(['d/1', 'd/0']) : page([undefined, 'x'], 'next'),
    );

    expect(await slack.find(place, message, since)).toEqual({ kind: 'found', messageId: '1.0' });
    expect(network.sent.find(({ method }) => method === 'conversations.history')?.body).toMatchObject({
      include_all_metadata: true,
      oldest: '1795262400.000000',
    });
  });

  it('takes no message of another app or person for its own, and then cannot tell', async () => {
    network.stubs.set('conversations.history', () => page(['d/0'], '', { bot_id: 'BEVIL', user: 'UEVIL' }));

    expect(await slack.find(place, message, since)).toMatchObject({ kind: 'cannot-tell' });
  });

  it('knows its own by the bot or by its user', async () => {
    for (const author of [{ bot_id: 'BBOT' }, { user: 'UBOT' }]) {
      network.stubs.set('conversations.history', () => page(['d/0'], '', author));

      expect(await slack.find(place, message, since)).toEqual({ kind: 'found', messageId: '0.0' });
    }
  });

  it('cannot look while nobody tells who it is', async () => {
    network.stubs.set('auth.test', reset);

    expect(await slack.find(place, message, since)).toMatchObject({ kind: 'unreachable' });
  });

  it.each<[string, () => Response | never, object]>([
    ['pages without end', () => page(['x'], 'again'), { kind: 'cannot-tell' }],
    ['a missing permission', () => apiError('missing_scope'), { kind: 'cannot-tell' }],
    ['another form', () => Response.json({ ok: true, messages: 'none' }), { kind: 'cannot-tell' }],
    [
      'more, but no page',
      () => Response.json({ ok: true, messages: [], has_more: true }),
      { kind: 'cannot-tell' },
    ],
    ['a reset', reset, { kind: 'unreachable' }],
    [
      'a pause',
      () => new Response('', { status: 429, headers: { 'retry-after': '60' } }),
      { kind: 'unreachable', retryAfterMs: 60_000 },
    ],
  ])('meets %s', async (_what, answer, expected) => {
    network.stubs.set('conversations.history', answer);

    expect(await slack.find(place, message, since)).toMatchObject(expected);
  });

  it('finds nothing in a thread whose first message was deleted', async () => {
    network.stubs.set('conversations.replies', () => apiError('thread_not_found'));

    expect(await slack.find(place, { ...message, parent: '1.0' }, since)).toEqual({ kind: 'absent' });
  });
});

describe('toSlackTarget', () => {
  it.each<[string, string, object]>([
    ['slack:T1', 'T1/C1', { teamId: 'T1', id: 'C1', isPerson: false }],
    ['slack:T1', 'T1/C1/171.2', { teamId: 'T1', id: 'C1', isPerson: false }],
    ['slack:T1', 'T1/U1', { teamId: 'T1', id: 'U1', isPerson: true }],
    ['slack:T1', 'C1', { teamId: 'T1', id: 'C1', isPerson: false }],
    ['slack', 'D1', { teamId: undefined, id: 'D1', isPerson: false }],
  ])('reads %s and %s', (workspace, id, expected) => {
    expect(toSlackTarget({ platform: 'slack', workspace, id, kind: 'channel' })).toEqual(expected);
  });
});

describe('neverConnected', () => {
  it.each<[string, unknown, boolean]>([
    ['a refused connection', { cause: { code: 'ECONNREFUSED' } }, true],
    ['two refused ones', { errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] }, true],
    ['one refused and one reset', { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNRESET' }] }, false],
    ['an unknown host', { original: { cause: { code: 'ENOTFOUND' } } }, true],
    ['a reset', { cause: { code: 'ECONNRESET' } }, false],
    ['a timeout', new DOMException('late', 'TimeoutError'), false],
    ['nothing', undefined, false],
  ])('says of %s', (_what, error, expected) => {
    expect(neverConnected(error)).toBe(expected);
  });

  it('ends at an error that is its own cause', () => {
    const loop: { cause?: unknown } = {};
    loop.cause = loop;

    expect(neverConnected(loop)).toBe(false);
  });
});

// Last, since the emulator closes connections that rested for the time that this takes.
describe('any card posted to Slack', () => {
  it('is a sound message', async () => {
    await fc.assert(
      fc.asyncProperty(anyCard, async (card) => {
        network.stubs.set('chat.postMessage', () => Response.json({ ok: true, ts: '1.2' }));
        network.sent.length = 0;
        await slack.post(place, { key: 'd/0', card: cleared(card) });
        expect(network.messages().flatMap(({ body }) => checkSlackPayload(body))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
