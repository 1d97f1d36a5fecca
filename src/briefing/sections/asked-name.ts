import type { Card, Section } from '../../cards/card.ts';
import { nameKey } from '../../domain/name-key.ts';
import type { Entity, Knowledge } from '../../knowledge/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { voicesOf } from '../cites.ts';
import { plain, shorten } from '../text.ts';
import type { AnswerEntity } from '../types.ts';

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

/**
 * The card with a line on how a misspelt name was read, so that nobody takes one actor for another unawares. The name
 * itself stands there where it is CLEAR: what a card says beside its cited facts raises no marking.
 */
export function withReading(card: Card, entity: Entity, { matched }: AnswerEntity): Card {
  if (matched === undefined || matched.kind === 'id' || !isMisspelt(matched.text, matched.name)) return card;
  const key = nameKey(matched.name);
  const isClear = entity.names.some(
    (name) =>
      nameKey(name.text) === key && name.claims.some(({ provenance }) => provenance.marking === 'clear'),
  );
  const read = isClear ? `“${matched.name}”` : `a name of ${entity.name}`;
  const text = `“${shorten(matched.text, 60)}” was read as ${read}.`;
  const section: Section = { type: 'text', id: 'read-as', rank: 0, paragraphs: [[plain(text)]] };
  const [first, ...others] = card.sections;
  return { ...card, sections: first === undefined ? [section] : [first, section, ...others] };
}

/** False also where only words are left out or added: “lazarus”, “the Turla group”. */
function isMisspelt(typed: string, name: string): boolean {
  if (nameKey(typed) === nameKey(name)) return false;
  const [asTyped, asNamed] = [wordsOf(typed), wordsOf(name)];
  const isExtended = asNamed.every((word) => asTyped.includes(word));
  return !isExtended && !asTyped.every((word) => asNamed.includes(word));
}

function wordsOf(text: string): readonly string[] {
  return text
    .split(/[\s\p{P}]+/u)
    .map(nameKey)
    .filter((word) => word !== '');
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
