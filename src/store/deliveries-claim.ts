import { type Kysely, sql, type Transaction } from 'kysely';
import { isInState, isOpen } from './delivery-states.ts';
import type { ClaimRequest, StoredDelivery } from './delivery-types.ts';
import type { Engine } from './engine.ts';
import { isWriteConflict } from './errors.ts';
import type { Tables } from './schema.ts';
import { toStoredDelivery } from './stored-delivery.ts';

/** Well below what one statement takes. */
const maxClaimed = 500;
/** Two replicas that meet at one place undo each other's claim now and then; the next tick comes soon. */
const maxTries = 3;

type Claimable = 'pending' | 'uncertain';

/**
 * See the port. On PostgreSQL rows that another replica is taking are passed over. Replicas can still choose two deliveries
 * of one place at the same moment: then the unique index over what is being sent refuses the later one, and it looks
 * again.
 */
export async function claimDeliveries(
  engine: Engine,
  from: Claimable,
  request: ClaimRequest,
): Promise<readonly StoredDelivery[]> {
  if (!(await isAnyDue(engine.db, from, request))) return [];
  for (let tries = 1; ; tries += 1) {
    try {
      return await engine.transaction(async (db) => {
        const ids = await findClaimable(db, from, request);
        return take(engine, db, from, ids, request);
      });
    } catch (error) {
      if (!isWriteConflict(error)) throw error;
      if (tries === maxTries) return [];
    }
  }
}

/**
 * A look without any lock: mostly nothing is due, and then nothing is to wait for a writer. In the order of the index, so
 * that PostgreSQL does not hope to come upon one by chance in the whole ledger.
 */
async function isAnyDue(db: Kysely<Tables>, from: Claimable, request: ClaimRequest): Promise<boolean> {
  const due = await db
    .selectFrom('delivery')
    .select('id')
    .where(isInState(from))
    .where('platform', '=', request.platform)
    .where('not_before', '<=', request.now)
    .$if(request.only !== undefined, (query) => query.where('id', '=', request.only ?? ''))
    .orderBy('slot_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

interface Place {
  readonly workspace: string;
  readonly place: string;
}

/** What a delivery is chosen by. */
interface Candidate extends Place {
  readonly id: string;
  readonly subscription: string;
  readonly slot_at: number;
}

/**
 * The oldest slots first, a page at a time, until enough of them may go. Small statements, each of which has one index to
 * walk, and the choice made here: asked in one statement, PostgreSQL takes minutes to learn how many are pending, and
 * until then looks at all of them for each (measured: 1 s a claim with 10,000 pending).
 *
 * The places that are busy are read after the candidates, and the pauses after those: whoever took a candidate's
 * elder away before is seen in the one or in the other.
 */
async function findClaimable(
  db: Transaction<Tables>,
  from: Claimable,
  request: ClaimRequest,
): Promise<readonly string[]> {
  const limit = Math.min(request.limit, maxClaimed);
  const chosen: string[] = [];
  const taken = new Map<string, Place>();
  let after: Candidate | undefined;
  for (let size = Math.max(2 * limit, 100); ; size = Math.min(2 * size, maxPage)) {
    const page = await readPage(db, from, request, { after, without: taken.values(), size });
    for (const place of await readClosedPlaces(db, request)) taken.set(placeKey(place), place);
    const first = from === 'pending' ? await readFirstSlots(db, page) : undefined;
    for (const candidate of page) {
      const key = placeKey(candidate);
      if (taken.has(key)) continue;
      if (first !== undefined && (first.get(candidate.subscription) ?? 0) < candidate.slot_at) continue;
      taken.set(key, candidate);
      chosen.push(candidate.id);
      if (chosen.length >= limit) return chosen;
    }
    after = page.at(-1);
    if (page.length < size) return chosen;
  }
}

const maxPage = 2000;
/** Of more places than these the database is not asked to leave them out. */
const maxLeftOut = 500;

interface Page {
  readonly after: Candidate | undefined;
  /** Places that are known to be closed: what waits for them is stepped over where it lies. */
  readonly without: Iterable<Place>;
  readonly size: number;
}

function placeKey({ workspace, place }: Place): string {
  return JSON.stringify([workspace, place]);
}

function readPage(
  db: Transaction<Tables>,
  from: Claimable,
  { platform, now, only }: ClaimRequest,
  { after, without, size }: Page,
): Promise<Candidate[]> {
  const places = [...without].map(({ workspace, place }) => sql`(${workspace}, ${place})`);
  return db
    .selectFrom('delivery')
    .select(['id', 'subscription', 'workspace', 'place', 'slot_at'])
    .where(isInState(from))
    .where('platform', '=', platform)
    .where('not_before', '<=', now)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(slot_at, id) > (${after?.slot_at}, ${after?.id})`),
    )
    .$if(places.length > 0 && places.length <= maxLeftOut, (query) =>
      query.where(sql<boolean>`(workspace, place) not in (values ${sql.join(places)})`),
    )
    .orderBy('slot_at')
    .orderBy('id')
    .limit(size)
    .execute();
}

/** Where something is being sent, or what somebody asked to leave alone for now. */
async function readClosedPlaces(
  db: Transaction<Tables>,
  { platform, now }: ClaimRequest,
): Promise<readonly Place[]> {
  const busy = await db
    .selectFrom('delivery')
    .select(['workspace', 'place'])
    .where(isInState('sending'))
    .where('platform', '=', platform)
    .execute();
  const paused = await db
    .selectFrom('place_gate')
    .select(['workspace', 'place'])
    .where('platform', '=', platform)
    .where('next_post_at', '>', now)
    .execute();
  return [...busy, ...paused];
}

/** The oldest slot of each subscription that is under way; what is held waits for a person. */
async function readFirstSlots(
  db: Transaction<Tables>,
  page: readonly Candidate[],
): Promise<ReadonlyMap<string, number>> {
  if (page.length === 0) return new Map();
  const rows = await db
    .selectFrom('delivery')
    .select(['subscription', (row) => row.fn.min('slot_at').as('slot_at')])
    .where(isOpen())
    .where('state', '<>', 'held')
    .where('subscription', 'in', [...new Set(page.map(({ subscription }) => subscription))])
    .groupBy('subscription')
    .execute();
  return new Map(rows.map((row) => [row.subscription, row.slot_at]));
}

/** The intent, with a fence one higher: committed before anything is sent. */
async function take(
  engine: Engine,
  db: Kysely<Tables>,
  from: Claimable,
  ids: readonly string[],
  { owner, leaseUntil }: ClaimRequest,
): Promise<readonly StoredDelivery[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .updateTable('delivery')
    .set({
      state: 'sending',
      lease_owner: owner,
      lease_until: leaseUntil,
      fence: sql<number>`fence + 1`,
    })
    .where('id', 'in', (query) =>
      query
        .selectFrom('delivery')
        .select('id')
        .where('id', 'in', [...ids])
        .$if(engine.kind === 'postgres', (found) => found.forUpdate().skipLocked()),
    )
    .where('state', '=', from)
    .returningAll()
    .execute();
  const order = new Map(ids.map((id, index) => [id, index]));
  rows.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return rows.map(toStoredDelivery);
}
