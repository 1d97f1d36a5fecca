import { createHash } from 'node:crypto';
import { parseJson } from '../../sources/json/parse-json.ts';
import { isJsonObject, ownValue } from '../../sources/json-document.ts';
import { eventSchema } from '../../sources/misp-event/schema.ts';
import { mispSourceName } from '../../sources/misp-event/source-of.ts';
import type { HashLine } from '../../sources/misp-hashes/lines.ts';
import type { Fetched } from '../../support/http-fetch.ts';
import type { ManifestEntry } from './manifest.ts';

/** The hashes that a feed gives of its own files, by the file's name. */
export type FileHashes = ReadonlyMap<string, HashLine & { readonly kind: 'file' }>;

export type FetchedEvent =
  | { readonly kind: 'event'; readonly bytes: Uint8Array; readonly source: string }
  /** This event cannot be taken; the others can. */
  | { readonly kind: 'fault'; readonly reason: string }
  /** Nobody can be asked at the moment, or the server refuses whoever asks. */
  | { readonly kind: 'failed'; readonly failure: Fetched & { readonly ok: false } };

/**
 * Fetches one event and looks whether it is what the manifest and `hashes.csv` say it is; what is not is fetched once
 * more, since the feed may have been written anew in the meantime. Servers that fail are asked twice as well.
 */
export async function fetchEvent(
  entry: ManifestEntry,
  hashes: FileHashes,
  fetchFile: (name: string) => Promise<Fetched>,
): Promise<FetchedEvent> {
  let result: FetchedEvent = { kind: 'fault', reason: 'not fetched' };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    result = checkEvent(await fetchFile(`${entry.file}.json`), entry, hashes);
    const isFinal =
      result.kind === 'event' ||
      (result.kind === 'failed' && (!result.failure.isOutage || result.failure.status === 429));
    if (isFinal) return result;
  }
  return result;
}

function checkEvent(fetched: Fetched, entry: ManifestEntry, hashes: FileHashes): FetchedEvent {
  if (!fetched.ok) {
    const { status, isOutage } = fetched;
    const concernsAll = isOutage || status === 401 || status === 403;
    return concernsAll
      ? { kind: 'failed', failure: fetched }
      : { kind: 'fault', reason: `named in the manifest, but ${fetched.reason}` };
  }
  const { bytes } = fetched;
  const expected = hashes.get(`${entry.file}.json`);
  if (expected !== undefined && !matches(bytes, expected)) {
    const reason = `its bytes are not those that hashes.csv names (SHA-1 ${expected.sha1}), also when fetched again: nothing was taken`;
    return { kind: 'fault', reason };
  }
  const parsed = parseJson(bytes);
  if (!parsed.ok) return { kind: 'fault', reason: parsed.reason };
  const inner = isJsonObject(parsed.value) ? (ownValue(parsed.value, 'Event') ?? parsed.value) : parsed.value;
  const event = eventSchema.safeParse(inner);
  if (!event.success)
    return { kind: 'fault', reason: 'no MISP event: expected an object `Event` with a UUID' };
  if (event.data.uuid.toLowerCase() !== entry.uuid)
    return {
      kind: 'fault',
      reason: `holds another event (${event.data.uuid.toLowerCase()}) than its name says`,
    };
  return { kind: 'event', bytes, source: mispSourceName(event.data) };
}

function matches(bytes: Uint8Array, expected: HashLine & { readonly kind: 'file' }): boolean {
  const hash = (name: string): string => createHash(name).update(bytes).digest('hex');
  return hash('sha1') === expected.sha1 && hash('md5') === expected.md5;
}
