import type { Item, Section } from '../../cards/card.ts';
import { entityTypeLabels } from '../../domain/entity-type.ts';
import type { Match } from '../../search/types.ts';
import type { Composer } from '../composer.ts';
import { labelOf } from '../labels.ts';
import { nameClaims } from '../names.ts';
import { bold, plain, shorten } from '../text.ts';

/** Software and campaigns that have the name which was asked for, too: who meant those is one press away. */
export function namesakesSection(namesakes: readonly Match[], composer: Composer): Section | undefined {
  const { knowledge, cites } = composer;
  const items = namesakes.flatMap((match): readonly Item[] => {
    const entity = knowledge.entity(match.entity.id);
    if (entity === undefined) return [];
    const label = labelOf(entity);
    const kind = entityTypeLabels[entity.type].one.toLowerCase();
    return [
      {
        text: [plain(`Also the name of a ${kind}: `), bold(label, cites.cite(nameClaims(entity, knowledge)))],
        action: {
          type: 'command',
          label: shorten(label, 60),
          value: { verb: 'brief', entity: entity.id },
        },
      },
    ];
  });
  return items.length === 0 ? undefined : { type: 'list', id: 'namesakes', rank: 1, items };
}
