import type { ComposedDigest } from '../briefing/digest-types.ts';
import { createChangeWindows } from '../chat/change-windows.ts';
import { createComposeDelivery } from '../chat/compose-delivery.ts';
import { createDesk } from '../chat/desk.ts';
import { localWorkspace } from '../chat/destination.ts';
import { type WorkspaceSettings } from '../chat/workspace-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { Tlp } from '../domain/tlp.ts';
import { latestSlot } from '../schedule/when/slots.ts';
import type { StoredSubscription } from '../store/delivery-types.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { openIdentity } from './identity.ts';

export interface ReplayRequest {
  /** Absent: a digest for the filters and the days. */
  readonly subscription?: StoredSubscription | undefined;
  /** Epoch milliseconds, `from <= at < to`: a moment, or the day that was written. */
  readonly at: { readonly from: number; readonly to: number };
  readonly days: number;
  readonly filters: string;
  readonly ceiling: Tlp;
}

export interface ReplayParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly workspaces: Pick<WorkspaceSettings, 'of'>;
  readonly log: Log;
}

export interface ReplayedDigest extends ComposedDigest {
  /** Epoch milliseconds. */
  readonly window: { readonly from: number; readonly to: number };
}

const dayMs = 86_400_000;

/**
 * A digest as it would have been: from what was stored by then and with nothing told before it. For a day it is that of
 * the day's slot, for a moment that of the moment.
 */
export async function replayDigest(request: ReplayRequest, parts: ReplayParts): Promise<ReplayedDigest> {
  const { settings, log, workspaces } = parts;
  const until = endOf(request);
  const store = storeAt(parts.store, until);
  const clock: Clock = { now: () => new Date(until) };
  const desk = createDesk({ store, clock, log, identity: openIdentity(settings) });
  await desk.refresh();
  const windows = createChangeWindows({ store, desk }, () => until);
  const compose = createComposeDelivery({ desk, store, windows, workspaces });
  const from = await beginOf(request, until, parts.store);
  const subscription = { ...(request.subscription ?? preview(request.filters)), deliveredUntil: from };
  const delivery = { id: 'replay', slotAt: until, merged: 0 };
  const digest = await compose({ subscription, delivery, ceiling: request.ceiling, until });
  return { ...digest, window: { from, to: until } };
}

/** The slot of the day; the moment where one was given, or where the day had no slot. */
function endOf({ subscription, at }: ReplayRequest): number {
  const last = at.to - 1;
  if (subscription === undefined || subscription.timing.kind !== 'scheduled') return last;
  return latestSlot(subscription.timing.schedule, at.from - 1, last)?.slotAt ?? last;
}

/** The end of the last digest before it: as the ledger has it, else the slot before. */
async function beginOf(
  { subscription, days }: ReplayRequest,
  until: number,
  store: Pick<Store, 'deliveries'>,
): Promise<number> {
  if (subscription === undefined) return until - days * dayMs;
  const told = await store.deliveries({
    subscription: subscription.id,
    states: ['posted', 'empty'],
    limit: 1_000,
  });
  const last = told.find(({ slotAt }) => slotAt < until);
  if (last !== undefined) return last.postedAt ?? last.slotAt;
  if (subscription.createdAt < until) return subscription.createdAt;
  if (subscription.timing.kind === 'at-once') return until - days * dayMs;
  return (
    latestSlot(subscription.timing.schedule, until - 40 * dayMs, until - 1)?.slotAt ?? until - days * dayMs
  );
}

/** What the store held at a time. */
function storeAt(store: Store, at: number): Store {
  return {
    ...store,
    records: () => store.recordsAt(at),
    changes: (from, to) => store.changes(from, Math.min(to, at + 1)),
    // What was told since then, and what was decided since then, is not known yet.
    postedItems: async () => [],
    mutes: async (destination, now) =>
      (await store.mutes(destination, now)).filter(({ createdAt }) => createdAt <= at),
    watches: async (where) => (await store.watches(where)).filter(({ createdAt }) => createdAt <= at),
  };
}

function preview(filters: string): StoredSubscription {
  return {
    id: 'replay',
    destination: { platform: 'playground', workspace: localWorkspace, id: 'replay', kind: 'channel' },
    timing: { kind: 'at-once' },
    filters,
    shape: 'message',
    emptyDay: 'line',
    kind: 'digest',
    createdBy: { platform: 'cli', workspace: localWorkspace, id: 'operator' },
    createdAt: 0,
    paused: false,
    pausedReason: null,
    version: 1,
    nextSlotAt: null,
    deliveredUntil: 0,
    lastPostedAt: null,
  };
}
