import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  DeliveryEnd,
  DeliveryHold,
  DeliveryState,
  StoredDelivery,
} from '../../src/store/delivery-types.ts';
import type { Store } from '../../src/store/types.ts';
import { assertNever } from '../../src/support/assert-never.ts';
import {
  channel,
  claimAt,
  planEach1000,
  type StoresUnderTest,
  subscription,
} from '../store/delivery-fixtures.ts';

type Owner = 0 | 1;

/** What one of two owners does next; `which` picks among all holds that were ever given, old ones included. */
type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'plan' | 'claim' | 'settle' | 'expire' | 'take-over'; readonly owner: Owner }
  | { readonly kind: 'try' | 'renew' | 'part'; readonly owner: Owner; readonly which: number }
  | { readonly kind: 'end'; readonly owner: Owner; readonly which: number; readonly end: EndKind }
  | { readonly kind: 'redrive'; readonly which: number }
  | { readonly kind: 'pause' | 'remove'; readonly subscription: string };

const endKinds = ['posted', 'empty', 'retry', 'uncertain', 'held', 'skipped', 'dead'] as const;
type EndKind = (typeof endKinds)[number];

const subscriptions = ['a', 'b', 'c'];
const final: readonly DeliveryState[] = ['posted', 'empty'];
/** Ends, or the wait for a person, that only driving it again leads out of. */
const stopped: readonly DeliveryState[] = ['dead', 'skipped'];
const drivable: readonly DeliveryState[] = [...stopped, 'held'];

const owner = fc.constantFrom<Owner>(0, 1);
const which = fc.nat({ max: 1000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait'), ms: fc.constantFrom(1, 60, 400, 1500) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('plan', 'claim', 'claim', 'settle', 'expire', 'take-over'),
      owner,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('try', 'renew', 'part'), owner, which }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('end'), owner, which, end: fc.constantFrom(...endKinds) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('redrive'), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('pause', 'pause', 'remove'),
      subscription: fc.constantFrom(...subscriptions),
    }),
  },
);

/** The world of one run: what was given out, and what the ledger said before. */
interface World {
  readonly owners: readonly [Store, Store];
  readonly holds: DeliveryHold[];
  /** How many ends as posted went through, by delivery. */
  readonly posts: Map<string, number>;
  before: ReadonlyMap<string, StoredDelivery>;
  now: number;
}

function endOf(kind: EndKind, now: number): DeliveryEnd {
  switch (kind) {
    case 'posted':
      return {
        kind,
        at: now,
        evidence: 'answer',
        deliveredUntil: now,
        items: [{ key: 'k', hash: `${now}` }],
      };
    case 'empty':
      return { kind, at: now, deliveredUntil: now };
    case 'retry':
      return { kind, notBefore: now + 50, error: 'refused', countsAttempt: now % 2 === 0 };
    case 'uncertain':
      return { kind, settleAt: now + 50, error: 'no answer' };
    case 'held':
    case 'skipped':
    case 'dead':
      return { kind, error: 'why' };
    default:
      return assertNever(kind);
  }
}

async function take(world: World, one: Step): Promise<void> {
  const { owners, holds, now } = world;
  switch (one.kind) {
    case 'wait':
      world.now += one.ms;
      return;
    case 'plan':
      await owners[one.owner].planDue(now, 10, planEach1000);
      return;
    case 'claim':
      await claimAnew(world, one.owner, 'claimDeliveries');
      return;
    case 'settle':
      await claimAnew(world, one.owner, 'claimUncertain');
      return;
    case 'expire':
      await owners[one.owner].expireLeases(now, (at) => at + 30);
      return;
    case 'take-over':
      world.now += 150;
      await owners[one.owner].expireLeases(world.now, (at) => at + 30);
      await claimAnew(world, one.owner, 'claimUncertain');
      await claimAnew(world, one.owner, 'claimDeliveries');
      return;
    case 'redrive': {
      const id = [...world.before.keys()][one.which % Math.max(1, world.before.size)];
      if (id !== undefined) await redriveAsForeseen(world, id);
      return;
    }
    case 'pause': {
      const found = await owners[0].subscription(one.subscription);
      if (found !== undefined)
        await owners[0].changeSubscription(found.id, found.version, { paused: !found.paused });
      return;
    }
    case 'remove':
      await owners[0].removeSubscription(one.subscription);
      return;
    case 'try':
    case 'renew':
    case 'part':
    case 'end': {
      const hold = holds[one.which % Math.max(1, holds.length)];
      if (hold !== undefined) await writeAsForeseen(world, one, hold);
      return;
    }
    default:
      assertNever(one);
  }
}

/** A fence is given once. */
async function claimAnew(
  { owners, holds, now }: World,
  by: Owner,
  from: 'claimDeliveries' | 'claimUncertain',
): Promise<void> {
  const claimed = await owners[by][from](claimAt(now, { owner: `${by}` }));
  for (const { id, fence } of claimed) {
    expect(holds.some((hold) => hold.id === id && hold.fence === fence)).toBe(false);
    holds.push({ id, fence });
  }
}

async function redriveAsForeseen({ owners, before, now }: World, id: string): Promise<void> {
  const delivery = before.get(id);
  const wanted = await owners[0].subscription(delivery?.subscription ?? '');
  const may =
    delivery !== undefined && drivable.includes(delivery.state) && wanted !== undefined && !wanted.paused;

  expect(await owners[0].redrive(id, now, now + 500)).toBe(may);
}

/** A holder's write goes through exactly when its hold is the newest and still being sent. */
async function writeAsForeseen(
  { owners, before, posts, now }: World,
  one: Extract<Step, { which: number; owner: Owner }>,
  hold: DeliveryHold,
): Promise<void> {
  const store = owners[one.owner];
  const delivery = before.get(hold.id);
  const may = delivery?.state === 'sending' && delivery.fence === hold.fence;
  const write = async (): Promise<boolean> => {
    switch (one.kind) {
      case 'try':
        return store.noteTry(hold, now, now + 20);
      case 'renew':
        return (await store.renewDeliveries([hold], now + 100)).length > 0;
      case 'part':
        return store.notePart(hold, { part: 0, messageId: `${now}` });
      case 'end':
        return store.endDelivery(hold, endOf(one.end, now));
      default:
        return assertNever(one);
    }
  };

  expect(await write()).toBe(may);
  if (may && one.kind === 'end' && one.end === 'posted') {
    posts.set(hold.id, (posts.get(hold.id) ?? 0) + 1);
  }
}

async function expectSound(world: World, one: Step): Promise<void> {
  const rows = await world.owners[1].deliveries({ limit: 10_000 });
  const after = new Map(rows.map((row) => [row.id, row]));
  for (const [id, was] of world.before) {
    const is = after.get(id);
    if (final.includes(was.state)) expect(is).toEqual(was);
    if (stopped.includes(was.state) && is?.state !== was.state) expect(one.kind).toBe('redrive');
    expect(is?.fence).toBeGreaterThanOrEqual(was.fence);
    expect(is?.posted.length).toBeGreaterThanOrEqual(was.posted.length);
  }
  const sending = rows.filter(({ state }) => state === 'sending').map(({ destination }) => destination.id);
  expect(new Set(sending).size).toBe(sending.length);
  const slots = rows.map(({ subscription: of, slotAt }) => `${of} ${slotAt}`);
  expect(new Set(slots).size).toBe(slots.length);
  world.before = after;
}

/** Two owners who do anything in any order: nothing is posted twice, and what is over stays over. */
export function deliveryModelContract({ store, openAnother }: StoresUnderTest, runs: number): void {
  describe('two owners who do anything in any order', () => {
    it('post nothing twice, and move nothing out of its end but by driving it again', async () => {
      const owners = [store(), await openAnother()] as const;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 70 }), async (steps) => {
          await clear(owners[0]);
          for (const id of subscriptions) {
            // Two of the three share a place.
            const destination = channel(id === 'c' ? 'C2' : 'C1');
            await owners[0].addSubscription(subscription(id, { destination }));
          }
          const world: World = { owners, holds: [], posts: new Map(), before: new Map(), now: 1000 };
          for (const one of steps) {
            await take(world, one);
            await expectSound(world, one);
          }
          for (const count of world.posts.values()) expect(count).toBe(1);
        }),
        { numRuns: runs },
      );
    });
  });
}

/** Leaves nothing of an earlier run. */
async function clear(store: Store): Promise<void> {
  const end = { kind: 'skipped', error: 'over' } as const;
  for (const id of subscriptions) await store.removeSubscription(id);
  for (const one of await store.deliveries({ states: ['sending'], limit: 1000 }))
    await store.endDelivery(one, end);
  for (;;) {
    const settling = await store.claimUncertain(claimAt(1e12));
    if (settling.length === 0) break;
    for (const one of settling) await store.endDelivery(one, end);
  }
  await store.trimDeliveries({ now: 1e12, deliveries: 1e12, postedItems: 1e12, audit: 1e12 }, 100_000);
  expect(await store.deliveries({ limit: 1 })).toEqual([]);
}
