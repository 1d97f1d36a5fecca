import { type Kysely, sql } from 'kysely';
import { canonicalJson } from './canonical-json.ts';
import { isInState } from './delivery-states.ts';
import type { DeliveryHold, PostedPart } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';
import { keepLatest } from './place-gates.ts';
import type { Tables } from './schema.ts';
import { parsePosted } from './stored-delivery.ts';

/** Few enough for one statement. */
const holdsAtOnce = 200;

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
    const rows = await engine.statement((db) =>
      db
        .updateTable('delivery')
        .set({ lease_until: leaseUntil })
        .where(isInState('sending'))
        .where(sql<boolean>`(id, fence) in (values ${pairs})`)
        .returning(['id', 'fence'])
        .execute(),
    );
    renewed.push(...rows);
  }
  return renewed;
}

/** See the port. */
export function freezePayload(
  engine: Engine,
  hold: DeliveryHold,
  payload: string,
  begun?: 'begun',
): Promise<boolean> {
  return engine.statement(async (db) => {
    const frozen = await db
      .updateTable('delivery')
      .set({ payload: storableText(payload) })
      .where('id', '=', hold.id)
      .where('fence', '=', hold.fence)
      .where(isInState('sending'))
      .$if(begun === undefined, (query) => query.where('posted', '=', '[]'))
      .returning('id')
      .execute();
    return frozen.length > 0;
  });
}

/** See the port. The pause comes first: one without a try costs a moment, a try without it could come too close. */
export function noteTry(
  engine: Engine,
  hold: DeliveryHold,
  at: number,
  nextPostAt: number | undefined,
): Promise<boolean> {
  return engine.statement(async (db) => {
    if (nextPostAt !== undefined) await closeGateOf(db, hold, nextPostAt);
    return markTry(db, hold, at);
  });
}

async function closeGateOf(db: Kysely<Tables>, hold: DeliveryHold, until: number): Promise<void> {
  await db
    .insertInto('place_gate')
    .columns(['platform', 'workspace', 'place', 'next_post_at'])
    .expression((query) =>
      query
        .selectFrom('delivery')
        .select(['platform', 'workspace', 'place', sql<number>`cast(${until} as bigint)`.as('next_post_at')])
        .where('id', '=', hold.id)
        .where('fence', '=', hold.fence)
        .where(isInState('sending')),
    )
    .onConflict((conflict) => keepLatest(conflict, until))
    .execute();
}

/** Several tries of one hold are one attempt. */
async function markTry(db: Kysely<Tables>, hold: DeliveryHold, at: number): Promise<boolean> {
  const tried = await db
    .updateTable('delivery')
    .set({
      first_try_at: sql<number>`coalesce(first_try_at, ${at})`,
      last_try_at: at,
      attempt: sql<number>`attempt + case when tried_fence = fence then 0 else 1 end`,
      tried_fence: sql<number>`fence`,
      in_doubt: 1,
    })
    .where('id', '=', hold.id)
    .where('fence', '=', hold.fence)
    .where(isInState('sending'))
    .returning('id')
    .execute();
  return tried.length > 0;
}

/**
 * See the port. A part that is noted twice keeps its place, with the later id. What is written rests on what was read: only
 * one who has the hold writes parts, and should two of its calls meet, the later one reads again.
 */
export function notePart(engine: Engine, hold: DeliveryHold, part: PostedPart): Promise<boolean> {
  return engine.statement(async (db) => {
    for (;;) {
      const row = await db
        .selectFrom('delivery')
        .select('posted')
        .where('id', '=', hold.id)
        .where('fence', '=', hold.fence)
        .where(isInState('sending'))
        .executeTakeFirst();
      if (row === undefined) return false;
      const noted = await db
        .updateTable('delivery')
        .set({ posted: withPart(row.posted, part) })
        .where('id', '=', hold.id)
        .where('fence', '=', hold.fence)
        .where(isInState('sending'))
        .where('posted', '=', row.posted)
        .returning('id')
        .execute();
      if (noted.length > 0) return true;
    }
  });
}

function withPart(posted: string, { part, messageId }: PostedPart): string {
  const others = parsePosted(posted).filter((one) => one.part !== part);
  const parts = [...others, { part, messageId: storableText(messageId) }];
  return canonicalJson(parts.sort((a, b) => a.part - b.part));
}
