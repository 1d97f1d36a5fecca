import type { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../support/log.ts';
import { describeError } from './bolt-log.ts';

const object = z.record(z.string(), z.unknown());

const frameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['hello', 'disconnect']) }),
  z.object({
    type: z.literal('events_api'),
    envelope_id: z.string(),
    payload: z.looseObject({ event: z.looseObject({ type: z.string() }) }),
  }),
  z.object({ type: z.enum(['slash_commands', 'interactive']), envelope_id: z.string(), payload: object }),
]);

type Client = SocketModeReceiver['client'];

/**
 * Lets through what Socket Mode is documented to send. The SDK takes every frame for one of these, so that another one would
 * end the process by an unhandled rejection, or pass for news of the connection itself.
 */
export function guardFrames(client: Client, log: Log): void {
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    if (isBinary === true || !isFrame(textOf(data), client)) {
      log.warn({}, 'Slack Socket Mode sent something of an unknown form');
      return;
    }
    for (const listener of listeners) void pass(() => listener.call(client, data, isBinary), log);
  });
}

async function pass(listen: () => unknown, log: Log): Promise<void> {
  try {
    await listen();
  } catch (error) {
    log.error({ error: describeError(error) }, 'Slack Socket Mode frame failed');
  }
}

function textOf(data: unknown): string {
  if (typeof data === 'string') return data;
  return data instanceof Uint8Array || data instanceof ArrayBuffer ? new TextDecoder().decode(data) : '';
}

function isFrame(text: string, client: Client): boolean {
  const frame = frameSchema.safeParse(parsed(text)).data;
  if (frame === undefined) return false;
  // The SDK tells of an event by its name, as it does of the connection.
  return frame.type !== 'events_api' || !client.eventNames().includes(frame.payload.event.type);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
