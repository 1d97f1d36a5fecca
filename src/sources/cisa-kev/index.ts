import type { SourceInfo } from '../../domain/source.ts';
import { assertNever } from '../../support/assert-never.ts';
import { hasColumns, type ListedFormat, looksLikeJson, readListed } from '../listed.ts';
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

const format: ListedFormat = {
  what: 'a catalogue of known exploited vulnerabilities',
  columns: ['cveid', 'vendorproject', 'dateadded'],
  member: 'vulnerabilities',
};

function detect(head: string): number {
  if (!looksLikeJson(head)) return hasColumns(head, format.columns) ? 0.95 : 0;
  const hasList = /"vulnerabilities"\s{0,20}:\s{0,20}\[/.test(head);
  const isCatalogue = /"(?:catalogVersion|dateReleased)"\s{0,20}:/.test(head);
  const hasEntry = /"cveID"\s{0,20}:/i.test(head) && /"dateAdded"\s{0,20}:/i.test(head);
  return (hasList && (isCatalogue || hasEntry)) || (hasEntry && /"vendorProject"/i.test(head)) ? 0.95 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const seen = new Set<string>();
  for (const item of readListed(document, format)) {
    switch (item.kind) {
      case 'list': {
        const version = catalogSchema.safeParse(item.top).data?.catalogVersion;
        yield { kind: 'source', source: sourceOf(options, version), complete: true };
        break;
      }
      case 'bad':
        yield { kind: 'rejection', rejection: { place, path: item.path, reason: item.reason } };
        break;
      case 'entry':
        yield* entryItems(item, place, seen);
        break;
      default:
        assertNever(item);
    }
  }
}

function* entryItems(
  { path, members }: { readonly path: string; readonly members: ReadonlyMap<string, unknown> },
  place: string,
  seen: Set<string>,
): Iterable<ImportItem> {
  const result = readEntry(members);
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
