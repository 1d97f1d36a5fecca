import type { PreparedRecord } from './prepare.ts';
import type { KnownRecord, RecordKey } from './types.ts';

/** Finds a record by its key. The table is made when someone first asks. */
export function createRecordFinder(
  records: readonly PreparedRecord[],
): (key: RecordKey) => KnownRecord | undefined {
  let table: ReadonlyMap<string, PreparedRecord> | undefined;
  return (key) => {
    table ??= new Map(
      records.map((item) => [keyText({ source: item.source, externalId: item.record.externalId }), item]),
    );
    const found = table.get(keyText(key));
    return found === undefined ? undefined : toKnownRecord(found);
  };
}

function keyText({ source, externalId }: RecordKey): string {
  return `${source}\n${externalId}`;
}

function toKnownRecord({ source, record, marking }: PreparedRecord): KnownRecord {
  const date = record.modified ?? record.created;
  return {
    source,
    externalId: record.externalId,
    title: record.title,
    ...(record.collection === undefined ? {} : { collection: record.collection }),
    ...(record.publisher === undefined ? {} : { publisher: record.publisher }),
    ...(record.url === undefined ? {} : { url: record.url }),
    ...(date === undefined ? {} : { date }),
    marking,
    externalIds: record.entity?.externalIds ?? [],
    state: record.revoked === true ? 'revoked' : record.deprecated === true ? 'deprecated' : 'current',
  };
}
