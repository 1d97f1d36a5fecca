import { assertNever } from '../../support/assert-never.ts';
import { itemActions } from '../build.ts';
import type { Action, Item, Section, Text } from '../card.ts';
import { formatDate } from '../format.ts';
import { adaptiveAction, type CardPlace } from './actions.ts';
import { teamsLimits } from './limits.ts';
import { escapeMarkdown, markdownText } from './text.ts';
import type { AdaptiveElement, AdaptiveTable, TextBlock } from './types.ts';

type TableSection = Extract<Section, { type: 'table' }>;

/** One wrapping text block; `text` is markdown already. */
export function textBlock(
  text: string,
  looks: Omit<Partial<TextBlock>, 'type' | 'text' | 'wrap'> = {},
): TextBlock {
  return { type: 'TextBlock', text, wrap: true, ...looks };
}

/** A section's elements: heading, body, and the note on what is left out. */
export function sectionElements(
  section: Section,
  note: string | undefined,
  place: CardPlace = 'message',
): readonly AdaptiveElement[] {
  const heading = section.heading;
  return [
    ...(heading === undefined
      ? []
      : [
          textBlock(escapeMarkdown(heading), {
            size: 'Medium',
            weight: 'Bolder',
            ...headingStyle(place),
            spacing: 'Medium',
          }),
        ]),
    ...bodyElements(section, place),
    ...(note === undefined ? [] : [textBlock(escapeMarkdown(note), { isSubtle: true, spacing: 'Small' })]),
  ];
}

/** What screen readers jump to; of version 1.5. */
export function headingStyle(place: CardPlace): { readonly style?: 'heading' } {
  return place === 'link' ? {} : { style: 'heading' };
}

function bodyElements(section: Section, place: CardPlace): readonly AdaptiveElement[] {
  switch (section.type) {
    case 'text':
      return section.paragraphs.map((text) => textBlock(paragraphMarkdown(text), { spacing: 'Small' }));
    case 'fields':
      return factSet(section.fields.map(({ label, value }) => [escapeMarkdown(label), markdownText(value)]));
    case 'list':
      return listElements(section.items, place);
    case 'timeline':
      return factSet(
        section.items.map(({ date, text }) => [escapeMarkdown(formatDate(date)), markdownText(text)]),
      );
    case 'table':
      return tableElements(section, place);
    default:
      return assertNever(section);
  }
}

/** A line break in a paragraph needs a blank line in Teams' markdown. */
function paragraphMarkdown(text: Text): string {
  return markdownText(text).replace(/\n+/g, '\n\n');
}

function factSet(pairs: readonly (readonly [string, string])[]): readonly AdaptiveElement[] {
  if (pairs.length === 0) return [];
  return [{ type: 'FactSet', spacing: 'Small', facts: pairs.map(([title, value]) => ({ title, value })) }];
}

/** Plain items are one markdown list; an item with a button stands beside it. */
function listElements(items: readonly Item[], place: CardPlace): readonly AdaptiveElement[] {
  const elements: AdaptiveElement[] = [];
  let plain: string[] = [];
  const flush = (): void => {
    if (plain.length > 0) elements.push(textBlock(plain.join('\n'), { spacing: 'Small' }));
    plain = [];
  };
  for (const item of items) {
    const { text } = item;
    const actions = itemActions(item);
    if (actions.length === 0) {
      plain.push(`- ${markdownText(text)}`);
      continue;
    }
    flush();
    elements.push(...besideOrBelow(textBlock(markdownText(text)), actions, place));
  }
  flush();
  return elements;
}

/** A button is never broken into lines: beside a text it would squeeze that to a word a line. */
const maxBesideChars = 20;

function besideOrBelow(
  block: TextBlock,
  actions: readonly Action[],
  place: CardPlace,
): readonly AdaptiveElement[] {
  const buttons = actions.map((action) => adaptiveAction(action, place));
  const set: AdaptiveElement = { type: 'ActionSet', actions: buttons };
  const chars = buttons.reduce((sum, { title }) => sum + title.length, 0);
  if (chars > maxBesideChars) return [{ ...block, spacing: 'Small' }, set];
  return [
    {
      type: 'ColumnSet',
      spacing: 'Small',
      columns: [
        { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [block] },
        { type: 'Column', width: 'auto', items: [set] },
      ],
    },
  ];
}

/** Two columns are facts, up to four a table, more a line a row: a table of five does not read at 320 pixels. */
function tableElements(section: TableSection, place: CardPlace): readonly AdaptiveElement[] {
  if (section.rows.length === 0) return [];
  if (section.columns.length === 2) {
    return factSet(
      section.rows.map(([title = [], value = []]) => [markdownText(title), markdownText(value)]),
    );
  }
  // Tables are of version 1.5.
  if (place !== 'link' && section.columns.length <= teamsLimits.tableColumns) return [adaptiveTable(section)];
  const lines = section.rows.map((row) => {
    const cells = row.map(
      (text, index) => `**${escapeMarkdown(section.columns[index] ?? '')}** ${markdownText(text)}`,
    );
    return `- ${cells.join(' · ')}`;
  });
  return [textBlock(lines.join('\n'), { spacing: 'Small' })];
}

function adaptiveTable(section: TableSection): AdaptiveTable {
  const header = section.columns.map((words) => textBlock(escapeMarkdown(words), { weight: 'Bolder' }));
  const rows = section.rows.map((row) => row.map((text) => textBlock(markdownText(text))));
  return {
    type: 'Table',
    spacing: 'Small',
    firstRowAsHeader: true,
    showGridLines: false,
    columns: section.columns.map(() => ({ width: 1 })),
    rows: [header, ...rows].map((cells) => ({
      type: 'TableRow',
      cells: cells.map((block) => ({ type: 'TableCell', items: [block] })),
    })),
  };
}
