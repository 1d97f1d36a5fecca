import { Agent, request } from 'node:http';
import { cardOf } from '../../../src/cards/cleared.ts';
import type { DeliveryPlatform, FindResult, PostResult } from '../../../src/schedule/types.ts';
import type { ScaledClock } from './scaled-clock.ts';

export interface StandInPlatformParts {
  readonly url: string;
  readonly clock: ScaledClock;
  readonly requestTimeoutMs: number;
  readonly visibilityLagMs: number;
  readonly minGapMs: number;
  /** Called when all of a post has been written. */
  readonly onSent?: (key: string) => void;
}

type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  /** `isSent`: some of the request may have arrived. */
  | { readonly kind: 'failed'; readonly isSent: boolean; readonly error: string };

/** The stand-in as deliveries see it, over HTTP. */
export function createStandInPlatform(parts: StandInPlatformParts): DeliveryPlatform {
  const { url, clock, requestTimeoutMs, visibilityLagMs, minGapMs, onSent } = parts;
  const agent = new Agent({ keepAlive: true });

  function call(path: string, body: object, onWritten?: () => void): Promise<Answer> {
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(clock.real(requestTimeoutMs));
      let isConnected = false;
      const fail = (error: Error): void =>
        resolve({
          kind: 'failed',
          isSent: isConnected,
          error: 'code' in error ? String(error.code) : error.name,
        });
      const outgoing = request(`${url}${path}`, { method: 'POST', agent, signal }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            kind: 'answer',
            status: response.statusCode ?? 0,
            body: text === '' ? {} : JSON.parse(text),
          });
        });
      });
      outgoing.on('socket', (socket) => {
        if (!socket.connecting) isConnected = true;
        else socket.once('connect', () => (isConnected = true));
      });
      outgoing.on('error', fail);
      outgoing.on('finish', () => onWritten?.());
      outgoing.end(JSON.stringify(body));
    });
  }

  return {
    name: 'slack',
    requestTimeoutMs,
    visibilityLagMs,
    minGapMs,
    placeState: async () => ({ kind: 'open', ceiling: 'green' }),
    post: async ({ id }, { key, card, parent }): Promise<PostResult> => {
      const body = { place: id, key, title: cardOf(card).title, parent: parent ?? null };
      const answer = await call('/post', body, () => onSent?.(key));
      if (answer.kind === 'failed') {
        return answer.isSent
          ? { kind: 'uncertain', error: answer.error }
          : { kind: 'not-sent', error: answer.error };
      }
      const { status } = answer;
      if (status === 200) return { kind: 'posted', messageId: String(answer.body['messageId']) };
      if (status !== 429) return { kind: 'uncertain', error: `HTTP ${status}` };
      const retryAfterMs = Number(answer.body['retryAfterMs']);
      return { kind: 'not-sent', error: 'asked to wait', retryAfterMs, isRate: true };
    },
    find: async ({ id }, { key }): Promise<FindResult> => {
      const answer = await call('/find', { place: id, key });
      if (answer.kind === 'failed') return { kind: 'unreachable', error: answer.error };
      if (answer.status !== 200) return { kind: 'unreachable', error: `HTTP ${answer.status}` };
      const { messageId } = answer.body;
      return typeof messageId === 'string' ? { kind: 'found', messageId } : { kind: 'absent' };
    },
  };
}
