import { z } from 'zod';
import { nameKey, parseCveId } from '../../domain/name-key.ts';
import { isJsonObject, textsOf } from '../json-document.ts';
import { splitList } from '../split-list.ts';

/** The catalogue's frame: only what is read. Entries are checked one by one, so that a bad one costs itself only. */
export const catalogSchema = z.object({
  catalogVersion: z
    .string()
    .regex(/^\d{4}\.\d{2}\.\d{2}(?:\.\d{1,4})?$/)
    .optional()
    .catch(undefined),
  vulnerabilities: z.array(z.unknown()),
});

const maxTextChars = 4000;

const text = z
  .unknown()
  .transform((value) => (textsOf(value)[0] ?? '').slice(0, maxTextChars).replace(/\s+/g, ' ').trim());

const entrySchema = z.object({
  cveid: z
    .unknown()
    .transform((value) => parseCveId((textsOf(value)[0] ?? '').slice(0, 40)))
    .pipe(z.string({ error: 'cveID is no CVE id; expected CVE-YEAR-NUMBER' })),
  vendorproject: text,
  product: text,
  vulnerabilityname: text,
  dateadded: text,
  shortdescription: text,
  requiredaction: text,
  duedate: text,
  knownransomwarecampaignuse: text,
  notes: z.unknown().transform((value) => textsOf(value).join(' ; ').slice(0, 20_000)),
  cwes: z.unknown().transform((value) => textsOf(value).flatMap((item) => splitList(item.slice(0, 500)))),
});

/** One entry of the catalogue; texts are empty where the publisher gives none. */
export type KevEntry = z.output<typeof entrySchema>;

export type ReadEntry =
  | { readonly ok: true; readonly entry: KevEntry }
  | { readonly ok: false; readonly reason: string };

/** Reads an object of the JSON file, or a row of the CSV file by the names of its columns. */
export function readEntry(value: unknown): ReadEntry {
  const members = membersOf(value);
  if (members === undefined) return { ok: false, reason: 'no object; expected one for each vulnerability' };
  const parsed = entrySchema.safeParse(Object.fromEntries(members));
  if (parsed.success) return { ok: true, entry: parsed.data };
  return { ok: false, reason: parsed.error.issues.map(({ message }) => message).join('; ') };
}

/** The columns that are read, by name without case and blanks; undefined where they are missing. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  const members = new Map<string, unknown>(columns.map((column) => [column, undefined]));
  const entries =
    value instanceof Map ? value.entries() : isJsonObject(value) ? Object.entries(value) : undefined;
  if (entries === undefined) return undefined;
  for (const [key, member] of entries) {
    const name = typeof key === 'string' && key.length <= 60 ? nameKey(key) : '';
    if (members.has(name) && members.get(name) === undefined) members.set(name, member);
  }
  return members;
}

const columns: readonly string[] = Object.keys(entrySchema.shape);
