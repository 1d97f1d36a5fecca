import type { Condition } from './condition.ts';
import { addValue, closeGap, nextKinds, note, type Reader, type Slot } from './parse-list-reader.ts';
import { exclusionSign, type GrammarKind } from './parse-list-words.ts';

/** Takes a word of grammar; false where it has no place here. */
export function readGrammar(reader: Reader, kind: GrammarKind): boolean {
  switch (kind) {
    case 'filler':
    case 'unweighed':
      return true;
    case 'motivated':
      reader.isKeyed = true;
      return true;
    case 'linked':
      return readLinked(reader);
    case 'hit-by':
      return readHitBy(reader);
    case 'users':
      reader.actors = true;
      reader.slot = 'none';
      closeGap(reader);
      return true;
    case 'sector-noun':
      return (
        reader.slot !== 'use' && (reader.items.length > 0 || reader.slot === 'target' || reader.slot === 'in')
      );
    case 'who':
      reader.who = true;
      return true;
    case 'do':
      return startActors(reader);
    case 'used-by':
      return readUsedBy(reader);
    case 'not':
      reader.isNegated = true;
      reader.negatesOne = reader.tokens[reader.at - 1]?.text === exclusionSign;
      if (reader.gap === 'none') reader.gap = 'clause';
      return true;
    case 'and':
    case 'or':
      return readJoint(reader, kind);
    case 'target':
    case 'in':
    case 'from':
    case 'use':
    case 'named':
      return startClause(reader, kind);
    case 'since':
      return false;
    default:
      return kind satisfies never;
  }
}

export const sponsorNote =
  '“State-sponsored” is not applied beside a country; that the state is named as sponsor is another list';

/** "iranian state-sponsored groups" says where from; "state-sponsored groups" asks for those with a known sponsor. */
function readLinked(reader: Reader): boolean {
  const text = reader.tokens[reader.at - 1]?.text ?? '';
  const isOfState = /state|government|nation/i.test(text);
  if (reader.items.at(-1)?.dimension === 'origin' && reader.gap === 'none') {
    if (isOfState) reader.notes.push(sponsorNote);
    return true;
  }
  if (!isOfState) return note(reader, `“${text}”`);
  addValue(reader, 'sponsor', { kind: 'sponsored' });
  return true;
}

/** "American banks hit by Chinese groups": what stood before is no home but where the victims are. */
function readHitBy(reader: Reader): boolean {
  if (reader.actors || reader.things !== undefined || reader.items.length === 0) return false;
  asVictims(reader);
  reader.slot = 'none';
  reader.isNegated = false;
  closeGap(reader);
  return true;
}

/** The places named so far are where the victims are. */
export function asVictims(reader: Reader): void {
  reader.items = reader.items.map((item) => {
    if (item.dimension !== 'origin') return item;
    const { other: _, ...rest } = item;
    return { ...rest, dimension: 'place' as const, values: item.values.map(asVictim) };
  });
  reader.terms = reader.terms.map((term) =>
    term.kind === 'value' ? { ...term, condition: asVictim(term.condition) } : term,
  );
}

function asVictim(condition: Condition): Condition {
  if (condition.kind === 'country') return { kind: 'region', key: condition.code };
  return condition.kind === 'origin-region' ? { kind: 'region', key: condition.key } : condition;
}

function readUsedBy(reader: Reader): boolean {
  if (reader.things === undefined) return false;
  // "techniques of APT29 for credential access"
  const next = nextKinds(reader, reader.at);
  if (next.has('tactic') || next.has('platform')) return true;
  const text = reader.tokens[reader.at - 1]?.text ?? '';
  if (/\b(?:only|exclusive|unique|exclusively|specific)\b/i.test(text)) reader.isUnique = true;
  if (/\b(?:common|shared|popular)\b/i.test(text)) reader.isShared = true;
  const behind = reader.tokens[reader.at]?.text ?? '';
  if (/^(?:all|every|each)$/i.test(behind))
    reader.notes.push(
      `“${behind}” is not applied: listed is what any of them uses, what most of them use first`,
    );
  // "used by Iranian groups but not by Russian ones"
  if (reader.isOfActors) {
    reader.slot = 'from';
    return reader.isNegated || reader.gap === 'joint';
  }
  return startActors(reader);
}

function startActors(reader: Reader): boolean {
  if (reader.things === undefined) return true;
  reader.isOfActors = true;
  reader.slot = 'none';
  closeGap(reader);
  return true;
}

function readJoint(reader: Reader, kind: 'and' | 'or'): boolean {
  if (reader.gap === 'none') reader.gap = 'joint';
  const isComma = /^[,;]$/.test(reader.words[reader.tokens[reader.at - 1]?.from ?? -1]?.text ?? '');
  if (!isComma) reader.gapJoint = kind;
  if (!isComma) reader.termJoint = kind;
  if (kind === 'or') reader.isOr = true;
  return true;
}

function startClause(reader: Reader, kind: Exclude<Slot, 'none'>): boolean {
  const isRepeat = reader.slot === kind && reader.gap !== 'none';
  // "targeting banks in Europe": the place belongs to the targets; "not targeting banks in Europe" to both.
  const goesOn = kind === 'in' && reader.slot === 'target';
  // "using PlugX, not targeting banks": the "not" is said of what follows it, whatever parts it from the rest.
  if (!goesOn && !isNegationNear(reader)) reader.isNegated = false;
  if (kind === 'in' && nextKinds(reader, reader.at).has('tactic')) return true;
  if (kind === 'in' && reader.things !== undefined && !reader.isOfActors) return false;
  reader.attaches = goesOn && reader.isNegated && reader.gap === 'none';
  // "the government of Ukraine" is attacked as a whole.
  if (kind === 'from' && isOfTarget(reader)) return true;
  reader.slot = kind;
  if (kind === 'target' || kind === 'use') reader.hasVerb = true;
  // "threats to hospitals" asks who they are.
  if (/^(?:a )?threats? to$/i.test(reader.tokens[reader.at - 1]?.text ?? '')) reader.who = true;
  reader.openUse = kind === 'use';
  reader.openTarget = reader.openTarget || kind === 'target';
  if (!isRepeat || reader.gap === 'joint') closeGap(reader);
  return true;
}

function isOfTarget({ slot, items, tokens, at }: Reader): boolean {
  const isOf = tokens[at - 1]?.text.toLowerCase() === 'of';
  return isOf && (slot === 'target' || slot === 'in') && items.at(-1)?.dimension === 'sector';
}

/** True where a "not" stands before this word with nothing but words of grammar between. */
export function isNegationNear(reader: Reader, from = reader.at - 1): boolean {
  for (let at = from - 1; at >= 0; at -= 1) {
    const kinds = reader.tokens[at]?.meanings.map(({ kind }) => kind) ?? [];
    if (kinds.includes('not')) return true;
    if (!kinds.includes('filler') && !kinds.includes('unweighed') && !kinds.includes('do')) return false;
  }
  return false;
}
