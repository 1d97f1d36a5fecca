import { z } from 'zod';
import { type EntityType, isEntityType } from '../domain/entity-type.ts';
import type { EntityRef, RecordClaim, SourceRecord } from '../domain/record.ts';
import { reliabilities } from '../domain/source.ts';
import { parseStixId, type StixId, stixIdFromUuid } from '../domain/stix-id.ts';
import { tlpLevels } from '../domain/tlp.ts';

/**
 * The form of the bundled data, for reading it and for writing it. Each file holds the records of one source or of
 * one of its scopes, a JSON text a line, sorted, so that a change of the data is a change of few lines:
 *
 * - `["cited", CITATION, URL]`: the address behind a citation, said once and not with every claim;
 * - `{"id": …, "type": …, "name": …, "claims": […]}`: an entity, a key for each thing that is not as it mostly is;
 * - `[ID, CREATED, MODIFIED, SUBJECT, PREDICATE, TARGET, {…}]`: a relationship record with its claim, and in `also`
 *   with further claims about the subject.
 *
 * A claim is `[PREDICATE, MAIN VALUE, {…the rest}]`; an entity's own `name` claim is left out.
 */
export const bundledFormat = 1;

/** Which member of a claim stands alone in second place. */
export const mainMembers: Readonly<Record<RecordClaim['predicate'], string>> = {
  name: 'text',
  alias: 'text',
  'attributed-to': 'text',
  'targets-sector': 'text',
  'targets-region': 'text',
  motivation: 'text',
  'active-since': 'text',
  'last-seen': 'text',
  uses: 'target',
  exploits: 'text',
  description: 'text',
  reference: 'url',
  'reported-in': 'target',
  'related-to': 'target',
  tactic: 'text',
  platform: 'text',
  detail: 'text',
};

const sourceSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.string().min(1),
  title: z.string().min(1),
  licence: z.string().min(1),
  defaultMarking: z.enum(tlpLevels),
  reliability: z.enum(reliabilities),
  version: z.string().optional(),
});

/** `manifest.json`: what there is, where it comes from, and the hashes by which damage is seen. */
export const manifestSchema = z.strictObject({
  format: z.literal(bundledFormat),
  /** Over the names and hashes of all files: identifies the bundle. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  files: z
    .array(
      z.strictObject({
        file: z.string().regex(/^[a-z0-9][a-z0-9.-]*\.jsonl$/),
        source: sourceSchema,
        scope: z.string().min(1).optional(),
        records: z.int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        /** The publisher's file that it was made from. */
        from: z.strictObject({ name: z.string(), sha256: z.string() }),
      }),
    )
    .min(1),
  /** Entities and relationships, by type, for people. */
  counts: z.record(z.string(), z.int()),
});

export type BundledManifest = z.infer<typeof manifestSchema>;
export type BundledFile = BundledManifest['files'][number];

type Line = Readonly<Record<string, unknown>>;

/**
 * Reads the lines of one file back into records. The lines are trusted as far as their hash was checked; throws
 * with the number of a line that is in no form of this format.
 */
export function decodeRecords(text: string): readonly SourceRecord[] {
  const citations = new Map<string, string>();
  const shared: Shared = { citations, refs: new Map() };
  const names = new Map<string, string>();
  const records: SourceRecord[] = [];
  for (const [index, line] of linesOf(text)) {
    if (Array.isArray(line) && line[0] === 'cited') citations.set(String(line[1]), String(line[2]));
    else if (Array.isArray(line)) records.push(decodeRelationship(line, shared, names));
    else if (isLine(line)) {
      const record = decodeEntity(line, shared);
      if (record.entity?.id !== undefined) names.set(record.entity.id, record.entity.name);
      records.push(record);
    } else throw new Error(`line ${index + 1} is no record`);
  }
  return records;
}

/** Each line as a value with its position, one at a time: a whole file at once would take its size several times over. */
function* linesOf(text: string): Generator<readonly [number, unknown]> {
  let start = 0;
  for (let index = 0; start < text.length; index += 1) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end);
    start = end === -1 ? text.length : end + 1;
    if (line !== '') yield [index, JSON.parse(line)];
  }
}

/** What the lines of one file have in common. */
interface Shared {
  /** The address behind a citation. */
  readonly citations: ReadonlyMap<string, string>;
  readonly refs: Map<string, EntityRef>;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isLine(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && 'id' in value && 'type' in value && 'name' in value;
}

/** Members of an entity's line that are members of its record, as they are. */
export const plainMembers = [
  'collection',
  'url',
  'publisher',
  'created',
  'modified',
  'marking',
  'confidence',
  'revoked',
  'deprecated',
  'tags',
] as const;

function decodeEntity(line: Line, shared: Shared): SourceRecord {
  const externalId = String(line['id']);
  const name = String(line['name']);
  const type = String(line['type']);
  if (!isEntityType(type)) throw new Error(`unknown type ${type}`);
  const id = line['stix'] === undefined ? defaultStixId(type, externalId) : parseStixId(textOf(line['stix']));
  const claims = Array.isArray(line['claims']) ? line['claims'] : [];
  const own: RecordClaim[] = line['unnamed'] === true ? [] : [{ predicate: 'name', text: name }];
  const record: Record<string, unknown> = {
    externalId,
    title: line['title'] ?? name,
    entity: {
      type,
      ...(id === undefined ? {} : { id }),
      name,
      externalIds: line['ids'] ?? [`misp:${externalId}`],
      ...(line['claimed'] === undefined ? {} : { claimedIds: line['claimed'] }),
    },
    claims: [...own, ...claims.map((claim: unknown) => decodeClaim(claim, shared))],
  };
  for (const member of plainMembers) if (line[member] !== undefined) record[member] = line[member];
  if (line['revokedBy'] !== undefined) record['revokedBy'] = decodeRef(line['revokedBy'], shared.refs);
  return record as unknown as SourceRecord;
}

/** The id that an entity has unless its line says otherwise: its external id, or that as the UUID of its type. */
export function defaultStixId(type: EntityType, externalId: string): StixId | undefined {
  return externalId.includes('--') ? parseStixId(externalId) : stixIdFromUuid(type, externalId);
}

function decodeRelationship(
  line: readonly unknown[],
  shared: Shared,
  names: ReadonlyMap<string, string>,
): SourceRecord {
  const [id, created, modified, subject, predicate, target, rest] = line;
  const extra = isObject(rest) ? rest : {};
  const { title = relationshipTitle(subject, predicate, target, names), record, also, ...claimRest } = extra;
  const claim = {
    predicate,
    subject: decodeRef(subject, shared.refs),
    target: decodeRef(target, shared.refs),
    ...withReference(claimRest, shared),
  };
  return {
    externalId: String(id).includes('--') ? String(id) : `relationship--${String(id)}`,
    ...(isObject(record) ? record : {}),
    created,
    modified,
    title,
    claims: [claim, ...furtherClaims(also, claim.subject, shared)],
  } as unknown as SourceRecord;
}

/** Further claims of a relationship, about the subject of the first. */
function furtherClaims(also: unknown, subject: EntityRef, shared: Shared): readonly RecordClaim[] {
  if (!Array.isArray(also)) return [];
  return also.map((claim: unknown) => ({ ...decodeClaim(claim, shared), subject }));
}

const verbs: Readonly<Record<string, string>> = {
  uses: 'uses',
  'attributed-to': 'attributed-to',
  'related-to': 'subtechnique-of',
};

/** "APT39 uses Remexi": the title that a relationship has unless its line says otherwise. */
export function relationshipTitle(
  subject: unknown,
  predicate: unknown,
  target: unknown,
  names: ReadonlyMap<string, string>,
): string {
  const [from, to] = [subject, target].map((ref) => names.get(String(ref)) ?? '');
  return `${from} ${verbs[String(predicate)] ?? String(predicate)} ${to}`;
}

function decodeClaim(line: unknown, shared: Shared): RecordClaim {
  if (!Array.isArray(line)) throw new Error('a claim that is no list');
  const [predicate, main, rest] = line as readonly unknown[];
  const member = mainMembers[predicate as RecordClaim['predicate']];
  const extra = isObject(rest) ? withReference(rest, shared) : {};
  const claim: Record<string, unknown> = {
    predicate,
    [member]: member === 'target' ? decodeRef(main, shared.refs) : main,
    ...(predicate === 'alias' ? { relation: 'same-as' } : {}),
    ...extra,
  };
  if (extra['subject'] !== undefined) claim['subject'] = decodeRef(extra['subject'], shared.refs);
  if (member !== 'target' && extra['target'] !== undefined)
    claim['target'] = decodeRef(extra['target'], shared.refs);
  return claim as unknown as RecordClaim;
}

/** Puts the address behind the citation, unless the claim has its own or (null) none. */
function withReference(rest: Line, { citations }: Shared): Record<string, unknown> {
  const { reference, ...others } = rest;
  const url = reference ?? (reference === null ? undefined : citations.get(String(rest['citation'])));
  return url === undefined ? others : { ...others, reference: url };
}

/**
 * A pointer that makes nothing new: a STIX id of its own type, or `TYPE+TYPE:UUID`. Others stand as objects. Thousands
 * of claims point to the same few hundred techniques: a pointer is made once for all of a file.
 */
function decodeRef(value: unknown, refs: Shared['refs']): EntityRef {
  if (typeof value !== 'string') return value as EntityRef;
  const known = refs.get(value);
  if (known !== undefined) return known;
  const ref = toRef(value);
  refs.set(value, ref);
  return ref;
}

function toRef(value: string): EntityRef {
  const colon = value.indexOf(':');
  if (colon === -1) {
    const type = value.slice(0, value.indexOf('--'));
    return { types: [type], id: value, create: false } as unknown as EntityRef;
  }
  return {
    types: value.slice(0, colon).split('+'),
    uuid: value.slice(colon + 1),
    create: false,
  } as EntityRef;
}

function isObject(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
