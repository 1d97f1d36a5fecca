import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Person } from '../domain/subscription.ts';
import { type Tlp, tlpLevels } from '../domain/tlp.ts';
import type { ActivityTable } from './answer-schema.ts';
import {
  type ActivityQuery,
  activityActions,
  activityOutcomes,
  type StoredActivity,
  type StoredLookup,
} from './answer-types.ts';
import { storableText } from './encode-record.ts';
import { oneOf, toPerson } from './place-columns.ts';
import type { Tables } from './schema.ts';

export async function insertActivities(
  db: Kysely<Tables>,
  activities: readonly StoredActivity[],
): Promise<void> {
  for (let start = 0; start < activities.length; start += rowsAtOnce) {
    const part = activities.slice(start, start + rowsAtOnce);
    await db
      .insertInto('activity')
      .values(part.map(toRow))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
  const links = activities.flatMap(({ id, at, entities }) =>
    [...new Set(entities)].map((entity) => ({ entity: storableText(entity), at, activity: id })),
  );
  for (let start = 0; start < links.length; start += rowsAtOnce * 4) {
    await db
      .insertInto('activity_entity')
      .values(links.slice(start, start + rowsAtOnce * 4))
      .onConflict((conflict) => conflict.columns(['entity', 'at', 'activity']).doNothing())
      .execute();
  }
}

/** Few enough for the parameters that one statement may have. */
const rowsAtOnce = 100;

function toRow(activity: StoredActivity): ActivityTable {
  const { person } = activity;
  const textOrNull = (text: string | null): string | null => (text === null ? null : storableText(text));
  return {
    id: activity.id,
    at: activity.at,
    platform: person.platform,
    workspace: storableText(person.workspace),
    person: storableText(person.id),
    place: storableText(activity.place),
    place_kind: activity.placeKind,
    thread: textOrNull(activity.thread),
    action: activity.action,
    question: textOrNull(activity.question),
    outcome: activity.outcome,
    audience: activity.audience,
    ceiling: activity.ceiling,
    marking: activity.marking,
    markings: activity.markings.join(','),
    withheld_count: activity.withheldCount,
    withheld_highest: activity.withheldHighest,
    entities: activity.entities.map(storableText).join(' '),
    entity_count: activity.entityCount,
    evidence: activity.evidence,
  };
}

/** See the port. */
export async function readActivities(
  db: Kysely<Tables>,
  where: ActivityQuery,
): Promise<readonly StoredActivity[]> {
  const { until, workspace, person, place, entities, actions, before } = where;
  let query = db.selectFrom('activity').selectAll().where('at', '>=', where.since);
  if (until !== undefined) query = query.where('at', '<', until);
  if (workspace !== undefined) {
    query = query
      .where('platform', '=', workspace.platform)
      .where('workspace', '=', storableText(workspace.workspace));
  }
  if (person !== undefined) query = query.where(isOrEndsWith('person', person));
  if (place !== undefined) query = query.where(isOrEndsWith('place', place));
  if (actions !== undefined) query = query.where('action', 'in', [...actions]);
  if (entities !== undefined) {
    query = query.where('id', 'in', (of) =>
      of
        .selectFrom('activity_entity')
        .select('activity')
        .where('entity', 'in', entities.map(storableText))
        .where('at', '>=', where.since),
    );
  }
  if (before !== undefined) query = query.where(sql<boolean>`(at, id) < (${before.at}, ${before.id})`);
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(where.limit).execute();
  return rows.map(toActivity);
}

/** An id as it is kept, or without the workspace that stands before it. */
function isOrEndsWith(column: 'person' | 'place', id: string): RawBuilder<SqlBool> {
  const text = storableText(id);
  const ending = `%/${text.replace(/[\\%_]/g, '\\$&')}`;
  return sql<SqlBool>`(${sql.ref(column)} = ${text} or ${sql.ref(column)} like ${ending} escape '\\')`;
}

/** More than enough to find a few different things among what someone asked last. */
const lookedThrough = 200;
/** An answer about more things than these is a list. */
const maxAbout = 2;

/** See the port. */
export async function readLookups(
  db: Kysely<Tables>,
  person: Person,
  limit: number,
): Promise<readonly StoredLookup[]> {
  const rows = await db
    .selectFrom('activity')
    .select(['at', 'entities'])
    .where('person', '=', storableText(person.id))
    .where('platform', '=', person.platform)
    .where('workspace', '=', storableText(person.workspace))
    .where('entity_count', '>', 0)
    // Who stands first in a list was not looked up.
    .where((row) => row.or([row('outcome', '=', 'found'), row('entity_count', '<=', maxAbout)]))
    .where('outcome', 'in', ['found', 'answer'])
    .where('action', 'in', ['ask', 'brief'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(lookedThrough)
    .execute();
  const newest = new Map<string, number>();
  for (const { at, entities } of rows) {
    const [first = ''] = entities.split(' ', 1);
    if (first !== '' && !newest.has(first)) newest.set(first, at);
    if (newest.size >= limit) break;
  }
  return [...newest].slice(0, limit).map(([entity, at]) => ({ entity, at }));
}

function toActivity(row: ActivityTable): StoredActivity {
  const markings = row.markings === '' ? [] : row.markings.split(',');
  return {
    id: row.id,
    at: row.at,
    person: toPerson(row.platform, row.workspace, row.person),
    place: row.place,
    placeKind: oneOf<StoredActivity['placeKind']>(['direct', 'group', 'channel'], row.place_kind),
    thread: row.thread,
    action: oneOf(activityActions, row.action),
    question: row.question,
    outcome: oneOf(activityOutcomes, row.outcome),
    audience: oneOf<StoredActivity['audience']>(['asker', 'place'], row.audience),
    ceiling: oneOf(tlpLevels, row.ceiling),
    marking: oneOf(tlpLevels, row.marking),
    markings: markings.map((marking): Tlp => oneOf(tlpLevels, marking)),
    withheldCount: row.withheld_count,
    withheldHighest: row.withheld_highest === null ? null : oneOf(tlpLevels, row.withheld_highest),
    entities: row.entities === '' ? [] : row.entities.split(' '),
    entityCount: row.entity_count,
    evidence: row.evidence,
  };
}
