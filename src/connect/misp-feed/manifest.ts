import { z } from 'zod';
import { isUuid } from '../../domain/stix-id.ts';
import { parseJson } from '../../sources/json/parse-json.ts';
import { isJsonObject } from '../../sources/json-document.ts';

/** One event of a feed, as its manifest tells of it. */
export interface ManifestEntry {
  /** Lower case. */
  readonly uuid: string;
  /** The uuid as it is written, which is the name of the event's file. */
  readonly file: string;
  /** MISP's epoch seconds as text, as written; empty where none is told. */
  readonly timestamp: string;
  /** `YYYY-MM-DD` or whatever stands there. */
  readonly date: string;
  readonly tags: readonly string[];
  /** The entry itself, for a row of an index. */
  readonly row: Readonly<Record<string, unknown>>;
}

export interface Manifest {
  readonly entries: readonly ManifestEntry[];
  /** What could not be taken, each with its place in the manifest. */
  readonly faults: readonly { readonly path: string; readonly reason: string }[];
}

const textual = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim().slice(0, 100))
  .catch('');
const entrySchema = z.object({
  timestamp: textual,
  date: textual,
  Tag: z.array(z.unknown()).catch([]),
});
const tagSchema = z.object({ name: z.string().max(1024) });
const maxFaults = 50;

/**
 * Reads `manifest.json`: an object with a uuid for each event. A text is the reason why it is none. A name that is no
 * uuid is a fault: nothing else may become the name of a file to fetch.
 */
export function parseManifest(bytes: Uint8Array): Manifest | string {
  const parsed = parseJson(bytes);
  if (!parsed.ok) return parsed.reason;
  if (!isJsonObject(parsed.value)) return 'expected an object with a member for each event';
  const entries = new Map<string, ManifestEntry>();
  const faults: { path: string; reason: string }[] = [];
  let faulty = 0;
  for (const [name, value] of Object.entries(parsed.value)) {
    const entry = readEntry(name, value);
    if (typeof entry !== 'string') {
      entries.set(entry.uuid, entry);
      continue;
    }
    faulty += 1;
    if (faults.length < maxFaults) faults.push({ path: JSON.stringify(name.slice(0, 80)), reason: entry });
  }
  if (faulty > maxFaults) faults.push({ path: '', reason: `${faulty - maxFaults} more entries like these` });
  return { entries: [...entries.values()], faults };
}

function readEntry(name: string, value: unknown): ManifestEntry | string {
  if (!isUuid(name)) return 'no plain name of an event file: only a UUID is one';
  if (!isJsonObject(value)) return 'an entry needs to be an object with `timestamp` and `info`';
  const { timestamp, date, Tag } = entrySchema.parse(value);
  const tags = Tag.flatMap((tag) => {
    const read = tagSchema.safeParse(tag);
    return read.success ? [read.data.name] : [];
  });
  return { uuid: name.toLowerCase(), file: name, timestamp, date, tags, row: value };
}
