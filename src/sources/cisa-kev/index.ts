import { nameKey } from '../../domain/name-key.ts';
import type { SourceInfo } from '../../domain/source.ts';
import { assertNever } from '../../support/assert-never.ts';
import { guessDelimiter, headerCells, readNamedRows } from '../csv-table.ts';
import { parseJsonDocument } from '../json-document.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { catalogSchema, readEntry } from './schema.ts';
import { entryToRecord } from './to-domain.ts';

/** CISA's catalogue of known exploited vulnerabilities, as JSON or CSV. Each document is the whole catalogue. */
export const cisaKevImporter: Importer = {
  kind: 'cisa-kev',
  title: 'CISA catalogue of known exploited vulnerabilities (JSON or CSV)',
  detect,
  read,
};

function detect(head: string): number {
  if (looksLikeJson(head)) {
    const hasList = /"vulnerabilities"\s{0,20}:\s{0,20}\[/.test(head);
    const isCatalogue = /"catalogVersion"\s{0,20}:/.test(head) || /"dateReleased"\s{0,20}:/.test(head);
    const hasEntry = /"cveID"\s{0,20}:/i.test(head) && /"dateAdded"\s{0,20}:/i.test(head);
    return (hasList && (isCatalogue || hasEntry)) || (hasEntry && /"vendorProject"/i.test(head)) ? 0.95 : 0;
  }
  const line = firstLine(head);
  const columns = new Set((headerCells(line, guessDelimiter(line)) ?? []).map(nameKey));
  return columns.has('cveid') && columns.has('dateadded') && columns.has('vendorproject') ? 0.95 : 0;
}

function looksLikeJson(head: string): boolean {
  return /^\s*[[{]/.test(head.slice(0, 1000));
}

function firstLine(head: string): string {
  return (
    head
      .slice(0, 20_000)
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? ''
  );
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const head = new TextDecoder('utf-8').decode(document.bytes.subarray(0, 65_536));
  const source = looksLikeJson(head) ? jsonEntries(document) : csvEntries(document, firstLine(head));
  const seen = new Set<string>();
  for (const item of source) {
    switch (item.kind) {
      case 'catalogue':
        yield { kind: 'source', source: sourceOf(options, item.version), complete: true };
        break;
      case 'bad':
        yield {
          kind: 'rejection',
          rejection: { place: document.place, path: item.path, reason: item.reason },
        };
        break;
      case 'entry':
        yield* entryItems(item, document.place, seen);
        break;
      default:
        assertNever(item);
    }
  }
}

type Item =
  | { readonly kind: 'catalogue'; readonly version?: string | undefined }
  | { readonly kind: 'entry'; readonly path: string; readonly value: unknown }
  | { readonly kind: 'bad'; readonly path: string; readonly reason: string };

function* jsonEntries(document: SourceDocument): Generator<Item> {
  const parsed = parseJsonDocument(document);
  if (parsed.kind === 'rejection') {
    yield { kind: 'bad', path: parsed.rejection.path, reason: parsed.rejection.reason };
    return;
  }
  const value = Array.isArray(parsed.value) ? { vulnerabilities: parsed.value } : parsed.value;
  const catalogue = catalogSchema.safeParse(value);
  if (!catalogue.success) {
    const reason = 'no KEV catalogue; expected an object with a list `vulnerabilities`';
    yield { kind: 'bad', path: '', reason };
    return;
  }
  yield { kind: 'catalogue', version: catalogue.data.catalogVersion };
  for (const [index, entry] of catalogue.data.vulnerabilities.entries()) {
    yield { kind: 'entry', path: `vulnerabilities[${index}]`, value: entry };
  }
}

function* csvEntries({ bytes }: SourceDocument, header: string): Generator<Item> {
  const delimiter = guessDelimiter(header);
  if (headerCells(header, delimiter)?.some((cell) => nameKey(cell) === 'cveid') !== true) {
    yield {
      kind: 'bad',
      path: '',
      reason: 'no KEV catalogue; expected JSON, or a table with a column `cveID`',
    };
    return;
  }
  yield { kind: 'catalogue' };
  for (const row of readNamedRows(bytes, { delimiter })) {
    const path = `line ${row.line}`;
    yield row.kind === 'bad'
      ? { kind: 'bad', path, reason: row.reason }
      : { kind: 'entry', path, value: row.values };
  }
}

function* entryItems(
  { path, value }: { readonly path: string; readonly value: unknown },
  place: string,
  seen: Set<string>,
): Iterable<ImportItem> {
  const result = readEntry(value);
  if (!result.ok) {
    yield { kind: 'rejection', rejection: { place, path, reason: result.reason } };
    return;
  }
  const record = entryToRecord(result.entry);
  if (seen.has(record.externalId)) {
    const text = `${record.externalId} stands in the catalogue before: the first entry is kept`;
    yield { kind: 'notice', notice: { place, path, text } };
    return;
  }
  seen.add(record.externalId);
  yield { kind: 'record', record };
  if (record.created === undefined) {
    const text = `${record.externalId} has no date on which it was added`;
    yield { kind: 'notice', notice: { place, path, text } };
  }
}

function sourceOf(options: ImportOptions, version: string | undefined): SourceInfo {
  return {
    name: options.sourceName ?? 'cisa-kev',
    kind: 'cisa-kev',
    title: options.sourceName ?? 'CISA Known Exploited Vulnerabilities',
    licence: 'CC0 1.0 (CISA)',
    defaultMarking: options.defaultMarking ?? 'clear',
    reliability: 'A',
    ...(version === undefined ? {} : { version }),
  };
}
