import type { Action, ActionValue, Card, Item, Section, Text } from '../cards/card.ts';
import { citedNumbers } from '../cards/cited-numbers.ts';
import { sizeOf } from '../cards/hidden.ts';
import { assertNever } from '../support/assert-never.ts';
import { plain } from './text.ts';

const pageSize = 10;
/** Quotations are long: fewer to a page. */
const paragraphsPerPage = 3;

/** What the buttons of a page ask again: the entity or the question that the whole card is about. */
export type Subject = Pick<ActionValue, 'entity' | 'question'>;

/**
 * One page of one section of a whole card, with the way on and back. Undefined when the card has no such section.
 * A page beyond the end is the last one.
 */
export function pageCard(card: Card, sectionId: string, page: number, subject: Subject): Card | undefined {
  const section = card.sections.find(({ id }) => id === sectionId);
  if (section === undefined) return undefined;
  const perPage = section.type === 'text' ? paragraphsPerPage : pageSize;
  const pages = Math.max(1, Math.ceil(sizeOf(section) / perPage));
  const current = Math.min(Math.max(0, page), pages - 1);
  const shown = sliceSection(section, current * perPage, (current + 1) * perPage);
  const turn = (to: number): ActionValue => ({ verb: 'more', ...subject, section: sectionId, page: to });
  const actions: Action[] = [];
  if (current < pages - 1) {
    actions.push({ type: 'command', label: 'Next', value: turn(current + 1), style: 'primary' });
  }
  if (current > 0) actions.push({ type: 'command', label: 'Back', value: turn(current - 1) });
  if (subject.entity !== undefined) {
    actions.push({
      type: 'command',
      label: 'Whole Briefing',
      value: { verb: 'brief', entity: subject.entity },
    });
  }
  return withUsedSources({
    ...card,
    subtitle: [plain(pages === 1 ? 'All of it' : `Page ${current + 1} of ${pages}`)],
    badges: [],
    sections: [{ ...shown, rank: 1 }],
    actions,
  });
}

/** What a whole card holds, a line and a button for each section: the way into everything left out elsewhere. */
export function contentsCard(card: Card, subject: Subject): Card {
  const items = card.sections
    .filter(({ heading }) => heading !== undefined)
    .map((section): Item => {
      const heading = section.heading ?? section.id;
      return {
        text: [plain(`${heading}: ${sizeOf(section)} ${linesWord(section)}`)],
        action: {
          type: 'command',
          label: heading.slice(0, 60),
          value: { verb: 'more', ...subject, section: section.id, page: 0 },
        },
      };
    });
  return withUsedSources({
    ...card,
    subtitle: [plain('Everything that is known, by section')],
    badges: [],
    sections: [{ type: 'list', id: 'contents', rank: 0, items }],
    actions: [],
  });
}

/** Every source of a whole card, with its release, date, marking and confidence. */
export function sourcesOfCard(card: Card, subject: Subject): Card {
  const items = card.sources.map((note): Item => {
    const title: Text = [
      { text: note.title, cites: [note.number], ...(note.url === undefined ? {} : { link: note.url }) },
    ];
    return { text: note.date === undefined ? title : [...title, plain(`, ${note.date}`)] };
  });
  const nothing: Section = {
    type: 'text',
    id: 'nothing',
    rank: 0,
    paragraphs: [[plain('This answer cites no source.')]],
  };
  return {
    ...card,
    subtitle: [plain('Sources of this answer')],
    badges: [],
    sections: items.length === 0 ? [nothing] : [{ type: 'list', id: 'sources', rank: 0, items }],
    actions:
      subject.entity === undefined
        ? []
        : [{ type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: subject.entity } }],
  };
}

/** Keeps the notes that the card still cites. Numbers stay those of the whole card, so that pages agree. */
function withUsedSources(card: Card): Card {
  const used = citedNumbers(card.sections, card.subtitle);
  return { ...card, sources: card.sources.filter(({ number }) => used.has(number)) };
}

function linesWord(section: Section): string {
  return sizeOf(section) === 1 ? 'entry' : 'entries';
}

function sliceSection(section: Section, from: number, to: number): Section {
  switch (section.type) {
    case 'text':
      return { ...section, paragraphs: section.paragraphs.slice(from, to) };
    case 'fields':
      return { ...section, fields: section.fields.slice(from, to) };
    case 'list':
      return { ...section, items: section.items.slice(from, to) };
    case 'timeline':
      return { ...section, items: section.items.slice(from, to) };
    case 'table':
      return { ...section, rows: section.rows.slice(from, to) };
    default:
      return assertNever(section);
  }
}
