import { type HashLine, readHashLines } from '../../sources/misp-hashes/lines.ts';
import type { FileHashes } from './event.ts';
import type { ManifestEntry } from './manifest.ts';

const maxKeptHashes = 3_000_000;
const rowsInDocument = 200;
/** What a row of an event index tells; nothing else of the manifest is passed on. */
const rowKeys = ['info', 'date', 'timestamp', 'threat_level_id', 'analysis', 'Orgc', 'Org', 'Tag'];

/** The hashes of a feed's files, where its `hashes.csv` has that form. */
export function fileHashesIn(bytes: Uint8Array): FileHashes {
  const found = new Map<string, HashLine & { kind: 'file' }>();
  for (const line of readHashLines(bytes)) {
    if (line.kind === 'file') found.set(line.file, line);
  }
  return found;
}

/** The hashes of values by event, of some events; `isWhole` is false when there were too many to be held. */
export function valueHashesIn(
  bytes: Uint8Array,
  uuids: ReadonlySet<string>,
): { readonly byEvent: ReadonlyMap<string, readonly string[]>; readonly isWhole: boolean } {
  const byEvent = new Map<string, string[]>();
  let kept = 0;
  for (const line of readHashLines(bytes)) {
    if (line.kind !== 'value' || !uuids.has(line.uuid)) continue;
    if (kept >= maxKeptHashes) return { byEvent, isWhole: false };
    kept += 1;
    const list = byEvent.get(line.uuid);
    if (list === undefined) byEvent.set(line.uuid, [line.md5]);
    else list.push(line.md5);
  }
  return { byEvent, isWhole: true };
}

/** Events that are not fetched, as documents of index rows with the hashes of their values beside them. */
export function* summaryDocuments(
  entries: readonly ManifestEntry[],
  hashes: ReadonlyMap<string, readonly string[]>,
): Generator<{ readonly bytes: Uint8Array; readonly entries: readonly ManifestEntry[] }> {
  for (let start = 0; start < entries.length; start += rowsInDocument) {
    const part = entries.slice(start, start + rowsInDocument);
    const rows = part.map((entry) => ({
      ...Object.fromEntries(rowKeys.flatMap((key) => own(entry.row, key))),
      uuid: entry.uuid,
      md5OfValues: hashes.get(entry.uuid) ?? [],
    }));
    yield { bytes: new TextEncoder().encode(JSON.stringify(rows)), entries: part };
  }
}

function own(row: Readonly<Record<string, unknown>>, key: string): readonly (readonly [string, unknown])[] {
  return Object.hasOwn(row, key) ? [[key, row[key]]] : [];
}
