import type { Destination, Person } from '../../src/domain/subscription.ts';
import type {
  ClaimRequest,
  SlotPlan,
  StoredDelivery,
  StoredSubscription,
} from '../../src/store/delivery-types.ts';
import type { Store } from '../../src/store/types.ts';

/** The store under test, and others on the same database. */
export interface StoresUnderTest {
  readonly store: () => Store;
  readonly openAnother: () => Promise<Store>;
}

export const person: Person = { platform: 'slack', workspace: 'T0001', id: 'U0001' };

export function channel(id: string, changes: Partial<Destination> = {}): Destination {
  return { platform: 'slack', workspace: 'T0001', id, kind: 'channel', ...changes };
}

/** Due at 1000, in a channel of its own. */
export function subscription(id: string, changes: Partial<StoredSubscription> = {}): StoredSubscription {
  return {
    id,
    destination: channel(`C-${id}`),
    timing: {
      kind: 'scheduled',
      schedule: { cron: '0 8 * * *', zone: 'Europe/Berlin', text: 'daily at 08:00' },
    },
    filters: '',
    shape: 'message',
    emptyDay: 'silent',
    kind: 'digest',
    createdBy: person,
    createdAt: 100,
    paused: false,
    pausedReason: null,
    version: 1,
    nextSlotAt: 1000,
    deliveredUntil: 100,
    lastPostedAt: null,
    ...changes,
  };
}

type NewDelivery = NonNullable<SlotPlan['delivery']>;

/** The slot of a subscription at a time, in a period of its own. */
export function slot(of: string, slotAt: number, changes: Partial<NewDelivery> = {}): NewDelivery {
  return {
    id: `${of}@${slotAt}`,
    slotAt,
    period: `p${slotAt}`,
    merged: 0,
    notBefore: slotAt,
    deadline: slotAt + 500,
    state: 'pending',
    ...changes,
  };
}

/** A planner with a slot each 1000. */
export function planEach1000({ id, nextSlotAt }: StoredSubscription): SlotPlan {
  const slotAt = nextSlotAt ?? 0;
  return { delivery: slot(id, slotAt), nextSlotAt: slotAt + 1000 };
}

export function claimAt(now: number, changes: Partial<ClaimRequest> = {}): ClaimRequest {
  return { owner: 'one', now, leaseUntil: now + 100, limit: 50, platform: 'slack', ...changes };
}

/** Adds subscriptions with one pending delivery each, of the slot at 1000. */
export async function addPending(
  store: Store,
  ...subscriptions: readonly StoredSubscription[]
): Promise<void> {
  for (const one of subscriptions) {
    await store.addSubscription(one);
    await store.addDelivery(one.id, slot(one.id, 1000));
  }
}

/** Claims the only delivery that may go. */
export async function claimOne(
  store: Store,
  now: number,
  changes: Partial<ClaimRequest> = {},
): Promise<StoredDelivery> {
  const [claimed, ...more] = await store.claimDeliveries(claimAt(now, changes));
  if (claimed === undefined || more.length > 0) throw new Error(`claimed ${more.length} more than one`);
  return claimed;
}

export async function stateOf(store: Store, id: string): Promise<string | undefined> {
  return (await store.delivery(id))?.state;
}

export const postedEnd = {
  kind: 'posted',
  at: 1100,
  evidence: 'answer',
  deliveredUntil: 1050,
  items: [],
} as const;
