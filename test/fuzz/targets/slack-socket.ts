import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { WebSocket } from 'ws';
import { createSlackPlatform } from '../../../src/chat/slack/index.ts';
import { slashBody } from '../../helpers/slack-request.ts';
import { createSlackSocketServer, type SlackSocketServer } from '../../helpers/slack-socket-server.ts';
import { openSurfaceWorld } from '../../helpers/surfaces.ts';
import { applyJsonEdits, type JsonEdit, jsonEdits } from '../json-edits.ts';
import { slackBodies } from '../slack-bodies.ts';
import { createSlackStub, stubApiUrl, stubWho } from '../slack-stub.ts';
import { defineTarget } from '../target.ts';
import { commandTexts } from '../texts.ts';
import { edited, hostile } from '../words.ts';
import { createWatchedLog, fuzzKnowledge, fuzzNow } from '../world.ts';

interface Frame {
  /** What it holds: an envelope of one of the bodies, or one of the frames that Slack sends of the connection. */
  readonly kind: number;
  readonly text: string;
  readonly edits: readonly JsonEdit[];
  /** What becomes of its text. */
  readonly raw: string;
  readonly how: 'text' | 'binary' | 'ping' | 'twice' | 'wire';
  /** How often the text behind it is repeated, so that it is huge. */
  readonly pad: number;
}

const ofConnection: readonly object[] = [
  {
    type: 'hello',
    num_connections: 1,
    debug_info: { host: 'applink-1' },
    connection_info: { app_id: 'A0APP' },
  },
  { type: 'hello' },
  { type: 'disconnect', reason: 'warning', debug_info: { host: 'applink-1' } },
  { type: 'disconnect', reason: 'refresh_requested' },
  { type: 'disconnect', reason: 'link_disabled' },
  { type: 'error', error: { msg: 'Socket URL has expired', code: 1 } },
  { type: 'ping' },
  { type: 'goodbye' },
];
const kinds = { form: 'slash_commands', payload: 'interactive', json: 'events_api' } as const;

/** Frames of the WebSocket protocol (RFC 6455) that no client may take: reserved bits and kinds, lengths, a mask, closing. */
const wireFrames: readonly (readonly number[])[] = [
  [0xf1, 0x02, 0x68, 0x69],
  [0x83, 0x00],
  [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x81, 0x7f, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00],
  [0x81, 0x82, 0x01, 0x02, 0x03, 0x04, 0x00, 0x00],
  [0x81, 0x02, 0xc3, 0x28],
  [0x01, 0x01, 0x7b],
  [0x80, 0x01, 0x7d],
  [0x88, 0x00],
  [0x88, 0x01, 0x03],
  [0x88, 0x02, 0x03, 0xee],
  [0x89, 0x7e, 0x00, 0x7e],
];

const ackWithinMs = 150;
const tries = 60;

export const socketTarget = defineTarget<readonly Frame[]>(
  'slack-socket',
  'frames of Slack’s Socket Mode: envelopes of each kind, hello, disconnect, broken, binary, huge, and against the protocol',
  async () => {
    const { world, canaries } = fuzzKnowledge(false);
    const log = createWatchedLog();
    const stub = createSlackStub();
    const [server, opened] = await Promise.all([
      createSlackSocketServer(),
      openSurfaceWorld({ world, now: fuzzNow, log }),
    ]);
    const platform = createSlackPlatform(
      { mode: 'socket', botToken: 'xoxb-fuzz', appToken: 'xapp-fuzz', apiUrl: server.apiUrl },
      {
        chat: opened.chat,
        surfaces: opened.surfaces,
        clock: { now: () => fuzzNow },
        log,
        fetch: webApi(server, stub.fetch),
        pause: async () => {},
      },
    );
    await platform.start();
    let sent = 0;
    return {
      inputs: fc.array(
        fc.record({
          kind: fc.nat(slackBodies.length + ofConnection.length - 1),
          text: fc.oneof(commandTexts(canaries), hostile()),
          edits: fc.oneof({ arbitrary: fc.constant([]), weight: 1 }, { arbitrary: jsonEdits, weight: 3 }),
          raw: fc.oneof(
            { arbitrary: fc.constant(''), weight: 8 },
            { arbitrary: edited(hostile(), 1), weight: 1 },
          ),
          how: fc.oneof(
            { arbitrary: fc.constant<'text'>('text'), weight: 12 },
            { arbitrary: fc.constantFrom<Frame['how']>('binary', 'ping', 'twice', 'wire'), weight: 2 },
          ),
          pad: fc.oneof(
            { arbitrary: fc.constant(0), weight: 30 },
            { arbitrary: fc.constantFrom(1_000, 200_000), weight: 1 },
          ),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      problemsOf: async (frames) => {
        const socket = await server.connected();
        server.acknowledged.length = 0;
        for (const frame of frames) {
          sent += 1;
          send(socket, frame, `fuzz-${sent}`);
        }
        const problems = (await isAnswered(server)) ? [] : ['no command is acknowledged any more'];
        const acknowledged = server.acknowledged.map((one) => one.envelope_id);
        await settled(platform);
        return [
          ...problems,
          ...(acknowledged.length > 2 * frames.length + tries
            ? [`acknowledged: ${acknowledged.join(', ')}`]
            : []),
          ...stub.take(),
          ...log.take(),
        ];
      },
      close: async () => {
        await platform.stop();
        await Promise.all([server.close(), opened.close()]);
      },
    };
  },
);

/** Everything but the address to connect to is answered by the stub. */
function webApi(server: SlackSocketServer, fetchStub: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (!request.url.startsWith(server.apiUrl)) return fetchStub(request);
    const method = request.url.slice(server.apiUrl.length);
    if (method === 'apps.connections.open') return fetch(request);
    return fetchStub(`${stubApiUrl}${method}`, { method: 'POST', body: await request.text() });
  };
}

function send(socket: WebSocket, frame: Frame, id: string): void {
  const { how, kind } = frame;
  if (how === 'wire') {
    // The protocol's own layer would send none of these.
    const connection: unknown = Reflect.get(socket, '_socket');
    if (!(connection instanceof Socket)) throw new Error('ws keeps its connection elsewhere now');
    connection.write(Buffer.from(wireFrames[kind % wireFrames.length] ?? []));
    return;
  }
  const text = textOf(frame, id);
  if (how === 'ping') {
    socket.ping(text.slice(0, 30));
    return;
  }
  socket.send(how === 'binary' ? Buffer.from(text) : text, { binary: how === 'binary' });
  if (how === 'twice') socket.send(text);
}

function textOf({ kind, text, edits, raw, pad }: Frame, id: string): string {
  const body = slackBodies[kind];
  const whole =
    body === undefined
      ? ofConnection[kind - slackBodies.length]
      : {
          envelope_id: id,
          type: kinds[body.envelope],
          payload: { ...body.withText(text), event_id: `Ev${id}` },
          accepts_response_payload: body.envelope !== 'json',
          retry_attempt: 0,
        };
  const json = `${JSON.stringify(applyJsonEdits(whole, edits)) ?? ''}${' x'.repeat(pad)}`;
  const at = (raw.length * 37) % Math.max(1, json.length);
  return raw === '' ? json : `${json.slice(0, at)}${raw}${raw.length % 2 === 0 ? json.slice(at) : ''}`;
}

/** True when a command is acknowledged, if need be over a new connection. */
async function isAnswered(server: SlackSocketServer): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const over = new AbortController();
    const late = wait(ackWithinMs, 'late' as const, { signal: over.signal }).catch(() => 'late' as const);
    const delivered = server
      .connected()
      .then(() => server.deliver('slash_commands', slashBody(stubWho, 'help')))
      .then(() => 'acknowledged' as const);
    const outcome = await Promise.race([delivered, late]);
    over.abort();
    if (outcome === 'acknowledged') return true;
  }
  return false;
}

/** Waits for what was taken; the connection stays. */
async function settled(platform: { tend(): Promise<void> }): Promise<void> {
  await platform.tend();
  await new Promise((resolve) => setImmediate(resolve));
}
