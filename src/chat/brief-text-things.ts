import { labelOf } from '../briefing/labels.ts';
import type { EntityType } from '../domain/entity-type.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { spotAll } from '../search/spot-all.ts';
import type { Match, SearchIndex } from '../search/types.ts';

/** Something that a text names by a name of one thing alone. */
export interface NamedEntity {
  readonly entity: Entity;
  readonly match: Match;
  /** How often the text names it. */
  readonly mentions: number;
  /** What else in the text is tied to it: the software that an actor uses, by label. */
  readonly ties: readonly string[];
}

/** A name in a text that several things carry. */
export interface SharedName {
  readonly written: string;
  readonly owners: readonly Entity[];
}

/** Everything that a text names, each once. */
export interface NamedInText {
  /** By type; the heaviest first. */
  readonly entities: ReadonlyMap<EntityType, readonly NamedEntity[]>;
  readonly shared: readonly SharedName[];
  /** Ids of vulnerabilities that nothing here tells of, in their written form. */
  readonly unknownCves: readonly string[];
  /** Indicators, refanged. */
  readonly indicators: readonly string[];
}

/**
 * What a text names, as far as an audience may know of it. An actor weighs by how often it is named and by how much of what
 * it uses stands in the text too. Linear in the length of the text, of which the first 100 KB are read.
 */
export function namedInText(text: string, index: SearchIndex, knowledge: Knowledge): NamedInText {
  const sure = new Map<StixId, { readonly match: Match; mentions: number }>();
  const shared = new Map<string, SharedName>();
  const cves = new Set<string>();
  const indicators = new Map<string, string>();
  for (const spot of spotAll(index, text)) {
    if (spot.kind === 'cve') cves.add(spot.id);
    else if (spot.kind === 'indicator') indicators.set(spot.value.toLowerCase(), spot.value);
    else {
      const [match, ...others] = spot.matches;
      if (match === undefined) continue;
      if (others.length > 0) {
        const written = text.slice(spot.start, spot.end);
        const owners = spot.matches.flatMap(({ entity }) => knowledge.entity(entity.id) ?? []);
        const key = owners.map(({ id }) => id).join(' ');
        if (owners.length > 1 && !shared.has(key)) shared.set(key, { written, owners });
        continue;
      }
      const known = knowledge.entity(match.entity.id);
      if (known === undefined) continue;
      const present = sure.get(known.id);
      if (present === undefined) sure.set(known.id, { match, mentions: 1 });
      else present.mentions += 1;
    }
  }
  const named = [...sure].flatMap(([id, { match, mentions }]): readonly NamedEntity[] => {
    const entity = knowledge.entity(id);
    return entity === undefined ? [] : [{ entity, match, mentions, ties: tiesOf(entity, sure, knowledge) }];
  });
  return {
    entities: Map.groupBy(
      named.sort((a, b) => weightOf(b) - weightOf(a)),
      ({ entity }) => entity.type,
    ),
    // A name of several things of which the text names one by a name of its own most likely means that one.
    shared: [...shared.values()].filter(({ owners }) => !owners.some(({ id }) => sure.has(id))),
    unknownCves: [...cves],
    indicators: [...indicators.values()],
  };
}

const maxTies = 50;

/** What the text names that an actor or a campaign uses, or that is known to use a software. */
function tiesOf(
  { id, type }: Entity,
  named: ReadonlyMap<StixId, unknown>,
  knowledge: Knowledge,
): readonly string[] {
  if (type !== 'intrusion-set' && type !== 'campaign') return [];
  const used = new Set<StixId>();
  for (const { object } of [...knowledge.claims(id, 'uses'), ...knowledge.claims(id, 'exploits')]) {
    if (object !== undefined && object !== id && named.has(object)) used.add(object);
    if (used.size === maxTies) break;
  }
  return [...used].flatMap((one) => {
    const entity = knowledge.entities.get(one);
    return entity === undefined ? [] : [labelOf(entity)];
  });
}

function weightOf({ mentions, ties }: NamedEntity): number {
  return 3 * mentions + ties.length;
}
