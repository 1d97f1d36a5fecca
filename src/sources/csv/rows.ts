import type { EntityType } from '../../domain/entity-type.ts';
import type { SourceRecord } from '../../domain/record.ts';
import { raggedReason, type TableRow } from '../csv-table.ts';
import { distinctClaims } from '../distinct-claims.ts';
import type { ImportItem } from '../types.ts';
import { type Columns, cellKey } from './columns.ts';
import type { OpenTable } from './table.ts';
import { identityOf, type RowIdentity, RowReader, rowToRecord } from './to-domain.ts';

/** Rows that share their key with others are held until the end. */
const maxHeldRows = 50_000;
const maxNoticesPerTable = 1000;

/**
 * The rows of a table as records. Rows of one key are one record: the first with the claims of the others added, as in
 * a table that has a line for each pair of actor and tool. So that only those are held, the table is read twice.
 */
export function* readTableRows(
  table: OpenTable,
  columns: Columns,
  type: EntityType,
  place: string,
): Generator<ImportItem> {
  const shared = sharedKeys(table, columns, type);
  const held = new Map<string, SourceRecord[]>();
  const notices = createNoticeBudget(place);
  let heldRows = 0;
  for (const row of table.rows()) {
    const path = `line ${row.line}`;
    const read = readRow(row, table, columns, type);
    if (read.kind === 'unwanted') continue;
    if (read.kind === 'bad') {
      yield { kind: 'rejection', rejection: { place, path, reason: read.reason } };
      continue;
    }
    const { record, notices: texts } = rowToRecord(read.row, read.identity, type);
    yield* notices.take(path, texts);
    if (!shared.has(record.externalId)) {
      yield { kind: 'record', record };
      continue;
    }
    heldRows += 1;
    const before = held.get(record.externalId);
    if (heldRows > maxHeldRows) {
      const text = `more than ${maxHeldRows} rows share their key with others; give the table a key of its own`;
      yield { kind: 'rejection', rejection: { place, path, reason: text } };
    } else if (before === undefined) held.set(record.externalId, [record]);
    else before.push(record);
  }
  for (const records of held.values()) yield { kind: 'record', record: merge(records) };
  if (held.size > 0) {
    const text = `${heldRows} rows share ${held.size} keys: rows of one key are taken together`;
    yield { kind: 'notice', notice: { place, path: '', text } };
  }
  yield* notices.end();
}

/** The keys that more than one row has. */
function sharedKeys(table: OpenTable, columns: Columns, type: EntityType): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const row of table.rows()) {
    const read = readRow(row, table, columns, type);
    if (read.kind !== 'row') continue;
    if (seen.has(read.identity.key)) shared.add(read.identity.key);
    else seen.add(read.identity.key);
  }
  return shared;
}

type ReadRow =
  | { readonly kind: 'row'; readonly row: RowReader; readonly identity: RowIdentity }
  | { readonly kind: 'unwanted' }
  | { readonly kind: 'bad'; readonly reason: string };

/** A row that is wanted, or why it is none: a broken quote, more cells than columns, no name. */
function readRow(row: TableRow, { header }: OpenTable, columns: Columns, type: EntityType): ReadRow {
  if (row.kind === 'bad') return row;
  const { cells } = row;
  if (!columns.only.every(({ at, values }) => values.has(cellKey(cells[at] ?? '')))) return unwanted;
  const ragged = header === undefined ? undefined : raggedReason(cells, header.length);
  if (ragged !== undefined) return { kind: 'bad', reason: ragged };
  const reader = new RowReader(cells, columns);
  const identity = identityOf(reader, type);
  return identity === undefined ? nameless : { kind: 'row', row: reader, identity };
}

const unwanted: ReadRow = { kind: 'unwanted' };
const nameless: ReadRow = { kind: 'bad', reason: 'no name in the column for names' };

/** The first record with what the others add. */
function merge(records: readonly SourceRecord[]): SourceRecord {
  const [first, ...others] = records;
  if (first === undefined) throw new Error('no record to merge');
  const tags = new Set(records.flatMap((record) => record.tags ?? []));
  // A row with a marking of its own marks what it says, not what the other rows say.
  const more = others.flatMap(({ claims, marking }) =>
    claims.map((claim) =>
      marking === undefined || claim.predicate === 'name' ? claim : { ...claim, marking },
    ),
  );
  return {
    ...first,
    claims: distinctClaims([...first.claims, ...more]),
    ...(tags.size === 0 ? {} : { tags: [...tags] }),
  };
}

interface NoticeBudget {
  take(path: string, texts: readonly string[]): Generator<ImportItem>;
  end(): Generator<ImportItem>;
}

/** A table with the same oddity in each of a million rows tells it a thousand times, then counts. */
function createNoticeBudget(place: string): NoticeBudget {
  let told = 0;
  return {
    *take(path, texts) {
      for (const text of texts) {
        told += 1;
        if (told <= maxNoticesPerTable) yield { kind: 'notice', notice: { place, path, text } };
      }
    },
    *end() {
      if (told <= maxNoticesPerTable) return;
      const text = `${told - maxNoticesPerTable} more notices on this table are not shown`;
      yield { kind: 'notice', notice: { place, path: '', text } };
    },
  };
}
