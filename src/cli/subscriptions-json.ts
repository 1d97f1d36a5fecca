import { nextRuns } from '../chat/subscription-slots.ts';
import type { StoredSubscription } from '../store/delivery-types.ts';
import { isoTime } from './sources-json.ts';

/** A subscription as `subscriptions … --json` shows it. Times are ISO 8601, UTC. */
export interface SubscriptionView {
  readonly id: string;
  readonly kind: StoredSubscription['kind'];
  readonly platform: string;
  readonly workspace: string;
  readonly place: string;
  readonly placeKind: string;
  /** As people say it; `at once` for what has no schedule. */
  readonly schedule: string;
  /** Null for what has no schedule. */
  readonly cron: string | null;
  readonly zone: string | null;
  readonly filters: string;
  readonly shape: string;
  readonly emptyDay: string;
  readonly tlp: string | null;
  readonly state: 'active' | 'paused';
  readonly paused: boolean;
  /** Why it is paused when nobody paused it. */
  readonly pausedReason: string | null;
  /** The next three; none while it is paused. */
  readonly nextRuns: readonly string[];
  readonly lastPosted: string | null;
  /** Where the window of the next digest begins. */
  readonly deliveredUntil: string;
  readonly created: string;
  readonly createdBy: string;
}

export function subscriptionView(one: StoredSubscription): SubscriptionView {
  const { destination, timing, createdBy, lastPostedAt } = one;
  const schedule = timing.kind === 'scheduled' ? timing.schedule : undefined;
  return {
    id: one.id,
    kind: one.kind,
    platform: destination.platform,
    workspace: destination.workspace,
    place: destination.id,
    placeKind: destination.kind,
    schedule: schedule?.text ?? 'at once',
    cron: schedule?.cron ?? null,
    zone: schedule?.zone ?? null,
    filters: one.filters,
    shape: one.shape,
    emptyDay: one.emptyDay,
    tlp: one.ceiling ?? null,
    state: one.paused ? 'paused' : 'active',
    paused: one.paused,
    pausedReason: one.pausedReason,
    nextRuns: nextRuns(one).map(isoTime),
    lastPosted: lastPostedAt === null ? null : isoTime(lastPostedAt),
    deliveredUntil: isoTime(one.deliveredUntil),
    created: isoTime(one.createdAt),
    createdBy: `${createdBy.platform}:${createdBy.id}`,
  };
}
