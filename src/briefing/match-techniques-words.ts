import type { Text } from '../cards/card.ts';
import type { Claim, Knowledge } from '../knowledge/types.ts';
import type { CiteBook } from './cites.ts';
import { labelById, labelOf } from './labels.ts';
import type { Hit, RankedActor, Wanted } from './match-techniques-rank.ts';
import { rarityOf } from './rarity.ts';
import { counted, joinTexts, plain, stated } from './text.ts';
import { claimsOfUse, usesOf } from './uses-of.ts';

/** An entry of the list as a card names it: what carries the name, however it was written. */
export function wantedLabel({ entities }: Wanted): string {
  return [...new Set(entities.map(labelOf))].join(' or ');
}

/** The first hits of an actor, the most telling first, each with how rare it is and who says so. */
export function hitsText(
  { actor, hits }: RankedActor,
  {
    knowledge,
    cites,
    shown,
  }: { readonly knowledge: Knowledge; readonly cites: CiteBook; readonly shown: number },
): Text {
  const claims = claimsByObject(actor.id, knowledge);
  const texts = hits.slice(0, shown).map((hit): Text => hitText(hit, claims, knowledge, cites));
  const more = hits.length - texts.length;
  return joinTexts([...texts, more === 0 ? [] : [plain(`+${more} more`)]]);
}

function hitText(
  { used, how, users, wanted }: Hit,
  claims: ReadonlyMap<string, readonly Claim[]>,
  knowledge: Knowledge,
  cites: CiteBook,
): Text {
  const behind = used.flatMap((id) => claims.get(id) ?? []);
  const labels = used.map((id) => labelById(knowledge, id, '')).join(', ');
  const actors = counted(users, 'actor');
  const remark =
    how === 'itself'
      ? actors
      : how === 'part'
        ? `part of ${wantedLabel(wanted)}, ${actors}`
        : `not as closely as ${wantedLabel(wanted)}, ${actors}`;
  return [stated(labels, cites.cite(behind)), plain(` (${remark})`)];
}

/** What a source says an actor uses, by what it uses. */
export function claimsByObject(
  actor: RankedActor['actor']['id'],
  knowledge: Knowledge,
): ReadonlyMap<string, readonly Claim[]> {
  const byObject = new Map<string, Claim[]>();
  for (const use of usesOf(actor, knowledge)) {
    const { object } = use.claim;
    if (object === undefined) continue;
    const known = byObject.get(object);
    if (known === undefined) byObject.set(object, [...claimsOfUse(use)]);
    else known.push(...claimsOfUse(use));
  }
  return byObject;
}

/** More than this share of the actors makes a means common. */
const commonShare = 0.2;
/** An actor of whom fewer are known fits by chance. */
const fewKnown = 5;

/** What speaks against a match, in the order of its weight; empty for nothing. */
export function whatSpeaksAgainst(
  one: RankedActor,
  list: readonly Wanted[],
  knowledge: Knowledge,
): readonly string[] {
  const { actor, hits, own } = one;
  const rarity = rarityOf(knowledge);
  const missing = list.filter((wanted) => !hits.some((hit) => hit.wanted === wanted));
  const isCommon = hits.every(({ users, wanted }) => users > commonShare * rarity.actorsWith(wanted.kind));
  const loose = hits.filter(({ how }) => how === 'whole').length;
  const names = missing.slice(0, 4).map(wantedLabel);
  const more = missing.length - names.length;
  return [
    ...(missing.length === 0
      ? []
      : [`no source ties it to ${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}`]),
    ...(isCommon ? ['what matches is common'] : []),
    ...(own.known < fewKnown ? [`only ${own.known} such things are known of it`] : []),
    ...(loose === 0 ? [] : [`${counted(loose, 'match is', 'matches are')} by the wider technique only`]),
    ...(actor.deprecated ? ['its publisher no longer tracks it'] : []),
    ...(actor.mentionedOnly ? ['it is only named by others'] : []),
  ];
}
