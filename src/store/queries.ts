import { type Kysely, sql } from 'kysely';
import type { Reliability } from '../domain/source.ts';
import { reliabilities } from '../domain/source.ts';
import { type Tlp, tlpLevels, unknownMarkingLevel } from '../domain/tlp.ts';
import { decodeIndicators, decodeRecord, lookupKey } from './encode-record.ts';
import type { Engine } from './engine.ts';
import { translating } from './errors.ts';
import type { Tables } from './schema.ts';
import {
  type ChangeKind,
  changeKinds,
  type IndicatorPage,
  type StoredChange,
  type StoredIndicator,
  type StoredRecord,
  type StoredSource,
  type ValueRange,
} from './types.ts';

export async function readSources(db: Kysely<Tables>): Promise<readonly StoredSource[]> {
  const rows = await db.selectFrom('source').selectAll().orderBy('name').execute();
  const scopes = await db
    .selectFrom('source_scope')
    .select(['source', 'scope', 'version'])
    .where('scope', '!=', '')
    .where('version', 'is not', null)
    .orderBy('scope')
    .execute();
  return rows.map((row) => {
    const versions = scopes.filter((scope) => scope.source === row.name);
    return {
      name: row.name,
      kind: row.kind,
      title: row.title,
      licence: row.licence,
      defaultMarking: toTlp(row.default_marking),
      reliability: toReliability(row.reliability),
      ...(row.version === null ? {} : { version: row.version }),
      recordCount: row.record_count,
      importedAt: row.imported_at,
      ...(row.bundle_hash === null ? {} : { bundleHash: row.bundle_hash }),
      ...(versions.length === 0
        ? {}
        : { scopeVersions: Object.fromEntries(versions.map((one) => [one.scope, one.version ?? ''])) }),
    };
  });
}

const pageSize = 2000;

interface RecordRow {
  readonly source: string;
  readonly external_id: string;
  readonly content: string;
  readonly content_hash: string;
  readonly valid_from: number;
  readonly valid_to: number | null;
  readonly bundled: number;
}

type ReadPage = (
  db: Kysely<Tables>,
  after: Pick<RecordRow, 'source' | 'external_id'>,
) => Promise<readonly RecordRow[]>;

/** Reads record rows in pages from one snapshot, on a connection of its own. */
async function* readInPages(engine: Engine, readPage: ReadPage): AsyncGenerator<StoredRecord> {
  const own = await translating(engine.translate, () => engine.connect());
  try {
    const transaction = await translating(engine.translate, () =>
      own.db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(),
    );
    let after: Pick<RecordRow, 'source' | 'external_id'> = { source: '', external_id: '' };
    for (;;) {
      const rows = await translating(engine.translate, () => readPage(transaction, after));
      for (const row of rows) yield toStoredRecord(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageSize) return;
      after = last;
    }
  } finally {
    await own.close();
  }
}

export function readRecords(engine: Engine): AsyncIterable<StoredRecord> {
  return readInPages(engine, (db, after) =>
    db
      .selectFrom('record')
      .select(['source', 'external_id', 'content', 'content_hash', 'valid_from', 'valid_to', 'bundled'])
      .where('valid_to', 'is', null)
      .where(sql<boolean>`(source, external_id) > (${after.source}, ${after.external_id})`)
      .orderBy('source')
      .orderBy('external_id')
      .limit(pageSize)
      .execute(),
  );
}

export function readRecordsAt(engine: Engine, at: number): AsyncIterable<StoredRecord> {
  const columns = [
    'source',
    'external_id',
    'content',
    'content_hash',
    'valid_from',
    'valid_to',
    'bundled',
  ] as const;
  return readInPages(engine, (db, after) => {
    const isAfter = sql<boolean>`(source, external_id) > (${after.source}, ${after.external_id})`;
    return db
      .selectFrom('record')
      .select(columns)
      .where('valid_from', '<=', at)
      .where((row) => row.or([row('valid_to', 'is', null), row('valid_to', '>', at)]))
      .where(isAfter)
      .unionAll((query) =>
        query
          .selectFrom('record_version')
          .select(columns)
          .where('valid_from', '<=', at)
          .where('valid_to', '>', at)
          .where(isAfter),
      )
      .orderBy('source')
      .orderBy('external_id')
      .limit(pageSize)
      .execute();
  });
}

function toStoredRecord(row: RecordRow): StoredRecord {
  return {
    source: row.source,
    record: decodeRecord(row.content),
    contentHash: row.content_hash,
    validFrom: row.valid_from,
    present: row.valid_to === null,
    bundled: row.bundled === 1,
  };
}

export async function readChanges(
  db: Kysely<Tables>,
  from: number,
  to: number,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('record_change')
    .selectAll()
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    source: row.source,
    recordId: row.external_id,
    kind: toChangeKind(row.kind),
    title: row.title,
    marking: toTlp(row.marking),
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  }));
}

export async function readFirstImports(db: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom(
      db
        .selectFrom('record')
        .select(['source', (row) => row.fn.min('valid_from').as('first')])
        .groupBy('source')
        .unionAll((query) =>
          query
            .selectFrom('record_version')
            .select(['source', (row) => row.fn.min('valid_from').as('first')])
            .groupBy('source'),
        )
        .as('begin'),
    )
    .select(['source', (row) => row.fn.min('first').as('first')])
    .groupBy('source')
    .orderBy('source')
    .execute();
  return new Map(rows.map(({ source, first }) => [source, first]));
}

const maxLookupValues = 1000;

export async function readIndicators(
  db: Kysely<Tables>,
  lookupValues: readonly string[],
  limit: number,
): Promise<readonly StoredIndicator[]> {
  const keys = [...new Set(lookupValues.map(lookupKey))];
  const found: StoredIndicator[] = [];
  for (let start = 0; start < keys.length && found.length < limit; start += maxLookupValues) {
    const part = keys.slice(start, start + maxLookupValues);
    found.push(...(await readIndicatorPart(db, part, limit - found.length)));
  }
  return found;
}

async function readIndicatorPart(
  db: Kysely<Tables>,
  keys: readonly string[],
  limit: number,
): Promise<readonly StoredIndicator[]> {
  const rows = await db
    .selectFrom('indicator_value as value')
    .innerJoin('indicator', (join) =>
      join
        .onRef('indicator.source', '=', 'value.source')
        .onRef('indicator.external_id', '=', 'value.external_id')
        .onRef('indicator.position', '=', 'value.position'),
    )
    .innerJoin('record', (join) =>
      join.onRef('record.source', '=', 'value.source').onRef('record.external_id', '=', 'value.external_id'),
    )
    .select(['indicator.source', 'indicator.external_id', 'indicator.position', 'indicator.content'])
    .distinct()
    .where('value.value', 'in', keys)
    .where('record.valid_to', 'is', null)
    .orderBy('indicator.source')
    .orderBy('indicator.external_id')
    .orderBy('indicator.position')
    .limit(limit)
    .execute();
  return rows.flatMap((row) =>
    decodeIndicators(`[${row.content}]`).map((indicator) => ({
      source: row.source,
      recordId: row.external_id,
      indicator,
    })),
  );
}

const maxRanges = 256;

export async function readIndicatorValues(
  db: Kysely<Tables>,
  ranges: readonly ValueRange[],
  limit: number,
): Promise<readonly string[]> {
  const found = new Set<string>();
  // One range at a time, so that each is one walk along the key.
  for (const { from, to } of ranges.slice(0, maxRanges)) {
    if (found.size >= limit) break;
    const rows = await db
      .selectFrom('indicator_value')
      .select('value')
      .distinct()
      .where('value', '>=', from)
      .where('value', '<', to)
      .orderBy('value')
      .limit(limit - found.size)
      .execute();
    for (const { value } of rows) found.add(value);
  }
  return [...found];
}

export async function readIndicatorsOf(
  db: Kysely<Tables>,
  source: string,
  recordId: string,
  limit: number,
): Promise<IndicatorPage> {
  const record = await db
    .selectFrom('record')
    .select('indicator_count')
    .where('source', '=', source)
    .where('external_id', '=', recordId)
    .where('valid_to', 'is', null)
    .executeTakeFirst();
  if (record === undefined || record.indicator_count === 0) return { total: 0, indicators: [] };
  const rows = await db
    .selectFrom('indicator')
    .select('content')
    .where('source', '=', source)
    .where('external_id', '=', recordId)
    .orderBy('position')
    .limit(limit)
    .execute();
  return {
    total: record.indicator_count,
    indicators: decodeIndicators(`[${rows.map((row) => row.content).join(',')}]`),
  };
}

export async function readKnowledgeVersion(db: Kysely<Tables>): Promise<number> {
  const row = await db.selectFrom('knowledge').select('version').executeTakeFirstOrThrow();
  return row.version;
}

// Values that a damaged or a newer database holds fall to the safe side.
function toTlp(text: string): Tlp {
  return tlpLevels.find((level) => level === text) ?? unknownMarkingLevel;
}

function toReliability(text: string): Reliability {
  return reliabilities.find((one) => one === text) ?? 'F';
}

function toChangeKind(text: string): ChangeKind {
  const kind = changeKinds.find((one) => one === text);
  if (kind === undefined) throw new Error(`a stored change has the unknown kind ${text}`);
  return kind;
}
