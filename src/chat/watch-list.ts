import { hash } from 'node:crypto';
import type { Destination, Mute, Person, Timing, WatchMode } from '../domain/subscription.ts';
import type { DeliveryStore, StoredMute, StoredSubscription, StoredWatch } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import { samePlaces } from './destination.ts';
import { type Actor, refusalFor, type SubscriberDeed, type SubscriptionRules } from './subscription-rules.ts';
import { upcomingSlots } from './subscription-slots.ts';

export interface Watched {
  /** The entity's STIX id. */
  readonly entity: string;
  readonly name: string;
}

export type WatchOutcome =
  | { readonly kind: 'done'; readonly subscription: StoredSubscription }
  | { readonly kind: 'refused'; readonly problem: string };

/** What people watch, and what places have muted. Every change is checked against the rules and audited. */
export interface WatchList {
  /**
   * Watches one thing for a person, who is told at `destination` (their direct conversation); another mode takes the
   * place of the earlier one. `zone`: whose morning the daily digest comes in, where it is begun.
   */
  watch(watched: Watched, how: WatchRequest, by: Actor): Promise<WatchOutcome>;
  /** False when it was not watched. */
  unwatch(entity: string, by: Actor): Promise<boolean>;
  watches(person: Person): Promise<readonly StoredWatch[]>;
  /** The person's subscriptions that tell of what they watch. */
  subscriptionsOf(person: Person): Promise<readonly StoredSubscription[]>;
  /** Why it was refused; undefined when it is muted. */
  mute(mute: Mute, at: Destination, by: Actor): Promise<string | undefined>;
  /** Why it was refused; undefined when it is lifted, or was not muted. */
  unmute(mute: Pick<Mute, 'kind' | 'target'>, at: Destination, by: Actor): Promise<string | undefined>;
  /** Those in force. */
  mutes(at: Destination): Promise<readonly StoredMute[]>;
}

export interface WatchRequest {
  readonly mode: WatchMode;
  readonly destination: Destination;
  readonly zone: string;
}

export interface WatchListParts {
  readonly store: Pick<
    DeliveryStore,
    | 'addSubscription'
    | 'subscription'
    | 'subscriptions'
    | 'changeSubscription'
    | 'removeSubscription'
    | 'lastPlannedSlot'
    | 'addWatch'
    | 'removeWatch'
    | 'watches'
    | 'addMute'
    | 'removeMute'
    | 'mutes'
    | 'noteAudit'
  >;
  readonly clock: Clock;
  readonly rules: SubscriptionRules;
}

export const maxWatches = 200;
const maxTries = 5;

export function createWatchList({ store, clock, rules }: WatchListParts): WatchList {
  const nowMs = (): number => clock.now().getTime();

  async function refusal(
    by: Actor,
    destination: Destination,
    deed: SubscriberDeed,
  ): Promise<string | undefined> {
    return refusalFor(by, destination, await rules.of(destination.workspace), deed);
  }

  function audit(by: Actor, action: string, target: string, detail: Readonly<Record<string, unknown>>) {
    return store.noteAudit({ at: nowMs(), by: by.person, action, target, detail });
  }

  function subscriptionsOf(person: Person): Promise<readonly StoredSubscription[]> {
    return store.subscriptions({ createdBy: person, kind: 'watch' });
  }

  /** The one subscription by which a person is told in a mode; made, or started again where it was paused. */
  async function ensureSubscription(by: Actor, how: WatchRequest): Promise<StoredSubscription | undefined> {
    const id = watchSubscriptionId(by.person, how.mode);
    for (let count = 0; count < maxTries; count += 1) {
      const present = await store.subscription(id);
      if (present === undefined) {
        await store.addSubscription(newSubscription(id, by.person, how, nowMs()));
        continue;
      }
      if (!present.paused) return present;
      const [next] = upcomingSlots(present.timing, nowMs(), await store.lastPlannedSlot(id), 1);
      const change = { paused: false, pausedReason: null, nextSlotAt: next ?? null };
      await store.changeSubscription(id, present.version, change);
    }
    return store.subscription(id);
  }

  /** Subscriptions of modes in which nothing is watched any more. */
  async function dropUnused(person: Person): Promise<void> {
    const used = new Set((await store.watches({ person })).map(({ mode }) => mode));
    for (const { id, timing } of await subscriptionsOf(person)) {
      if (!used.has(timing.kind === 'at-once' ? 'once' : 'digest')) await store.removeSubscription(id);
    }
  }

  return {
    watches: (person) => store.watches({ person }),
    subscriptionsOf,
    watch: async ({ entity, name }, how, by) => {
      const problem = await refusal(by, how.destination, 'watch');
      if (problem !== undefined) return { kind: 'refused', problem };
      const present = await store.watches({ person: by.person });
      if (present.length >= maxWatches && !present.some((one) => one.entity === entity)) {
        return { kind: 'refused', problem: `You watch ${present.length} things, which is the most.` };
      }
      // First the way by which it is told: a watch that nothing tells of would be a silent one.
      const subscription = await ensureSubscription(by, how);
      if (subscription === undefined)
        return { kind: 'refused', problem: 'It could not be begun; try again.' };
      await store.addWatch({ person: by.person, entity, name, mode: how.mode, createdAt: nowMs() });
      await dropUnused(by.person);
      await audit(by, 'watch.add', entity, { name, mode: how.mode });
      return { kind: 'done', subscription };
    },
    unwatch: async (entity, by) => {
      const wasWatched = await store.removeWatch(by.person, entity);
      await dropUnused(by.person);
      if (wasWatched) await audit(by, 'watch.remove', entity, {});
      return wasWatched;
    },
    mute: async (mute, at, by) => {
      const problem = await refusal(by, at, 'mute');
      if (problem !== undefined) return problem;
      for (const destination of samePlaces(at)) {
        await store.addMute({ ...mute, destination, by: by.person, createdAt: nowMs() });
      }
      const { kind, target, label, until } = mute;
      await audit(by, 'mute.add', target, { place: at.id, kind, label, until });
      return undefined;
    },
    unmute: async ({ kind, target }, at, by) => {
      const problem = await refusal(by, at, 'mute');
      if (problem !== undefined) return problem;
      const lifted = await Promise.all(
        samePlaces(at).map((destination) => store.removeMute(destination, kind, target)),
      );
      if (lifted.includes(true)) await audit(by, 'mute.remove', target, { place: at.id, kind });
      return undefined;
    },
    mutes: (at) => store.mutes(at, nowMs()),
  };
}

/** The same for a person and a mode wherever it is computed, so that two requests at once make one. */
export function watchSubscriptionId({ platform, workspace, id }: Person, mode: WatchMode): string {
  const digest = hash('sha256', JSON.stringify([platform, workspace, id, mode]), 'hex');
  return `w${digest.slice(0, 9)}`;
}

/** The person's own digest of what they watch comes in the morning of their zone. */
function watchTiming(mode: WatchMode, zone: string): Timing {
  return mode === 'once'
    ? { kind: 'at-once' }
    : { kind: 'scheduled', schedule: { cron: '0 8 * * *', zone, text: 'daily at 08:00' } };
}

function newSubscription(
  id: string,
  person: Person,
  { mode, zone, destination }: WatchRequest,
  now: number,
): StoredSubscription {
  const timing = watchTiming(mode, zone);
  return {
    id,
    destination,
    timing,
    filters: '',
    shape: 'message',
    emptyDay: 'silent',
    kind: 'watch',
    createdBy: person,
    createdAt: now,
    paused: false,
    pausedReason: null,
    version: 1,
    nextSlotAt: upcomingSlots(timing, now, null, 1)[0] ?? null,
    deliveredUntil: now,
    lastPostedAt: null,
  };
}
