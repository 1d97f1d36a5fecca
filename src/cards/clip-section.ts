import { assertNever } from '../support/assert-never.ts';
import type { Section, Text } from './card.ts';
import type { Caps } from './ladder.ts';
import { clipString, clipText } from './measure.ts';

/** A section with its first `keep` paragraphs, fields, items or rows. */
export function keepItems(section: Section, keep: number): Section {
  switch (section.type) {
    case 'text':
      return { ...section, paragraphs: section.paragraphs.slice(0, keep) };
    case 'fields':
      return { ...section, fields: section.fields.slice(0, keep) };
    case 'list':
      return { ...section, items: section.items.slice(0, keep) };
    case 'timeline':
      return { ...section, items: section.items.slice(0, keep) };
    case 'table':
      return { ...section, rows: section.rows.slice(0, keep) };
    default:
      return assertNever(section);
  }
}

/** Clips each text of a section; `cut` is how many characters went in all. */
export function clipSection(
  section: Section,
  textChars: number,
  caps: Caps,
): { readonly section: Section; readonly cut: number } {
  let cut = 0;
  const clip = (text: Text): Text => {
    const clipped = clipText(text, textChars);
    cut += clipped.cut;
    return clipped.text;
  };
  const label = (words: string): string => {
    const clipped = clipString(words, caps.labelChars);
    if (clipped !== words) cut += words.length - clipped.length + 1;
    return clipped;
  };
  const clipped = clipParts(section, clip, label, caps);
  const heading = section.heading === undefined ? {} : { heading: label(section.heading) };
  return { section: { ...clipped, ...heading }, cut: cut + cutColumns(section, caps) };
}

function clipParts(
  section: Section,
  clip: (text: Text) => Text,
  label: (words: string) => string,
  caps: Caps,
): Section {
  switch (section.type) {
    case 'text':
      return { ...section, paragraphs: section.paragraphs.map(clip) };
    case 'fields':
      return {
        ...section,
        fields: section.fields.map((f) => ({ label: label(f.label), value: clip(f.value) })),
      };
    case 'list':
      return { ...section, items: section.items.map((item) => ({ ...item, text: clip(item.text) })) };
    case 'timeline':
      return { ...section, items: section.items.map((i) => ({ date: label(i.date), text: clip(i.text) })) };
    case 'table':
      return {
        ...section,
        columns: section.columns.slice(0, caps.tableColumns).map(label),
        rows: section.rows.map((row) => row.slice(0, caps.tableColumns).map(clip)),
      };
    default:
      return assertNever(section);
  }
}

/** Characters in the columns beyond those that the platform can show. */
function cutColumns(section: Section, caps: Caps): number {
  if (section.type !== 'table' || section.columns.length <= caps.tableColumns) return 0;
  const lostNames = section.columns.slice(caps.tableColumns);
  const lostSpans = section.rows.flatMap((row) => row.slice(caps.tableColumns)).flat();
  const lostWords = [...lostNames, ...lostSpans.map(({ text }) => text)];
  return lostWords.reduce((sum, words) => sum + words.length, 0);
}
