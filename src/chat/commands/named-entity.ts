import { choiceCard, notFoundCard, suggestCard } from '../../briefing/message-cards.ts';
import type { Action, Card } from '../../cards/card.ts';
import type { Entity } from '../../knowledge/types.ts';
import type { Match } from '../../search/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { ask } from '../subscription-cards.ts';
import type { CommandContext } from './types.ts';

export type NamedEntity =
  | { readonly kind: 'entity'; readonly entity: Entity }
  /** Several carry the name, or near ones do, or none: a card with what to choose from. */
  | { readonly kind: 'card'; readonly card: Card };

/**
 * The one thing that a name, an alias or an id stands for; an actor where things of several kinds carry it. Never a
 * guess: each choice on the card asks `question` again with an id.
 */
export async function namedEntity(
  text: string,
  { desk, place }: CommandContext,
  question: (id: string) => string,
): Promise<NamedEntity> {
  const { knowledge, index, now } = await desk.contextAt(place.ceiling);
  const known = knowledge.entity(text);
  if (known !== undefined) return { kind: 'entity', entity: known };
  const found = index.lookup(text, ['intrusion-set']);
  switch (found.kind) {
    case 'found': {
      const entity = knowledge.entity(found.match.entity.id);
      if (entity !== undefined) return { kind: 'entity', entity };
      return { kind: 'card', card: notFoundCard(text, knowledge, now) };
    }
    case 'ambiguous':
      return {
        kind: 'card',
        card: asking(choiceCard(found.matches, text, knowledge, now).card, found.matches, question),
      };
    case 'suggest':
      return {
        kind: 'card',
        card: asking(suggestCard(found.suggestions, text, knowledge, now).card, found.suggestions, question),
      };
    case 'not-found':
      return { kind: 'card', card: notFoundCard(text, knowledge, now) };
    default:
      return assertNever(found);
  }
}

/** The same choice, with buttons that ask our question instead of showing a briefing. */
function asking(card: Card, matches: readonly Match[], question: (id: string) => string): Card {
  const ids = new Set<string>(matches.map(({ entity }) => entity.id));
  const again = (action: Action | undefined): Action | undefined => {
    const id = action?.type === 'command' ? action.value.entity : undefined;
    return action === undefined || id === undefined || !ids.has(id)
      ? action
      : ask(action.label, question(id));
  };
  const sections = card.sections.map((section) =>
    section.type !== 'list'
      ? section
      : {
          ...section,
          items: section.items.map(({ text, action }) => {
            const other = again(action);
            return { text, ...(other === undefined ? {} : { action: other }) };
          }),
        },
  );
  return { ...card, sections };
}
