import {
  type ChangeDraft,
  type DiffOptions,
  diffRecords,
  entityKeys,
  isFoldedInto,
  type RecordVersion,
} from '../knowledge/changes.ts';
import { createBatchInsert } from './batch-insert.ts';
import { canonicalJson } from './canonical-json.ts';
import { decodeRecord, storableText } from './encode-record.ts';
import { type ImportContext, inParts } from './import-writes.ts';

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
 * that is new in the same import is covered by that entity's `entity-new`. Runs before the records are written.
 */
export async function writeChanges(context: ImportContext): Promise<void> {
  const { db, source, options, state } = context;
  const diffOptions: DiffOptions = {
    defaultMarking: source.defaultMarking,
    level: state.importedBefore && !(await isSameRelease(context)) ? 'claims' : 'entities',
    overBundle: hasOnlyBundled(state),
  };
  const all = [
    ...(await stagedDrafts(context, diffOptions)),
    ...(await storedDrafts(context, context.plan.revived, diffOptions, 'back')),
    ...(await storedDrafts(context, context.plan.withdrawn, diffOptions, 'gone')),
  ];
  const newKeys = new Set(all.flatMap(({ created }) => createdKeys(created)));
  const insert = createBatchInsert(
    db,
    ['at', 'source', 'external_id', 'kind', 'title', 'marking', 'detail'],
    (rows) => db.insertInto('record_change').values(rows),
  );
  const rows = all
    .filter(({ created }) => created === undefined || !isFoldedInto(created.record, newKeys))
    .flatMap(({ externalId, drafts }) => drafts.map((draft) => ({ externalId, draft })));
  if (state.revision === -1) rows.unshift({ externalId: '', draft: newSourceDraft(context, all) });
  await insert(
    rows.map(({ externalId, draft }) => [
      options.now,
      source.name,
      externalId,
      draft.kind,
      storableText(draft.title),
      draft.marking,
      canonicalJson(draft.detail),
    ]),
  );
}

/**
 * True for the first live import over what came with the product, of the release that this was made from: the
 * publisher's own copy says more of the same, and nothing of it is news.
 */
async function isSameRelease({ db, source, state }: ImportContext): Promise<boolean> {
  if (source.version === undefined) return false;
  if (!hasOnlyBundled(state)) return false;
  const stored = await db
    .selectFrom('source')
    .select('version')
    .where('name', '=', source.name)
    .executeTakeFirst();
  return stored?.version === source.version;
}

function hasOnlyBundled({ records }: ImportContext['state']): boolean {
  if (records.size === 0) return false;
  for (const { bundled } of records.values()) if (!bundled) return false;
  return true;
}

function createdKeys(created: RecordVersion | undefined): readonly string[] {
  return created?.record.entity === undefined ? [] : entityKeys(created.record.entity);
}

function newSourceDraft({ source, plan }: ImportContext, all: readonly RecordDrafts[]): ChangeDraft {
  const entities: Record<string, number> = {};
  for (const { created } of all) {
    const type = created?.record.entity?.type;
    if (type !== undefined) entities[type] = (entities[type] ?? 0) + 1;
  }
  return {
    kind: 'source-new',
    title: source.title,
    marking: source.defaultMarking,
    detail: { records: plan.new.length, entities },
  };
}

/** Drafts of the records that are new or have new content, read in pages with what is stored of them. */
async function stagedDrafts(context: ImportContext, options: DiffOptions): Promise<RecordDrafts[]> {
  const { db, source, plan } = context;
  if (plan.new.length + plan.changed.length === 0) return [];
  const unstaged = new Set(plan.unstaged);
  const result: RecordDrafts[] = [];
  let after = -1;
  for (;;) {
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
      .where('next.position', '>', after)
      .orderBy('next.position')
      .limit(pageSize)
      .execute();
    for (const row of rows) {
      after = row.position;
      if (unstaged.has(row.external_id)) continue;
      const next: RecordVersion = {
        record: decodeRecord(row.content),
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
      result.push({
        externalId: row.external_id,
        drafts: diffRecords(old, next, options),
        ...(old === undefined ? { created: next } : {}),
      });
    }
    if (rows.length < pageSize) return result;
  }
}

/** Drafts of records that come back as they were, or are gone. */
async function storedDrafts(
  { db, source }: ImportContext,
  ids: readonly string[],
  options: DiffOptions,
  what: 'back' | 'gone',
): Promise<RecordDrafts[]> {
  const result: RecordDrafts[] = [];
  await inParts(ids, async (part) => {
    const rows = await db
      .selectFrom('record')
      .select(['external_id', 'content', 'indicator_count', 'indicators_hash', 'bundled'])
      .where('source', '=', source.name)
      .where('external_id', 'in', part)
      .orderBy('external_id')
      .execute();
    for (const row of rows) {
      const version: RecordVersion = {
        record: decodeRecord(row.content),
        indicatorCount: row.indicator_count,
        indicatorsHash: row.indicators_hash,
        present: what === 'gone',
        bundled: row.bundled === 1,
      };
      const next = what === 'gone' ? undefined : { ...version, present: true };
      result.push({ externalId: row.external_id, drafts: diffRecords(version, next, options) });
    }
  });
  return result;
}
