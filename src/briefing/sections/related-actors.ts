import type { Item, Section } from '../../cards/card.ts';
import type { Claim } from '../../knowledge/types.ts';
import { voicesOf } from '../cites.ts';
import { nearestTo } from '../compare-alone.ts';
import { type Composer, take } from '../composer.ts';
import { type ClaimGroup, groupClaims } from '../facts.ts';
import { labelById, labelOf, titleOf } from '../labels.ts';
import { hitsText } from '../match-techniques-words.ts';
import { bold, capitalized, counted, plain, shorten, stated } from '../text.ts';
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

/** Actors that share most of what it uses, what few use counting most: an overlap of means, stated by nobody. */
export function nearestSection(composer: Composer): Section | undefined {
  const { entity, knowledge, cites } = composer;
  const { shown, total } = take(composer, nearestTo(entity, knowledge), 5);
  if (shown.length === 0) return undefined;
  const items = shown.map((one): Item => {
    const label = labelOf(one.actor);
    return {
      text: [
        bold(label),
        plain(` — ${counted(one.hits.length, 'thing')} in common, first `),
        ...hitsText(one, { knowledge, cites, shown: 3 }),
      ],
      action: {
        type: 'command',
        label: shorten(`Links with ${label}`, 60),
        value: { verb: 'ask', question: `links between ${entity.id} and ${one.actor.id}` },
      },
    };
  });
  const heading = 'Shares most of what it uses with (no source says so)';
  return { type: 'list', id: 'nearest-actors', heading, rank: 1, items, ...total };
}
