import { nameKey } from '../domain/name-key.ts';
import type { RecordClaim } from '../domain/record.ts';

/** Without repeated claims: texts are compared as names are, so that "Civil society" stands once. */
export function distinctClaims(claims: readonly RecordClaim[]): readonly RecordClaim[] {
  const seen = new Set<string>();
  return claims.filter((claim) => {
    const value =
      'text' in claim && claim.predicate !== 'description' ? nameKey(claim.text) || claim.text : '';
    const { quote: _quote, ...rest } = claim;
    const key = `${claim.predicate}|${value}|${JSON.stringify(value === '' ? rest : { ...rest, text: value })}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
