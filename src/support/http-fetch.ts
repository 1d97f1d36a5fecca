import { lookup as resolveHost } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector, request } from 'undici';

export interface FetchOptions {
  /** The largest answer, counted after decompression. */
  readonly maxBytes: number;
  /** True: private, loopback and link-local addresses may be asked. */
  readonly allowPrivateAddresses: boolean;
  /** Hosts, with port where it is not the protocol's own, that may be asked, redirects included; absent: any. */
  readonly allowedHosts?: readonly string[];
  /** Sent to the origin of the first address only: what redirects elsewhere gets none of them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A POST with this body, as JSON. */
  readonly jsonBody?: string;
  /** From an earlier answer: when nothing changed since, the server may say so in place of sending it again. */
  readonly validators?: { readonly etag?: string; readonly lastModified?: string };
  /** A file that the answer is written to, where it is too large to be held; `bytes` is then empty. */
  readonly toFile?: string;
  readonly timeouts?: Partial<FetchTimeouts>;
}

export interface FetchTimeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly bodyMs: number;
  /** Of everything, redirects included. */
  readonly totalMs: number;
}

export type Fetched =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      /** True when the server said that nothing changed since `validators`: there are no bytes then. */
      readonly notModified: boolean;
      /** By lower-case name. */
      readonly headers: Readonly<Record<string, string>>;
      /** Where the answer came from in the end. */
      readonly url: URL;
    }
  /** `isOutage`: nobody answered, or the server failed: trying later may help. */
  | {
      readonly ok: false;
      readonly reason: string;
      readonly isOutage: boolean;
      /** The answer's status, where there was an answer. */
      readonly status?: number;
      /** What the server asked to wait for, in seconds. */
      readonly retryAfterSeconds?: number;
    };

const defaultTimeouts: FetchTimeouts = {
  connectMs: 10_000,
  headersMs: 20_000,
  bodyMs: 20_000,
  totalMs: 180_000,
};
const maxRedirects = 5;

/** A fault with a message for people; everything else that is thrown is an outage of the network. */
class Refusal extends Error {}

/**
 * Fetches a document over http or https. Every address that a name resolves to, every IP literal and the peer
 * itself must be public unless private ones are allowed, at each redirect anew. Never rejects; no message carries
 * credentials.
 */
export async function fetchDocument(url: URL, options: FetchOptions): Promise<Fetched> {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const agent = createAgent(options.allowPrivateAddresses, timeouts);
  try {
    const signal = AbortSignal.timeout(timeouts.totalMs);
    return await follow(url, agent, signal, options.maxBytes, options.allowPrivateAddresses);
  } catch (error) {
    const refusal = refusalIn(error);
    return refusal === undefined
      ? {
          ok: false,
          reason: `${displayAddress(url)} could not be fetched: ${outageReason(error)}`,
          isOutage: true,
        }
      : { ok: false, reason: `${displayAddress(url)} was not fetched: ${refusal}`, isOutage: false };
  } finally {
    await agent.destroy();
  }
}

const secretParameter = /key|token|secret|sig|auth|pass|cred|session|code/i;

/** The address without user, password, fragment, or the values of parameters that look like secrets. */
export function displayAddress(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.hash = '';
  const names = new Set(shown.searchParams.keys());
  for (const name of names) {
    if (secretParameter.test(name)) shown.searchParams.set(name, 'hidden');
  }
  return shown.href;
}

/** True for an address that anybody on the internet may be reached at. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.range() !== 'unicast') return false;
  // 6to4, NAT64 and the like carry an IPv4 address inside; ipaddr.js gives them ranges of their own.
  return (
    parsed.kind() === 'ipv4' || parsed.toByteArray()[0] === 0x20 || (parsed.toByteArray()[0] ?? 0) >> 4 === 2
  );
}

async function follow(
  start: URL,
  agent: Agent,
  signal: AbortSignal,
  maxBytes: number,
  allowPrivate: boolean,
): Promise<Fetched> {
  let url = start;
  for (let hop = 0; ; hop += 1) {
    assertAllowed(url, allowPrivate);
    const { statusCode, headers, body } = await request(bareUrl(url), {
      dispatcher: agent,
      signal,
      method: 'GET',
      headers: { 'accept-encoding': 'gzip, br', 'user-agent': 'threatbrief', ...authorization(url, start) },
    });
    const location = headers['location'];
    if (statusCode >= 300 && statusCode < 400 && typeof location === 'string') {
      discard(body);
      if (hop >= maxRedirects) throw new Refusal(`more than ${maxRedirects} redirects`);
      url = redirected(url, location);
    } else if (statusCode < 200 || statusCode > 299) {
      discard(body);
      if (statusCode >= 500 || statusCode === 429) throw new Error(`the server answered ${statusCode}`);
      throw new Refusal(`the server answered ${statusCode}`);
    } else {
      const bytes = await readBody(body, String(headers['content-encoding'] ?? ''), maxBytes);
      return { ok: true, bytes, notModified: false, headers: plainHeaders(headers), url };
    }
  }
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), String(value)] as const],
  );
  return Object.fromEntries(pairs);
}

function redirected(from: URL, location: string): URL {
  if (!URL.canParse(location, from)) throw new Refusal('a redirect to something that is no address');
  const to = new URL(location, from);
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new Refusal('a redirect from https to http');
  return to;
}

function assertAllowed(url: URL, allowPrivate: boolean): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Refusal('only http and https are fetched');
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && ipaddr.isValid(literal) && !isPublicAddress(literal)) throw notPublic(literal);
}

function notPublic(address: string): Refusal {
  return new Refusal(
    `${address} is not a public address; fetching from an internal server takes --allow-private`,
  );
}

/** The credentials of the address go to its own origin only. */
function authorization(url: URL, start: URL): Readonly<Record<string, string>> {
  if (start.username === '' || url.origin !== start.origin) return {};
  const pair = `${decodeURIComponent(start.username)}:${decodeURIComponent(start.password)}`;
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

function bareUrl(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}

async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stream = decompressed(body, encoding.trim().toLowerCase());
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      // Decoded bytes: a small compressed body may become a huge one.
      if (size > maxBytes)
        throw new Refusal(`the answer is larger than ${Math.round(maxBytes / 1_048_576)} MB`);
      chunks.push(bytes);
    }
  } finally {
    discard(stream);
    discard(body);
  }
  return Buffer.concat(chunks);
}

/** Ends a body that nobody reads on; that it was cut short is no error to anyone. */
function discard(stream: Readable): void {
  stream.on('error', () => {});
  stream.destroy();
}

function decompressed(body: Readable, encoding: string): Readable {
  const decoder =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'br'
        ? createBrotliDecompress()
        : encoding === 'deflate'
          ? createInflate()
          : undefined;
  if (decoder === undefined) {
    if (encoding === '' || encoding === 'identity') return body;
    throw new Refusal(`the answer is encoded as "${encoding.slice(0, 20)}", which is not read`);
  }
  body.on('error', (error) => decoder.destroy(error));
  return body.pipe(decoder);
}

function createAgent(allowPrivate: boolean, timeouts: FetchTimeouts): Agent {
  const connect = buildConnector({ timeout: timeouts.connectMs, lookup: guardedLookup(allowPrivate) });
  return new Agent({
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    connect: (options, callback) => {
      connect(options, (error, socket) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        const peer = socket.remoteAddress ?? '';
        if (!allowPrivate && !isPublicAddress(peer)) {
          socket.destroy();
          callback(notPublic(peer), null);
          return;
        }
        callback(null, socket);
      });
    },
  });
}

/** Resolves a name and refuses it when any of its addresses is not public. */
function guardedLookup(allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolveHost(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const forbidden = allowPrivate ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
      const [first] = addresses;
      if (forbidden !== undefined) callback(notPublic(`${hostname} (${forbidden.address})`), '', 0);
      else if (first === undefined) callback(new Error('the name has no address'), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function refusalIn(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Refusal) return cause.message;
  }
  return undefined;
}

/** Why the network failed, in words that name no address of ours. */
function outageReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'it took too long';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const known: Readonly<Record<string, string>> = {
    ENOTFOUND: 'the name is unknown',
    EAI_AGAIN: 'the name could not be resolved',
    ECONNREFUSED: 'the connection was refused',
    ECONNRESET: 'the connection was reset',
    UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
    UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
    UND_ERR_BODY_TIMEOUT: 'the answer stopped',
    UND_ERR_SOCKET: 'the connection was closed',
  };
  return (code === undefined ? undefined : (known[code] ?? code)) ?? error.message;
}
