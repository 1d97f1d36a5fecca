import type { FetchFunction, WebClientOptions } from '@slack/web-api';
import { WebClient } from '@slack/web-api';
import type { Logger } from './bolt-log.ts';
import type { SlackSettings } from './settings.ts';
import { apiUrlOption } from './settings.ts';

export interface ClientParts {
  readonly logger: Logger;
  /** How requests go out; the global `fetch` when not given. */
  readonly fetch?: FetchFunction;
}

/**
 * For answers to a person who waits. The SDK's own defaults would retry for half an hour without a timeout, and
 * post twice when an answer is lost; three tries of 5 s end while the person still looks.
 */
export function interactiveClientOptions(settings: SlackSettings, parts: ClientParts): WebClientOptions {
  return { ...sharedOptions(settings, parts), timeout: 5_000, retryConfig: { retries: 2 } };
}

/**
 * For look-ups on the way to an answer: one try, and a rate limit is an error at once. A client of its own,
 * because a 429 pauses the whole queue of the client that met it, and must not hold up the answers.
 */
export function createLookupClient(token: string, settings: SlackSettings, parts: ClientParts): WebClient {
  return new WebClient(token, {
    ...sharedOptions(settings, parts),
    timeout: 3_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

/** For each request of a delivery. */
export const deliveryTimeoutMs = 8_000;

/**
 * For deliveries, which keep their own account of what was tried: one try, so that nothing is posted twice behind
 * their back, and a rate limit is an answer at once. Calls do not wait for each other in the SDK, where one could
 * still go out after the delivery has been given up.
 */
export function createDeliveryClient(token: string, settings: SlackSettings, parts: ClientParts): WebClient {
  return new WebClient(token, {
    ...sharedOptions(settings, { ...parts, fetch: withRetryAfter(parts.fetch ?? globalThis.fetch) }),
    timeout: deliveryTimeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: 10_000,
  });
}

const defaultRetryAfterSeconds = '30';

/** A 429 that names no time would be an error of no kind in the SDK. */
function withRetryAfter(fetch: FetchFunction): FetchFunction {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (response.status !== 429 || /^\d{1,6}$/.test(response.headers.get('retry-after') ?? ''))
      return response;
    await response.text();
    return new Response(null, { status: 429, headers: { 'retry-after': defaultRetryAfterSeconds } });
  };
}

/** Clients by token; past `maxClients` the one that was not used for longest is let go. */
export interface ClientPool {
  lookup(token: string): WebClient;
  delivery(token: string): WebClient;
  /** Without a token: for what asks for one. */
  plain(): WebClient;
}

const maxClients = 500;

export function createClientPool(settings: SlackSettings, parts: ClientParts): ClientPool {
  const lookups = new Map<string, WebClient>();
  const deliveries = new Map<string, WebClient>();

  function from(pool: Map<string, WebClient>, token: string, make: () => WebClient): WebClient {
    const client = pool.get(token) ?? make();
    pool.delete(token);
    if (pool.size >= maxClients) pool.delete(pool.keys().next().value ?? '');
    pool.set(token, client);
    return client;
  }

  const lookup = (token: string): WebClient =>
    from(lookups, token, () => createLookupClient(token, settings, parts));
  return {
    lookup,
    delivery: (token) => from(deliveries, token, () => createDeliveryClient(token, settings, parts)),
    plain: () => createPlainClient(settings, parts),
  };
}

/**
 * Bolt keeps a client for each token that it ever saw. Past a bound they are let go; those in use go on, and others are
 * made when they are needed.
 */
export function boundBoltClients(app: object): void {
  const pools: unknown = Reflect.get(app, 'clients');
  if (typeof pools !== 'object' || pools === null) return;
  const counts = Object.values(pools).map(
    (pool: object) => Object.keys(Reflect.get(pool, 'pool') ?? {}).length,
  );
  if (counts.reduce((sum, count) => sum + count, 0) <= maxClients) return;
  for (const key of Object.keys(pools)) Reflect.deleteProperty(pools, key);
}

/** A code of an installation is of use once: one try, with time for Slack to answer. */
function createPlainClient(settings: SlackSettings, parts: ClientParts): WebClient {
  return new WebClient(undefined, {
    ...sharedOptions(settings, parts),
    timeout: 8_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

function sharedOptions(settings: SlackSettings, { logger, fetch }: ClientParts): WebClientOptions {
  return { ...apiUrlOption(settings), logger, allowAbsoluteUrls: false, ...(fetch ? { fetch } : {}) };
}
