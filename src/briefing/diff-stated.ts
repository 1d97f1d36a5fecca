import { strictest, type Tlp } from '../domain/tlp.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { type DiffGroup, dayAt, predicateWeight } from './diff-lines.ts';
import type { Span } from './diff-time.ts';
import { statementWords } from './diff-words.ts';

/** A statement on the entity that its publisher dated within the window, with everyone of one source and day who makes it. */
export interface StatedLine {
  readonly words: string;
  /** The strictest marking among its claims. */
  readonly marking: Tlp;
  readonly reference?: string;
  readonly claims: readonly Claim[];
}

export type StatedGroup = Pick<DiffGroup, 'day' | 'source' | 'marking'> & {
  readonly lines: readonly StatedLine[];
};

/**
 * What the publishers of these sources dated within the window, by their own day (the newest first) and source. A date
 * tells when a statement was last edited: it may be older than that. Statements without a date stand aside; a year
 * or a month counts from its first day.
 */
export function statedWithin(
  entity: Entity,
  window: Span,
  sources: ReadonlySet<string>,
  knowledge: Knowledge,
): readonly StatedGroup[] {
  const claims = [
    ...knowledge.claims(entity.id),
    ...knowledge.claimsAbout(entity.id, 'attributed-to'),
  ].filter(({ provenance }) => sources.has(provenance.source) && isWithin(provenance.date, window));
  const groups = Map.groupBy(
    claims,
    ({ provenance }) => `${dayOfDate(provenance.date)}\n${provenance.source}`,
  );
  return [...groups]
    .map(([key, members]): StatedGroup => {
      const [day = '', source = ''] = key.split('\n');
      return { day, source, marking: strictestOf(members), lines: linesOf(members, entity, knowledge) };
    })
    .sort((a, b) => (a.day === b.day ? b.lines.length - a.lines.length : a.day < b.day ? 1 : -1));
}

function isWithin(date: string | undefined, { from, to }: Span): boolean {
  const at = timeOf(date);
  return at !== undefined && from <= at && at < to;
}

/** Epoch milliseconds of an ISO date of any precision; undefined for what is none. */
function timeOf(date: string | undefined): number | undefined {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? undefined : at;
}

function dayOfDate(date: string | undefined): string {
  return dayAt(timeOf(date) ?? 0);
}

function linesOf(claims: readonly Claim[], entity: Entity, knowledge: Knowledge): readonly StatedLine[] {
  const lines = new Map<string, Claim[]>();
  for (const claim of claims) {
    const words = statementWords(claim, entity, knowledge);
    const line = lines.get(words);
    if (line === undefined) lines.set(words, [claim]);
    else line.push(claim);
  }
  const weight = ([first]: readonly Claim[]): number => predicateWeight(first?.predicate ?? '');
  const sorted = [...lines].sort(
    ([a, ours], [b, theirs]) => weight(ours) - weight(theirs) || (a < b ? -1 : 1),
  );
  return sorted.map(([words, members]): StatedLine => {
    const [reference] = members.flatMap(({ provenance }) => provenance.reference ?? []);
    const line = { words, marking: strictestOf(members), claims: members };
    return reference === undefined ? line : { ...line, reference };
  });
}

function strictestOf(claims: readonly Claim[]): Tlp {
  return strictest(claims.map(({ provenance }) => provenance.marking)) ?? 'clear';
}
