import type { ClassName, LabelledQuery } from '../search/labelled/classes.ts';
import type { Engine, FirstAnswer } from './lookup-peers.ts';

/** What an engine did with the questions that its time allowed. */
export interface Figures {
  readonly title: string;
  readonly asked: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** By class of question: the share whose first answer is right, whatever its score. */
  readonly hits: ReadonlyMap<ClassName, number>;
  /** At the engine's best threshold: of what names something, the share answered rightly and wrongly. */
  readonly right: number;
  readonly wrong: number;
  /** Of what names nothing, the share that is answered; and of numbers that nothing has. */
  readonly falseAnswers: number;
  readonly wrongNumbers: number;
  readonly timesUs: readonly number[];
}

interface Asked {
  readonly query: LabelledQuery;
  readonly answer: FirstAnswer | undefined;
  readonly us: number;
}

/**
 * Asks the questions in their order until they or the time are used up, at least `least` of them. `passes`: how often
 * each is timed, of which the shortest counts, as other work on the machine only adds.
 */
export function figuresOf(
  title: string,
  engine: Engine,
  queries: readonly LabelledQuery[],
  budgetMs: number,
  passes: number,
  least = 20,
): Figures {
  for (const { text } of queries.slice(0, passes > 1 ? queries.length : 3)) engine(text);
  const started = performance.now();
  const asked: Asked[] = [];
  for (const query of queries) {
    if (asked.length >= least && performance.now() - started > budgetMs) break;
    let us = Number.POSITIVE_INFINITY;
    let answer: FirstAnswer | undefined;
    for (let pass = 0; pass < passes; pass += 1) {
      const begun = performance.now();
      answer = engine(query.text);
      us = Math.min(us, (performance.now() - begun) * 1000);
    }
    asked.push({ query, answer, us });
  }
  const timesUs = asked.map(({ us }) => us);
  return {
    title,
    asked: asked.length,
    timesUs,
    p50Us: quantile(timesUs, 0.5),
    p99Us: quantile(timesUs, 0.99),
    hits: hitsByClass(asked),
    ...atBestThreshold(asked),
  };
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function isRight({ query, answer }: Asked): boolean {
  return answer !== undefined && query.expected.includes(answer.id);
}

function hitsByClass(asked: readonly Asked[]): ReadonlyMap<ClassName, number> {
  const classes = new Set(asked.map(({ query }) => query.className));
  return new Map(
    [...classes].flatMap((className): (readonly [ClassName, number])[] => {
      const naming = asked.filter(({ query }) => query.className === className && query.expected.length > 0);
      return naming.length === 0 ? [] : [[className, naming.filter(isRight).length / naming.length]];
    }),
  );
}

type AtThreshold = Pick<Figures, 'right' | 'wrong' | 'falseAnswers' | 'wrongNumbers'>;

/** The threshold at which right answers exceed wrong and false ones most, counted over all questions. */
function atBestThreshold(asked: readonly Asked[]): AtThreshold {
  const thresholds = [
    ...new Set(asked.flatMap(({ answer }) => (answer === undefined ? [] : [answer.score]))),
  ];
  const steps = thresholds
    .sort((a, b) => a - b)
    .filter((_, at) => at % Math.ceil(thresholds.length / 100) === 0);
  const gains = (one: Asked, step: number): number =>
    one.answer === undefined || one.answer.score < step ? 0 : isRight(one) ? 1 : -1;
  const gainOf = (step: number): number => asked.reduce((sum, one) => sum + gains(one, step), 0);
  const best = steps.reduce((a, b) => (gainOf(b) > gainOf(a) ? b : a), Number.POSITIVE_INFINITY);
  return atThreshold(asked, best);
}

function atThreshold(asked: readonly Asked[], threshold: number): AtThreshold {
  const isAnswered = ({ answer }: Asked): boolean => answer !== undefined && answer.score >= threshold;
  const naming = asked.filter(({ query }) => query.expected.length > 0);
  const codes = asked.filter(({ query }) => query.className === 'near-code');
  const silent = asked.filter(({ query }) => query.expected.length === 0 && query.className !== 'near-code');
  return {
    right: share(naming, (one) => isAnswered(one) && isRight(one)),
    wrong: share(naming, (one) => isAnswered(one) && !isRight(one)),
    falseAnswers: share(silent, isAnswered),
    wrongNumbers: share(codes, isAnswered),
  };
}

function share(asked: readonly Asked[], isIt: (one: Asked) => boolean): number {
  return asked.length === 0 ? 0 : asked.filter(isIt).length / asked.length;
}
