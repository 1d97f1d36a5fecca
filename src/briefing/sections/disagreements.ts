import type { Item, Section, Text } from '../../cards/card.ts';
import type { Claim } from '../../knowledge/types.ts';
import { voiceOf } from '../cites.ts';
import { type Composer, take } from '../composer.ts';
import { type Disagreement, findDisagreements, type Side } from '../disagreements.ts';
import { newestDate } from '../facts.ts';
import { bold, dayOf, joinTexts, plain, shorten, stated } from '../text.ts';

const shownItems = 8;

/** Where sources contradict one another, both sides with who says so and when; words of exploitation are quoted. */
export function disagreementsSection(composer: Composer): Section | undefined {
  const found = findDisagreements(composer.entity, composer.knowledge);
  if (found.length === 0) return undefined;
  const { shown, total } = take(composer, found, shownItems);
  const items = shown.map(
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
  return { type: 'list', id: 'disagreements', heading: 'Sources disagree', rank: 2, items, ...total };
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

/** Who says so, each with the day of the newest statement. */
function says(claims: readonly Claim[], { knowledge }: Composer): string {
  const voices = Map.groupBy(claims, ({ provenance }) => {
    const list = provenance.collection === undefined ? '' : ` (${provenance.collection})`;
    return `${voiceOf(provenance, knowledge)}${list}`;
  });
  return [...voices]
    .map(([voice, said]) => {
      const date = newestDate(said);
      return date === '' ? voice : `${voice} ${dayOf(date)}`;
    })
    .join(', ');
}
