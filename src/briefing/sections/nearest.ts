import type { Item, Section } from '../../cards/card.ts';
import { nearestTo } from '../compare-alone.ts';
import { type Composer, take } from '../composer.ts';
import { labelOf } from '../labels.ts';
import { hitsText } from '../match-techniques-words.ts';
import { bold, counted, plain, shorten } from '../text.ts';

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
