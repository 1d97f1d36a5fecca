import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import type { IndexParts } from '../index-parts.ts';
import { ownersOf, ranked } from '../owners.ts';
import { maxChoices, scores } from '../scores.ts';
import { type Fit, hasWanted, isAllEveryday, keyText, preferred, unique } from './fit.ts';

const minLength = 4;
const minThingLength = 6;
/** A beginning that more names share says too little. */
const maxKeys = 64;
/** The part of a name that must be typed: more of a short beginning, and of a malware's name. */
const minShare = { short: 0.5, actor: 0.3, thing: 0.6 } as const;

/** Names that begin with the content: "oceanlo". */
export function byPrefix(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  const glued = parts.tokens.glued(content.from, content.to);
  if (glued.length < minLength || isComplete(parts, content)) return undefined;
  const keys = parts.prefixes.find(glued, maxKeys);
  if (keys.length === maxKeys) return undefined;
  const owners = keys.flatMap((key) => {
    const share = glued.length / keyText(parts, key).length;
    return ownersOf(parts.names, key, prefer).filter((owner) => {
      if (!hasWanted(parts, [owner], prefer))
        return glued.length >= minThingLength && share >= minShare.thing;
      return share >= (glued.length === minLength ? minShare.short : minShare.actor);
    });
  });
  const kept = ranked(parts.names, preferred(parts, unique(parts, owners), prefer));
  return kept.length === 0 ? undefined : { ...content, owners: kept, score: scores.prefix };
}

/**
 * A misspelt name may as well be the beginning of a longer one ("promethi"): then both are given, the longer first
 * where little of it is missing.
 */
export function withBeginnings(
  parts: IndexParts,
  fit: Fit,
  content: Content,
  prefer: readonly EntityType[],
): Fit {
  const begun = byPrefix(parts, content, prefer);
  if (begun === undefined) return fit;
  const length = parts.tokens.glued(content.from, content.to).length;
  const [first] = begun.owners;
  const whole = keyText(parts, parts.names.ownerKey[first ?? -1] ?? -1).length;
  const owners =
    length >= whole * nearlyWhole ? [...begun.owners, ...fit.owners] : [...fit.owners, ...begun.owners];
  return { ...fit, owners: unique(parts, owners).slice(0, maxChoices) };
}

const nearlyWhole = 0.75;

/** Everyday words only, the last of them typed to its end: "dancing s" may go on, "dancing shoes" does not. */
function isComplete(parts: IndexParts, { from, to }: Content): boolean {
  const isBegun = to > from && parts.tokens.glued(to, to).length <= maxBegun;
  return isAllEveryday(parts, from, isBegun ? to - 1 : to) && !isBegun;
}

const maxBegun = 2;
