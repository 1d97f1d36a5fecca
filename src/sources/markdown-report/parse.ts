import { markingTagsIn } from '../markdown/document.ts';

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
}

/** One `* type: value` bullet of the indicators, its value over as many lines as it has. */
export interface ReportBullet {
  readonly category: string;
  readonly type: string;
  readonly value: string;
  readonly line: number;
}

const headingPattern = /^#{1,2}\s+Threat Report\s*:\s*(.*)$/i;
const keyPattern = /^[*-]\s+\**([A-Za-z][A-Za-z ]{0,39})\**\s*:\**(?:\s(.*)|)$/;
const maxCategoryChars = 80;

/** True for a line that begins an event report. */
export function isReportHeading(line: string): boolean {
  return line.length < 5000 && headingPattern.test(line);
}

/**
 * Takes the event reports of a text apart: one for each "# Threat Report:" heading. One pass over the lines; a
 * value runs until the next bullet or `##` heading, so blank lines and `#` comments inside it stay.
 */
export function parseReports(text: string): readonly ParsedReport[] {
  const reports: ReportBuilder[] = [];
  const before: string[] = [];
  let current: ReportBuilder | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const heading = line.length < 5000 ? headingPattern.exec(line) : null;
    if (heading !== null) {
      current = createBuilder(heading[1] ?? '', index + 1);
      reports.push(current);
    } else if (current === undefined) {
      before.push(...markingTagsIn([line]));
    } else {
      current.add(line, index + 1);
    }
  }
  return reports.map((report) => report.finish(before));
}

interface ReportBuilder {
  add(line: string, number: number): void;
  finish(outerMarkings: readonly string[]): ParsedReport;
}

function createBuilder(heading: string, line: number): ReportBuilder {
  const key = new Map<string, string[]>();
  const bullets: ReportBullet[] = [];
  const markings: string[] = [];
  let section: 'key' | 'indicators' | 'other' = 'other';
  let category = '';
  let open: { category: string; type: string; lines: string[]; line: number } | undefined;
  let openKey: string | undefined;

  const close = (): void => {
    if (open !== undefined) bullets.push({ ...open, value: joinValue(open.lines) });
    open = undefined;
    openKey = undefined;
  };
  const startSection = (name: string): void => {
    close();
    section = /^key intelligence/i.test(name) ? 'key' : /^indicators/i.test(name) ? 'indicators' : 'other';
    category = '';
  };
  return {
    add(text, number) {
      markings.push(...markingTagsIn([text]));
      const sub = /^(#{2,4})\s+(.{1,200})$/.exec(text.length < 300 ? text.trimEnd() : '');
      if (sub?.[1] === '##') return startSection(sub[2] ?? '');
      if (sub !== null && section === 'indicators' && (sub[2] ?? '').length <= maxCategoryChars) {
        close();
        category = sub[2] ?? '';
        return undefined;
      }
      if (section === 'key') {
        const bullet = keyPattern.exec(text.slice(0, 200_000));
        if (bullet?.[1] !== undefined) {
          openKey = bullet[1].trim().toLowerCase();
          key.set(openKey, [(bullet[2] ?? '').trim()]);
        } else if (/^-{3,}\s*$/.test(text.slice(0, 100))) {
          close();
        } else if (openKey !== undefined && text.trim() !== '') {
          key.get(openKey)?.push(text.trim());
        }
        return undefined;
      }
      if (section !== 'indicators') return undefined;
      const bullet = bulletStart(text);
      if (bullet !== undefined) {
        close();
        open = { category, type: bullet.type, lines: [bullet.rest], line: number };
      } else {
        open?.lines.push(text);
      }
      return undefined;
    },
    finish(outerMarkings) {
      close();
      const dated = /^(\d{4}-\d{2}-\d{2})\s*:?\s*(.*)$/.exec(heading.trim());
      return {
        title: (dated?.[2] ?? heading).trim(),
        ...(dated?.[1] === undefined ? {} : { headingDate: dated[1] }),
        key: new Map([...key].map(([label, lines]) => [label, lines.join(' ').trim()])),
        bullets,
        markings: [...outerMarkings, ...markings],
        line,
      };
    },
  };
}

/** MISP's attribute types are lower case ("AS" apart): `* Note: …` inside a prose value begins no bullet. */
function bulletStart(text: string): { readonly type: string; readonly rest: string } | undefined {
  if (!text.startsWith('* ') && !text.startsWith('- ')) return undefined;
  const colon = text.slice(0, 70).indexOf(':');
  const type = colon < 0 ? '' : text.slice(2, colon).trim();
  const isType = /^(?:[a-z][a-z0-9|_/-]*|AS)$/.test(type);
  const next = text.charAt(colon + 1);
  return isType && (next === '' || next === ' ' || next === '\t')
    ? { type, rest: text.slice(colon + 1).trim() }
    : undefined;
}

function joinValue(lines: readonly string[]): string {
  return lines.join('\n').trim();
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
    if (char === '"') isQuoted = !isQuoted;
    if (at < text.length && (char !== ',' || isQuoted)) continue;
    const tag = text.slice(start, at).trim();
    if (tag !== '') tags.push(tag);
    start = at + 1;
  }
  return tags;
}
