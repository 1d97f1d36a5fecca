import { type IndicatorRelation, indicatorPlan } from '../domain/indicator-plan.ts';
import { md5LookupValues } from '../domain/md5-of-value.ts';
import { isAllowed, stricter, strictest, type Tlp } from '../domain/tlp.ts';
import type { Claim, Entity, Knowledge, Provenance, Withheld } from '../knowledge/types.ts';
import type { StoredIndicator } from '../store/types.ts';
import { type AnswerContext, ceilingOf } from './context.ts';
import { isMention } from './mentioned.ts';
import { recordOwner } from './record-owners.ts';

/** How many look-up values inside a network are looked through, and how many of them are looked up. */
const maxScanned = 5_000;
const maxInside = 300;

/** A stored indicator that the audience may see, with the report or other object that holds it. */
export interface Sighting {
  readonly stored: StoredIndicator;
  /** How it stands to what was asked for. */
  readonly relation: IndicatorRelation;
  readonly holder: Entity;
  readonly provenance: Provenance;
  /** Who is named with it: subjects of the report, or the holder itself. */
  readonly named: readonly { readonly entity: Entity; readonly claims: readonly Claim[] }[];
}

/** What is recorded of one indicator. */
export interface Sightings {
  /** The value itself first, then what stands close to it. */
  readonly sightings: readonly Sighting[];
  readonly withheld: Withheld;
  /** True where more may be stored than was looked at. */
  readonly isCut: boolean;
}

const nearest: readonly IndicatorRelation[] = ['same', 'host', 'parent', 'network', 'inside'];

/**
 * Looks an indicator up in the store, whose rows know no ceiling: a row counts only when the audience's knowledge has
 * its record and its own marking allows it. What the ceiling hides is counted.
 */
export async function findSightings(
  value: string,
  lookupValues: readonly string[],
  limit: number,
  context: AnswerContext,
): Promise<Sightings> {
  const { knowledge, indicators } = context;
  const plan = indicatorPlan(value, lookupValues);
  const relations = new Map(plan.values);
  // Of events that are not at hand, feeds tell the hashes of their values.
  for (const hash of md5LookupValues(value, lookupValues)) relations.set(hash, 'same');
  const scanned =
    plan.ranges.length === 0 ? [] : ((await indicators.indicatorValues?.(plan.ranges, maxScanned)) ?? []);
  const inside = scanned.filter((text) => plan.isInside(text));
  for (const text of inside.slice(0, maxInside)) if (!relations.has(text)) relations.set(text, 'inside');
  const rows = await indicators.indicators([...relations.keys()], limit);
  const sightings = rows.flatMap((row) => {
    const relation = relationOf(row, relations);
    return toSighting(row, relation, knowledge, ceilingOf(context)) ?? [];
  });
  return {
    sightings: sightings
      .map((sighting, index) => ({ sighting, index }))
      .sort((a, b) => rank(a.sighting) - rank(b.sighting) || a.index - b.index)
      .map(({ sighting }) => sighting),
    withheld: withheldOf(rows, sightings, ceilingOf(context)),
    isCut: rows.length >= limit || scanned.length >= maxScanned || inside.length > maxInside,
  };
}

function rank({ relation }: Sighting): number {
  return nearest.indexOf(relation);
}

/** The nearest of the relations under which a row was found. */
function relationOf(
  { indicator }: StoredIndicator,
  relations: ReadonlyMap<string, IndicatorRelation>,
): IndicatorRelation {
  const found = indicator.lookupValues.flatMap((text) => relations.get(text.toLowerCase()) ?? []);
  return nearest.find((relation) => found.includes(relation)) ?? 'same';
}

function toSighting(
  stored: StoredIndicator,
  relation: IndicatorRelation,
  knowledge: Knowledge,
  ceiling: Tlp,
): Sighting | undefined {
  const holder = recordOwner(knowledge, { source: stored.source, externalId: stored.recordId });
  const marking = stored.indicator.marking?.tlp;
  if (holder === undefined || (marking !== undefined && !isAllowed(marking, ceiling))) return undefined;
  const naming = knowledge.claimsAbout(holder.id, 'reported-in').filter((claim) => !isMention(claim));
  const subjects = new Map<Entity, Claim[]>();
  for (const claim of naming) {
    const subject = knowledge.entities.get(claim.subject);
    if (subject !== undefined) subjects.set(subject, [...(subjects.get(subject) ?? []), claim]);
  }
  const own =
    holder.type === 'report' ? [] : [{ entity: holder, claims: knowledge.claims(holder.id, 'name') }];
  const named = [...own, ...[...subjects].map(([entity, claims]) => ({ entity, claims }))];
  return { stored, relation, holder, provenance: provenanceOf(stored, holder, knowledge), named };
}

/** Where the indicator's record stands; its marking is the strictest of the record's and the indicator's own. */
function provenanceOf(stored: StoredIndicator, holder: Entity, knowledge: Knowledge): Provenance {
  const { source, recordId, indicator } = stored;
  const claims = [
    ...holder.names.flatMap((name) => name.claims),
    ...knowledge.claims(holder.id),
    ...knowledge.claimsAbout(holder.id),
  ].filter(({ provenance }) => provenance.source === source && provenance.record === recordId);
  const first = claims[0]?.provenance;
  const recordMarking =
    strictest(claims.map(({ provenance }) => provenance.marking)) ??
    knowledge.sources.get(source)?.defaultMarking ??
    knowledge.ceiling;
  const own: Tlp = indicator.marking?.tlp ?? 'clear';
  const date = indicator.date ?? first?.date;
  return {
    source,
    record: recordId,
    ...(first?.publisher === undefined ? {} : { publisher: first.publisher }),
    ...(first?.reference === undefined ? {} : { reference: first.reference }),
    ...(date === undefined ? {} : { date }),
    marking: stricter(recordMarking, own),
    confidence: first?.confidence ?? null,
  };
}

/** An indicator that its own marking would show is held back by its report's, which is not known here. */
function withheldOf(
  rows: readonly StoredIndicator[],
  sightings: readonly Sighting[],
  ceiling: Tlp,
): Withheld {
  const shown = new Set(sightings.map((one) => one.stored));
  const hidden = rows.filter((row) => !shown.has(row));
  const markings = hidden
    .flatMap((row) => row.indicator.marking?.tlp ?? [])
    .filter((marking) => !isAllowed(marking, ceiling));
  return { count: hidden.length, highest: strictest(markings) ?? null };
}
