import type { Item, Section } from '../../cards/card.ts';
import type { RecordIndicator } from '../../domain/record.ts';
import { isAllowed } from '../../domain/tlp.ts';
import type { Entity } from '../../knowledge/types.ts';
import { type AnswerContext, ceilingOf } from '../context.ts';
import { bold, formatCount, plain } from '../text.ts';

const shownCount = 10;
const wholeCount = 1_000;

/** The indicators of a report, defanged; those that their own marking keeps from the audience are counted. */
export async function reportIndicators(report: Entity, context: AnswerContext): Promise<readonly Section[]> {
  const { indicators: store, whole = false } = context;
  const ceiling = ceilingOf(context);
  let total = 0;
  const found: RecordIndicator[] = [];
  for (const { source, externalId } of report.records) {
    const page = await store.indicatorsOf(source, externalId, whole ? wholeCount : shownCount * 5);
    total += page.total;
    found.push(...page.indicators);
  }
  if (total === 0) return [];
  const allowed = found.filter(({ marking }) => marking === undefined || isAllowed(marking.tlp, ceiling));
  const withheld = found.length - allowed.length;
  const items = (whole ? allowed : allowed.slice(0, shownCount)).map(indicatorItem);
  if (withheld > 0) items.push({ text: [plain(`${formatCount(withheld)} withheld by their marking`)] });
  return [
    {
      type: 'list',
      id: 'indicators',
      heading: 'Indicators',
      rank: 5,
      items,
      ...(total - withheld > items.length ? { total: total - withheld } : {}),
    },
  ];
}

function indicatorItem(indicator: RecordIndicator): Item {
  return {
    text: [bold(indicator.type), plain(': '), { text: indicator.value, style: 'code', defang: true }],
  };
}
