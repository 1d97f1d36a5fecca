import { assertNever } from '../../support/assert-never.ts';
import { itemActions } from '../build.ts';
import type { Item, Section, Text } from '../card.ts';
import { formatDate, plainText } from '../format.ts';
import { measureText } from '../measure.ts';
import { slackButton } from './actions.ts';
import { slackLimits, withHeadroom } from './limits.ts';
import { richElements, richLines, richList, richSection, richText, run, slackPlainText } from './text.ts';
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
  const heading = headingLines(section);
  const note = noteLines(context.note);
  switch (section.type) {
    case 'text': {
      const paragraphs = richLines(section.paragraphs.map(richElements), '\n\n').map(
        ({ elements }) => elements,
      );
      return [richText(richLines([...heading, ...paragraphs, ...note]))];
    }
    case 'fields': {
      const lines = section.fields.map(({ label, value }) => fieldElements(label, value));
      return [richText(richLines([...heading, ...lines, ...note]))];
    }
    case 'list':
      return listBlocks(heading, section.items, note, context);
    case 'timeline': {
      const items = section.items.map(({ date, text }) => [
        run(`${formatDate(date)}  `, { bold: true }),
        ...richElements(text),
      ]);
      return [richText([...richLines(heading), richList(items), ...richLines(note)])];
    }
    case 'table':
      return tableBlocks(section, heading, note, context);
    default:
      return assertNever(section);
  }
}

type Lines = readonly (readonly SlackRichTextElement[])[];

function headingLines(section: Section): Lines {
  return section.heading === undefined ? [] : [[run(section.heading, { bold: true })]];
}

function noteLines(note: string | undefined): Lines {
  return note === undefined ? [] : [[run(note, { italic: true })]];
}

function fieldElements(label: string, value: Text): readonly SlackRichTextElement[] {
  return [run(`${labelBefore(label)} `, { bold: true }), ...richElements(value)];
}

/** `Country:`, and `Is it us?` as it is. */
function labelBefore(label: string): string {
  return /[:?!.]$/.test(label) ? label : `${label}:`;
}

/** Lines as a block of their own; none for no lines. */
function linesBlock(lines: Lines): readonly SlackBlock[] {
  return lines.length === 0 ? [] : [richText(richLines(lines))];
}

/** Plain items are one bulleted list; an item with a button of its own becomes a block of its own. */
function listBlocks(
  heading: Lines,
  items: readonly Item[],
  note: Lines,
  context: SectionContext,
): readonly SlackBlock[] {
  if (items.every((item) => itemActions(item).length === 0)) {
    const list = richList(items.map(({ text }) => richElements(text)));
    return [richText([...richLines(heading), list, ...richLines(note)])];
  }
  return [...linesBlock(heading), ...items.flatMap((item) => itemBlocks(item, context)), ...linesBlock(note)];
}

function itemBlocks(item: Item, context: SectionContext): readonly SlackBlock[] {
  const { text } = item;
  const [button, ...more] = itemActions(item).map((action) =>
    slackButton(action, context.nextActionId, 'list'),
  );
  if (button === undefined) return [richText([richList([richElements(text)])])];
  if (more.length > 0) {
    return [richText([richSection(richElements(text))]), { type: 'actions', elements: [button, ...more] }];
  }
  const isPlain = text.every(({ link }) => link === undefined);
  if (isPlain && measureText(text) <= withHeadroom(slackLimits.sectionTextChars)) {
    const words = slackPlainText(plainText(text), slackLimits.sectionTextChars);
    return [{ type: 'section', text: words, accessory: button }];
  }
  return [richText([richSection(richElements(text))]), { type: 'actions', elements: [button] }];
}

function tableBlocks(
  section: TableSection,
  heading: Lines,
  note: Lines,
  context: SectionContext,
): readonly SlackBlock[] {
  if (!context.mayUseTable || section.rows.length === 0) {
    return [richText([...richLines(heading), ...tableAsList(section), ...richLines(note)])];
  }
  const header = section.columns.map(
    (words): SlackCell => ({
      type: 'rich_text',
      elements: [richSection([run(words, { bold: true })])],
    }),
  );
  return [
    ...linesBlock(heading),
    {
      type: 'table',
      column_settings: section.columns.map(() => ({ is_wrapped: true })),
      rows: [header, ...section.rows.map((row) => row.map(cell))],
    },
    ...linesBlock(note),
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
