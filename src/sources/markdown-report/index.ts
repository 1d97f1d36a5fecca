import { folderSource } from '../markdown/document.ts';
import { type PreparedMarkdown, prepareMarkdown } from '../markdown/prepare.ts';
import { profileItems } from '../markdown-profile/index.ts';
import { isTellingLine } from '../markdown-profile/labels.ts';
import { unknownMarkingNotice } from '../tags.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { readReportHeading, readSection } from './headings.ts';
import { parseReports } from './parse.ts';
import { reportToRecord } from './to-domain.ts';

/** Event reports in markdown: "# Threat Report: DATE: TITLE", key intelligence, indicators by category. */
export const markdownReportImporter: Importer = {
  kind: 'markdown-report',
  title: 'Event report in markdown',
  detect,
  read,
};

function detect(head: string): number {
  const start = head.slice(0, 400);
  if (/^\s*[[{<](?!!--)/.test(start) && !/^\s*\[[^\]\n]{0,200}\]\(/.test(start)) return 0;
  const lines = head.slice(0, 20_000).split(/\r?\n/);
  if (lines.some((line) => readReportHeading(line) !== undefined)) return 0.95;
  const sections = new Set(lines.map(readSection));
  return sections.has('key') && sections.has('indicators') ? 0.6 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const prepared = prepareMarkdown(document);
  const { reports: part, rest } = partProfiles(prepared);
  const reports = parseReports(part.text, part.ends);
  if (reports.length === 0) {
    const reason = 'no event report; expected a heading "# Threat Report: DATE: TITLE"';
    yield { kind: 'rejection', rejection: { place, path: '', reason } };
    return;
  }
  yield folderSource('markdown-report', place, options);
  for (const parsed of reports) {
    const path = `line ${parsed.line}`;
    if (parsed.title === '') {
      const reason = 'a report without a title; expected "# Threat Report: DATE: TITLE"';
      yield { kind: 'rejection', rejection: { place, path, reason } };
      continue;
    }
    const record = reportToRecord(parsed, place, prepared);
    yield { kind: 'record', record };
    const [first] = parsed.unread;
    if (first !== undefined) {
      const count = parsed.unread.length;
      const text = `${count} ${count === 1 ? 'line' : 'lines'} of the indicators ${count === 1 ? 'is' : 'are'} of no known form and left out; the first is line ${first}`;
      yield { kind: 'notice', notice: { place, path, text } };
    }
    if (record.marking?.unknown === true) {
      const text = unknownMarkingNotice(record.marking);
      yield { kind: 'notice', notice: { place, path, text } };
    }
  }
  if (rest !== undefined) yield* profileItems(rest, place);
}

interface Parted {
  readonly reports: { readonly text: string; readonly ends: ReadonlySet<number> };
  /** The document with its reports blanked, where profiles stand beside them. */
  readonly rest: PreparedMarkdown | undefined;
}

/**
 * Parts the profiles of a document from its reports: what stands in front of the first report, and what follows a
 * heading of the first level, where it has labels that only a profile has.
 */
function partProfiles(prepared: PreparedMarkdown): Parted {
  const lines = prepared.text.split('\n');
  const heads = lines.flatMap((line, index) => (isTop(line) ? [index] : []));
  const ends = new Set<number>();
  const kept = lines.map(() => '');
  for (const [at, from] of [-1, ...heads].entries()) {
    const start = Math.max(0, from);
    const section = lines.slice(start, heads[at] ?? lines.length);
    const isReport = from >= 0 && readReportHeading(lines[from] ?? '') !== undefined;
    if (isReport || !section.some(isTellingLine)) continue;
    ends.add(start);
    for (const [offset, line] of section.entries()) kept[start + offset] = line;
  }
  const rest = ends.size === 0 ? undefined : { ...prepared, text: kept.join('\n') };
  return { reports: { text: prepared.text, ends }, rest };
}

function isTop(line: string): boolean {
  return line.length < 5_000 && (/^#\s+\S/.test(line) || readReportHeading(line) !== undefined);
}
