import type { Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { parseIndicator } from '../domain/indicator.ts';
import { strictest } from '../domain/tlp.ts';
import type { Withheld } from '../knowledge/types.ts';
import type { IndicatorsQuestion } from '../questions/types.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { type CiteBook, createCiteBook } from './cites.ts';
import { take } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { indicatorEntity, namedActors, sightingFact } from './indicator-answer.ts';
import { findSightings, type Sighting, type Sightings } from './indicator-sightings.ts';
import { labelOf } from './labels.ts';
import { counted, dayOf, joinTexts, plain, shorten, stated } from './text.ts';
import type { Answer } from './types.ts';

/** How many stored indicators each of them looks at. */
const limitEach = 60;
/** So many look-ups go to the database at once. */
const atOnce = 4;
const shownRows = 25;

interface Row {
  readonly value: string;
  readonly found: Sightings;
}

/** Several indicators in one table: those that are recorded first, then the others, each in the order given. */
export async function answerIndicators(
  { values, left }: IndicatorsQuestion,
  text: string,
  context: AnswerContext,
): Promise<Answer> {
  const { knowledge, now } = context;
  const rows: Row[] = [];
  for (let start = 0; start < values.length; start += atOnce) {
    const part = values.slice(start, start + atOnce);
    rows.push(...(await Promise.all(part.map((value) => lookUp(value, context)))));
  }
  const recorded = rows.filter(({ found }) => found.sightings.length > 0);
  const others = rows.filter(({ found }) => found.sightings.length === 0);
  const cites = createCiteBook(knowledge);
  const all = recorded.flatMap(({ found }) => found.sightings);
  const withheld = sumOf(rows.map(({ found }) => found.withheld));
  const said = [
    `${recorded.length} of ${counted(values.length, 'indicator')} stand in reports here that you may see, or stand close to one that does.`,
    left === 0 ? '' : `${left} more were not looked up: ask for at most ${values.length} at once.`,
    'What reports record is shown here, and no verdict; not recorded is not the same as harmless.',
  ].filter((part) => part !== '');
  const card = finishCard(
    {
      title: counted(values.length, 'indicator'),
      sections: [
        { type: 'text', id: 'what', rank: 0, paragraphs: [[plain(said.join(' '))]] },
        tableOf([...recorded, ...others], cites, context),
      ],
      actions: recorded.length === 0 ? [] : questionActions(text),
      withheld,
      notice: clearText`An answer about indicators.`,
    },
    knowledge,
    now,
    cites,
  );
  const entities = recorded.map(({ value }) => indicatorEntity(value, value));
  return {
    question: text,
    outcome: recorded.length === 0 ? 'not-found' : 'answer',
    answers: [...entities, ...namedActors(all).map((actor) => toAnswerEntity(actor))],
    suggestions: [],
    facts: [
      ...recorded.flatMap(({ value, found }) =>
        found.sightings.map((one) => sightingFact(indicatorEntity(value, value).id, one)),
      ),
      ...toFacts(cites.claims(), knowledge),
    ],
    withheld,
    card,
  };
}

async function lookUp(value: string, context: AnswerContext): Promise<Row> {
  const lookupValues = parseIndicator(value)?.lookupValues ?? [value.toLowerCase()];
  return { value, found: await findSightings(value, lookupValues, limitEach, context) };
}

function sumOf(withheld: readonly Withheld[]): Withheld {
  return {
    count: withheld.reduce((sum, { count }) => sum + count, 0),
    highest: strictest(withheld.flatMap(({ highest }) => highest ?? [])) ?? null,
  };
}

function tableOf(rows: readonly Row[], cites: CiteBook, context: AnswerContext): Section {
  const { shown, total } = take({ whole: context.whole === true }, rows, shownRows);
  return {
    type: 'table',
    id: 'indicators',
    rank: 1,
    columns: ['Indicator', 'Recorded', 'Reports', 'Actors'],
    rows: shown.map((row) => rowTexts(row, cites)),
    ...total,
  };
}

function rowTexts({ value, found }: Row, cites: CiteBook): readonly Text[] {
  const { sightings } = found;
  const own = sightings.filter(({ relation }) => relation === 'same').length;
  const close = sightings.length - own;
  const recorded = [
    own === 0 ? 'not itself' : counted(own, 'entry', 'entries'),
    close === 0 ? '' : `${close} close to it`,
  ];
  const reports = [...Map.groupBy(sightings, ({ holder }) => holder).values()].slice(0, 3);
  const actors = namedActors(sightings).slice(0, 3);
  const texts: readonly Text[] = [
    [{ text: shorten(value, 120), style: 'code', defang: true }],
    [plain(sightings.length === 0 ? 'not recorded' : recorded.filter((part) => part !== '').join(', '))],
    joinTexts(
      reports.map((group): Text => reportText(group, cites)),
      '; ',
    ),
    joinTexts(
      actors.map((actor): Text => {
        const claims = sightings.flatMap(({ named }) => named.filter(({ entity }) => entity === actor));
        return [stated(labelOf(actor), cites.cite(claims.flatMap((one) => one.claims)))];
      }),
    ),
  ];
  return texts.map((text) => (text.length === 0 ? [plain('–')] : text));
}

function reportText(group: readonly Sighting[], cites: CiteBook): Text {
  const [first] = group;
  if (first === undefined) return [];
  const date = first.provenance.date === undefined ? '' : `, ${dayOf(first.provenance.date)}`;
  return [stated(shorten(first.holder.name, 80), [cites.citeProvenance(first.provenance)]), plain(date)];
}
