import type { Section } from '../cards/card.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { ComposedCard } from './actor-card.ts';
import { createComposer } from './composer.ts';
import { questionActions } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { isNameClear } from './names.ts';
import { subTechniquesSection } from './sections/sub-techniques.ts';
import { usersSection } from './sections/users.ts';
import { plain } from './text.ts';

/** Who uses a software or technique, or exploits a vulnerability. */
export function usersOfCard(
  entity: Entity,
  question: string,
  knowledge: Knowledge,
  now: Date,
  whole: boolean,
): ComposedCard {
  const composer = createComposer(knowledge, entity, whole);
  const users = usersSection(composer);
  const label = labelOf(entity);
  const verb = entity.type === 'vulnerability' ? 'exploits' : 'uses';
  const nobody: Section = {
    type: 'text',
    id: 'nothing',
    rank: 0,
    paragraphs: [[plain(`No source here names an actor that ${verb} ${label}.`)]],
  };
  const card = finishCard(
    {
      title: `Who ${verb} ${label}`,
      subtitle: [plain(entityTypeLabels[entity.type].one)],
      sections: [users ?? nobody, subTechniquesSection(composer)],
      actions: [
        { type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: entity.id } },
        ...(users === undefined ? [] : questionActions(question)),
      ],
      withheld: knowledge.withheld(entity.id),
      fallbackText: isNameClear(entity, knowledge) ? `Who ${verb} ${label}.` : 'A list of actors.',
    },
    knowledge,
    now,
    composer.cites,
  );
  return { card, composer };
}
