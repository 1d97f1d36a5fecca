import { countryName, parseCountry } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import { parseStixId } from '../domain/stix-id.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { readChangePointer } from './diff-pointers.ts';
import { labelOf } from './labels.ts';
import { nameOwners } from './name-owners.ts';
import { recordOwner } from './record-owners.ts';

/** One entity with all that changed about it in a window, from every source. */
export interface EntityChanges {
  readonly entity: Entity;
  readonly changes: readonly StoredChange[];
}

export interface GroupedChanges {
  readonly byEntity: readonly EntityChanges[];
  readonly newSources: readonly StoredChange[];
  /** Changes of what is not in the knowledge any more, or whose subject could not be told. */
  readonly others: readonly StoredChange[];
}

/** Puts changes to the entities that they are about, so that several sources' news on one make one item. */
export function groupChanges(changes: readonly StoredChange[], knowledge: Knowledge): GroupedChanges {
  const byEntity = new Map<Entity, StoredChange[]>();
  const newSources: StoredChange[] = [];
  const others: StoredChange[] = [];
  for (const change of changes) {
    if (change.kind === 'source-new') {
      newSources.push(change);
      continue;
    }
    const entity = entityOfChange(change, knowledge);
    if (entity === undefined) others.push(change);
    else {
      const list = byEntity.get(entity);
      if (list === undefined) byEntity.set(entity, [change]);
      else list.push(change);
    }
  }
  return {
    byEntity: [...byEntity].map(([entity, list]) => ({ entity, changes: list })),
    newSources,
    others,
  };
}

/** Whom a change is about: the claim's subject, by its ids or its name, else what the record describes. */
export function entityOfChange(change: StoredChange, knowledge: Knowledge): Entity | undefined {
  const { ids: subject, name, types } = readChangePointer(change.detail['subject']);
  if (subject.length > 0) return firstEntity(subject, knowledge);
  if (name !== undefined) {
    const owners = (nameOwners(knowledge).get(nameKey(name)) ?? []).filter(({ entity }) =>
      types.includes(entity.type),
    );
    return owners.length === 1 ? owners[0]?.entity : undefined;
  }
  const owner = recordOwner(knowledge, { source: change.source, externalId: change.recordId });
  return owner ?? firstEntity(idsIn(change.detail['entity']), knowledge);
}

/** The first of these ids that is known. */
export function firstEntity(ids: readonly string[], knowledge: Knowledge): Entity | undefined {
  for (const id of ids) {
    const entity = knowledge.entity(id);
    if (entity !== undefined) return entity;
  }
  return undefined;
}

/** The ids in a stored pointer or entity; empty for anything else. */
export function idsIn(value: unknown): readonly string[] {
  return readChangePointer(value).ids;
}

export function detailText(change: StoredChange, key: string): string | undefined {
  const value = change.detail[key];
  return typeof value === 'string' ? value : undefined;
}

/** What a claim's change says, in a few words: `uses Remexi`, `alias “Chafer”`. */
export function changeWords(change: StoredChange, knowledge: Knowledge): string {
  const predicate = detailText(change, 'predicate') ?? '';
  const value = changeValue(change, knowledge);
  const words = claimWords[predicate]?.(value) ?? `${predicate} ${value}`.trim();
  switch (change.kind) {
    case 'claim-added':
      return words;
    case 'claim-withdrawn':
      return `no longer: ${words}`;
    case 'entity-new':
      return 'new profile';
    case 'entity-gone':
      return 'profile gone';
    case 'entity-back':
      return 'profile back';
    case 'revoked':
      return detailText(change, 'reason') ?? 'revoked';
    case 'report-new':
      return 'new report';
    case 'report-changed':
      return 'report changed';
    case 'source-new':
      return 'new source';
    default:
      return assertNever(change.kind);
  }
}

/** What a claim points to as the audience knows it; a bare id tells a reader nothing. */
export function changeValue(change: StoredChange, knowledge: Knowledge): string {
  const target = firstEntity(idsIn(change.detail['target']), knowledge);
  if (target !== undefined) return labelOf(target);
  const value = detailText(change, 'value') ?? '';
  return parseStixId(value) !== undefined ? 'something that is not known here' : value;
}

/** A claim in a few words, by its predicate. */
export const claimWords: Readonly<Record<string, (value: string) => string>> = {
  name: (value) => `name ${value}`,
  alias: (value) => `alias “${value}”`,
  'attributed-to': attributionWords,
  'targets-sector': (value) => `targets ${value}`,
  'targets-region': (value) => `targets ${value}`,
  motivation: (value) => `motivation ${value}`,
  'active-since': (value) => `active since ${value}`,
  'last-seen': (value) => `last seen ${value}`,
  uses: (value) => `uses ${value}`,
  exploits: (value) => `exploits ${value}`,
  description: () => 'description',
  reference: () => 'a reference',
  'reported-in': (value) => `named in ${value}`,
  'related-to': (value) => `related to ${value}`,
  tactic: (value) => `tactic ${value}`,
  platform: (value) => `platform ${value}`,
  detail: (value) => value,
};

/** The same change told by several sources is one line; links and descriptions come last. */
export function sameWords(
  changes: readonly StoredChange[],
  knowledge: Knowledge,
): ReadonlyMap<string, readonly StoredChange[]> {
  const lines = new Map<string, { words: string; changes: StoredChange[] }>();
  for (const change of changes) {
    const words = changeWords(change, knowledge);
    const key = nameKey(words) || words;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { words, changes: [change] });
    else line.changes.push(change);
  }
  const isMinor = ({ changes: [first] }: { changes: readonly StoredChange[] }): number =>
    minorPredicates.has((first === undefined ? undefined : detailText(first, 'predicate')) ?? '') ? 1 : 0;
  const sorted = [...lines.values()].sort((a, b) => isMinor(a) - isMinor(b));
  return new Map(sorted.map((line) => [line.words, line.changes]));
}

const minorPredicates: ReadonlySet<string> = new Set(['reference', 'description', 'tactic', 'platform']);

/** A country, a body or an actor by its name; how a source words it otherwise, between quotation marks. */
function attributionWords(value: string): string {
  if (/^attributed to /i.test(value)) return value;
  const country = parseCountry(value);
  if (country !== undefined) return `attributed to ${countryName(country.code)}`;
  const isPhrase = /^\p{Ll}|[ -](?:based|linked|nexus|related|sponsored|backed|aligned|origins?)$/u.test(
    value,
  );
  return isPhrase ? `attribution “${value}”` : `attributed to ${value}`;
}
