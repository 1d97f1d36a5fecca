import type { Claim } from '../knowledge/types.ts';

/** True for a claim that only says that a name was found in a report's words. */
export function isMention({ given }: Claim): boolean {
  return given.predicate === 'reported-in' && given.mentioned === true;
}

/** True where nobody says that a report is about the thing: its name was only found in the words. */
export function isMentionOnly(claims: readonly Claim[]): boolean {
  return claims.length > 0 && claims.every(isMention);
}
