import { createServer, type IncomingMessage, type Server } from 'node:http';
import { getRequestListener, RequestError } from '@hono/node-server';
import { AppError } from '../support/app-error.ts';
import type { DirectRoute } from './direct.ts';
import { errorBody, unreadableError } from './error-body.ts';
import { bareHeaderFields } from './headers.ts';
import { type ConnectionLimits, defaultLimits, limitServer, serverOptions } from './limits.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How long requests in progress may take when stopping; 10 s unless told. */
  readonly graceMs?: number;
  /** What is answered before the app; nothing unless told. */
  readonly direct?: DirectRoute | undefined;
  /** What one client may take; `defaultLimits` unless told. */
  readonly limits?: ConnectionLimits;
}

export interface Listening {
  /** `http://127.0.0.1:3978`, with the port that was taken. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, lets those in progress end, and then closes what is left. */
  stop(): Promise<void>;
}

/** Anything that answers a web Request. */
export interface Fetcher {
  fetch(request: Request, connection: Connection): Response | Promise<Response>;
}

/** What is known of the connection that a request came over. */
export interface Connection {
  readonly remoteAddress?: string;
}

/** Opens the port. Rejects with `port-in-use`, `port-forbidden` or `host-unknown` (exit code 2) and what to do. */
export async function listen(app: Fetcher, options: ListenOptions): Promise<Listening> {
  const { limits = defaultLimits, direct } = options;
  const answer = getRequestListener(
    (request, { incoming }) => app.fetch(request, connectionOf(incoming.socket.remoteAddress)),
    { errorHandler: answerWithoutApp },
  );
  const server = createServer(serverOptions(limits), (incoming, outgoing) => {
    if (direct !== undefined && isFor(direct, incoming)) direct.answer(incoming, outgoing);
    else void answer(incoming, outgoing);
  });
  limitServer(server, limits);
  await open(server, options);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${urlHost(options.host)}:${port}`,
    port,
    stop: () => stop(server, options.graceMs ?? 10_000),
  };
}

function connectionOf(remoteAddress: string | undefined): Connection {
  return remoteAddress === undefined ? {} : { remoteAddress };
}

/** What the app never sees, such as a request whose host or address cannot be read. */
function answerWithoutApp(error: unknown): Response {
  const isRequest = error instanceof RequestError;
  const body = isRequest
    ? unreadableError()
    : errorBody('internal', 'Something failed here. Try again in a minute.');
  return Response.json(body, { status: isRequest ? 400 : 500, headers: bareHeaderFields });
}

function isFor({ path }: DirectRoute, { method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && (url === path || url.startsWith(`${path}?`));
}

/** Connections that wait to be taken: a client that finds no room tries again only after a second, then after three. */
const backlog = 4_096;

function open(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(listenError(error, host, port));
    server.once('error', onError);
    server.listen(port, host, backlog, () => {
      server.off('error', onError);
      resolve();
    });
  });
}

interface ListenProblem {
  readonly code: string;
  readonly remedy: string;
}

const hostUnknown: ListenProblem = {
  code: 'host-unknown',
  remedy: 'is not an address of this machine; set HOST to 127.0.0.1, 0.0.0.0 or one of its addresses',
};

/** By the error codes of listen(2) and of the name look-up before it. */
const listenProblems: ReadonlyMap<string | undefined, ListenProblem> = new Map([
  [
    'EADDRINUSE',
    {
      code: 'port-in-use',
      remedy: 'is already in use; stop the program that uses it, or set PORT to a free one',
    },
  ],
  [
    'EACCES',
    { code: 'port-forbidden', remedy: 'may not be opened by this user; set PORT to one above 1023' },
  ],
  ['ENOTFOUND', hostUnknown],
  ['EADDRNOTAVAIL', hostUnknown],
  ['EAI_AGAIN', hostUnknown],
]);

function listenError(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  const problem = listenProblems.get(error.code) ?? {
    code: 'listen-failed',
    remedy: `cannot be listened on: ${error.message}`,
  };
  return new AppError(problem.code, `${host}:${port} ${problem.remedy}`, {
    facts: { host, port },
    cause: error,
  });
}

const sweepMs = 50;

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    // A connection whose request ends now would be kept for a next one that never comes.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
