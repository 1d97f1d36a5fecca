import type { Card, Section } from '../../cards/card.ts';
import { nameKey } from '../../domain/name-key.ts';
import type { Entity, Knowledge } from '../../knowledge/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { voicesOf } from '../cites.ts';
import { plain } from '../text.ts';

/**
 * The card with a line on the name that was asked for, where that is no other name of the entity: it only overlaps
 * with it, is of a part of it, or is disputed. The same card where it is.
 */
export function withAskedName(
  card: Card,
  entity: Entity,
  asked: string | undefined,
  knowledge: Knowledge,
): Card {
  const section = asked === undefined ? undefined : askedNameSection(entity, asked, knowledge);
  if (section === undefined) return card;
  const [first, ...others] = card.sections;
  return { ...card, sections: first === undefined ? [section] : [first, section, ...others] };
}

function askedNameSection(entity: Entity, asked: string, knowledge: Knowledge): Section | undefined {
  const key = nameKey(asked);
  const name = entity.names.find(({ text }) => nameKey(text) === key);
  if (name === undefined || name.relation === 'same-as') return undefined;
  const voices = voicesOf(name.claims, knowledge).join(', ');
  const text = `“${name.text}” ${senseOf(name.relation, entity.name)}, says ${voices}.`;
  return { type: 'text', id: 'asked-name', rank: 0, paragraphs: [[plain(text)]] };
}

function senseOf(relation: 'overlaps' | 'part-of' | 'disputed', name: string): string {
  switch (relation) {
    case 'overlaps':
      return `overlaps with ${name} and is no other name of it`;
    case 'part-of':
      return `is a part of ${name}`;
    case 'disputed':
      return `is disputed as a name of ${name}`;
    default:
      return assertNever(relation);
  }
}
