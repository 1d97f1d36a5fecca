import { connect } from 'node:net';
import * as fc from 'fast-check';
import { createDesk } from '../../../src/chat/desk.ts';
import { createSlackPlatform } from '../../../src/chat/slack/index.ts';
import { createTeamsPlatform } from '../../../src/chat/teams/index.ts';
import { createSuggest } from '../../../src/compose/suggest.ts';
import type { PageGuard } from '../../../src/playground/guard.ts';
import { createFront, type Front } from '../../../src/server/app.ts';
import { listen } from '../../../src/server/listen.ts';
import { createMetrics } from '../../../src/support/metrics.ts';
import { createMemoryStore } from '../../helpers/knowledge.ts';
import { signingSecret } from '../../helpers/slack-request.ts';
import { openSurfaceWorld } from '../../helpers/surfaces.ts';
import { createTeamsWorld } from '../../helpers/teams-world.ts';
import { applyByteEdits, type ByteEdit, byteEdits } from '../byte-edits.ts';
import { createSlackStub, stubApiUrl } from '../slack-stub.ts';
import { leaked } from '../sound.ts';
import { defineTarget } from '../target.ts';
import { answerProblems, readAnswers, type WebAnswer } from '../web-answers.ts';
import { metricsToken, pageToken, type WebRequest, webRequests } from '../web-requests.ts';
import { createWatchedLog, type FuzzKnowledge, fuzzKnowledge, fuzzNow, type WatchedLog } from '../world.ts';

const ceiling = 'green';
const setups = {
  /** As on a loopback address: for programs of this machine, asked by its own names. */
  local: { guard: {}, hosts: ['localhost', '127.0.0.1', '[::1]'] },
  /** As behind a proxy: for whoever has the token. */
  token: { guard: { token: pageToken, isSecure: true } },
  /** As where the page is switched off. */
  none: undefined,
} as const satisfies Record<
  string,
  { readonly guard: PageGuard; readonly hosts?: readonly string[] } | undefined
>;
type Setup = keyof typeof setups;

interface ServerWorld extends FuzzKnowledge {
  readonly fronts: Readonly<Record<Setup, Front>>;
  readonly log: WatchedLog;
  /** Waits for what requests have set off. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The whole server over small knowledge, with both platforms, in each of the ways that it is run. */
async function openServerWorld(): Promise<ServerWorld> {
  const { world, canaries } = fuzzKnowledge(false);
  const log = createWatchedLog();
  const clock = { now: () => fuzzNow };
  const [opened, teams] = await Promise.all([
    openSurfaceWorld({ world, now: fuzzNow, log }),
    createTeamsWorld(),
  ]);
  const { chat, surfaces } = opened;
  const desk = createDesk({ store: createMemoryStore(world).store, clock, log });
  const slack = createSlackPlatform(
    { mode: 'http', botToken: 'xoxb-fuzz', signingSecret, apiUrl: stubApiUrl },
    { chat, surfaces, clock, log, fetch: createSlackStub().fetch, pause: async () => {} },
  );
  const teamsPlatform = createTeamsPlatform(teams.settings, {
    chat,
    surfaces,
    clock,
    log,
    credentials: teams.credentials,
  });
  let nowMs = 0;
  const frontOf = (setup: Setup): Front => {
    const page = setups[setup];
    return createFront({
      chat,
      clock,
      log,
      metrics: createMetrics(),
      ready: async () => ({ ready: true, parts: { database: { ready: true, detail: 'inner state' } } }),
      slack,
      teams: teamsPlatform,
      insight: { token: metricsToken },
      // Each request a minute later, so that tokens may be tried again.
      nowMs: () => (nowMs += 10_000),
      ...(page === undefined
        ? {}
        : {
            playground: {
              ceiling,
              examples: ['APT28'],
              suggest: createSuggest(desk, ceiling),
              asset: async (name) =>
                name === 'page.js'
                  ? { body: new TextEncoder().encode('1'), type: 'text/javascript', etag: '"x"' }
                  : undefined,
              ...page,
            },
          }),
    });
  };
  return {
    world,
    canaries,
    log,
    fronts: { local: frontOf('local'), token: frontOf('token'), none: frontOf('none') },
    settle: () => slack.stop(),
    close: async () => {
      await slack.stop();
      await Promise.all([opened.close(), teams.close()]);
    },
  };
}

const setupNames = Object.keys(setups) as readonly Setup[];
const asWell = (answer: WebAnswer, typed: string, { canaries }: FuzzKnowledge): readonly string[] => [
  ...answerProblems(answer),
  ...leaked(canaries, ceiling, typed, answer.body.toLowerCase()),
];

/** What a request says, also where it stands encoded. */
function typedIn({ target, headers, body }: WebRequest): string {
  const decoded = new URLSearchParams(target.slice(target.indexOf('?') + 1));
  const path = target.replaceAll(/%[0-9a-f]{2}/gi, (one) =>
    String.fromCharCode(Number.parseInt(one.slice(1), 16)),
  );
  return [target, path, ...decoded.keys(), ...decoded.values(), ...headers.flat(), body].join('\n');
}

interface Asked extends WebRequest {
  readonly setup: Setup;
  readonly from: string;
}

export const serverTarget = defineTarget<Asked>(
  'server-requests',
  'requests to every address of the server: the page, its API, hooks, probes, figures; any method, header, token and body',
  async () => {
    const world = await openServerWorld();
    return {
      inputs: fc
        .tuple(
          webRequests(world.canaries),
          fc.constantFrom(...setupNames),
          fc.constantFrom('127.0.0.1', '::1', '192.0.2.7', ''),
        )
        .map(([request, setup, from]) => ({ ...request, setup, from })),
      problemsOf: async (input) => {
        const { setup, from } = input;
        const connection = from === '' ? {} : { remoteAddress: from };
        const response = await world.fronts[setup].app.fetch(toRequest(input), connection);
        const { status, headers } = response;
        const answer = { status, headers, body: await response.text() };
        await world.settle();
        return [...asWell(answer, typedIn(input), world), ...world.log.take()];
      },
      close: () => world.close(),
    };
  },
);

/** As the HTTP parser hands it over: with the host in its address, and with a body where the method may have one. */
function toRequest({ method, target, headers, body }: WebRequest): Request {
  const host = headers.find(([name]) => name === 'Host')?.[1] ?? '';
  const url = `http://${host}${target}`;
  const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'get';
  // A user in the host is refused before; the other target sends it.
  const isWhole = !host.includes('@') && URL.canParse(url);
  return new Request(isWhole ? url : `http://localhost${target}`, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(hasBody ? { body: body.toWellFormed() } : {}),
  });
}

interface Sent extends WebRequest {
  readonly setup: Setup;
  /** How its length is told. */
  readonly framing: 'length' | 'chunked' | 'wrong' | 'none';
  readonly edits: readonly ByteEdit[];
  /** How often it is sent on one connection. */
  readonly times: number;
}

const answerWithinMs = 5_000;

export const serverBytesTarget = defineTarget<Sent>(
  'server-bytes',
  'the same as bytes on a connection: broken, cut, several at once, with lengths that do not hold',
  async () => {
    const world = await openServerWorld();
    const servers = await Promise.all(
      setupNames.map(async (name) => {
        const { app, direct } = world.fronts[name];
        return [name, await listen(app, { host: '127.0.0.1', port: 0, direct })] as const;
      }),
    );
    const ports = Object.fromEntries(servers.map(([name, { port }]) => [name, port]));
    return {
      inputs: fc
        .record({
          request: webRequests(world.canaries),
          setup: fc.constantFrom(...setupNames),
          framing: fc.constantFrom('length', 'length', 'length', 'chunked', 'wrong', 'none'),
          edits: fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, { arbitrary: byteEdits, weight: 3 }),
          times: fc.oneof({ arbitrary: fc.constant(1), weight: 5 }, { arbitrary: fc.constant(3), weight: 1 }),
        })
        .map(({ request, ...more }) => ({ ...request, ...more })),
      problemsOf: async (input) => {
        const bytes = applyByteEdits(toBytes(input), input.edits);
        const answers = readAnswers(await exchange(ports[input.setup] ?? 0, bytes));
        await world.settle();
        const typed = `${typedIn(input)}\n${Buffer.from(bytes).toString()}`;
        return [...answers.flatMap((answer) => asWell(answer, typed, world)), ...world.log.take()];
      },
      close: async () => {
        await Promise.all(servers.map(([, server]) => server.stop()));
        await world.close();
      },
    };
  },
);

function toBytes({ method, target, headers, body, framing, times }: Sent): Uint8Array {
  const content = Buffer.from(body);
  const length = framing === 'wrong' ? content.length + 3 : content.length;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(framing === 'chunked' ? ['Transfer-Encoding: chunked'] : []),
    ...(framing === 'length' || framing === 'wrong' ? [`Content-Length: ${length}`] : []),
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const chunks =
    framing === 'chunked' && content.length > 0
      ? [Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from('\r\n0\r\n\r\n')]
      : [framing === 'chunked' ? Buffer.from('0\r\n\r\n') : content];
  const one = Buffer.concat([head, ...chunks]);
  return Buffer.concat(Array.from({ length: times }, () => one));
}

/** All that comes back until the other side closes; it is told that nothing more comes from here. */
function exchange(port: number, bytes: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`the connection stays open for ${answerWithinMs / 1_000} s`));
    }, answerWithinMs);
    socket.on('data', (part: Uint8Array) => void parts.push(part));
    // What was not read of a refused body ends a connection so.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(late);
      resolve(Buffer.concat(parts));
    });
    socket.on('end', () => socket.end());
    socket.end(bytes);
  });
}
