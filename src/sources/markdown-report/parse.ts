import { markingTagsIn } from '../markdown/document.ts';
import { type BulletReader, createBulletReader, type ReportBullet } from './bullets.ts';
import { readReportHeading, readSection, readSubheading, withoutMarks } from './headings.ts';

/** An event report taken apart, before anything is made of it. Line numbers are 1-based. */
export interface ParsedReport {
  /** As written behind the date, with its "OSINT - ". */
  readonly title: string;
  /** ISO date of the heading, where it has one. */
  readonly headingDate?: string;
  /** The bullets of "Key Intelligence", by lower-case label. */
  readonly key: ReadonlyMap<string, string>;
  readonly bullets: readonly ReportBullet[];
  /** The markings that its lines state, as tags; those in front of the first report hold for all. */
  readonly markings: readonly string[];
  readonly line: number;
  /** Lines among the indicators that are of no form that is known. */
  readonly unread: readonly number[];
}

export type { ReportBullet } from './bullets.ts';

/**
 * Takes the event reports of a text apart: one for each "Threat Report:" heading. One pass over the lines; a value runs
 * until the next bullet or heading of a section, so blank lines and `#` comments inside it stay.
 * @param ends lines (0-based) at which a report is over, whatever it holds
 */
export function parseReports(text: string, ends: ReadonlySet<number> = new Set()): readonly ParsedReport[] {
  const reports: ReportBuilder[] = [];
  const before: string[] = [];
  let current: ReportBuilder | undefined;
  let isOver = false;
  for (const [index, line] of text.split('\n').entries()) {
    const heading = readReportHeading(line);
    if (heading !== undefined) {
      current = createBuilder(heading.title, heading.date, index + 1);
      reports.push(current);
      isOver = false;
    } else if (current === undefined) {
      before.push(...markingTagsIn([line]));
    } else {
      isOver ||= ends.has(index);
      current.add(isOver ? undefined : line, line, index + 1);
    }
  }
  return reports.map((report) => report.finish(before));
}

interface ReportBuilder {
  /** `line` is undefined behind the report's end, where only `marking` is looked at. */
  add(line: string | undefined, marking: string, number: number): void;
  finish(outerMarkings: readonly string[]): ParsedReport;
}

const keyPattern =
  /^\s*(?:(?:[*+•-]|\d{1,2}[.)])\s+)?[*_`]*([A-Za-z][A-Za-z ]{0,39}?)[*_`]*(?:\s*[:：]|\s+[-–—](?=\s))[*_`]*(?:\s(.*)|)$/;
/** What "Key Intelligence" tells without a bullet in front, so that a wrapped line of tags is no label. */
const keyLabels = new Set([
  'date',
  'published',
  'threat level',
  'tags',
  'tlp',
  'marking',
  'title',
  'source',
  'analysis',
]);

function createBuilder(title: string, date: string | undefined, line: number): ReportBuilder {
  const key = new Map<string, string[]>();
  const markings: string[] = [];
  const bullets: BulletReader = createBulletReader();
  let section: 'key' | 'indicators' | 'other' = 'other';
  let openKey: string | undefined;

  const addKey = (text: string): void => {
    const cells = /^\s*\|([^|]{1,60})\|([^|]*)\|?\s*$/.exec(text.slice(0, 200_000));
    const bullet = keyPattern.exec(
      cells === null ? text.slice(0, 200_000) : `${cells[1] ?? ''}: ${cells[2] ?? ''}`,
    );
    const label = bullet?.[1]?.trim().toLowerCase() ?? '';
    const isBullet = cells !== null || /^\s*(?:[*+•-]|\d{1,2}[.)])\s/.test(text.slice(0, 40));
    if (label !== '' && (isBullet || keyLabels.has(label))) {
      openKey = label;
      key.set(label, [withoutMarks(bullet?.[2] ?? '')]);
    } else if (/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(text.slice(0, 100))) {
      openKey = undefined;
    } else if (openKey !== undefined && cells === null) {
      const values = key.get(openKey) ?? [];
      if (text.trim() !== '') values.push(text.trim());
      else if (values.some((value) => value !== '')) openKey = undefined;
    }
  };
  return {
    add(text, marking, number) {
      markings.push(...markingTagsIn([marking]));
      if (text === undefined) {
        bullets.end();
        section = 'other';
        return;
      }
      const next = readSection(text);
      if (next !== undefined && !(bullets.isInText() && !text.startsWith('##'))) {
        bullets.end();
        openKey = undefined;
        section = next;
        return;
      }
      if (section === 'key') addKey(text);
      if (section !== 'indicators') return;
      const category = readSubheading(text, bullets.isInText());
      if (category === undefined) bullets.add(text, number);
      else bullets.startCategory(category);
    },
    finish(outerMarkings) {
      bullets.end();
      return {
        title,
        ...(date === undefined ? {} : { headingDate: date }),
        key: new Map([...key].map(([label, lines]) => [label, lines.join(' ').trim()])),
        bullets: bullets.all(),
        unread: bullets.unread(),
        markings: [...outerMarkings, ...markings],
        line,
      };
    },
  };
}

/**
 * Splits a list of tags at commas outside of quotation marks: `misp-galaxy:sector="Government, Administration"` is
 * one tag. A quotation mark that is never closed holds to the end of the text.
 */
export function splitTags(text: string): readonly string[] {
  const tags: string[] = [];
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"' || char === '“' || char === '”') isQuoted = !isQuoted;
    if (at < text.length && (char !== ',' || isQuoted)) continue;
    const tag = text.slice(start, at).trim().replace(/[“”]/g, '"').replace(/^`|`$/g, '');
    if (tag !== '') tags.push(tag);
    start = at + 1;
  }
  return tags;
}
