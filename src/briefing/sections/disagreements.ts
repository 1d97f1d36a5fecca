import type { Item, Section, Text } from '../../cards/card.ts';
import type { Claim } from '../../knowledge/types.ts';
import { voicesOf } from '../cites.ts';
import type { Composer } from '../composer.ts';
import { type Disagreement, findDisagreements, type Side } from '../disagreements.ts';
import { bold, joinTexts, plain, shorten, stated } from '../text.ts';

/** Where sources contradict one another, both sides with who says so; words of exploitation are quoted. */
export function disagreementsSection(composer: Composer): Section | undefined {
  const found = findDisagreements(composer.entity, composer.knowledge);
  if (found.length === 0) return undefined;
  const items = found.map(
    (disagreement): Item => ({
      text: [
        bold(disagreement.about),
        plain(': '),
        ...joinTexts(
          disagreement.sides.map((side) => sideText(side, disagreement, composer)),
          ' — but ',
        ),
      ],
    }),
  );
  return { type: 'list', id: 'disagreements', heading: 'Sources disagree', rank: 2, items };
}

function sideText(side: Side, { kind }: Disagreement, composer: Composer): Text {
  const words = quotes(side, composer);
  const isStatement = kind === 'exploits' && words.length > 0;
  const value = isStatement ? words.join(', ') : side.value;
  const because = isStatement || words.length === 0 ? '' : `: ${words.join(', ')}`;
  return [stated(`${value} (${says(side.claims, composer)}${because})`, composer.cites.cite(side.claims))];
}

/** The publishers' own words behind a side; a statement of exploitation is its own words. */
function quotes({ claims }: Side, composer: Composer): readonly string[] {
  const words = claims.flatMap((claim) => {
    const isOwnWords = claim.predicate === 'exploits' && claim.object === undefined;
    const quote = claim.provenance.quote ?? (isOwnWords ? claim.value : undefined);
    return quote === undefined ? [] : [`“${composer.whole ? quote : shorten(quote, 300)}”`];
  });
  return [...new Set(words)];
}

function says(claims: readonly Claim[], composer: Composer): string {
  return voicesOf(claims, composer.knowledge).join(', ');
}
