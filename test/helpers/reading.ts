import type { Action, Card, Section, Text } from '../../src/cards/card.ts';
import { assertNever } from '../../src/support/assert-never.ts';

/** All texts of a section, label and date included. */
export function textsIn(section: Section): readonly string[] {
  const words = (text: Text): string => text.map((span) => span.text).join('');
  switch (section.type) {
    case 'text':
      return section.paragraphs.map(words);
    case 'fields':
      return section.fields.map((field) => `${field.label}: ${words(field.value)}`);
    case 'list':
      return section.items.map((item) => words(item.text));
    case 'timeline':
      return section.items.map((item) => `${item.date} ${words(item.text)}`);
    case 'table':
      return section.rows.map((row) => row.map(words).join(' | '));
    default:
      return assertNever(section);
  }
}

/** The texts of one section of a card; empty when it has no such section. */
export function sectionTexts(card: Card, id: string): readonly string[] {
  const section = card.sections.find((one) => one.id === id);
  return section === undefined ? [] : textsIn(section);
}

export function allActions(card: Card): readonly Action[] {
  const inItems = card.sections.flatMap((section) =>
    section.type === 'list' ? section.items.flatMap((item) => item.action ?? []) : [],
  );
  return [...card.actions, ...inItems];
}

/** Every word of a card, with its sources, markings and what is withheld. */
export function readCard(card: Card): string {
  return [
    card.title,
    `TLP:${card.marking.toUpperCase()}`,
    ...card.badges.map((badge) => badge.text),
    ...card.sections.flatMap((section) => [section.heading ?? '', ...textsIn(section)]),
    ...card.sources.map((note) => `[${note.number}] ${note.title} TLP:${note.marking.toUpperCase()}`),
    card.withheld.count === 0 ? '' : `${card.withheld.count} items withheld`,
  ].join('\n');
}
