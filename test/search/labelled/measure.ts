import type { Lookup, SearchEntity, SearchIndex } from '../../../src/search/types.ts';
import { type ClassName, classNames, type LabelledQuery } from './classes.ts';

const maxChoices = 5;

/** What came of one class, or of all. */
export interface Rates {
  readonly count: number;
  /** Answered as expected; where nothing is expected, not answered. */
  readonly right: number;
  /** Answered, and not as expected. */
  readonly wrong: number;
}

export interface Measured {
  readonly byClass: ReadonlyMap<ClassName, Rates>;
  readonly all: Rates;
  /** A line a class, with every miss under it. */
  readonly report: readonly string[];
  /** For each score of answers: how many there were, and how many were right. */
  readonly byScore: ReadonlyMap<number, { readonly count: number; readonly right: number }>;
}

/** Asks every question and compares what comes with what must come. */
export function measureLookup(
  index: SearchIndex,
  entities: readonly SearchEntity[],
  queries: readonly LabelledQuery[],
): Measured {
  const names = new Map(entities.map((entity) => [entity.id as string, entity.name]));
  const byScore = new Map<number, { count: number; right: number }>();
  const byClass = new Map<ClassName, Rates>();
  const report: string[] = [];
  for (const className of classNames) {
    const ofClass = queries.filter((query) => query.className === className);
    if (ofClass.length === 0) continue;
    const misses: string[] = [];
    let wrong = 0;
    for (const query of ofClass) {
      const lookup = index.lookup(query.text);
      const isRight = isHit(query, lookup);
      const score = scoreOf(lookup);
      if (score !== undefined) {
        const known = byScore.get(score) ?? { count: 0, right: 0 };
        byScore.set(score, { count: known.count + 1, right: known.right + Number(isRight) });
      }
      if (isRight) continue;
      if (score !== undefined) wrong += 1;
      const wanted = query.expected.map((id) => names.get(id) ?? id).join(', ') || 'nothing';
      misses.push(`    missed: ${JSON.stringify(query.text)} wants ${wanted}, gets ${shown(lookup)}`);
    }
    const rates = { count: ofClass.length, right: ofClass.length - misses.length, wrong };
    byClass.set(className, rates);
    report.push(line(className, rates), ...misses);
  }
  const all = [...byClass.values()].reduce(
    (sum, { count, right, wrong }) => ({
      count: sum.count + count,
      right: sum.right + right,
      wrong: sum.wrong + wrong,
    }),
    { count: 0, right: 0, wrong: 0 },
  );
  return { byClass, all, report: [...report, line('all', all)], byScore };
}

function line(title: string, { count, right, wrong }: Rates): string {
  const share = ((100 * right) / count).toFixed(1).padStart(5);
  return `${title.padEnd(20)} ${share} %  of ${count}, answered wrongly ${((100 * wrong) / count).toFixed(2)} %`;
}

function isHit(query: LabelledQuery, lookup: Lookup): boolean {
  const ids = answered(lookup);
  if (query.expected.length === 0) return ids.length === 0;
  if (query.className === 'ambiguous') return query.expected.every((id) => ids.includes(id));
  return ids.slice(0, maxChoices).some((id) => query.expected.includes(id));
}

function answered(lookup: Lookup): readonly string[] {
  if (lookup.kind === 'found') return [lookup.match.entity.id];
  return lookup.kind === 'ambiguous' ? lookup.matches.map((match) => match.entity.id) : [];
}

/** The score of an answer; undefined where nothing is answered. */
function scoreOf(lookup: Lookup): number | undefined {
  if (lookup.kind === 'found') return lookup.match.score;
  return lookup.kind === 'ambiguous' ? lookup.matches[0]?.score : undefined;
}

function shown(lookup: Lookup): string {
  const matches =
    lookup.kind === 'suggest' ? lookup.suggestions : lookup.kind === 'ambiguous' ? lookup.matches : [];
  const names =
    lookup.kind === 'found' ? [lookup.match.entity.name] : matches.map((match) => match.entity.name);
  return `${lookup.kind} ${names.slice(0, maxChoices).join(', ')}`;
}
