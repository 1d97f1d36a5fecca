import { allOf, anyOf, type Condition, notOf } from './condition.ts';
import type { Reader, Term } from './parse-list-reader.ts';

/** True where brackets or operators in capitals say how the parts belong together. */
export function isWrittenAsExpression({ terms, words }: Pick<Reader, 'terms' | 'words'>): boolean {
  if (terms.some(({ kind }) => kind === 'open')) return true;
  const isMixed = words.some(({ text }) => /[a-z]/.test(text));
  return isMixed && words.some(({ text }) => text === 'OR' || text === 'AND');
}

interface Cursor {
  readonly terms: readonly Term[];
  at: number;
}

/**
 * The terms as an expression, "and" binding tighter than "or" and standing wherever nothing stands. Undefined where
 * brackets do not match, and where some of it is said of other things than the rest.
 */
export function expressionOf(terms: readonly Term[]): Condition | undefined {
  const values = terms.filter((term) => term.kind === 'value');
  const [first] = values;
  if (first === undefined || values.some(({ isOfActors }) => isOfActors !== first.isOfActors))
    return undefined;
  const cursor: Cursor = { terms, at: 0 };
  const found = readAlternatives(cursor);
  if (found === undefined || cursor.at < terms.length) return undefined;
  return first.isOfActors ? { kind: 'of-actors', of: found } : found;
}

function readAlternatives(cursor: Cursor): Condition | undefined {
  const alternatives: Condition[] = [];
  let required: Condition[] = [];
  for (;;) {
    const term = cursor.terms[cursor.at];
    if (term === undefined || term.kind === 'close') break;
    if (term.joint === 'or' && required.length > 0) {
      alternatives.push(allOf(required));
      required = [];
    }
    const part = readTerm(cursor, term);
    if (part === 'unmatched') return undefined;
    if (part !== undefined) required.push(part);
  }
  if (required.length > 0) alternatives.push(allOf(required));
  return alternatives.length === 0 ? undefined : anyOf(alternatives);
}

/** Undefined for an empty pair of brackets. */
function readTerm(
  cursor: Cursor,
  term: Exclude<Term, { kind: 'close' }>,
): Condition | undefined | 'unmatched' {
  cursor.at += 1;
  if (term.kind === 'value') return term.isNegated ? notOf(term.condition) : term.condition;
  const inner = readAlternatives(cursor);
  if (cursor.terms[cursor.at]?.kind !== 'close') return 'unmatched';
  cursor.at += 1;
  return inner !== undefined && term.isNegated ? notOf(inner) : inner;
}
