import type { SourceInfo } from '../../domain/source.ts';
import { slug } from '../stix/text.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { findColumns, guessMapping } from './columns.ts';
import { type Mapping, mappingSchema, parseMapping } from './mapping.ts';
import { readTableRows } from './rows.ts';
import { headerAtTop, type OpenTable, openTable } from './table.ts';

/** Tables of an operator's own, read as a mapping says; a plain list of actors by its header alone. */
export const csvImporter: Importer = {
  kind: 'csv',
  title: 'Table with a mapping (CSV, TSV and the like)',
  detect,
  read,
  mentions: true,
};

/** Tables of publishers that have an importer of their own come first. */
function detect(head: string): number {
  const header = headerAtTop(head);
  return header !== undefined && guessMapping(header) !== undefined ? 0.55 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const opened = open(document, options);
  if (!opened.ok) {
    yield { kind: 'rejection', rejection: { place, path: '', reason: opened.reason } };
    return;
  }
  const { mapping, table, guessed } = opened;
  const found = findColumns(mapping, table.header);
  if (!found.ok) {
    yield { kind: 'rejection', rejection: { place, path: '', reason: found.reason } };
    return;
  }
  yield {
    kind: 'source',
    source: sourceOf(mapping, place, options),
    complete: mapping.source.complete ?? false,
  };
  for (const text of [...guessed, ...found.columns.repeated.map(repeatedNotice)]) {
    yield { kind: 'notice', notice: { place, path: '', text } };
  }
  yield* readTableRows(table, found.columns, mapping.type, place);
}

type Opened =
  | {
      readonly ok: true;
      readonly mapping: Mapping;
      readonly table: OpenTable;
      readonly guessed: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

function open({ bytes }: SourceDocument, options: ImportOptions): Opened {
  if (options.mapping !== undefined) {
    const parsed = parseMapping(options.mapping);
    if (!parsed.ok) return parsed;
    return { ok: true, mapping: parsed.mapping, table: openTable(bytes, parsed.mapping.table), guessed: [] };
  }
  const table = openTable(bytes, { comment: '#' });
  const guess = guessMapping(table.header ?? []);
  if (guess === undefined) {
    const reason = 'a table whose header does not tell a list of actors; say how to read it with a mapping';
    return { ok: false, reason };
  }
  const mapping: Mapping = { ...mappingSchema.parse({ columns: {} }), columns: guess.columns };
  const taken = `read without a mapping: took the columns ${guess.taken.join(', ')}`;
  const dropped = guess.dropped.length === 0 ? '' : `; left out ${guess.dropped.join(', ')}`;
  return { ok: true, mapping, table, guessed: [`${taken}${dropped}`.slice(0, 2000)] };
}

function repeatedNotice(column: string): string {
  return `the column "${column.slice(0, 60)}" stands in the header more than once: the first is read`;
}

function sourceOf({ source }: Mapping, place: string, options: ImportOptions): SourceInfo {
  const file =
    place
      .replace(/[?#][^]*/, '')
      .split(/[\\/]+/)
      .at(-1) ?? '';
  const words = slug(file.replace(/(?:\.[a-z0-9]{1,5}){1,2}$/i, '')) || 'table';
  return {
    name: options.sourceName ?? source.name ?? words,
    kind: 'csv',
    title: source.title ?? options.sourceName ?? source.name ?? `${words} (table)`,
    licence: source.licence ?? 'none stated: ask the author before passing it on',
    defaultMarking: options.defaultMarking ?? source.marking ?? 'green',
    reliability: source.reliability ?? 'F',
  };
}
