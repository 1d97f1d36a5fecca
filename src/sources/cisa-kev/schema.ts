import { z } from 'zod';
import { parseCveId } from '../../domain/name-key.ts';
import { textsOf } from '../json-document.ts';
import { splitList } from '../split-list.ts';

/** The release of a catalogue, where its frame tells one. */
export const catalogSchema = z.object({
  catalogVersion: z.string().regex(/^\d{4}\.\d{2}\.\d{2}(?:\.\d{1,4})?$/),
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

/** Reads an entry by the names of its columns, without case, blanks and punctuation. */
export function readEntry(members: ReadonlyMap<string, unknown>): ReadEntry {
  const known = Object.keys(entrySchema.shape).map((key) => [key, members.get(key)]);
  const parsed = entrySchema.safeParse(Object.fromEntries(known));
  if (parsed.success) return { ok: true, entry: parsed.data };
  return { ok: false, reason: parsed.error.issues.map(({ message }) => message).join('; ') };
}
