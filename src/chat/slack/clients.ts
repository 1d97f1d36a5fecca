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

function sharedOptions(settings: SlackSettings, { logger, fetch }: ClientParts): WebClientOptions {
  return { ...apiUrlOption(settings), logger, allowAbsoluteUrls: false, ...(fetch ? { fetch } : {}) };
}
