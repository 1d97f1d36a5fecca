import { nameKey } from '../domain/name-key.ts';
import type { StixId } from '../domain/stix-id.ts';
import { isAllowed, stricter, type Tlp, tlpLevels } from '../domain/tlp.ts';
import type { StoredRecord, StoredSource } from '../store/types.ts';
import { type BuiltKnowledge, buildKnowledge } from './build-knowledge.ts';
import { decisionMarkings, type IdentityDecisions, noDecisions } from './identity.ts';
import { markingsOf, type PreparedRecord, prepareRecords } from './prepare.ts';
import type { Knowledge, KnowledgeBase, KnownSource, Withheld } from './types.ts';

export interface KnowledgeInput {
  /** In any order; records that are no longer present are passed over. */
  readonly records: Iterable<StoredRecord>;
  readonly sources: Iterable<StoredSource>;
  readonly version: number;
  /** An operator's decisions on what is and what is not the same. */
  readonly identity?: IdentityDecisions;
}

/**
 * Joins records into what each audience may know. Nothing is computed before the first `at`; ceilings that hide
 * the same share one object. Records whose source is unknown count as marked beyond the default ceilings.
 */
export function createKnowledgeBase(input: KnowledgeInput): KnowledgeBase {
  const sources = new Map<string, KnownSource>();
  for (const source of input.sources) sources.set(source.name, toKnownSource(source));
  const defaults = new Map([...sources].map(([name, source]) => [name, source.defaultMarking]));
  const prepared = prepareRecords(input.records, defaults);
  const identity = input.identity ?? noDecisions;
  const markings = new Set([...markingsOf(prepared), ...decisionMarkings(identity)]);
  const built = new Map<Tlp, BuiltKnowledge>();
  const known = new Map<Tlp, Knowledge>();
  const build = (ceiling: Tlp): BuiltKnowledge => {
    const result = built.get(ceiling) ?? buildKnowledge(prepared, ceiling, identity);
    built.set(ceiling, result);
    return result;
  };
  return {
    version: input.version,
    at: (asked) => {
      const ceiling = effectiveCeiling(asked, markings);
      const whole = effectiveCeiling('red', markings);
      const existing = known.get(ceiling);
      if (existing !== undefined) return existing;
      const knowledge = createKnowledge(build(ceiling), {
        version: input.version,
        ceiling,
        sources: visibleSources(sources, prepared, ceiling),
        whole: () => (ceiling === whole ? undefined : build(whole)),
      });
      known.set(ceiling, knowledge);
      return knowledge;
    },
  };
}

function toKnownSource(source: StoredSource): KnownSource {
  const { bundleHash: _, importedAt, ...rest } = source;
  return { ...rest, importedAt: new Date(importedAt).toISOString() };
}

/** The strictest marking in use that the ceiling allows; CLEAR where there is none. */
function effectiveCeiling(ceiling: Tlp, markings: ReadonlySet<Tlp>): Tlp {
  return tlpLevels.findLast((level) => markings.has(level) && isAllowed(level, ceiling)) ?? 'clear';
}

/**
 * Sources that have something to show, and those that hold nothing yet: the name of one whose every record is above
 * the ceiling would tell who reported it, whatever the source's default marking.
 */
function visibleSources(
  sources: ReadonlyMap<string, KnownSource>,
  records: readonly PreparedRecord[],
  ceiling: Tlp,
): ReadonlyMap<string, KnownSource> {
  const counts = new Map<string, number>();
  const filled = new Set<string>();
  for (const { source, marking } of records) {
    filled.add(source);
    if (isAllowed(marking, ceiling)) counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  const shown = [...sources].filter(
    ([name, source]) => counts.has(name) || (!filled.has(name) && isAllowed(source.defaultMarking, ceiling)),
  );
  return new Map(shown.map(([name, source]) => [name, { ...source, recordCount: counts.get(name) ?? 0 }]));
}

interface Surroundings {
  readonly version: number;
  readonly ceiling: Tlp;
  readonly sources: ReadonlyMap<string, KnownSource>;
  /** Everything there is; undefined when nothing is withheld. */
  whole(): BuiltKnowledge | undefined;
}

const nothing: readonly never[] = [];

function createKnowledge(built: BuiltKnowledge, surroundings: Surroundings): Knowledge {
  const { version, ceiling, sources } = surroundings;
  return {
    version,
    ceiling,
    sources,
    entities: built.entities,
    statistics: built.statistics,
    entity: (id) => {
      const draft = built.draft(id);
      return draft === undefined ? undefined : built.entities.get(draft.id);
    },
    claims: (id, predicate) => {
      const draft = built.draft(id);
      return draft === undefined ? nothing : built.claims.asSubject(draft, predicate);
    },
    claimsAbout: (id, predicate) => {
      const draft = built.draft(id);
      return draft === undefined ? nothing : built.claims.asObject(draft, predicate);
    },
    record: built.record,
    unresolvedIn: (id) => {
      const draft = built.draft(id);
      return draft === undefined ? nothing : built.claims.unresolvedOf(draft);
    },
    withheld: (id) => withheldOf(id, built, surroundings),
  };
}

/**
 * Claims about an entity that the audience sees which stand above the ceiling; of other entities nothing is told.
 * A hidden record's use of a name that the audience sees anyway is no item.
 */
function withheldOf(id: StixId, built: BuiltKnowledge, { ceiling, whole }: Surroundings): Withheld {
  const visible = built.draft(id);
  const everything = visible === undefined ? undefined : whole();
  const draft = everything?.draft(id);
  let count = 0;
  let highest: Tlp | null = null;
  if (visible === undefined || everything === undefined || draft === undefined) return { count, highest };
  const names = new Set(built.entities.get(visible.id)?.names.map((name) => nameKey(name.text)));
  for (const { given, provenance } of everything.claims.asSubject(draft)) {
    if (isAllowed(provenance.marking, ceiling)) continue;
    if (given.predicate === 'name' && names.has(nameKey(given.text))) continue;
    count += 1;
    highest = highest === null ? provenance.marking : stricter(highest, provenance.marking);
  }
  return { count, highest };
}
