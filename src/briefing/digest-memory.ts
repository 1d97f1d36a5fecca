import type { Statement } from './digest-topics.ts';

/** More statements of one item than this are not remembered; the newest are. */
const maxTokens = 120;

/** What was not said before. A statement that was taken back in between is new again. */
export function newStatements(
  statements: readonly Statement[],
  before: readonly string[],
): readonly Statement[] {
  if (before.length === 0) return statements;
  const said = new Set(before.flatMap(tokensIn));
  return statements.filter(({ token }) => !said.has(token));
}

/** What an item has said by now: what it said before, but for what is taken back, and what it says now. */
export function rememberedAs(statements: readonly Statement[], before: readonly string[]): string {
  const now = statements.map(({ token }) => token);
  const replaced = new Set([...now, ...now.map(opposite)]);
  const kept = before.flatMap(tokensIn).filter((token) => !replaced.has(token));
  return [...new Set([...kept, ...now])].slice(-maxTokens).join('.');
}

function tokensIn(hash: string): readonly string[] {
  return hash.split('.').filter((token) => /^[+-][0-9a-z]{6}$/.test(token));
}

function opposite(token: string): string {
  return `${token.startsWith('+') ? '-' : '+'}${token.slice(1)}`;
}
