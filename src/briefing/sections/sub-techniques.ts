import type { Item, Section } from '../../cards/card.ts';
import { type Composer, take } from '../composer.ts';
import { attackIdOf, labelOf } from '../labels.ts';
import { nameClaims } from '../names.ts';
import { rarityOf } from '../rarity.ts';
import { counted, plain, shorten, stated } from '../text.ts';

/** Parts of a technique, each with its number of actors: whoever uses a part is not listed under the whole. */
export function subTechniquesSection(composer: Composer): Section | undefined {
  const { entity, knowledge, cites } = composer;
  const id = attackIdOf(entity);
  if (entity.type !== 'attack-pattern' || id === undefined || id.includes('.')) return undefined;
  const rarity = rarityOf(knowledge);
  const parts = [...knowledge.entities.values()]
    .filter((one) => one.type === 'attack-pattern' && attackIdOf(one)?.startsWith(`${id}.`) === true)
    .map((part) => ({ part, users: rarity.users(part.id) }))
    .sort((a, b) => b.users - a.users || labelOf(a.part).localeCompare(labelOf(b.part), 'en'));
  if (parts.length === 0) return undefined;
  const { shown, total } = take(composer, parts, 8);
  const items = shown.map(
    ({ part, users }): Item => ({
      text: [
        stated(labelOf(part), cites.cite(nameClaims(part, knowledge))),
        plain(` — ${counted(users, 'actor')}`),
      ],
      action: {
        type: 'command',
        label: shorten(labelOf(part), 60),
        value: { verb: 'brief', entity: part.id },
      },
    }),
  );
  const heading = 'Sub-techniques, with actors of their own';
  return { type: 'list', id: 'sub-techniques', heading, rank: 1, items, ...total };
}
