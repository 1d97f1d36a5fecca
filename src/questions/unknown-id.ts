import { parseAttackId, parseCveId } from '../domain/name-key.ts';
import type { SearchIndex } from '../search/types.ts';
import { parseTactic } from './condition-tactic.ts';
import type { Form } from './form.ts';

const maxLength = 300;
const maxIds = 20;
const shaped =
  /(?<![\p{L}\p{N}.-])(?:cve[\s_-]{0,2}\d{4}[\s_-]{1,2}\d{4,7}|(?:[gscm]|ds|dc|an|det)\d{4}|ta0\d{3}|t\d{4}(?:[./]\d{3})?)(?![\p{L}\p{N}])/giu;

/**
 * CVE and ATT&CK ids in the right form that nothing here has, where the question names nothing else: their sources may
 * not be connected, and near ids are other things.
 */
export const parseUnknownId: Form = ({ cleaned, bare }, index) => {
  if (cleaned.length > maxLength || bare.kind === 'found' || bare.kind === 'ambiguous') return undefined;
  const ids = [...new Set([...cleaned.matchAll(shaped)].flatMap(([text]) => idOf(text) ?? []))];
  const isNothingElse = index.spot(cleaned).length === 0;
  // Several techniques are a list of what was seen, which has an answer of its own.
  if (ids.length > 1 && ids.every((id) => id.startsWith('T'))) return undefined;
  return ids.length === 0 || !isNothingElse || ids.some((id) => isKnown(id, index))
    ? undefined
    : { kind: 'unknown-id', ids: ids.slice(0, maxIds) };
};

function idOf(text: string): string | undefined {
  const cve = /^cve[\s_-]*(\d{4})[\s_-]+(\d{4,7})$/i.exec(text);
  if (cve !== null) return parseCveId(`CVE-${cve[1]}-${cve[2]}`);
  return parseAttackId(text.replace('/', '.').toUpperCase());
}

function isKnown(id: string, index: SearchIndex): boolean {
  // Tactics are no entities; what stands under one can be listed.
  if (parseTactic(id) !== undefined) return true;
  const lookup = index.lookup(id);
  return lookup.kind === 'found' || lookup.kind === 'ambiguous';
}
