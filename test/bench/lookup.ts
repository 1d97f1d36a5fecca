import { createIndex } from '../../src/search/create-index.ts';
import type { SearchEntity, SearchIndex } from '../../src/search/types.ts';
import { bundledEntities } from '../search/labelled/bundled-entities.ts';
import { classNames, type LabelledQuery } from '../search/labelled/classes.ts';
import { labelledSet } from '../search/labelled/labelled-set.ts';
import { Random } from '../search/labelled/random.ts';
import { type Figures, figuresOf, quantile } from './lookup-figures.ts';
import { ownFigures } from './lookup-own.ts';
import { type Engine, peers } from './lookup-peers.ts';

const seed = 20_261_123;
/** What each peer may use: slow ones are asked as many questions as fit in. */
const budgetMs = { fast: 10_000, slow: 22_000 } as const;
const passes = 7;

/**
 * Our index against its peers on the bundled data: the same questions of the labelled set in the same order, in one
 * process, each engine at the threshold that suits it best; ours at the product's own. Then what only ours can do.
 */
export async function benchLookup(): Promise<string> {
  const entities = bundledEntities();
  // Comparing every name with a whole paragraph takes some peers minutes a question.
  const short = labelledSet(entities, seed).filter(({ className }) => className !== 'paragraph');
  const queries = dealt(short);
  const index = createIndex(entities);
  Array.from(index.prepare());
  const ours = figuresOf('threatbrief', engineOf(index), queries, Number.POSITIVE_INFINITY, passes);
  const others = peers.map(({ title, build }) => peerFigures(title, build, entities, queries));
  return [
    `${entities.length} entities, ${queries.length} questions of the labelled set; slow peers get the first of them`,
    heading,
    ...[ours, ...others].map((figures) => row(figures, ours)),
    '',
    'right first answers by class, in percent, whatever the score',
    ['class', ...[ours, ...others].map(({ title }) => title)].map(cell).join(''),
    ...classRows([ours, ...others]),
    '',
    ...ownFigures(entities, index, seed),
  ].join('\n');
}

function peerFigures(
  title: string,
  build: (entities: readonly SearchEntity[]) => Engine,
  entities: readonly SearchEntity[],
  queries: readonly LabelledQuery[],
): Figures {
  const engine = build(entities);
  const [sample] = queries;
  const started = performance.now();
  engine(sample?.text ?? '');
  const isFast = performance.now() - started < 5;
  return isFast
    ? figuresOf(title, engine, queries, budgetMs.fast, 3)
    : figuresOf(title, engine, queries, budgetMs.slow, 1);
}

/** An answer is what is found, or the first of a choice; suggestions are none. */
function engineOf(index: SearchIndex): Engine {
  return (text) => {
    const lookup = index.lookup(text);
    const match =
      lookup.kind === 'found' ? lookup.match : lookup.kind === 'ambiguous' ? lookup.matches[0] : undefined;
    return match === undefined ? undefined : { id: match.entity.id, score: match.score };
  };
}

/** One of each class after the other, so that the first hundred are of all classes. */
function dealt(queries: readonly LabelledQuery[]): readonly LabelledQuery[] {
  const random = new Random(seed);
  const piles = classNames.map((className) => {
    const pile = queries.filter((query) => query.className === className);
    return random.sample(pile, pile.length);
  });
  const longest = Math.max(...piles.map((pile) => pile.length));
  return Array.from({ length: longest }, (_, at) => piles.flatMap((pile) => pile[at] ?? [])).flat();
}

const heading = [
  'engine',
  'asked',
  'p50 µs',
  'p99 µs',
  'p50 ×',
  'p99 ×',
  'right %',
  'wrong %',
  'false %',
  'number %',
]
  .map(cell)
  .join('');

/** Times against ours are of the same questions. */
function row(figures: Figures, ours: Figures): string {
  const same = ours.timesUs.slice(0, figures.asked);
  return [
    figures.title,
    String(figures.asked),
    figures.p50Us.toFixed(1),
    figures.p99Us.toFixed(0),
    (figures.p50Us / quantile(same, 0.5)).toFixed(0),
    (figures.p99Us / quantile(same, 0.99)).toFixed(0),
    percent(figures.right),
    percent(figures.wrong),
    percent(figures.falseAnswers),
    percent(figures.wrongNumbers),
  ]
    .map(cell)
    .join('');
}

function classRows(all: readonly Figures[]): readonly string[] {
  return classNames
    .filter((className) => all[0]?.hits.has(className) === true)
    .map((className) =>
      [className, ...all.map(({ hits }) => percent(hits.get(className)))].map(cell).join(''),
    );
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : (share * 100).toFixed(1);
}

function cell(text: string, at: number): string {
  return at === 0 ? text.padEnd(20) : text.padStart(15);
}
