import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../sources/json/parse-json.ts';
import { isJsonObject, ownValue } from '../../sources/json-document.ts';

/** What an instance answered to a search. */
export type MispAnswer =
  | {
      readonly kind: 'events';
      readonly count: number;
      /** The latest times that stand in the events, epoch seconds; 0 for none. */
      readonly published: number;
      readonly changed: number;
      /** Equal for pages with the same events in the same versions. */
      readonly fingerprint: string;
    }
  /** An error in MISP's words, also where the status said that all is well. */
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'nonsense'; readonly reason: string };

const numeral = z
  .union([z.number(), z.string()])
  .transform((value) => (/^\d{9,11}$/.test(String(value)) ? Number(value) : 0))
  .catch(0);
const eventSchema = z.object({
  uuid: z.string(),
  timestamp: numeral,
  publish_timestamp: numeral,
});
const maxMessageChars = 300;

/** Reads an answer of any version: a list, `{response: []}`, `{response: {Event}}`, `{Event}`, or an error. */
export function readMispAnswer(bytes: Uint8Array): MispAnswer {
  const parsed = parseJson(bytes);
  if (!parsed.ok) return { kind: 'nonsense', reason: parsed.reason };
  const list = eventsIn(parsed.value);
  if (list === undefined) {
    const message = isJsonObject(parsed.value) ? messageOf(parsed.value) : undefined;
    return message === undefined
      ? { kind: 'nonsense', reason: 'neither events nor an error of MISP' }
      : { kind: 'error', message };
  }
  const hash = createHash('sha256');
  let published = 0;
  let changed = 0;
  for (const item of list) {
    const event = eventSchema.safeParse(item);
    hash.update(event.success ? `${event.data.uuid} ${event.data.timestamp}\n` : '?\n');
    if (!event.success) continue;
    published = Math.max(published, event.data.publish_timestamp);
    changed = Math.max(changed, event.data.timestamp);
  }
  const fingerprint = hash.digest('base64url').slice(0, 22);
  return { kind: 'events', count: list.length, published, changed, fingerprint };
}

function eventsIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value.map(unwrap);
  if (!isJsonObject(value)) return undefined;
  const response = ownValue(value, 'response');
  if (Array.isArray(response)) return response.map(unwrap);
  if (isJsonObject(response))
    return Object.hasOwn(response, 'Event') ? [unwrap(response)] : Object.values(response).map(unwrap);
  return Object.hasOwn(value, 'Event') ? [unwrap(value)] : undefined;
}

function unwrap(value: unknown): unknown {
  return isJsonObject(value) ? (ownValue(value, 'Event') ?? value) : value;
}

function messageOf(value: Readonly<Record<string, unknown>>): string | undefined {
  const texts = ['message', 'error', 'errors', 'name'].flatMap((key) => {
    const found = ownValue(value, key);
    const text = Array.isArray(found) ? found.filter((one) => typeof one === 'string').join('; ') : found;
    return typeof text === 'string' && text.trim() !== '' ? [text.trim().slice(0, maxMessageChars)] : [];
  });
  return texts[0];
}
