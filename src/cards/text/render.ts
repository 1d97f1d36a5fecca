import { assertNever } from '../../support/assert-never.ts';
import type { Card, Section, SourceNote, Text } from '../card.ts';
import { type ClearedCard, cardOf } from '../cleared.ts';
import {
  asOfLine,
  citeLabel,
  evidenceLine,
  formatDate,
  markingLabel,
  plainText,
  sourceFacts,
  withheldLine,
} from '../format.ts';
import { hiddenLabel, sizeOf } from '../hidden.ts';
import { tidyCard } from '../tidy.ts';
import { createPaint, type Look, lookOfTone, type Paint } from './paint.ts';
import { tableLines } from './table.ts';
import { columnsOf, wrapWords } from './width.ts';

export interface TextOptions {
  /** Columns to wrap at; 80 unless told, at least 20. */
  readonly width?: number;
  /** ANSI colours; off unless asked for. */
  readonly color?: boolean;
}

interface Pen {
  readonly width: number;
  readonly paint: Paint;
}

const minWidth = 20;
const maxLabelColumns = 22;

/**
 * A card as plain text, whole: text has no limit, so nothing is left out but what the card itself shortened, and
 * that is said. A table's links are left out: its cells carry the ids that lead there. No control character of the data gets through; the only escape sequences are the colours asked for.
 * Ends without a line break.
 */
export function renderText(cleared: ClearedCard, options: TextOptions = {}): string {
  const { card: tidy } = tidyCard(cardOf(cleared));
  const pen: Pen = {
    width: Math.max(minWidth, Math.floor(options.width ?? 80)),
    paint: createPaint(options.color === true),
  };
  const parts = [
    headLines(tidy, pen),
    ...tidy.sections.map((section) => sectionLines(section, pen)),
    sourceLines(tidy.sources, pen),
    closingLines(tidy, pen),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headLines(card: Card, { width, paint }: Pen): readonly string[] {
  const marks: readonly Mark[] = [
    { text: markingLabel(card.marking), look: 'bold' },
    ...card.badges.map(({ text, tone }) => ({ text, look: lookOfTone(tone) })),
    { text: asOfLine(card.asOf), look: 'dim' },
    ...(card.evidence === undefined ? [] : [{ text: evidenceLine(card.evidence), look: 'dim' as const }]),
  ];
  return [
    ...wrapWords(card.title, width).map((line) => paint(line, 'bold')),
    ...(card.subtitle === undefined ? [] : wrapWords(words(card.subtitle), width)),
    ...markLines(marks, width, paint),
  ];
}

interface Mark {
  readonly text: string;
  readonly look: Look;
}

/** Marking, badges and date on one line as far as they fit, then on the next. */
function markLines(marks: readonly Mark[], width: number, paint: Paint): readonly string[] {
  const lines: Mark[][] = [];
  let columns = 0;
  for (const mark of marks.flatMap(({ text, look }) =>
    wrapWords(text, width).map((part) => ({ text: part, look })),
  )) {
    const size = columnsOf(mark.text) + 3;
    if (lines.length === 0 || columns + size > width + 3) {
      lines.push([]);
      columns = 0;
    }
    lines.at(-1)?.push(mark);
    columns += size;
  }
  return lines.map((line) => line.map(({ text, look }) => paint(text, look)).join(' · '));
}

function sectionLines(section: Section, pen: Pen): readonly string[] {
  const note = hiddenLabel(section, sizeOf(section));
  const heading = section.heading;
  if (sizeOf(section) === 0 && note === undefined) return [];
  return [
    ...(heading === undefined ? [] : wrapWords(heading, pen.width).map((line) => pen.paint(line, 'bold'))),
    ...bodyLines(section, pen),
    ...(note === undefined ? [] : [pen.paint(`  +${note}`, 'dim')]),
  ];
}

function bodyLines(section: Section, pen: Pen): readonly string[] {
  switch (section.type) {
    case 'text':
      return section.paragraphs.flatMap((text) => paragraphLines(text, pen.width));
    case 'fields':
      return pairLines(
        section.fields.map(({ label, value }) => [label, words(value)]),
        pen,
      );
    case 'list':
      return section.items.flatMap(({ text }) => hanging('  - ', words(text), pen.width));
    case 'timeline':
      return pairLines(
        section.items.map(({ date, text }) => [formatDate(date), words(text)]),
        pen,
      );
    case 'table':
      return tableLines(
        section.columns,
        section.rows.map((row) => row.map(plainText)),
        pen.width,
        pen.paint,
      );
    default:
      return assertNever(section);
  }
}

function paragraphLines(text: Text, width: number): readonly string[] {
  return words(text)
    .split('\n')
    .flatMap((line) => hanging('  ', line, width));
}

/** Labels in a column of their own, values hanging beside them. */
function pairLines(pairs: readonly (readonly [string, string])[], { width, paint }: Pen): readonly string[] {
  const widest = Math.max(0, ...pairs.map(([label]) => columnsOf(label)));
  const labelColumns = Math.min(widest, maxLabelColumns, Math.floor(width / 3));
  return pairs.flatMap(([label, value]) => {
    const fits = columnsOf(label) <= labelColumns;
    const padding = ' '.repeat(Math.max(0, labelColumns - columnsOf(label)));
    const valueLines = hanging(' '.repeat(labelColumns + 4), value, width);
    if (!fits) return [...hanging('  ', label, width).map((line) => paint(line, 'dim')), ...valueLines];
    const [first = '', ...rest] = valueLines;
    return [`  ${paint(label, 'dim')}${padding}  ${first.trimStart()}`, ...rest];
  });
}

/** The first line behind `lead`, the others indented to the same column. */
function hanging(lead: string, text: string, width: number): readonly string[] {
  const room = Math.max(8, width - lead.length);
  return wrapWords(text, room).map((line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line);
}

function sourceLines(sources: readonly SourceNote[], { width, paint }: Pen): readonly string[] {
  if (sources.length === 0) return [];
  const lines = sources.flatMap((note) => {
    const details = sourceFacts(note).join(', ');
    return [
      ...hanging(`  [${note.number}] `, `${note.title}, ${details}`, width),
      ...(note.url === undefined
        ? []
        : [paint(`${' '.repeat(`  [${note.number}] `.length)}${note.url}`, 'dim')]),
    ];
  });
  return [paint('Sources', 'bold'), ...lines];
}

function closingLines(card: Card, { width, paint }: Pen): readonly string[] {
  const line = withheldLine(card.withheld);
  return line === undefined ? [] : wrapWords(line, width).map((part) => paint(part, 'warning'));
}

/** A text as words: cites behind their run, a link's address behind its label unless it says the same. */
function words(text: Text): string {
  return text
    .map(({ text: label, link, cites }) => {
      const cite = citeLabel(cites);
      const address = link === undefined || link === label ? '' : ` <${link}>`;
      return `${label}${address}${cite === '' ? '' : ` ${cite}`}`;
    })
    .join('');
}
