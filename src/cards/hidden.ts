import { assertNever } from '../support/assert-never.ts';
import type { Section } from './card.ts';
import { countOf, formatCount } from './format.ts';
import { clipString } from './measure.ts';

/** One thing that a view of a card leaves out, and the section it belongs to. */
export interface Hidden {
  /** As the card says it: `12 techniques`. */
  readonly label: string;
  /** Position of the section in the card; absent for sources, badges and buttons. */
  readonly sectionIndex?: number;
  /** True when nothing of the section is left, so that the note stands at the card's end. */
  readonly whole: boolean;
}

/** Words that count without a plural s. */
const uncountable = new Set(['software', 'malware']);

/** How many things a section shows: paragraphs, fields, items or rows. */
export function sizeOf(section: Section): number {
  switch (section.type) {
    case 'text':
      return section.paragraphs.length;
    case 'fields':
      return section.fields.length;
    case 'list':
    case 'timeline':
      return section.items.length;
    case 'table':
      return section.rows.length;
    default:
      return assertNever(section);
  }
}

/** How many things a section has in all. */
export function totalOf(section: Section): number {
  return Math.max(sizeOf(section), section.total ?? 0);
}

/** What is left out of a section when `shown` of its things are shown; undefined when nothing is. */
export function hiddenLabel(section: Section, shown: number): string | undefined {
  const count = totalOf(section) - shown;
  if (count <= 0) return undefined;
  switch (section.type) {
    case 'text':
      return shown === 0 ? sectionName(section) : `${countOf(count, 'paragraph')} of ${sectionName(section)}`;
    case 'fields':
      return shown === 0 ? sectionName(section) : `${countOf(count, 'line')} of ${sectionName(section)}`;
    case 'list':
    case 'timeline':
    case 'table':
      return countedLabel(section, count);
    default:
      return assertNever(section);
  }
}

/** The section's name in quotation marks, as people see it. */
export function sectionName(section: Section): string {
  return `“${clipString(section.heading ?? headingOf(section.id), 60)}”`;
}

function headingOf(id: string): string {
  return `${id.slice(0, 1).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;
}

function countedLabel(section: Section, count: number): string {
  const word = pluralWord(section.id);
  if (word === undefined) return `${formatCount(count)} more in ${sectionName(section)}`;
  return `${formatCount(count)} ${count === 1 ? singular(word) : word}`;
}

/** The section's id as a word that counts its items: `techniques`; undefined when it is none. */
export function pluralWord(id: string): string | undefined {
  if (!/^[a-z]{3,24}(?:-[a-z]{2,24})?$/.test(id)) return undefined;
  return id.endsWith('s') || uncountable.has(id) ? id.replace('-', ' ') : undefined;
}

function singular(word: string): string {
  if (uncountable.has(word)) return word;
  if (word === 'aliases') return 'alias';
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
