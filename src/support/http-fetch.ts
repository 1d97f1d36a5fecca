import { type Agent, request } from 'undici';
import { type AddressRules, addressRules } from './http-fetch-address.ts';
import { createAgent } from './http-fetch-agent.ts';
import { acceptedEncodings, discard, readBody } from './http-fetch-body.ts';
import { createFetchRedactor, decodeQuietly, displayAddress } from './http-fetch-display.ts';
import { describeFault, FetchFault, parseRetryAfter, refusal } from './http-fetch-fault.ts';
import type { Fetched, FetchedDocument, FetchOptions, FetchTimeouts } from './http-fetch-types.ts';

export { isPublicAddress } from './http-fetch-address.ts';
export { displayAddress } from './http-fetch-display.ts';
export type { Fetched, FetchOptions } from './http-fetch-types.ts';

const defaultTimeouts: FetchTimeouts = {
  connectMs: 10_000,
  headersMs: 20_000,
  bodyMs: 20_000,
  totalMs: 180_000,
};
const maxRedirects = 5;

/**
 * Fetches a document over http or https. Every address that a name resolves to, every IP literal and the peer
 * itself must be public unless private ones are allowed, at each redirect anew; the host must be one of `allowedHosts`
 * where they are given. Never rejects; no message carries credentials.
 */
export async function fetchDocument(url: URL, options: FetchOptions): Promise<Fetched> {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const rules = addressRules(url, options);
  const agent = createAgent(rules, timeouts);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeouts.totalMs);
  const signal =
    options.signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, options.signal]);
  try {
    return await follow({ start: url, options, rules, agent, signal });
  } catch (error) {
    const { reason, ...facts } = describeFault(error);
    const redact = createFetchRedactor(url, options.headers ?? {});
    const how = facts.isOutage ? 'could not be fetched' : 'was not fetched';
    return { ok: false, reason: `${displayAddress(url)} ${how}: ${redact(reason)}`, ...facts };
  } finally {
    clearTimeout(timer);
    await agent.destroy();
  }
}

interface Journey {
  readonly start: URL;
  readonly options: FetchOptions;
  readonly rules: AddressRules;
  readonly agent: Agent;
  readonly signal: AbortSignal;
}

async function follow(journey: Journey): Promise<FetchedDocument> {
  const { start, options, agent, signal } = journey;
  const { jsonBody } = options;
  const validators = sendableValidators(options);
  const seen = new Set<string>();
  let url = bareUrl(start);
  for (let hop = 0; ; hop += 1) {
    journey.rules.assertAllowed(url);
    if (seen.has(url.href)) throw refusal('it redirects in a circle: endless redirects');
    seen.add(url.href);
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      signal,
      method: jsonBody === undefined ? 'GET' : 'POST',
      headers: { ...validators, ...requestHeaders(url, start, options) },
      ...(jsonBody === undefined ? {} : { body: jsonBody }),
    });
    const answer = { status: statusCode, headers: plainHeaders(headers), url };
    const location = redirectStatuses.has(statusCode) ? answer.headers['location'] : undefined;
    if (location !== undefined) {
      discard(body);
      if (hop >= maxRedirects) throw refusal(`more than ${maxRedirects} redirects`);
      url = redirected(url, location);
      if (jsonBody !== undefined) assertSameRequest(statusCode, url, start);
    } else if (statusCode === 304) {
      discard(body);
      return unchanged(answer, validators);
    } else if (statusCode < 200 || statusCode > 299 || statusCode === 206) {
      discard(body);
      throw failed(answer);
    } else {
      const bytes = await readBody(body, answer.headers['content-encoding'] ?? '', options);
      return { ok: true, bytes, notModified: false, headers: answer.headers, url };
    }
  }
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: URL;
}

function unchanged({ headers, url, status }: Answer, validators: object): FetchedDocument {
  // Whoever asks without them has nothing that could have stayed the same.
  if (Object.keys(validators).length === 0)
    throw refusal('the server answered "not modified" (304) to a request that did not ask for it', status);
  return { ok: true, bytes: new Uint8Array(0), notModified: true, headers, url };
}

function failed({ status, headers }: Answer): FetchFault {
  const retryAfterSeconds = parseRetryAfter(headers['retry-after'], Date.now());
  const says = status === 206 ? 'the server sent a part only (206)' : `the server answered ${status}`;
  return new FetchFault(says, {
    isOutage: status >= 500 || status === 429 || status === 408 || status === 425,
    status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function redirected(from: URL, location: string): URL {
  if (!URL.canParse(location, from)) throw refusal('a redirect to something that is no address');
  const to = bareUrl(new URL(location, from));
  if (from.protocol === 'https:' && to.protocol === 'http:') throw refusal('a redirect from https to http');
  return to;
}

/**
 * A request with a body follows only what promises to keep it one (307 and 308), and only inside its origin: a GET in
 * its place would answer another question, and nobody else is to read the body.
 */
function assertSameRequest(status: number, to: URL, start: URL): void {
  if ((status === 307 || status === 308) && to.origin === start.origin) return;
  throw refusal(`it redirects to ${displayAddress(to)}, which a request with a body does not follow`, status);
}

/** The caller's headers and the credentials of the address go to its own origin only. */
function requestHeaders(url: URL, start: URL, options: FetchOptions): Readonly<Record<string, string>> {
  const common = {
    accept: '*/*',
    'accept-encoding': acceptedEncodings,
    'user-agent': 'threatbrief',
    ...(options.jsonBody === undefined ? {} : { 'content-type': 'application/json' }),
  };
  if (url.origin !== start.origin) return common;
  const own = Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...common, ...basicCredentials(start), ...Object.fromEntries(own) };
}

function basicCredentials(start: URL): Readonly<Record<string, string>> {
  if (start.username === '' && start.password === '') return {};
  const pair = `${decodeQuietly(start.username)}:${decodeQuietly(start.password)}`;
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

/** Only what a header may hold: a server may have sent anything as its validator. */
function sendableValidators({ validators, jsonBody }: FetchOptions): Readonly<Record<string, string>> {
  if (jsonBody !== undefined) return {};
  return {
    ...(isSendable(validators?.etag) ? { 'if-none-match': validators.etag } : {}),
    ...(isSendable(validators?.lastModified) ? { 'if-modified-since': validators.lastModified } : {}),
  };
}

function isSendable(text: string | undefined): text is string {
  return text !== undefined && /^[\x21-\x7e][\x20-\x7e]{0,1000}$/.test(text);
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), String(value)] as const],
  );
  return Object.fromEntries(pairs);
}

function bareUrl(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  bare.hash = '';
  return bare;
}
