import { assertNever } from '../support/assert-never.ts';
import type { Section, Text } from './card.ts';

/** The numbers of all source notes that these sections, and the subtitle, cite. */
export function citedNumbers(sections: readonly Section[], subtitle?: Text): ReadonlySet<number> {
  const texts = [...sections.flatMap(textsOf), ...(subtitle === undefined ? [] : [subtitle])];
  return new Set(texts.flatMap((text) => text.flatMap((span) => span.cites ?? [])));
}

/** Every text of a section, in reading order; labels and dates are not among them. */
export function textsOf(section: Section): readonly Text[] {
  switch (section.type) {
    case 'text':
      return section.paragraphs;
    case 'fields':
      return section.fields.map(({ value }) => value);
    case 'list':
    case 'timeline':
      return section.items.map(({ text }) => text);
    case 'table':
      return section.rows.flat();
    default:
      return assertNever(section);
  }
}
