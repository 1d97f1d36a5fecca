import { isJsonObject } from '../../sources/json-document.ts';
import { markingOfRef } from '../../sources/stix/markings.ts';
import type { PageObject } from './page.ts';

/**
 * Markings, identities and places: what other objects refer to, and what no record is made of. They are kept over
 * pages and syncs, and repeated in every bundle whose objects refer to them, because an importer sees one bundle at a
 * time, and a server gives an old marking once.
 */
export interface Definitions {
  /** Remembers the newest version of an object, if it is one of these. */
  take(object: PageObject): void;
  has(id: string): boolean;
  get(id: string): Uint8Array | undefined;
  /** For the state of a connection. */
  all(): readonly Readonly<Record<string, unknown>>[];
}

type Kept = Readonly<Record<string, unknown>>;

/** What is needed of each type: no address of a person, no statement of pages. */
const fields: ReadonlyMap<string, readonly string[]> = new Map([
  ['marking-definition', ['name', 'definition_type', 'definition', 'extensions']],
  ['identity', ['name', 'identity_class', 'sectors', 'x_cta_country']],
  ['location', ['name', 'region', 'country']],
]);
const commonFields = ['type', 'id', 'spec_version', 'created', 'modified', 'object_marking_refs'];

const maxKept = 5000;
/** Of one definition, and of all of them together. */
const maxChars = 4000;
const maxTotalChars = 4_000_000;

export function createDefinitions(stored: readonly unknown[] = []): Definitions {
  const kept = new Map<string, { readonly version: string; readonly value: Kept; readonly chars: number }>();
  let total = 0;
  const keep = (id: string, version: string, value: Kept): void => {
    const before = kept.get(id);
    if (before !== undefined && before.version > version) return;
    const chars = JSON.stringify(value).length;
    // What is not kept is unknown, and an unknown marking is a strict one.
    if (chars > maxChars || total + chars > maxTotalChars || kept.size >= maxKept) return;
    total += chars - (before?.chars ?? 0);
    kept.set(id, { version, value, chars });
  };
  for (const value of stored) {
    if (!isJsonObject(value) || typeof value['id'] !== 'string' || typeof value['type'] !== 'string')
      continue;
    if (fields.has(value['type'])) keep(value['id'].trim().toLowerCase(), versionOf(value), value);
  }
  return {
    take: ({ id, type, version, value }) => {
      const wanted = fields.get(type);
      if (wanted === undefined) return;
      const picked = [...commonFields, ...wanted].flatMap((key) =>
        Object.hasOwn(value, key) ? [[key, value[key]] as const] : [],
      );
      keep(id, version, Object.fromEntries(picked));
    },
    has: (id) => kept.has(id),
    get: (id) => {
      const found = kept.get(id);
      return found === undefined ? undefined : Buffer.from(JSON.stringify(found.value));
    },
    all: () => [...kept.values()].map(({ value }) => value),
  };
}

function versionOf(value: Kept): string {
  const { modified, created } = value;
  return typeof modified === 'string' ? modified : typeof created === 'string' ? created : '';
}

/** What an object refers to and cannot be understood without. */
export interface Needs {
  /** Definitions, by lower-case id. */
  readonly definitions: readonly string[];
  /** Indicators that a report holds: they belong to its record. */
  readonly indicators: readonly string[];
}

const definitionId = /^(?:marking-definition|identity|location)--[0-9a-f-]{36}$/;
const indicatorId = /^indicator--[0-9a-f-]{36}$/;

export function needsOf({ type, value }: PageObject): Needs {
  const markings = listOf(value['granular_markings']).map((one) =>
    isJsonObject(one) ? one['marking_ref'] : undefined,
  );
  const refs = [
    value['created_by_ref'],
    value['source_ref'],
    value['target_ref'],
    ...listOf(value['object_marking_refs']),
    ...markings,
  ];
  const isReport = type === 'report' || type === 'grouping';
  return {
    definitions: idsIn(refs, definitionId).filter((id) => !isUnderstood(id)),
    indicators: isReport ? idsIn(listOf(value['object_refs']), indicatorId) : [],
  };
}

/** Markings that the standards fix mean what they mean without a definition. */
function isUnderstood(id: string): boolean {
  if (!id.startsWith('marking-definition--')) return false;
  const meaning = markingOfRef(id, new Map());
  return meaning.kind === 'none' || meaning.marking.unknown !== true;
}

/** More than any producer's report holds. */
const maxRefs = 10_000;

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, maxRefs) : typeof value === 'string' ? [value] : [];
}

function idsIn(values: readonly unknown[], shape: RegExp): readonly string[] {
  return values.flatMap((value) => {
    const id = typeof value === 'string' ? value.trim().toLowerCase() : '';
    return shape.test(id) ? [id] : [];
  });
}
