import {
  type ChangeDraft,
  type DiffOptions,
  diffRecords,
  entityKeys,
  isFoldedInto,
  type RecordVersion,
} from '../knowledge/changes.ts';
import { refKey } from '../knowledge/claim-key.ts';
import { createBatchInsert } from './batch-insert.ts';
import { canonicalJson } from './canonical-json.ts';
import { decodeRecord, storableText } from './encode-record.ts';
import { hasOnlyBundled } from './import-state.ts';
import { type ImportContext, idsComingBack, inParts } from './import-writes.ts';

const pageSize = 500;

interface RecordDrafts {
  readonly externalId: string;
  readonly drafts: readonly ChangeDraft[];
  /** Set where the record was not there before. */
  readonly created?: RecordVersion;
}

/**
 * Notes what a live import alters. The first import of a source (or of a part of one) notes its entities and
 * reports only: that all their claims are new goes without saying; likewise the first of the release that came with
 * the product. In later imports a relationship of an entity
 * that is new in the same import is covered by that entity's `entity-new`. Runs before the records are written, a
 * page of records at a time.
 */
export async function writeChanges(context: ImportContext): Promise<void> {
  const { db, source, state } = context;
  const isOverBundle = await hasOnlyBundled(db, source.name);
  const isFirst = !state.importedBefore || (isOverBundle && (await isSameRelease(context)));
  const options: DiffOptions = {
    defaultMarking: source.defaultMarking,
    level: isFirst ? 'entities' : 'claims',
    overBundle: isOverBundle,
  };
  const write = changeWriter(context);
  if (state.revision === -1) {
    await write([{ externalId: '', drafts: [await newSourceDraft(context)] }]);
  }
  // Changes of claims are not noted at the first import, so nothing needs to be covered.
  if (!isFirst) await noteNewKeys(context);
  for await (const page of stagedDrafts(context, options)) {
    await write(isFirst ? page : await withoutCovered(db, page));
  }
  for await (const page of storedDrafts(context, 'back', options)) await write(page);
  for await (const page of storedDrafts(context, 'gone', options)) await write(page);
}

function changeWriter({ db, source, options }: ImportContext) {
  const insert = createBatchInsert(
    db,
    ['at', 'source', 'external_id', 'kind', 'title', 'marking', 'detail'],
    (rows) => db.insertInto('record_change').values(rows),
  );
  return (page: readonly RecordDrafts[]): Promise<void> =>
    insert(
      page.flatMap(({ externalId, drafts }) =>
        drafts.map((draft) => [
          options.now,
          source.name,
          externalId,
          draft.kind,
          storableText(draft.title),
          draft.marking,
          canonicalJson(draft.detail),
        ]),
      ),
    );
}

/**
 * True for the first live import over what came with the product, of the release that this was made from: the
 * publisher's own copy says more of the same, and nothing of it is news.
 */
async function isSameRelease({ db, source }: ImportContext): Promise<boolean> {
  if (source.version === undefined) return false;
  const stored = await db
    .selectFrom('source')
    .select('version')
    .where('name', '=', source.name)
    .executeTakeFirst();
  return stored?.version === source.version;
}

async function newSourceDraft({ db, source, plan }: ImportContext): Promise<ChangeDraft> {
  const rows = await db
    .selectFrom('import_record')
    .select('entity_type')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('outcome', '=', 'new')
    .where('entity_type', 'is not', null)
    .groupBy('entity_type')
    .orderBy('entity_type')
    .execute();
  return {
    kind: 'source-new',
    title: source.title,
    marking: source.defaultMarking,
    detail: {
      records: plan.new,
      entities: Object.fromEntries(rows.map((row) => [row.entity_type, row.count])),
    },
  };
}

/** Puts the keys of entities that are new in this import where `withoutCovered` finds them. */
async function noteNewKeys({ db, plan }: ImportContext): Promise<void> {
  if (plan.new === 0) return;
  const insert = createBatchInsert(db, ['key'], (rows) =>
    db
      .insertInto('import_key')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing()),
  );
  for (let after = -1; ; ) {
    const rows = await db
      .selectFrom('import_record')
      .select(['position', 'content'])
      .where('outcome', '=', 'new')
      .where('entity_type', 'is not', null)
      .where('position', '>', after)
      .orderBy('position')
      .limit(pageSize)
      .execute();
    const keys = rows.flatMap((row) => {
      after = row.position;
      const { entity } = decodeRecord(row.content ?? '');
      return entity === undefined ? [] : entityKeys(entity);
    });
    await insert([...new Set(keys)].map((key) => [storableText(key)]));
    if (rows.length < pageSize) return;
  }
}

/** Drops the drafts of new records that only speak of entities that are new as well. */
async function withoutCovered(
  db: ImportContext['db'],
  page: readonly RecordDrafts[],
): Promise<readonly RecordDrafts[]> {
  const asked = page.flatMap(({ created, drafts }) =>
    created === undefined || created.record.entity !== undefined || drafts.length === 0
      ? []
      : created.record.claims.flatMap(({ subject }) => (subject === undefined ? [] : [refKey(subject)])),
  );
  const newKeys = new Set<string>();
  await inParts([...new Set(asked)], async (part) => {
    const rows = await db
      .selectFrom('import_key')
      .select('key')
      .where('key', 'in', part.map(storableText))
      .execute();
    for (const { key } of rows) newKeys.add(key);
  });
  return page.filter(({ created }) => created === undefined || !isFoldedInto(created.record, newKeys));
}

/** Drafts of the records that are new or have new content, in pages, each with what is stored of it. */
async function* stagedDrafts(
  { db, source, plan }: ImportContext,
  options: DiffOptions,
): AsyncGenerator<RecordDrafts[]> {
  if (plan.new + plan.changed === 0) return;
  for (let after = -1; ; ) {
    const rows = await db
      .selectFrom('import_record as next')
      .leftJoin('record as old', (join) =>
        join.onRef('old.external_id', '=', 'next.external_id').on('old.source', '=', source.name),
      )
      .select([
        'next.position',
        'next.external_id',
        'next.content',
        'next.indicator_count',
        'next.indicators_hash',
      ])
      .select([
        'old.content as old_content',
        'old.indicator_count as old_indicator_count',
        'old.indicators_hash as old_indicators_hash',
        'old.bundled as old_bundled',
        'old.valid_to as old_valid_to',
      ])
      .where('next.outcome', 'in', ['new', 'changed'])
      .where('next.position', '>', after)
      // What only speaks of others makes no change at this level.
      .$if(options.level === 'entities', (all) => all.where('next.entity_type', 'is not', null))
      .orderBy('next.position')
      .limit(pageSize)
      .execute();
    const page: RecordDrafts[] = [];
    for (const row of rows) {
      after = row.position;
      const next: RecordVersion = {
        record: decodeRecord(row.content ?? ''),
        indicatorCount: row.indicator_count,
        indicatorsHash: row.indicators_hash,
        present: true,
        bundled: false,
      };
      const old: RecordVersion | undefined =
        row.old_content === null
          ? undefined
          : {
              record: decodeRecord(row.old_content),
              indicatorCount: row.old_indicator_count ?? 0,
              indicatorsHash: row.old_indicators_hash,
              present: row.old_valid_to === null,
              bundled: row.old_bundled === 1,
            };
      page.push({
        externalId: row.external_id,
        drafts: diffRecords(old, next, options),
        ...(old === undefined ? { created: next } : {}),
      });
    }
    yield page;
    if (rows.length < pageSize) return;
  }
}

/** Drafts of records that come back as they were, or are gone, in pages. */
async function* storedDrafts(
  { db, source, plan }: ImportContext,
  what: 'back' | 'gone',
  options: DiffOptions,
): AsyncGenerator<RecordDrafts[]> {
  if ((what === 'back' ? plan.comesBack : plan.withdrawn) === 0) return;
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('record')
      .select(['external_id', 'content', 'indicator_count', 'indicators_hash', 'bundled'])
      .where('source', '=', source.name)
      .where('external_id', '>', after)
      .where('external_id', 'in', (query) =>
        what === 'back' ? idsComingBack(query) : query.selectFrom('import_gone').select('external_id'),
      )
      .orderBy('external_id')
      .limit(pageSize)
      .execute();
    const page: RecordDrafts[] = [];
    for (const row of rows) {
      after = row.external_id;
      const version: RecordVersion = {
        record: decodeRecord(row.content),
        indicatorCount: row.indicator_count,
        indicatorsHash: row.indicators_hash,
        present: what === 'gone',
        bundled: row.bundled === 1,
      };
      const next = what === 'gone' ? undefined : { ...version, present: true };
      page.push({ externalId: row.external_id, drafts: diffRecords(version, next, options) });
    }
    yield page;
    if (rows.length < pageSize) return;
  }
}
