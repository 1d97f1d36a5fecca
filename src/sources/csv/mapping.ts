import { parse } from 'yaml';
import { z } from 'zod';
import { entityTypes } from '../../domain/entity-type.ts';
import { aliasRelations } from '../../domain/record.ts';
import { reliabilities } from '../../domain/source.ts';
import { parseTlp, type Tlp } from '../../domain/tlp.ts';

/** The largest mapping, in characters. */
export const maxMappingChars = 256 * 1024;

/** What a column may say of the thing that its row is about. */
export const fieldNames = [
  'key',
  'name',
  'aliases',
  'ids',
  'countries',
  'sponsor',
  'sectors',
  'regions',
  'motivation',
  'firstSeen',
  'lastSeen',
  'description',
  'references',
  'software',
  'techniques',
  'vulnerabilities',
  'actors',
  'publisher',
  'url',
  'date',
  'confidence',
  'tlp',
  'tags',
] as const;
export type FieldName = (typeof fieldNames)[number];

const columnSchema = z.union([z.string().trim().min(1).max(200), z.int().min(1).max(10_000)]);

const specSchema = z.strictObject({
  column: columnSchema,
  /** What parts several values in one cell; absent: a semicolon, a bar or a line break, else a comma. */
  split: z.string().min(1).max(20).optional(),
  /** Dates: `DD.MM.YYYY` and the like. */
  format: z
    .string()
    .regex(
      /^(?=.*YYYY)[YMD ./-]{4,12}$/,
      'expected YYYY, MM and DD with what stands between them, such as DD.MM.YYYY',
    )
    .optional(),
  /** Aliases: who coined the names of this column, and how they stand to the thing. */
  coinedBy: z.string().trim().min(1).max(100).optional(),
  relation: z.enum(aliasRelations).optional(),
});
export type ColumnSpec = z.output<typeof specSchema>;

const anySpec = z.union([columnSchema.transform((column): ColumnSpec => ({ column })), specSchema]);
const specsSchema = z.union([anySpec.transform((spec) => [spec]), z.array(anySpec).min(1).max(50)]);

const tlpSchema = z.string().transform((text, context): Tlp => {
  const found = parseTlp(text.replace(/^tlp:/i, ''));
  if (found !== undefined && !found.unknown) return found.tlp;
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 40)}" is no TLP 2.0 level` });
  return z.NEVER;
});

const cellSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const typeWords = new Map([
  ['actor', 'intrusion-set'],
  ['threat-actor', 'intrusion-set'],
  ['group', 'intrusion-set'],
  ['technique', 'attack-pattern'],
]);

/** How a table is to be read, as an operator writes it. Unknown keys are refused, so that a slip is seen. */
export const mappingSchema = z.strictObject({
  source: z
    .strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'expected lower-case words with hyphens')
        .optional(),
      title: z.string().trim().min(1).max(200).optional(),
      licence: z.string().trim().min(1).max(300).optional(),
      marking: tlpSchema.optional(),
      reliability: z.enum(reliabilities).optional(),
      /** True: the table holds all of the source, so that a row which is gone from it is withdrawn. */
      complete: z.boolean().optional(),
    })
    .default({}),
  table: z
    .strictObject({
      delimiter: z.string().min(1).max(4).optional(),
      /** `none`: quotes are plain text. */
      quote: z
        .union([z.literal('none'), z.string().regex(/^[\x21-\x7e]$/, 'expected one character or none')])
        .optional(),
      /** The line of the header, from 1; 0 for a table without one, whose columns go by number. */
      header: z.int().min(0).max(10_000).optional(),
      comment: z.string().min(1).max(10).optional(),
    })
    .default({}),
  type: z
    .string()
    .transform((text) => typeWords.get(text.trim().toLowerCase()) ?? text.trim().toLowerCase())
    .pipe(z.enum(entityTypes).exclude(['indicator']))
    .default('intrusion-set'),
  columns: z.strictObject(
    Object.fromEntries(fieldNames.map((field) => [field, specsSchema.optional()])) as Record<
      FieldName,
      z.ZodOptional<typeof specsSchema>
    >,
  ),
  /** Rows are read only where each of these columns holds the value, or one of the values; case does not matter. */
  only: z
    .record(z.string().min(1), z.union([cellSchema.transform((text) => [text]), z.array(cellSchema).min(1)]))
    .default({}),
});
export type Mapping = z.output<typeof mappingSchema>;

export type ParsedMapping =
  | { readonly ok: true; readonly mapping: Mapping }
  /** Every fault with its key: `columns.name: …`. */
  | { readonly ok: false; readonly reason: string };

/** Reads a mapping, YAML or JSON. Never throws. */
export function parseMapping(text: string): ParsedMapping {
  if (text.length > maxMappingChars) {
    return { ok: false, reason: `mapping: more than ${maxMappingChars / 1024} KB` };
  }
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100, logLevel: 'error' }) as unknown;
  } catch (error) {
    const [line = ''] = error instanceof Error ? error.message.split('\n') : [];
    return { ok: false, reason: `mapping: neither YAML nor JSON: ${line.slice(0, 300)}` };
  }
  const parsed = mappingSchema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${faultPath(issue)}: ${faultText(issue)}`);
    return { ok: false, reason: `mapping: ${faults.slice(0, 10).join('; ')}` };
  }
  if (parsed.data.columns.name === undefined) {
    return { ok: false, reason: 'mapping: columns.name: no column for the name; expected one' };
  }
  return { ok: true, mapping: parsed.data };
}

function faultPath({ path }: z.core.$ZodIssue): string {
  return path.length === 0 ? 'the whole' : path.map(String).join('.');
}

function faultText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const known =
      issue.path[0] === 'columns' && issue.path.length === 1 ? `; known: ${fieldNames.join(', ')}` : '';
    return `unknown key ${issue.keys.map((key) => `"${key.slice(0, 60)}"`).join(', ')}${known}`;
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors
      .flat()
      .find(({ path, code }) => path.length > 0 || code === 'unrecognized_keys');
    if (inner !== undefined)
      return `${inner.path.map(String).join('.')}${inner.path.length > 0 ? ': ' : ''}${faultText(inner)}`;
    return 'expected the name or number of a column, or an object with `column`';
  }
  return issue.message;
}
