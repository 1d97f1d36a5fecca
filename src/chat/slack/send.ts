import { setTimeout as wait } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { WebAPIPlatformError } from '@slack/web-api';
import type { SlackMessage } from '../../cards/slack/types.ts';
import type { Log } from '../../support/log.ts';
import { describeError } from './bolt-log.ts';
import type { SlackResponse } from './reply.ts';

/** The part of `fetch` that sending needs. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Destination {
  readonly channelId: string;
  readonly threadTs?: string | undefined;
}

/** Where a message of ours stands. */
export interface PostedAt {
  readonly channelId: string;
  readonly ts: string;
}

export type PostOutcome =
  /** `ts`: Slack's id of the message, where it tells. */
  | { readonly kind: 'posted'; readonly ts?: string }
  /** The bot is no member of the channel, or cannot even see it. */
  | { readonly kind: 'not-in-channel' }
  /** Slack's error code, such as `is_archived`; nothing was posted. */
  | { readonly kind: 'refused'; readonly code: string }
  /** An outage: whether it was posted is not known. */
  | { readonly kind: 'failed' };

export interface SlackSender {
  /** Answers at a `response_url`; true when Slack took it. Never rejects. */
  respond(responseUrl: string, response: SlackResponse): Promise<boolean>;
  /** Posts to a channel or a thread; `metadata` is for programs. Never rejects. */
  post(
    client: WebClient,
    to: Destination,
    message: SlackMessage,
    metadata?: Readonly<Record<string, unknown>>,
  ): Promise<PostOutcome>;
  /** Puts another message in the place of our own; its metadata stays. Never rejects. */
  update(client: WebClient, at: PostedAt, message: SlackMessage): Promise<PostOutcome>;
  /** Takes a message of our own away. Never rejects. */
  remove(client: WebClient, at: PostedAt): Promise<PostOutcome>;
  /** Tells one person in a channel, where there is no `response_url`. Never rejects. */
  whisper(
    client: WebClient,
    to: Destination & { readonly userId: string },
    message: SlackMessage,
  ): Promise<PostOutcome>;
}

export interface SenderParts {
  readonly log: Log;
  readonly fetch?: Fetch;
  /** How to wait before another try; a test does not wait. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

const tries = 3;
const timeoutMs = 5_000;
const maxPauseMs = 5_000;

export function createSender({ log, fetch = globalThis.fetch, pause = wait }: SenderParts): SlackSender {
  /** One try: done, a reason to give up, or how long to wait before the next. */
  async function tryToRespond(url: string, body: string): Promise<'sent' | 'refused' | { retryMs: number }> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = await response.text();
      if (response.ok && !/"ok"\s*:\s*false/.test(answer)) return 'sent';
      if (response.status === 429) return { retryMs: retryAfterMs(response.headers.get('retry-after')) };
      if (response.status >= 500) return { retryMs: 500 };
      log.warn({ status: response.status, answer: answer.slice(0, 200) }, 'Slack refused an answer');
      return 'refused';
    } catch (error) {
      log.warn({ error: describeError(error) }, 'Slack could not be reached with an answer');
      return { retryMs: 500 };
    }
  }

  async function call(
    client: WebClient,
    method: string,
    args: Record<string, unknown>,
  ): Promise<PostOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return { kind: 'posted', ...tsOf(await client.apiCall(method, args)) };
      } catch (error) {
        const code = error instanceof WebAPIPlatformError ? error.data.error : undefined;
        if (code === 'ratelimited' && attempt < tries) {
          // Slack says this inside a 200 too, which the SDK does not try again.
          await pause(1_000 * attempt);
          continue;
        }
        log.warn({ method, code, error: describeError(error) }, 'Slack did not post a message');
        return toOutcome(code);
      }
    }
  }

  return {
    respond: async (responseUrl, response) => {
      const body = JSON.stringify(response);
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        const result = await tryToRespond(responseUrl, body);
        if (result === 'sent' || result === 'refused') return result === 'sent';
        if (attempt < tries) await pause(Math.min(result.retryMs, maxPauseMs));
      }
      return false;
    },
    post: (client, to, message, metadata) =>
      call(client, 'chat.postMessage', { ...toArguments(to, message), ...(metadata ? { metadata } : {}) }),
    update: (client, { channelId, ts }, message) =>
      call(client, 'chat.update', { channel: channelId, ts, ...message }),
    remove: (client, { channelId, ts }) => call(client, 'chat.delete', { channel: channelId, ts }),
    whisper: (client, to, message) =>
      call(client, 'chat.postEphemeral', { ...toArguments(to, message), user: to.userId }),
  };
}

function toArguments({ channelId, threadTs }: Destination, message: SlackMessage): Record<string, unknown> {
  return { channel: channelId, ...(threadTs === undefined ? {} : { thread_ts: threadTs }), ...message };
}

function tsOf(answer: object): { readonly ts?: string } {
  return 'ts' in answer && typeof answer.ts === 'string' ? { ts: answer.ts } : {};
}

function toOutcome(code: string | undefined): PostOutcome {
  if (code === undefined) return { kind: 'failed' };
  return code === 'not_in_channel' || code === 'channel_not_found'
    ? { kind: 'not-in-channel' }
    : { kind: 'refused', code };
}

function retryAfterMs(header: string | null): number {
  return header !== null && /^\d{1,4}$/.test(header) ? Number(header) * 1_000 : 1_000;
}
