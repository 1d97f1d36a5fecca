import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Receiver } from '@slack/bolt';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import {
  answerOverWeb,
  type PlainAnswer,
  type PlainHook,
  type PlainRequest,
} from '../../support/plain-hook.ts';
import { describeError } from './bolt-log.ts';
import { type Intake, isAnsweredByAck } from './intake.ts';
import { parseBody, readBody } from './request-body.ts';
import { verifySlackSignature } from './verify.ts';

export interface WebReceiver extends Receiver, PlainHook {
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
  async function receive({ method, header, body: bytes }: PlainRequest): Promise<PlainAnswer> {
    if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
    const verification = verifySlackSignature({
      body: bytes,
      timestamp: header('x-slack-request-timestamp'),
      signature: header('x-slack-signature'),
      signingSecret,
      nowMs: clock.now().getTime(),
    });
    if (!verification.ok) {
      // Slack's certificate check carries no signature; nothing else in it is looked at.
      if (isCertificateCheck(bytes)) return taken;
      log.warn({ reason: verification.reason }, 'Slack request refused');
      return { status: 401 };
    }
    const body = parseBody(header('content-type'), bytes);
    if (body === undefined) return unreadable;
    if (body['ssl_check'] === '1') return taken;
    if (body['type'] === 'url_verification') {
      return { status: 200, json: { challenge: String(body['challenge']) } };
    }
    if (isAnsweredByAck(body)) return answerTo(body, header);
    return intake.take({ body, ack: () => nextTurn(), ...retryOf(header) }) ? taken : tooMuch;
  }

  /** The acknowledgement is the answer, so that the response waits for it. */
  async function answerTo(
    body: Readonly<Record<string, unknown>>,
    header: PlainRequest['header'],
  ): Promise<PlainAnswer> {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const ack = async (given?: unknown): Promise<void> => resolve(given);
    if (!intake.take({ body, ack, ...retryOf(header) })) return tooMuch;
    const given = await promise;
    return typeof given === 'object' && given !== null ? { status: 200, json: given } : taken;
  }

  async function answer(request: PlainRequest): Promise<PlainAnswer> {
    try {
      return await receive(request);
    } catch (error) {
      log.warn({ error: describeError(error) }, 'Slack request could not be read');
      return unreadable;
    }
  }

  return {
    init: (app) => intake.attach(app),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    answer,
    fetch: async (request) => {
      try {
        return await answerOverWeb({ answer }, request, readBody);
      } catch (error) {
        log.warn({ error: describeError(error) }, 'Slack request could not be read');
        return new Response(null, { status: 400 });
      }
    },
  };
}

const taken: PlainAnswer = { status: 200 };
const unreadable: PlainAnswer = { status: 400 };
const tooMuch: PlainAnswer = { status: 503 };

function isCertificateCheck(bytes: Uint8Array): boolean {
  if (bytes.byteLength > 200) return false;
  return new URLSearchParams(new TextDecoder().decode(bytes)).get('ssl_check') === '1';
}

function retryOf(header: PlainRequest['header']): { retryNum?: number; retryReason?: string } {
  const number = header('x-slack-retry-num');
  const reason = header('x-slack-retry-reason');
  return {
    ...(number !== null && /^\d{1,4}$/.test(number) ? { retryNum: Number(number) } : {}),
    ...(reason === null ? {} : { retryReason: reason }),
  };
}
