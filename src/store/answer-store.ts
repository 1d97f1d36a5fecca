import { type Kysely, type RawBuilder, sql } from 'kysely';
import { insertActivities, readActivities, readLookups } from './activities.ts';
import type { AnswerStore, AnswerTrimTimes } from './answer-types.ts';
import type { Engine } from './engine.ts';
import { insertEvidence, readEvidence, readLastMarkings } from './evidence.ts';
import type { Tables } from './schema.ts';

/** The part of the store that holds what was asked and shown; `run` translates errors. */
export function createAnswerStore(
  engine: Engine,
  run: <T>(work: () => Promise<T>) => Promise<T>,
): AnswerStore {
  const { db } = engine;
  return {
    noteAnswers: ({ activities, evidence, contents }) =>
      run(() =>
        engine.transaction(async (writer) => {
          await insertActivities(writer, activities);
          await insertEvidence(writer, evidence, contents);
        }),
      ),
    activities: (query) => run(() => readActivities(db, query)),
    lookups: (person, limit) => run(() => readLookups(db, person, limit)),
    evidence: (key) => run(() => readEvidence(db, key)),
    lastMarkings: (records) => run(() => readLastMarkings(db, records)),
    trimAnswers: (before, limit) => run(() => trimAnswers(engine, before, limit)),
  };
}

/** Each kind in a statement of its own, so that no writer has to wait for all of it. */
async function trimAnswers(engine: Engine, before: AnswerTrimTimes, limit: number): Promise<number> {
  const trim = (statement: RawBuilder<unknown>): Promise<number> =>
    engine.statement((db) => deleteRows(db, statement));
  const counts = [
    await trim(sql`delete from activity where id in
      (select id from activity where at < ${before.activities} limit ${limit})`),
    await trim(sql`delete from activity_entity where (entity, at, activity) in
      (select entity, at, activity from activity_entity where at < ${before.activities} limit ${limit})`),
    await trim(sql`delete from evidence where (platform, workspace, id) in
      (select platform, workspace, id from evidence where at < ${before.evidence} limit ${limit})`),
    await trim(sql`delete from evidence_content where hash in
      (select hash from evidence_content where used_at < ${before.evidence} limit ${limit})`),
  ];
  return Math.max(...counts);
}

async function deleteRows(db: Kysely<Tables>, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(db);
  return Number(numAffectedRows ?? 0);
}
