import { type Kysely, sql } from 'kysely';
import { canonicalJson } from './canonical-json.ts';
import { isInState } from './delivery-states.ts';
import type { DeliveryHold, PostedPart } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';
import { closeGate } from './place-gates.ts';
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

/** See the port. */
export function noteTry(
  engine: Engine,
  hold: DeliveryHold,
  at: number,
  nextPostAt: number | undefined,
): Promise<boolean> {
  if (nextPostAt === undefined) {
    return engine.statement(async (db) => (await markTry(db, hold, at)) !== undefined);
  }
  return engine.transaction(async (db) => {
    const place = await markTry(db, hold, at);
    if (place === undefined) return false;
    await closeGate(db, place, nextPostAt);
    return true;
  });
}

/** The place that the request goes to; undefined when the hold is lost. Several tries of one hold are one attempt. */
function markTry(db: Kysely<Tables>, hold: DeliveryHold, at: number) {
  return db
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
    .returning(['platform', 'workspace', 'place'])
    .executeTakeFirst();
}

/** See the port. A part that is noted twice keeps its place, with the later id. */
export function notePart(engine: Engine, hold: DeliveryHold, part: PostedPart): Promise<boolean> {
  return engine.transaction(async (db) => {
    const row = await db
      .selectFrom('delivery')
      .select('posted')
      .where('id', '=', hold.id)
      .where('fence', '=', hold.fence)
      .where(isInState('sending'))
      .$if(engine.kind === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
    if (row === undefined) return false;
    const others = parsePosted(row.posted).filter((one) => one.part !== part.part);
    const noted = { part: part.part, messageId: storableText(part.messageId) };
    const posted = [...others, noted].sort((a, b) => a.part - b.part);
    await db
      .updateTable('delivery')
      .set({ posted: canonicalJson(posted) })
      .where('id', '=', hold.id)
      .where('fence', '=', hold.fence)
      .execute();
    return true;
  });
}
