import type { SourceInfo } from '../../domain/source.ts';
import { assertNever } from '../../support/assert-never.ts';
import { hasColumns, type ListedFormat, looksLikeJson, readListed } from '../listed.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { rowToReport } from './to-domain.ts';

/** The index of APTnotes, as JSON or CSV. Each document is the whole index. */
export const aptnotesImporter: Importer = {
  kind: 'aptnotes',
  title: 'APTnotes index of reports (JSON or CSV)',
  detect,
  read,
  mentions: true,
};

const format: ListedFormat = {
  what: 'an index of APTnotes',
  columns: ['filename', 'title', 'link', 'sha1'],
};

function detect(head: string): number {
  if (!looksLikeJson(head)) return hasColumns(head, format.columns) ? 0.95 : 0;
  const keys = [/"filename"\s{0,20}:/i, /"title"\s{0,20}:/i, /"link"\s{0,20}:/i, /"sha-?1"\s{0,20}:/i];
  return /^\s*\[/.test(head.slice(0, 1000)) && keys.every((key) => key.test(head)) ? 0.95 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const seen = new Set<string>();
  for (const item of readListed(document, format)) {
    switch (item.kind) {
      case 'list':
        yield { kind: 'source', source: sourceOf(options), complete: true };
        break;
      case 'bad':
        yield { kind: 'rejection', rejection: { place, path: item.path, reason: item.reason } };
        break;
      case 'entry':
        yield* reportItems(item.path, item.members, place, seen);
        break;
      default:
        assertNever(item);
    }
  }
}

function* reportItems(
  path: string,
  members: ReadonlyMap<string, unknown>,
  place: string,
  seen: Set<string>,
): Iterable<ImportItem> {
  const result = rowToReport(members);
  if (!result.ok) {
    yield { kind: 'rejection', rejection: { place, path, reason: result.reason } };
    return;
  }
  const { record, dateNotice } = result;
  if (seen.has(record.externalId)) {
    const text = `"${record.title.slice(0, 80)}" stands in the index before, with the same file: taken once`;
    yield { kind: 'notice', notice: { place, path, text } };
    return;
  }
  seen.add(record.externalId);
  yield { kind: 'record', record };
  if (dateNotice !== undefined) yield { kind: 'notice', notice: { place, path, text: dateNotice } };
}

function sourceOf(options: ImportOptions): SourceInfo {
  return {
    name: options.sourceName ?? 'aptnotes',
    kind: 'aptnotes',
    title: options.sourceName ?? 'APTnotes',
    licence: 'none stated by APTnotes; the reports are their publishers’',
    defaultMarking: options.defaultMarking ?? 'clear',
    reliability: 'C',
  };
}
