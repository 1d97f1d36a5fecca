import type { Text } from '../cards/card.ts';
import type { Claim } from '../knowledge/types.ts';
import { isYesOrNo } from '../questions/yes-or-no.ts';
import { voicesOf } from './cites.ts';
import type { Pair } from './compare-pair.ts';
import type { CompareParts } from './compare-words.ts';
import { bold, plain, stated } from './text.ts';

interface AskedRelation {
  readonly pattern: RegExp;
  readonly words: string;
  readonly fits: (claim: Claim) => boolean;
}

const relations: readonly AskedRelation[] = [
  {
    pattern: /\b(?:us(?:e|es|ed|ing)|deploy(?:s|ed|ing)?|exploit(?:s|ed|ing)?|leverag\w+|employ\w*)\b/i,
    words: 'one of the two uses the other',
    fits: ({ given }) =>
      given.predicate === 'uses' || (given.predicate === 'exploits' && given.negated !== true),
  },
  {
    pattern: /\b(?:part of|sub-?groups?|sub-?set|sub-?cluster|branch|belongs? to|unit of|umbrella)\b/i,
    words: 'one of the two is a part of the other',
    fits: ({ given }) => given.predicate === 'related-to' && given.relation === 'part-of',
  },
];

/**
 * The answer to "is PlugX used by APT41", "is X part of Y": yes with who records it, or that no source does. Empty for
 * questions of another kind, which the usual verdict answers.
 */
export function askedText(
  { relations: stating, left, right }: Pair,
  { knowledge, cites, entities, labels }: CompareParts,
  text: string,
): Text {
  if (!isYesOrNo(text)) return [];
  const asked = relations.find(({ pattern }) => pattern.test(text));
  if (asked === undefined) return [];
  const claims = stating.flatMap((group) => group.claims.filter(asked.fits));
  const [first] = claims;
  if (first === undefined) return [plain(`No source here records that ${asked.words}.`)];
  const labelOf = (id: string | undefined): string => {
    const entity = [left, right].find((one) => one.id === id);
    return entity === undefined ? '' : (labels[entities.indexOf(entity)] ?? entity.name);
  };
  const verb = first.given.predicate === 'related-to' ? 'is part of' : first.given.predicate;
  const words = `${labelOf(first.subject)} ${verb} ${labelOf(first.object)}`;
  const voices = voicesOf(claims, knowledge);
  return [
    bold('Yes'),
    plain(': '),
    stated(words, cites.cite(claims)),
    plain(`, as ${voices.join(', ')} ${voices.length === 1 ? 'records' : 'record'}.`),
  ];
}
