import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../support/log.ts';
import type { PlainAnswer, PlainHook } from '../support/plain-hook.ts';
import type { BodyRoom, HeldBody } from './body-room.ts';
import { internalError, noRoomError, tooLargeError } from './error-body.ts';
import { bareHeaders } from './headers.ts';
import { type Observer, requestIdHeader } from './observe.ts';

/** One address whose POST requests are answered before the app sees them. */
export interface DirectRoute {
  /** `/slack/events`; a query may follow it. */
  readonly path: string;
  /** Never throws. */
  readonly answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
}

/** Slack sends at most some tens of KB, Teams some hundreds. */
export const maxHookBytes = 1024 * 1024;

export interface DirectParts {
  readonly observer: Observer;
  readonly log: Log;
  /** For bodies that are still arriving. */
  readonly room: BodyRoom;
}

/**
 * Answers requests to a hook over Node's own request and response, with the headers, the limit, the id, the count and the
 * errors of the app: of a thousand that arrive in the same moment, the last waits for what all the others take.
 */
export function directHook(
  path: string,
  hook: PlainHook,
  { observer, log, room }: DirectParts,
): DirectRoute['answer'] {
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const header = (name: string): string | null => textOf(incoming.headers[name]);
    const observed = observer.begin(header('x-request-id'));
    const { method = '' } = incoming;
    const send = (given: PlainAnswer): void => {
      write(outgoing, observed.requestId, given);
      observed.end(method, path, given.status);
    };
    const held = room.begin();
    try {
      const body = await readAll(incoming, held);
      if (body === 'gone') return;
      if (body === 'too-large' || body === 'no-room') {
        // What still comes is read past, so that its sender gets to read the answer; the connection serves nothing after it.
        outgoing.shouldKeepAlive = false;
        incoming.resume();
        send(refusals[body](observed.requestId));
        return;
      }
      send(await hook.answer({ method, header, body }));
    } catch (error) {
      log.error({ requestId: observed.requestId, error }, 'request failed');
      if (!outgoing.headersSent) send({ status: 500, json: internalError(observed.requestId) });
    } finally {
      held.end();
    }
  }
  return (incoming, outgoing) => void answer(incoming, outgoing);
}

type Refusal = 'too-large' | 'no-room';

const refusals: Readonly<Record<Refusal, (requestId: string) => PlainAnswer>> = {
  'too-large': (requestId) => ({ status: 413, json: tooLargeError(requestId) }),
  'no-room': (requestId) => ({ status: 503, headers: { 'Retry-After': '1' }, json: noRoomError(requestId) }),
};

/** Node joins a header's values with commas, but for a few of which it keeps the first or a list. */
function textOf(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' ? value : (value?.join(', ') ?? null);
}

/** The body; `gone` when its client went before it ended. */
function readAll(incoming: IncomingMessage, held: HeldBody): Promise<Uint8Array | Refusal | 'gone'> {
  const told = Number(incoming.headers['content-length'] ?? 0);
  if (told > maxHookBytes) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const refuse = (refusal: Refusal): void => {
      incoming.off('data', take);
      chunks.length = 0;
      resolve(refusal);
    };
    const take = (chunk: Uint8Array): void => {
      length += chunk.byteLength;
      if (length > maxHookBytes) refuse('too-large');
      else if (!held.add(chunk.byteLength)) refuse('no-room');
      else chunks.push(chunk);
    };
    incoming.on('data', take);
    incoming.once('end', () => resolve(Buffer.concat(chunks)));
    incoming.once('error', () => resolve('gone'));
    incoming.once('close', () => resolve('gone'));
  });
}

function write(
  outgoing: ServerResponse,
  requestId: string,
  { status, headers = {}, json }: PlainAnswer,
): void {
  const text = json === undefined ? '' : JSON.stringify(json);
  outgoing.writeHead(status, [
    ...bareHeaders,
    requestIdHeader,
    requestId,
    ...Object.entries(headers).flat(),
    ...(text === '' ? [] : ['Content-Type', 'application/json']),
    'Content-Length',
    String(Buffer.byteLength(text)),
  ]);
  outgoing.end(text);
}
