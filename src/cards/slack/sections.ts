import { assertNever } from '../../support/assert-never.ts';
import type { Item, Section, Text } from '../card.ts';
import { formatDate, plainText } from '../format.ts';
import { measureText } from '../measure.ts';
import { slackButton } from './actions.ts';
import { slackLimits, withHeadroom } from './limits.ts';
import { richElements, richList, richSection, richText, run, slackPlainText } from './text.ts';
import type { SlackBlock, SlackCell, SlackRichTextElement, SlackRichTextPart } from './types.ts';

/** What rendering one section needs to know about the message around it. */
export interface SectionContext {
  /** The note under the section: `+12 techniques`. */
  readonly note: string | undefined;
  /** True for the first table; Slack takes one a message, so later tables become lists. */
  readonly mayUseTable: boolean;
  /** A name that no other action of the message has. */
  readonly nextActionId: (verb: string) => string;
}

type TableSection = Extract<Section, { type: 'table' }>;

/** A section's blocks: mostly one `rich_text`, since data may carry any character. */
export function sectionBlocks(section: Section, context: SectionContext): readonly SlackBlock[] {
  const head = headingParts(section);
  const tail = noteParts(context.note);
  switch (section.type) {
    case 'text':
      return [richText([...head, ...section.paragraphs.flatMap(paragraphParts), ...tail])];
    case 'fields': {
      const lines = section.fields.map(({ label, value }) => fieldElements(label, value));
      return [richText([...head, ...separateLines(lines), ...tail])];
    }
    case 'list':
      return listBlocks(head, section.items, tail, context);
    case 'timeline': {
      const items = section.items.map(({ date, text }) => [
        run(`${formatDate(date)}  `, { bold: true }),
        ...richElements(text),
      ]);
      return [richText([...head, richList(items), ...tail])];
    }
    case 'table':
      return tableBlocks(section, head, tail, context);
    default:
      return assertNever(section);
  }
}

function headingParts(section: Section): readonly SlackRichTextPart[] {
  return section.heading === undefined ? [] : [richSection([run(section.heading, { bold: true })])];
}

function noteParts(note: string | undefined): readonly SlackRichTextPart[] {
  return note === undefined ? [] : [richSection([run(note, { italic: true })])];
}

function paragraphParts(text: Text): readonly SlackRichTextPart[] {
  return [richSection(richElements(text))];
}

function fieldElements(label: string, value: Text): readonly SlackRichTextElement[] {
  return [run(`${labelBefore(label)} `, { bold: true }), ...richElements(value)];
}

/** `Country:`, and `Is it us?` as it is. */
function labelBefore(label: string): string {
  return /[:?!.]$/.test(label) ? label : `${label}:`;
}

function separateLines(lines: readonly (readonly SlackRichTextElement[])[]): readonly SlackRichTextPart[] {
  return lines.map((line) => richSection(line));
}

/** Plain items are one bulleted list; an item with a button of its own becomes a block of its own. */
function listBlocks(
  head: readonly SlackRichTextPart[],
  items: readonly Item[],
  tail: readonly SlackRichTextPart[],
  context: SectionContext,
): readonly SlackBlock[] {
  if (items.every(({ action }) => action === undefined)) {
    return [richText([...head, richList(items.map(({ text }) => richElements(text))), ...tail])];
  }
  return [
    ...(head.length === 0 ? [] : [richText(head)]),
    ...items.flatMap((item) => itemBlocks(item, context)),
    ...(tail.length === 0 ? [] : [richText(tail)]),
  ];
}

function itemBlocks({ text, action }: Item, context: SectionContext): readonly SlackBlock[] {
  if (action === undefined) return [richText([richList([richElements(text)])])];
  const button = slackButton(action, context.nextActionId, 'list');
  const isPlain = text.every(({ link }) => link === undefined);
  if (isPlain && measureText(text) <= withHeadroom(slackLimits.sectionTextChars)) {
    const words = slackPlainText(plainText(text), slackLimits.sectionTextChars);
    return [{ type: 'section', text: words, accessory: button }];
  }
  return [richText([richSection(richElements(text))]), { type: 'actions', elements: [button] }];
}

function tableBlocks(
  section: TableSection,
  head: readonly SlackRichTextPart[],
  tail: readonly SlackRichTextPart[],
  context: SectionContext,
): readonly SlackBlock[] {
  if (!context.mayUseTable || section.rows.length === 0) {
    return [richText([...head, ...tableAsList(section), ...tail])];
  }
  const header = section.columns.map(
    (words): SlackCell => ({
      type: 'rich_text',
      elements: [richSection([run(words, { bold: true })])],
    }),
  );
  return [
    ...(head.length === 0 ? [] : [richText(head)]),
    {
      type: 'table',
      column_settings: section.columns.map(() => ({ is_wrapped: true })),
      rows: [header, ...section.rows.map((row) => row.map(cell))],
    },
    ...(tail.length === 0 ? [] : [richText(tail)]),
  ];
}

function cell(text: Text): SlackCell {
  return { type: 'rich_text', elements: [richSection(richElements(text))] };
}

/** Each row as one item that names its columns. */
function tableAsList(section: TableSection): readonly SlackRichTextPart[] {
  const items = section.rows.map((row) =>
    row.flatMap((text, index) => {
      const label = run(`${index === 0 ? '' : ' · '}${section.columns[index] ?? ''}: `, { bold: true });
      return [label, ...richElements(text)];
    }),
  );
  return items.length === 0 ? [] : [richList(items)];
}
