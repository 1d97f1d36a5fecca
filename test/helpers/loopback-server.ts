import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface LoopbackRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly url: URL;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LoopbackAnswer {
  /** 200 when absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Bytes until the client goes away, in place of a body. */
  readonly endless?: true;
  /** No answer at all. */
  readonly silent?: true;
}

export type LoopbackHandler = (request: LoopbackRequest) => LoopbackAnswer;

/** A web server on this machine that answers as a test says, and keeps what it was asked. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Everything that was asked so far. */
  readonly requests: LoopbackRequest[];
  /** Answers so from now on. */
  answer(handler: LoopbackHandler): void;
  /** Closes every connection; may be called twice. */
  close(): Promise<void>;
}

/** Ends with the test; outside of one, `close` it. */
export async function startLoopbackServer(handler: LoopbackHandler): Promise<LoopbackServer> {
  const server = await openLoopbackServer(handler);
  onTestFinished(() => server.close());
  return server;
}

/** The same for a whole file of tests, which has to close it. */
export async function openLoopbackServer(handler: LoopbackHandler): Promise<LoopbackServer> {
  let current = handler;
  const requests: LoopbackRequest[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const asked = await read(request);
      requests.push(asked);
      send(current(asked), response);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requests,
    answer: (next) => {
      current = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<LoopbackRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const path = request.url ?? '/';
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: request.method ?? 'GET',
    path,
    url: new URL(path, 'http://127.0.0.1'),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(answer: LoopbackAnswer, response: ServerResponse): void {
  const { status = 200, headers = {}, body = '', endless = false, silent = false } = answer;
  if (silent) return;
  response.writeHead(status, headers);
  if (!endless) {
    response.end(body);
    return;
  }
  const piece = Buffer.alloc(65_536, ' ');
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more);
  more();
}
