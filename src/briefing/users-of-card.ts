import type { Section } from '../cards/card.ts';
import { clearText, clearWord } from '../cards/clear-text.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { UsersOfQuestion } from '../questions/types.ts';
import type { Match } from '../search/types.ts';
import type { ComposedCard } from './actor-card.ts';
import { createComposer } from './composer.ts';
import { questionActions } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { namingNotice } from './names.ts';
import { subTechniquesSection } from './sections/sub-techniques.ts';
import { usersSection } from './sections/users.ts';
import { plain, shorten } from './text.ts';
import { tiedActors } from './tied-actors.ts';

/**
 * The thing whose users are told, with what a reader must know of that choice: of two entries for one malware the one
 * that has users; and the words of the question that were not applied.
 */
export function usedMatch(
  { match, others = [], unused = [] }: UsersOfQuestion,
  knowledge: Knowledge,
): { readonly match: Match; readonly notes: readonly string[] } {
  const hasUsers = ({ entity: { id } }: Match): boolean => {
    const entity = knowledge.entity(id);
    return entity !== undefined && tiedActors(entity, knowledge).length > 0;
  };
  const words = unused.map((word) => `“${shorten(word, 80)}”`).join(', ');
  const left = words === '' ? [] : [`Not applied: ${words}.`];
  const other = hasUsers(match) ? undefined : others.find(hasUsers);
  if (other === undefined) return { match, notes: left };
  const read = `“${shorten(match.entity.name, 80)}” is an entry of its own, of which no source here names users; told are those of ${shorten(other.entity.name, 80)}.`;
  return { match: other, notes: [...left, read] };
}

/** Who uses a software or technique, or exploits a vulnerability. */
export function usersOfCard(
  entity: Entity,
  question: string,
  knowledge: Knowledge,
  now: Date,
  whole: boolean,
  notes: readonly string[] = [],
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
      sections: [
        notes.length === 0
          ? undefined
          : { type: 'text', id: 'reading', rank: 0, paragraphs: notes.map((note) => [plain(note)]) },
        users ?? nobody,
        subTechniquesSection(composer),
      ],
      actions: [
        { type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: entity.id } },
        ...(users === undefined ? [] : questionActions(question)),
      ],
      withheld: knowledge.withheld(entity.id),
      notice: namingNotice(
        entity,
        knowledge,
        (name) => clearText`Who ${clearWord(verb)} ${name}.`,
        clearText`A list of actors.`,
      ),
    },
    knowledge,
    now,
    composer.cites,
  );
  return { card, composer };
}
