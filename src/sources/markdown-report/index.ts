import { documentText, folderSource } from '../markdown/document.ts';
import { unknownMarkingNotice } from '../tags.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { isReportHeading, parseReports } from './parse.ts';
import { reportToRecord } from './to-domain.ts';

/** Event reports in markdown: "# Threat Report: DATE: TITLE", key intelligence, indicators by category. */
export const markdownReportImporter: Importer = {
  kind: 'markdown-report',
  title: 'Event report in markdown',
  detect,
  read,
};

function detect(head: string): number {
  if (/^\s*[[{<]/.test(head.slice(0, 100)) && !/^\s*\[[^\]\n]{0,200}\]\(/.test(head.slice(0, 400))) return 0;
  const lines = head.slice(0, 20_000).split(/\r?\n/);
  if (lines.some(isReportHeading)) return 0.95;
  const hasKey = lines.some((line) => /^##\s+Key Intelligence\s*$/i.test(line.slice(0, 100)));
  const hasIndicators = lines.some((line) => /^##\s+Indicators of Compromise\b/i.test(line.slice(0, 100)));
  return hasKey && hasIndicators ? 0.6 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const reports = parseReports(documentText(document));
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
    const record = reportToRecord(parsed, place);
    yield { kind: 'record', record };
    if (record.marking?.unknown === true) {
      const text = unknownMarkingNotice(record.marking);
      yield { kind: 'notice', notice: { place, path, text } };
    }
  }
}
