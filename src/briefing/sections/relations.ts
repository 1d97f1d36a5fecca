import type { Item, Section } from '../../cards/card.ts';
import type { Claim } from '../../knowledge/types.ts';
import { voicesOf } from '../cites.ts';
import { type Composer, take } from '../composer.ts';
import { type ClaimGroup, groupClaims } from '../facts.ts';
import { labelById, titleOf } from '../labels.ts';
import { capitalized, plain, stated } from '../text.ts';
import { relationWordsOf } from './related.ts';

/** Relations that sources state with other things, whichever side states them; each other thing in its own words. */
export function relationsSection(composer: Composer): Section | undefined {
  const { entity, knowledge, cites } = composer;
  const own = groupClaims(knowledge.claims(entity.id, 'related-to').filter(isOther(entity.id)));
  const about = groupClaims(knowledge.claimsAbout(entity.id, 'related-to').filter(isOther(entity.id)));
  const told = new Set(own.map(({ object }) => object));
  const voices = (group: ClaimGroup): string => ` — ${voicesOf(group.claims, knowledge).join(', ')}`;
  const items = [
    ...own.map((group): Item => {
      const { words, likelihood } = relationWordsOf(group);
      const label = labelById(knowledge, group.object, group.value);
      return {
        text: [
          plain(`${capitalized(words)} `),
          stated(label, cites.cite(group.claims)),
          plain(`${likelihood}${voices(group)}`),
        ],
      };
    }),
    // The other side of a relation that stands above says nothing more.
    ...about
      .filter(({ subject }) => !told.has(subject))
      .map((group): Item => {
        const { words, likelihood } = relationWordsOf(group);
        const label = labelById(knowledge, group.subject, group.value);
        return {
          text: [
            stated(label, cites.cite(group.claims)),
            plain(` — ${words} ${titleOf(entity)}${likelihood}${voices(group)}`),
          ],
        };
      }),
  ];
  if (items.length === 0) return undefined;
  const { shown, total } = take(composer, items, 12);
  return {
    type: 'list',
    id: 'related',
    heading: 'Relations that sources state',
    rank: 1,
    items: shown,
    ...total,
  };
}

function isOther(id: string): (claim: Claim) => boolean {
  return ({ subject, object }) => !(subject === id && object === id);
}
