import { createSlackPlatform } from '../../../src/chat/slack/index.ts';
import type { Destination } from '../../../src/domain/subscription.ts';
import { silentLog } from '../../../src/support/log.ts';
import type { RemoteDeliveryDriver, Standing } from '../../contracts/delivery-platform-contract.ts';
import { createFakeChat } from '../fake-chat.ts';
import { apiError, botToken, createSlackNetwork, type SlackNetwork } from '../slack-network.ts';
import { signingSecret, testNow } from '../slack-request.ts';

/** Slack's delivery platform in front of the emulator. */
export async function openSlackDelivery(): Promise<
  RemoteDeliveryDriver & { readonly network: SlackNetwork; readonly passTime: (ms: number) => void }
> {
  let now = testNow;
  const passTime = (ms: number): void => {
    now = new Date(now.getTime() + ms);
  };
  const network = await createSlackNetwork();
  await network.joinBot();
  const { delivery } = createSlackPlatform(
    { mode: 'http', botToken, signingSecret, apiUrl: network.apiUrl },
    { chat: createFakeChat(), clock: { now: () => now }, log: silentLog, fetch: network.fetch },
  );
  const destination = (id: string, kind: Destination['kind']): Destination => ({
    platform: 'slack',
    workspace: `slack:${network.team}`,
    id: `${network.team}/${id}`,
    kind,
  });
  const once = (method: string, answer: () => Response | Promise<Response>, after?: 'taken'): void => {
    network.stubs.set(method, async (_body, passOn) => {
      network.stubs.delete(method);
      if (after === 'taken') await passOn();
      return answer();
    });
  };

  return {
    network,
    passTime,
    platform: delivery,
    place: destination(network.channel, 'channel'),
    person: destination(network.users.ann, 'direct'),
    nowhere: destination('C0NOWHERE', 'channel'),
    internalCeiling: 'green',
    canFind: true,
    hasThreads: true,
    standing: (place) => standingIn(network, place.kind === 'direct' ? network.direct : network.channel),
    addGuest: () => {
      // What was said of the members a minute ago does not count any more.
      passTime(60_000);
      network.stubs.set('users.info', async (body) =>
        Response.json({ ok: true, user: { id: body['user'], team_id: network.team, is_restricted: true } }),
      );
    },
    cutOff: async () => {
      const refused = (): never => {
        throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
      };
      for (const method of ['conversations.info', 'chat.postMessage']) network.stubs.set(method, refused);
    },
    loseAnswer: () =>
      once(
        'chat.postMessage',
        () => {
          throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });
        },
        'taken',
      ),
    askForPause: (seconds) =>
      once(
        'chat.postMessage',
        () => new Response('', { status: 429, headers: { 'retry-after': String(seconds) } }),
      ),
    failServer: () => once('chat.postMessage', () => new Response('<html>', { status: 502 })),
    refuseMessage: () => once('chat.postMessage', () => apiError('invalid_blocks')),
    removeBot: () => {
      network.stubs.set('conversations.info', async (_body, passOn) => {
        const answer = (await (await passOn()).json()) as { channel: object };
        return Response.json({ ...answer, channel: { ...answer.channel, is_member: false } });
      });
      network.stubs.set('chat.postMessage', () => apiError('not_in_channel'));
    },
    close: async () => {
      network.expectSoundMessages();
      await network.close();
    },
  };
}

interface EmulatedMessage {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly reply_count?: number;
}

/** The messages of a channel with their threads, oldest first. */
async function standingIn(network: SlackNetwork, channel: string): Promise<readonly Standing[]> {
  const history = (await network.asPerson('conversations.history', { channel })) as {
    messages?: EmulatedMessage[];
  };
  const found: Standing[] = [];
  for (const { ts } of [...(history.messages ?? [])].reverse()) {
    const thread = (await network.asPerson('conversations.replies', { channel, ts })) as {
      messages?: EmulatedMessage[];
    };
    for (const one of thread.messages ?? []) {
      const parent = one.thread_ts === undefined || one.thread_ts === one.ts ? {} : { parent: one.thread_ts };
      found.push({ messageId: one.ts, payload: one, ...parent });
    }
  }
  return found;
}
