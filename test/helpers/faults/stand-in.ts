import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRandom } from './random.ts';
import type { ScaledClock } from './scaled-clock.ts';

/** Shares of posts, from 0 to 1, that go wrong in each way. */
export interface Misfortunes {
  /** Taken, and the answer is lost with its connection. */
  readonly lost: number;
  /** Taken, and answered with a 502. */
  readonly takenError: number;
  /** Not taken, and answered with a 503. */
  readonly error: number;
  /** Not taken, and asked to come again in some seconds. */
  readonly rate: number;
  /** Taken, and answered too late. */
  readonly slow: number;
  /** Taken or not, and never answered, with the connection left open. */
  readonly halfOpen: number;
  /** Shares of look-ups that fail. */
  readonly findError: number;
}

export const noMisfortunes: Misfortunes = {
  lost: 0,
  takenError: 0,
  error: 0,
  rate: 0,
  slow: 0,
  halfOpen: 0,
  findError: 0,
};

export const manyMisfortunes: Misfortunes = {
  lost: 0.06,
  takenError: 0.04,
  error: 0.05,
  rate: 0.03,
  slow: 0.01,
  halfOpen: 0.01,
  findError: 0.05,
};

export interface TakenMessage {
  readonly place: string;
  readonly key: string;
  readonly parent: string | null;
  readonly title: string;
  readonly at: number;
}

/** A chat platform over loopback that counts what it took, however often, and loses answers. */
export interface StandIn {
  readonly url: string;
  readonly taken: readonly TakenMessage[];
  /** What came to pass, by its name. */
  readonly happened: Readonly<Record<string, number>>;
  misfortunes: Misfortunes;
  /** The least time between two messages to one place. */
  smallestGapMs(): number;
  close(): Promise<void>;
}

export interface StandInParts {
  readonly clock: ScaledClock;
  readonly seed: number;
  readonly misfortunes: Misfortunes;
  /** How long a message may stay unseen after it was taken, by the clock. */
  readonly lagMs: number;
  readonly requestTimeoutMs: number;
}

type Way = 'plain' | Exclude<keyof Misfortunes, 'findError'>;

export async function startStandIn(parts: StandInParts): Promise<StandIn> {
  const { clock, lagMs, requestTimeoutMs } = parts;
  const random = createRandom(parts.seed);
  const taken: TakenMessage[] = [];
  const happened: Record<string, number> = {};
  const note = (name: string): void => void (happened[name] = (happened[name] ?? 0) + 1);
  let misfortunes = parts.misfortunes;

  function choose(): Way {
    let left = random();
    const ways = ['lost', 'takenError', 'error', 'rate', 'slow', 'halfOpen'] as const;
    for (const way of ways) {
      left -= misfortunes[way];
      if (left < 0) return way;
    }
    return 'plain';
  }

  function take(message: Omit<TakenMessage, 'at'>): string {
    taken.push({ ...message, at: clock.now().getTime() });
    return `m${taken.length}`;
  }

  async function post(body: Omit<TakenMessage, 'at'>, response: ServerResponse): Promise<void> {
    const way = choose();
    note(way);
    if (way === 'error') return answer(response, 503, {});
    if (way === 'rate') return answer(response, 429, { retryAfterMs: 1_000 + Math.floor(random() * 4_000) });
    if (way === 'halfOpen' && random() < 0.5) return;
    const messageId = take(body);
    if (way === 'lost') return void response.destroy();
    if (way === 'takenError') return answer(response, 502, {});
    if (way === 'halfOpen') return;
    if (way === 'slow') await clock.sleep(requestTimeoutMs * 1.2);
    answer(response, 200, { messageId });
  }

  function find({ place, key }: { place: string; key: string }, response: ServerResponse): void {
    if (random() < misfortunes.findError) return answer(response, 500, {});
    const until = clock.now().getTime() - lagMs;
    const index = taken.findIndex((one) => one.key === key && one.place === place && one.at <= until);
    answer(response, 200, index < 0 ? {} : { messageId: `m${index + 1}` });
  }

  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void readBody(request).then((body) => {
      if (body === undefined) return response.destroy();
      return request.url === '/post' ? post(body, response) : find(body, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    happened,
    get misfortunes() {
      return misfortunes;
    },
    set misfortunes(value) {
      misfortunes = value;
    },
    smallestGapMs: () => smallestGap(taken),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

type Body = Omit<TakenMessage, 'at'>;

/** Undefined for a request of which only a part came: its sender was killed. */
async function readBody(request: IncomingMessage): Promise<Body | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body;
  } catch {
    return undefined;
  }
}

function smallestGap(taken: readonly TakenMessage[]): number {
  const last = new Map<string, number>();
  let smallest = Number.POSITIVE_INFINITY;
  for (const { place, at } of taken) {
    const before = last.get(place);
    if (before !== undefined) smallest = Math.min(smallest, at - before);
    last.set(place, at);
  }
  return smallest;
}
