import { type AnswerContext, ceilingOf } from '../briefing/context.ts';
import { isMentionOnly } from '../briefing/mentioned.ts';
import type { RecordIndicator } from '../domain/record.ts';
import { isAllowed, strictest, type Tlp } from '../domain/tlp.ts';
import type { Claim, Entity, Knowledge, RecordKey, Withheld } from '../knowledge/types.ts';

/** An indicator with the record that holds it and the marking that counts for it. */
export interface ExportedIndicator {
  readonly indicator: RecordIndicator;
  readonly record: RecordKey;
  readonly marking: Tlp;
  /** The report that it stands in; absent: the exported thing itself. */
  readonly report?: Entity;
}

/** All that an audience may know of one thing, before it is written in any form. */
export interface Exported {
  readonly entity: Entity;
  readonly knowledge: Knowledge;
  /** What is stated about it. */
  readonly claims: readonly Claim[];
  /** What is stated about others and points to it. */
  readonly claimsAbout: readonly Claim[];
  readonly indicators: readonly ExportedIndicator[];
  readonly withheld: Withheld;
  /** What was left out for another reason than its marking, in words. */
  readonly notes: readonly string[];
}

const maxReports = 500;
const maxIndicators = 50_000;

/** Gathers everything about an entity that the context's ceiling allows; what it does not allow is counted. */
export async function collectExport(entity: Entity, context: AnswerContext): Promise<Exported> {
  const { knowledge } = context;
  const claims = knowledge.claims(entity.id);
  const found = await findIndicators(entity, claims, context);
  const { count, highest } = knowledge.withheld(entity.id);
  const strictestHeld = strictest([...found.held, ...(highest === null ? [] : [highest])]);
  return {
    entity,
    knowledge,
    claims,
    claimsAbout: knowledge.claimsAbout(entity.id),
    indicators: found.indicators,
    withheld: { count: count + found.held.length, highest: strictestHeld ?? null },
    notes: found.notes,
  };
}

interface FoundIndicators {
  readonly indicators: readonly ExportedIndicator[];
  /** The markings of those that the audience may not see. */
  readonly held: readonly Tlp[];
  readonly notes: readonly string[];
}

/** The thing's own indicators, and those of the reports that are about it, not of those that only name it. */
async function findIndicators(
  entity: Entity,
  claims: readonly Claim[],
  context: AnswerContext,
): Promise<FoundIndicators> {
  const { knowledge, indicators: store } = context;
  const ceiling = ceilingOf(context);
  const reports = reportsAbout(claims, knowledge);
  const homes = [
    { home: entity },
    ...reports.slice(0, maxReports).map((report) => ({ home: report, report })),
  ];
  const indicators: ExportedIndicator[] = [];
  const held: Tlp[] = [];
  let left = 0;
  for (const { home, ...where } of homes) {
    for (const record of home.records) {
      const room = Math.max(0, maxIndicators - indicators.length - held.length);
      const page = await store.indicatorsOf(record.source, record.externalId, room);
      left += Math.max(0, page.total - page.indicators.length);
      const own = knowledge.record(record)?.marking ?? ceiling;
      for (const indicator of page.indicators) {
        const marking = indicator.marking?.tlp ?? own;
        if (isAllowed(marking, ceiling)) indicators.push({ indicator, record, marking, ...where });
        else held.push(marking);
      }
    }
  }
  const notes: string[] = [];
  if (reports.length > maxReports)
    notes.push(`indicators of ${reports.length - maxReports} reports are left out`);
  if (left > 0) notes.push(`${left} indicators beyond the first ${maxIndicators} are left out`);
  return { indicators, held, notes };
}

function reportsAbout(claims: readonly Claim[], knowledge: Knowledge): readonly Entity[] {
  const reports = new Map<string, Claim[]>();
  for (const claim of claims) {
    if (claim.predicate !== 'reported-in' || claim.object === undefined) continue;
    const known = reports.get(claim.object);
    if (known === undefined) reports.set(claim.object, [claim]);
    else known.push(claim);
  }
  return [...reports.entries()].flatMap(([id, about]) => {
    const report = knowledge.entity(id);
    return report?.type !== 'report' || isMentionOnly(about) ? [] : [report];
  });
}
