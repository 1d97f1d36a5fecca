import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { bareHeaderLines, bareHeaders } from './headers.ts';

/** How long and how much one client may take; in milliseconds where nothing else is said. */
export interface ConnectionLimits {
  /** From the first byte of a request to the end of its headers. */
  readonly headersTimeoutMs: number;
  /** From the first byte of a request to the end of its body. */
  readonly requestTimeoutMs: number;
  /** Between two requests on one connection. */
  readonly keepAliveTimeoutMs: number;
  /** Without any byte in either direction: a client that does not read its answer. */
  readonly idleTimeoutMs: number;
  /** How often the above are looked at. */
  readonly checkEveryMs: number;
  readonly maxRequestsPerConnection: number;
  /** More are refused until some have ended. */
  readonly maxConnections: number;
}

export const defaultLimits: ConnectionLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 10_000,
  idleTimeoutMs: 60_000,
  checkEveryMs: 2_000,
  maxRequestsPerConnection: 1_000,
  maxConnections: 2_000,
};

const maxHeaderBytes = 16 * 1024;
const maxHeaders = 100;

/** The part of the limits that a server is made with. */
export function serverOptions(limits: ConnectionLimits): ServerOptions {
  return {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    maxHeaderSize: maxHeaderBytes,
    insecureHTTPParser: false,
    // A request without it is refused later, by an answer of ours.
    requireHostHeader: false,
  };
}

/** The part that is set afterwards, and answers with the protective headers to what is no HTTP or expects too much. */
export function limitServer(server: Server, limits: ConnectionLimits): void {
  server.maxHeadersCount = maxHeaders;
  server.maxRequestsPerSocket = limits.maxRequestsPerConnection;
  server.maxConnections = limits.maxConnections;
  server.setTimeout(limits.idleTimeoutMs);
  server.on('checkExpectation', (_incoming: IncomingMessage, outgoing: ServerResponse) => {
    outgoing.writeHead(417, [...bareHeaders, 'Connection', 'close', 'Content-Length', '0']);
    outgoing.end();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = statuses.get(error.code) ?? '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\n${bareHeaderLines}Connection: close\r\nContent-Length: 0\r\n\r\n`);
    // A client that does not read this either is not waited for.
    socket.destroySoon();
  });
}

/** By the error codes of Node's HTTP parser; anything else is a bad request. */
const statuses: ReadonlyMap<string | undefined, string> = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
]);
