import { z } from 'zod';
import { nameKey } from '../../domain/name-key.ts';
import { isJsonObject, textsOf } from '../json-document.ts';
import { splitList } from '../split-list.ts';

/** One row of the list, whatever year's keys it was written with. */
export interface NameRow {
  readonly name: string;
  /** What Microsoft called it before. */
  readonly previous: readonly string[];
  readonly others: readonly string[];
  readonly origin: readonly string[];
}

const maxNameChars = 200;
const maxNames = 200;

/** Keys of the three schemas, without case, blanks and punctuation. */
export const rowKeys = {
  name: ['threatactorname', 'newname', 'threatactor', 'actorname'],
  previous: ['previousname', 'previousnames'],
  others: ['othernames', 'othername'],
  origin: ['originthreat', 'origin', 'threat'],
} as const;

/** A list that is a list, or one text. */
const namesSchema = z
  .unknown()
  .transform((value) => textsOf(value))
  .transform((texts) => texts.flatMap(readNames).slice(0, maxNames));

const rowSchema = z.object({
  name: z
    .string({ error: 'no name; expected a text under "Threat actor name" (or "New name")' })
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, 'the name is empty')
        .max(maxNameChars, `the name is longer than ${maxNameChars} characters`)
        .refine((text) => text === '' || nameKey(text) !== '', 'the name has no letters'),
    ),
  previous: namesSchema,
  others: namesSchema,
  origin: z.unknown().transform((value) => textsOf(value).map((text) => text.slice(0, 500))),
});

function readNames(text: string): readonly string[] {
  return splitList(text.slice(0, 20_000))
    .map((name) => name.replace(/\s+/g, ' '))
    .filter((name) => name.length <= maxNameChars && nameKey(name) !== '' && !isNothing(name));
}

/** Words that people put where there is no name. */
function isNothing(name: string): boolean {
  return /^(?:n\/?a|none|null|unknown|-+)$/i.test(name);
}

export type ReadRow =
  | { readonly ok: true; readonly row: NameRow }
  | { readonly ok: false; readonly reason: string };

export function readRow(value: unknown): ReadRow {
  if (!isJsonObject(value)) return { ok: false, reason: 'no object; expected one for each actor' };
  const members = new Map<string, unknown>();
  for (const [key, member] of Object.entries(value)) {
    const known = key.length > 100 ? '' : nameKey(key);
    if (!members.has(known)) members.set(known, member);
  }
  const first = (keys: readonly string[]): unknown =>
    keys.map((key) => members.get(key)).find((member) => member !== undefined && member !== null);
  const parsed = rowSchema.safeParse({
    name: first(rowKeys.name),
    previous: first(rowKeys.previous),
    others: first(rowKeys.others),
    origin: first(rowKeys.origin),
  });
  if (parsed.success) return { ok: true, row: parsed.data };
  return { ok: false, reason: parsed.error.issues.map(({ message }) => message).join('; ') };
}

/** The list of rows in a document: the document itself, or the first list of rows among its members. */
export function rowsIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return undefined;
  for (const member of Object.values(value)) {
    const list: readonly unknown[] = Array.isArray(member) ? member : [];
    if (list.some(isRow)) return list;
  }
  return undefined;
}

function isRow(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const keys = new Set(Object.keys(value).map((key) => nameKey(key.slice(0, 100))));
  return rowKeys.name.some((key) => keys.has(key));
}
