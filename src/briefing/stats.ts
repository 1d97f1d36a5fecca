import { type EntityType, entityTypes } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import { type Predicate, predicates } from '../domain/record.ts';
import { isUuid, type StixId } from '../domain/stix-id.ts';
import { type Tlp, tlpLevels } from '../domain/tlp.ts';
import type { Entity, JoinEvidence, JoinRefusal, Knowledge } from '../knowledge/types.ts';
import { type Disagreement, disagreementKinds, findDisagreements } from './disagreements.ts';
import { nameOwners } from './name-owners.ts';

type Counts<Key extends string> = Readonly<Partial<Record<Key, number>>>;

/** What is known, in numbers, as far as one audience may see it. Plain data, ready for JSON. */
export interface Stats {
  readonly ceiling: Tlp;
  readonly entities: Counts<EntityType> & { readonly total: number };
  /** Entities that no source describes: they are only named by others. */
  readonly mentionedOnly: number;
  readonly records: number;
  readonly sources: readonly {
    readonly source: string;
    readonly title: string;
    readonly version: string | null;
    readonly records: number;
    readonly marking: Tlp;
  }[];
  /** Statements that are tied to an entity, the names of records among them. */
  readonly claims: Counts<Predicate> & { readonly total: number };
  readonly claimsByMarking: Counts<Tlp>;
  readonly joins: Counts<JoinEvidence['rule']> & { readonly total: number };
  /** Pairs of records that a rule would join and something forbids; `shared-alias`: pairs that share a name only. */
  readonly refusals: Counts<JoinRefusal['rule']> & { readonly total: number };
  /** Pairs of entities that are shown as overlapping. */
  readonly overlaps: number;
  readonly disagreements: Counts<Disagreement['kind']> & {
    readonly total: number;
    readonly entities: number;
  };
  /** Names that several actors carry as their own. */
  readonly sharedNames: {
    readonly total: number;
    readonly names: readonly { readonly name: string; readonly owners: readonly string[] }[];
  };
  /** Pointers that lead nowhere: tags of other days, uuids of entries that no source has. */
  readonly unresolved: {
    readonly texts: number;
    readonly pointers: number;
    /** Those of them that give a uuid and no name: entries that no imported source has. */
    readonly byUuid: { readonly texts: number; readonly pointers: number };
    /** The most frequent of the others. */
    readonly top: readonly { readonly text: string; readonly count: number }[];
  };
  /** Pointers by a name that several things carry, which are not guessed. */
  readonly ambiguous: readonly {
    readonly text: string;
    readonly count: number;
    readonly candidates: readonly { readonly id: StixId; readonly name: string }[];
  }[];
  /** Names found in the words of reports, which nobody stated. */
  readonly spotted: number;
  /** An operator's decisions: those that were followed, what is wrong with others, and what they did. */
  readonly decisions: {
    readonly followed: number;
    readonly problems: number;
    readonly joins: number;
    readonly partings: number;
  };
}

const topUnresolved = 20;

/** Counts everything once. Takes about as long as reading every card. */
export function statsOf(knowledge: Knowledge): Stats {
  const { statistics } = knowledge;
  const claims = countClaims(knowledge);
  const refusals = refusalsOf(knowledge);
  const rules = countBy(refusals, ({ rule }) => rule);
  const joins = statistics.joinsByRule ?? {};
  return {
    ceiling: knowledge.ceiling,
    entities: { ...inOrder(statistics.entities, entityTypes), total: knowledge.entities.size },
    mentionedOnly: [...knowledge.entities.values()].filter(({ mentionedOnly }) => mentionedOnly).length,
    records: statistics.records,
    sources: [...knowledge.sources.values()]
      .map(({ name, title, version, recordCount, defaultMarking }) => ({
        source: name,
        title,
        version: version ?? null,
        records: recordCount,
        marking: defaultMarking,
      }))
      .sort((a, b) => b.records - a.records || (a.source < b.source ? -1 : 1)),
    claims: { ...inOrder(claims.byPredicate, predicates), total: claims.total },
    claimsByMarking: inOrder(claims.byMarking, tlpLevels),
    joins: { ...joins, total: statistics.joins },
    refusals: { ...rules, total: refusals.length },
    overlaps: countOverlaps(knowledge),
    disagreements: countDisagreements(knowledge),
    sharedNames: sharedNamesOf(knowledge),
    unresolved: unresolvedOf(statistics.unresolved),
    ambiguous: ambiguousOf(knowledge),
    spotted: claims.spotted,
    decisions: {
      followed: statistics.decisions?.followed ?? 0,
      problems: statistics.decisions?.problems.length ?? 0,
      joins: joins.operator ?? 0,
      partings: rules.operator ?? 0,
    },
  };
}

function unresolvedOf(unresolved: ReadonlyMap<string, number>): Stats['unresolved'] {
  const all = [...unresolved].map(([text, count]) => ({ text, count }));
  const total = (some: typeof all): number => some.reduce((sum, { count }) => sum + count, 0);
  const ids = all.filter(({ text }) => isUuid(text));
  return {
    texts: all.length,
    pointers: total(all),
    byUuid: { texts: ids.length, pointers: total(ids) },
    top: all
      .filter(({ text }) => !isUuid(text))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
      .slice(0, topUnresolved),
  };
}

function inOrder<Key extends string>(counts: Counts<Key>, order: readonly Key[]): Counts<Key> {
  const sorted: Partial<Record<Key, number>> = {};
  for (const key of order) if (counts[key] !== undefined) sorted[key] = counts[key];
  return sorted;
}

function countBy<Value, Key extends string>(
  values: Iterable<Value>,
  keyOf: (value: Value) => Key,
): Partial<Record<Key, number>> {
  const counts: Partial<Record<Key, number>> = {};
  for (const value of values) {
    const key = keyOf(value);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

interface ClaimCounts {
  readonly byPredicate: Partial<Record<Predicate, number>>;
  readonly byMarking: Partial<Record<Tlp, number>>;
  total: number;
  spotted: number;
}

function countClaims(knowledge: Knowledge): ClaimCounts {
  const counts: ClaimCounts = { byPredicate: {}, byMarking: {}, total: 0, spotted: 0 };
  for (const id of knowledge.entities.keys()) {
    for (const { predicate, provenance, given } of knowledge.claims(id)) {
      counts.byPredicate[predicate] = (counts.byPredicate[predicate] ?? 0) + 1;
      counts.byMarking[provenance.marking] = (counts.byMarking[provenance.marking] ?? 0) + 1;
      counts.total += 1;
      if (given.predicate === 'reported-in' && given.mentioned === true) counts.spotted += 1;
    }
  }
  return counts;
}

/** Each refusal once, though both entities tell of it. */
function refusalsOf({ entities }: Knowledge): readonly JoinRefusal[] {
  const seen = new Map<string, JoinRefusal>();
  for (const entity of entities.values()) {
    for (const refusal of entity.refusals ?? []) {
      const { record, otherRecord, rule, detail } = refusal;
      const sides = [
        `${record.source} ${record.externalId}`,
        `${otherRecord.source} ${otherRecord.externalId}`,
      ];
      const key = JSON.stringify([rule, detail, ...sides.sort()]);
      if (!seen.has(key)) seen.set(key, refusal);
    }
  }
  return [...seen.values()];
}

function countOverlaps(knowledge: Knowledge): number {
  const pairs = new Set<string>();
  for (const id of knowledge.entities.keys()) {
    for (const { given, object } of knowledge.claims(id, 'related-to')) {
      if (given.predicate !== 'related-to' || given.relation !== 'overlaps' || object === undefined) continue;
      pairs.add([id, object].sort().join(' '));
    }
  }
  return pairs.size;
}

function countDisagreements(knowledge: Knowledge): Stats['disagreements'] {
  const counts: Partial<Record<Disagreement['kind'], number>> = {};
  let total = 0;
  let entities = 0;
  for (const entity of knowledge.entities.values()) {
    const found = findDisagreements(entity, knowledge);
    for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1;
    total += found.length;
    entities += found.length > 0 ? 1 : 0;
  }
  return { ...inOrder(counts, disagreementKinds), total, entities };
}

function sharedNamesOf(knowledge: Knowledge): Stats['sharedNames'] {
  const names: { name: string; owners: readonly string[] }[] = [];
  for (const owners of nameOwners(knowledge).values()) {
    const actors = owners.filter(({ entity }) => entity.type === 'intrusion-set');
    const [first] = actors;
    if (first === undefined || actors.length < 2) continue;
    names.push({ name: first.name.text, owners: actors.map(({ entity }) => labelled(entity)).sort() });
  }
  names.sort((a, b) => b.owners.length - a.owners.length || (nameKey(a.name) < nameKey(b.name) ? -1 : 1));
  return { total: names.length, names };
}

function labelled({ name, externalIds }: Entity): string {
  const [id] = externalIds;
  return id === undefined ? name : `${name} (${id})`;
}

function ambiguousOf({ statistics, entities }: Knowledge): Stats['ambiguous'] {
  return [...(statistics.ambiguous ?? [])]
    .map(([text, { count, candidates }]) => ({
      text,
      count,
      candidates: candidates.flatMap((id) => {
        const entity = entities.get(id);
        return entity === undefined ? [] : [{ id, name: labelled(entity) }];
      }),
    }))
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
}
