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
  const text =
    kind === 'exploits' ? quoted(side, composer) : `${side.value} (${says(side.claims, composer)})`;
  return [stated(text, composer.cites.cite(side.claims))];
}

function quoted(side: Side, composer: Composer): string {
  const quotes = side.claims.map((claim) => {
    const words = claim.provenance.quote ?? claim.value;
    return `“${composer.whole ? words : shorten(words, 300)}”`;
  });
  return `${[...new Set(quotes)].join(', ')} (${says(side.claims, composer)})`;
}

function says(claims: readonly Claim[], composer: Composer): string {
  return voicesOf(claims, composer.knowledge).join(', ');
}
