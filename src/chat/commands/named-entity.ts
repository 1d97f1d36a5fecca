import { choiceCard, notFoundCard, suggestCard } from '../../briefing/message-cards.ts';
import type { Action, Card } from '../../cards/card.ts';
import { nameKey } from '../../domain/name-key.ts';
import type { Entity } from '../../knowledge/types.ts';
import { scores } from '../../search/scores.ts';
import type { Match } from '../../search/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import type { CommandContext } from './types.ts';

export type NamedEntity =
  | { readonly kind: 'entity'; readonly entity: Entity }
  /** Several carry the name, or near ones do, or none: a card with what to choose from. */
  | { readonly kind: 'card'; readonly card: Card };

/**
 * The one thing whose name, alias or id the whole text is; an actor where things of several kinds carry it. Never a guess,
 * neither from a name inside a sentence nor from a misspelt one: each choice on the card asks `question` again with an id.
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
      if (entity === undefined) return { kind: 'card', card: notFoundCard(text, knowledge, now) };
      if (isWhole(found.match, text)) return { kind: 'entity', entity };
      const near = [found.match, ...(found.alsoNamed ?? [])];
      return { kind: 'card', card: asking(suggestCard(near, text, knowledge, now).card, near, question) };
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

/** True when the text is nothing but the name, as it is recorded. */
function isWhole({ matched, score }: Match, text: string): boolean {
  const key = nameKey(text.replace(/^\s*the\s+/i, ''));
  if (nameKey(matched.text.replace(/^\s*the\s+/i, '')) !== key) return false;
  return score >= scores.exact || nameKey(matched.name.replace(/^\s*the\s+/i, '')) === key;
}

/** The same choice, with buttons that ask our question, in the choice's place, instead of showing a briefing. */
function asking(card: Card, matches: readonly Match[], question: (id: string) => string): Card {
  const ids = new Set<string>(matches.map(({ entity }) => entity.id));
  const again = (action: Action | undefined): Action | undefined => {
    const id = action?.type === 'command' ? action.value.entity : undefined;
    return action === undefined || id === undefined || !ids.has(id)
      ? action
      : {
          type: 'command',
          label: action.label,
          value: { verb: 'ask', question: question(id), section: 'choice' },
        };
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
