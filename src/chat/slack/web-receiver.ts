import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Receiver } from '@slack/bolt';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import { describeError } from './bolt-log.ts';
import { type Intake, isAnsweredByAck } from './intake.ts';
import { parseBody, readBody } from './request-body.ts';
import { verifySlackSignature } from './verify.ts';

export interface WebReceiver extends Receiver {
  /** Answers `POST /slack/events`. Never rejects. */
  fetch(request: Request): Promise<Response>;
}

export interface WebReceiverParts {
  readonly signingSecret: string;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Bolt's receiver over Web requests, so that the program's one server hosts it. Answers 200 at once to what Slack
 * signed, 401 to what it did not, 400 to a body of another form, 405, 413, and 503 when there is too much to do
 * (Slack then sends an event again).
 */
export function createWebReceiver({ signingSecret, intake, clock, log }: WebReceiverParts): WebReceiver {
  async function receive(request: Request): Promise<Response> {
    if (request.method !== 'POST') return empty(405, { allow: 'POST' });
    const bytes = await readBody(request);
    if (bytes === undefined) return empty(413);
    const { headers } = request;
    const contentType = headers.get('content-type');
    const verification = verifySlackSignature({
      body: bytes,
      timestamp: headers.get('x-slack-request-timestamp'),
      signature: headers.get('x-slack-signature'),
      signingSecret,
      nowMs: clock.now().getTime(),
    });
    if (!verification.ok) {
      // Slack's certificate check carries no signature; nothing else in it is looked at.
      if (isCertificateCheck(bytes)) return empty(200);
      log.warn({ reason: verification.reason }, 'Slack request refused');
      return empty(401);
    }
    const body = parseBody(contentType, bytes);
    if (body === undefined) return empty(400);
    if (body['ssl_check'] === '1') return empty(200);
    if (body['type'] === 'url_verification') return Response.json({ challenge: String(body['challenge']) });
    if (isAnsweredByAck(body)) return answerTo(body, headers);
    return intake.take({ body, ack: () => nextTurn(), ...retryOf(headers) }) ? empty(200) : empty(503);
  }

  /** The acknowledgement is the answer, so that the response waits for it. */
  async function answerTo(body: Readonly<Record<string, unknown>>, headers: Headers): Promise<Response> {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const ack = async (given?: unknown): Promise<void> => resolve(given);
    if (!intake.take({ body, ack, ...retryOf(headers) })) return empty(503);
    const given = await promise;
    return typeof given === 'object' && given !== null ? Response.json(given) : empty(200);
  }

  return {
    init: (app) => intake.attach(app),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    fetch: async (request) => {
      try {
        return await receive(request);
      } catch (error) {
        log.warn({ error: describeError(error) }, 'Slack request could not be read');
        return empty(400);
      }
    },
  };
}

function isCertificateCheck(bytes: Uint8Array): boolean {
  if (bytes.byteLength > 200) return false;
  return new URLSearchParams(new TextDecoder().decode(bytes)).get('ssl_check') === '1';
}

function retryOf(headers: Headers): { retryNum?: number; retryReason?: string } {
  const number = headers.get('x-slack-retry-num');
  const reason = headers.get('x-slack-retry-reason');
  return {
    ...(number !== null && /^\d{1,4}$/.test(number) ? { retryNum: Number(number) } : {}),
    ...(reason === null ? {} : { retryReason: reason }),
  };
}

function empty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers });
}
