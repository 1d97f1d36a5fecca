import { type Kysely, type RawBuilder, sql } from 'kysely';
import { canonicalJson } from './canonical-json.ts';
import { isInState } from './delivery-states.ts';
import type { DeliveryHold, PostedPart } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';
import { keepLatest } from './place-gates.ts';
import type { Tables } from './schema.ts';
import { parsePosted } from './stored-delivery.ts';

// Each of these does what was asked for several holds at once, no two of them of the same delivery, and gives back in their
// order whether it was done.

/** Few enough for one statement. */
const holdsAtOnce = 200;

/**
 * Locks the deliveries in one order before any of them is written: statements over several that meet, such as a renewal and
 * the end of some, do not wait for one another in a circle. SQLite has one writer at a time.
 */
export function inOneOrder(engine: Engine, ids: readonly string[]): RawBuilder<boolean> {
  if (engine.kind === 'sqlite' || ids.length < 2) return sql<boolean>`true`;
  return sql<boolean>`delivery.id in (select id from delivery where id in (${sql.join(ids)}) order by id for update)`;
}

/** The rows of `(id, fence, …)` that a statement is about. */
function valuesOf(rows: readonly (readonly RawBuilder<unknown>[])[]): RawBuilder<unknown> {
  return sql`(values ${sql.join(rows.map((row) => sql`(${sql.join(row)})`))})`;
}

function holdColumns({ id, fence }: DeliveryHold): readonly RawBuilder<unknown>[] {
  return [sql`cast(${id} as text)`, sql`cast(${fence} as bigint)`];
}

function inOrderOf(
  holds: readonly DeliveryHold[],
  done: readonly { readonly id: string }[],
): readonly boolean[] {
  const ids = new Set(done.map(({ id }) => id));
  return holds.map(({ id }) => ids.has(id));
}

/** See the port. */
export async function renewDeliveries(
  engine: Engine,
  holds: readonly DeliveryHold[],
  leaseUntil: number,
): Promise<readonly DeliveryHold[]> {
  const renewed: DeliveryHold[] = [];
  for (let start = 0; start < holds.length; start += holdsAtOnce) {
    const part = holds.slice(start, start + holdsAtOnce);
    const pairs = sql.join(part.map(({ id, fence }) => sql`(${id}, cast(${fence} as bigint))`));
    const ids = part.map(({ id }) => id);
    const rows = await engine.statement((db) =>
      db
        .updateTable('delivery')
        .set({ lease_until: leaseUntil })
        .where(isInState('sending'))
        .where(sql<boolean>`(id, fence) in (values ${pairs})`)
        .where(inOneOrder(engine, ids))
        .returning(['id', 'fence'])
        .execute(),
    );
    renewed.push(...rows);
  }
  return renewed;
}

export interface Freezing extends DeliveryHold {
  readonly payload: string;
  readonly begun: 'begun' | undefined;
}

/** See `freezePayload` of the port. */
export function freezePayloads(engine: Engine, all: readonly Freezing[]): Promise<readonly boolean[]> {
  const rows = all.map((one) => [
    ...holdColumns(one),
    sql`cast(${storableText(one.payload)} as text)`,
    sql`cast(${one.begun === undefined ? 0 : 1} as bigint)`,
  ]);
  return engine.statement(async (db) => {
    const frozen = await sql<{ id: string }>`update delivery set payload = wanted.column3
      from ${valuesOf(rows)} as wanted
      where delivery.id = wanted.column1 and delivery.fence = wanted.column2 and ${isInState('sending')}
        and (wanted.column4 = 1 or delivery.posted = '[]') and ${inOneOrder(engine, idsOf(all))}
      returning delivery.id`.execute(db);
    return inOrderOf(all, frozen.rows);
  });
}

function idsOf(holds: readonly DeliveryHold[]): readonly string[] {
  return holds.map(({ id }) => id);
}

export interface Trying extends DeliveryHold {
  readonly at: number;
  readonly nextPostAt: number | undefined;
}

/** See `noteTry` of the port. The pause comes first: one without a try costs a moment, a try without it could come too close. */
export function noteTries(engine: Engine, all: readonly Trying[]): Promise<readonly boolean[]> {
  return engine.statement(async (db) => {
    await closeGates(db, all);
    return markTries(engine, db, all);
  });
}

async function closeGates(db: Kysely<Tables>, all: readonly Trying[]): Promise<void> {
  const rows = all.flatMap((one) =>
    one.nextPostAt === undefined ? [] : [[...holdColumns(one), sql`cast(${one.nextPostAt} as bigint)`]],
  );
  if (rows.length === 0) return;
  await db
    .insertInto('place_gate')
    .columns(['platform', 'workspace', 'place', 'next_post_at'])
    .expression((query) =>
      query
        .selectFrom('delivery')
        .innerJoin(
          sql<{ column1: string; column2: number; column3: number }>`${valuesOf(rows)}`.as('wanted'),
          (join) =>
            join.onRef('delivery.id', '=', 'wanted.column1').onRef('delivery.fence', '=', 'wanted.column2'),
        )
        .select(['platform', 'workspace', 'place', 'wanted.column3 as next_post_at'])
        .where(isInState('sending'))
        .orderBy('platform')
        .orderBy('workspace')
        .orderBy('place'),
    )
    .onConflict(keepLatest)
    .execute();
}

/** Several tries of one hold are one attempt. */
async function markTries(
  engine: Engine,
  db: Kysely<Tables>,
  all: readonly Trying[],
): Promise<readonly boolean[]> {
  const rows = all.map((one) => [...holdColumns(one), sql`cast(${one.at} as bigint)`]);
  const tried = await sql<{ id: string }>`update delivery set
      first_try_at = coalesce(first_try_at, wanted.column3),
      last_try_at = wanted.column3,
      attempt = attempt + case when tried_fence = fence then 0 else 1 end,
      tried_fence = fence,
      in_doubt = 1
    from ${valuesOf(rows)} as wanted
    where delivery.id = wanted.column1 and delivery.fence = wanted.column2 and ${isInState('sending')}
      and ${inOneOrder(engine, idsOf(all))}
    returning delivery.id`.execute(db);
  return inOrderOf(all, tried.rows);
}

export interface Noting extends DeliveryHold {
  readonly part: PostedPart;
}

/**
 * See `notePart` of the port. A part that is noted twice keeps its place, with the later id. What is written rests on what
 * was read: only one who has the hold writes parts, and should two of its calls meet, the later one reads again.
 */
export function noteParts(engine: Engine, all: readonly Noting[]): Promise<readonly boolean[]> {
  return engine.statement(async (db) => {
    const noted: { readonly id: string }[] = [];
    for (let left = all; left.length > 0; ) {
      const standing = await readPosted(db, left);
      const wanted = left.flatMap((one) => {
        const posted = standing.get(one.id);
        return posted === undefined ? [] : [{ ...one, posted }];
      });
      if (wanted.length === 0) break;
      const written = await writePosted(engine, db, wanted);
      noted.push(...written);
      const ids = new Set(written.map(({ id }) => id));
      left = wanted.filter(({ id }) => !ids.has(id));
    }
    return inOrderOf(all, noted);
  });
}

async function readPosted(
  db: Kysely<Tables>,
  holds: readonly DeliveryHold[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['id', 'fence', 'posted'])
    .where('id', 'in', idsOf(holds))
    .where(isInState('sending'))
    .execute();
  const fences = new Map(holds.map(({ id, fence }) => [id, fence]));
  return new Map(
    rows.filter(({ id, fence }) => fences.get(id) === fence).map(({ id, posted }) => [id, posted]),
  );
}

async function writePosted(
  engine: Engine,
  db: Kysely<Tables>,
  all: readonly (Noting & { readonly posted: string })[],
): Promise<readonly { readonly id: string }[]> {
  const rows = all.map((one) => [
    ...holdColumns(one),
    sql`cast(${one.posted} as text)`,
    sql`cast(${withPart(one.posted, one.part)} as text)`,
  ]);
  const written = await sql<{ id: string }>`update delivery set posted = wanted.column4
    from ${valuesOf(rows)} as wanted
    where delivery.id = wanted.column1 and delivery.fence = wanted.column2 and ${isInState('sending')}
      and delivery.posted = wanted.column3 and ${inOneOrder(engine, idsOf(all))}
    returning delivery.id`.execute(db);
  return written.rows;
}

/** The parts that stand, with one more. */
export function withPart(posted: string, { part, messageId }: PostedPart): string {
  const others = parsePosted(posted).filter((one) => one.part !== part);
  const parts = [...others, { part, messageId: storableText(messageId) }];
  return canonicalJson(parts.sort((a, b) => a.part - b.part));
}
