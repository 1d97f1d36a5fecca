import { nameKey } from '../domain/name-key.ts';
import { guessDelimiter, headerCells, readNamedRows } from './csv-table.ts';
import { isJsonObject, ownValue, parseJsonDocument } from './json-document.ts';
import type { SourceDocument } from './types.ts';

/** A list that its publisher gives both as JSON and as a table. */
export interface ListedFormat {
  /** For people: "the catalogue of …". */
  readonly what: string;
  /** Columns that the table cannot be without, as `nameKey` has them. */
  readonly columns: readonly string[];
  /** The member that holds the list, where it is no list by itself. */
  readonly member?: string;
}

export type ListedItem =
  /** Comes first: the list is there. `top` is the JSON document, undefined for a table. */
  | { readonly kind: 'list'; readonly top: unknown }
  /** An entry by the names of its columns, as `nameKey` has them; the first of columns of one name counts. */
  | { readonly kind: 'entry'; readonly path: string; readonly members: ReadonlyMap<string, unknown> }
  | { readonly kind: 'bad'; readonly path: string; readonly reason: string };

/** True where a document begins as JSON does. */
export function looksLikeJson(head: string): boolean {
  return /^\s*[[{]/.test(head.slice(0, 1000));
}

/** True for a table whose first line names all the columns. */
export function hasColumns(head: string, columns: readonly string[]): boolean {
  const line = firstLine(head);
  const found = new Set(headerCells(line, guessDelimiter(line))?.map(nameKey));
  return columns.every((column) => found.has(column));
}

/** The entries of a list, one after another, each with its place. Never throws. */
export function* readListed(document: SourceDocument, format: ListedFormat): Generator<ListedItem> {
  const head = new TextDecoder('utf-8').decode(document.bytes.subarray(0, 65_536));
  if (looksLikeJson(head)) yield* fromJson(document, format);
  else if (hasColumns(head, format.columns)) yield* fromTable(document.bytes, firstLine(head));
  else {
    const reason = `not ${format.what}; expected JSON, or a table with the columns ${format.columns.join(', ')}`;
    yield { kind: 'bad', path: '', reason };
  }
}

function firstLine(head: string): string {
  return (
    head
      .slice(0, 20_000)
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? ''
  );
}

function* fromJson(document: SourceDocument, format: ListedFormat): Generator<ListedItem> {
  const parsed = parseJsonDocument(document);
  if (parsed.kind === 'rejection') {
    yield { kind: 'bad', path: '', reason: parsed.rejection.reason };
    return;
  }
  const top = parsed.value;
  const { member } = format;
  const list = member !== undefined && isJsonObject(top) ? ownValue(top, member) : top;
  if (!Array.isArray(list)) {
    const where = member === undefined ? 'a list' : `a list \`${member}\``;
    yield { kind: 'bad', path: '', reason: `not ${format.what}; expected ${where}` };
    return;
  }
  yield { kind: 'list', top };
  const entries: readonly unknown[] = list;
  for (const [index, entry] of entries.entries()) {
    const path = `${member ?? ''}[${index}]`;
    yield isJsonObject(entry)
      ? { kind: 'entry', path, members: membersOf(entry) }
      : { kind: 'bad', path, reason: 'no object; expected one for each entry' };
  }
}

function membersOf(entry: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const members = new Map<string, unknown>();
  for (const [key, value] of Object.entries(entry)) {
    const name = key.length > 100 ? '' : nameKey(key);
    if (name !== '' && !members.has(name)) members.set(name, value);
  }
  return members;
}

function* fromTable(bytes: Uint8Array, header: string): Generator<ListedItem> {
  yield { kind: 'list', top: undefined };
  for (const row of readNamedRows(bytes, { delimiter: guessDelimiter(header) })) {
    const path = `line ${row.line}`;
    yield row.kind === 'bad'
      ? { kind: 'bad', path, reason: row.reason }
      : { kind: 'entry', path, members: row.values };
  }
}
