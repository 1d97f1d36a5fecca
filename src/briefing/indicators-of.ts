import type { Section } from '../cards/card.ts';
import type { Entity } from '../knowledge/types.ts';
import type { AnswerContext } from './context.ts';
import { groupClaims, newestDate } from './facts.ts';
import { labelOf } from './labels.ts';
import { isMentionOnly } from './mentioned.ts';
import { reportIndicators } from './sections/indicators.ts';

/** Of an entity that many reports name, the newest are looked through. */
const maxReports = 20;
const shownReports = 5;

/** The indicators of the reports about an entity, a list for each report, newest first; reports without any are left out. */
export async function indicatorsOf(entity: Entity, context: AnswerContext): Promise<readonly Section[]> {
  const { knowledge, whole = false } = context;
  if (entity.type === 'report') return reportIndicators(entity, context);
  const reports = groupClaims(knowledge.claims(entity.id, 'reported-in'))
    .toSorted((a, b) => newestDate(b.claims).localeCompare(newestDate(a.claims)))
    .flatMap((group) => {
      const report = group.object === undefined ? undefined : knowledge.entities.get(group.object);
      return report?.type === 'report' ? [{ report, isMention: isMentionOnly(group.claims) }] : [];
    });
  const sections: Section[] = [];
  for (const [position, { report, isMention }] of reports.slice(0, maxReports).entries()) {
    if (!whole && sections.length >= shownReports) break;
    const how = isMention ? 'names it in its words' : 'is about it';
    for (const section of await reportIndicators(report, context)) {
      const heading = `Indicators of the report “${labelOf(report)}”, which ${how}`;
      sections.push({ ...section, id: `indicators-${position}`, heading, rank: 1 });
    }
  }
  return sections;
}
