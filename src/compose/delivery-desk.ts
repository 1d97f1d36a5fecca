import { randomUUID } from 'node:crypto';
import { createDesk } from '../chat/desk.ts';
import { type WorkspaceSettings } from '../chat/workspace-settings.ts';
import type { ComposedDelivery, DeliveryDesk, RunDelivery, RunOutcome } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import type { Person } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import { loadBundledData } from '../ingest/bundled.ts';
import { type ByHand, redriveByHand, settleByHand } from '../schedule/by-hand.ts';
import { awaitEnd, driveOne, isAtItsEnd } from '../schedule/drive-one.ts';
import { lower } from '../schedule/lower.ts';
import type { ComposeDelivery } from '../schedule/types.ts';
import type { StoredDelivery, StoredSubscription } from '../store/delivery-types.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { sleep } from '../support/sleep.ts';
import { createComposing, deliveryClock, deliveryRules } from './deliveries.ts';
import { openDeliveryPlatforms } from './delivery-platforms.ts';
import { forceSlot } from './force-slot.ts';
import { openIdentity } from './identity.ts';
import { dataFolder } from './paths.ts';
import { replayDigest } from './replay-digest.ts';
import { storeSettingsOf } from './store-settings.ts';
import { openWorkspaces } from './workspaces.ts';

interface Parts {
  readonly settings: Settings;
  readonly store: Store;
  readonly workspaces: WorkspaceSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/** The ledger in the database of the settings, for one command. What a command does not need is not loaded. */
export async function openDeliveryDesk(settings: Settings, clock: Clock, log: Log): Promise<DeliveryDesk> {
  const store = await openStore(storeSettingsOf(settings));
  try {
    const shared = deliveryClock({ store, clock, settings });
    await shared.adjust();
    const workspaces = openWorkspaces(settings, { store, clock, log });
    return deskOver({ settings, store, workspaces, clock: shared.clock, log });
  } catch (error) {
    await store.close();
    throw error;
  }
}

function deskOver(parts: Parts): DeliveryDesk {
  const { store } = parts;
  return {
    run: (request) => run(request, parts),
    dryRun: async (request) => {
      const subscription = await knownSubscription(request.subscription, store, 'run');
      return composeOnly(subscription, request, parts);
    },
    replay: async ({ subscription: id, ceiling, ...request }) => {
      const subscription = id === undefined ? undefined : await knownSubscription(id, store, 'replay');
      const most =
        subscription === undefined
          ? { ceiling: ceiling ?? 'green' }
          : await ceilingFor(subscription, ceiling, parts);
      await loadBundledData(store, dataFolder, parts.clock);
      return { ...(await replayDigest({ ...request, subscription, ceiling: most.ceiling }, parts)), ...most };
    },
    list: (where) => store.deliveries(where),
    redrive: (id) => byHand('redrive', id, (found) => redriveByHand(found, operator, parts), parts),
    settle: (id, seen) => byHand('settle', id, (found) => settleByHand(found, seen, operator, parts), parts),
    close: () => store.close(),
  };
}

async function knownSubscription(id: string, store: Store, command: string): Promise<StoredSubscription> {
  const found = await store.subscription(id.trim().replace(/^#/, '').toLowerCase());
  if (found !== undefined) return found;
  throw new AppError(
    'usage',
    `digest ${command}: there is no subscription "${id}"; "threatbrief subscriptions list" names all.`,
  );
}

async function run(request: RunDelivery, parts: Parts): Promise<RunOutcome> {
  const { store, clock, log, settings } = parts;
  const subscription = await knownSubscription(request.subscription, store, 'run');
  if (subscription.paused) {
    throw new AppError(
      'usage',
      `digest run: ${subscription.id} is paused; "threatbrief subscriptions resume ${subscription.id}" starts it again.`,
    );
  }
  const planned = await forceSlot(subscription, request.slotAt, {
    store,
    now: clock.now().getTime(),
    catchUpMs: deliveryRules(settings).catchUpMs,
  });
  const standsFor = planned.slotAt === request.slotAt ? {} : { standsFor: request.slotAt };
  if (isAtItsEnd(planned)) return { delivery: planned, isConnected: true, ...standsFor };
  const platforms = await openDeliveryPlatforms(parts);
  const platform = platforms.get(subscription.destination.platform);
  if (platform === undefined) {
    const waitMs = (request.waitElsewhereSeconds ?? 0) * 1000;
    const delivery = await awaitEnd(planned.id, { store, clock, sleep, waitMs });
    return { delivery: delivery ?? planned, isConnected: false, ...standsFor };
  }
  const delivery = await driveOne(planned.id, {
    platform,
    compose: await openComposing(parts),
    waitMs: request.waitSeconds * 1000,
    store,
    clock,
    log,
    rules: deliveryRules(settings),
    random: Math.random,
    sleep,
    owner: randomUUID(),
  });
  return { delivery: delivery ?? planned, isConnected: true, ...standsFor };
}

async function openComposing(parts: Parts): Promise<ComposeDelivery> {
  const { store, clock, log, settings } = parts;
  await loadBundledData(store, dataFolder, clock);
  const desk = createDesk({ store, clock, log, identity: openIdentity(settings) });
  await desk.refresh();
  return createComposing({ ...parts, desk }, clock).compose;
}

async function composeOnly(
  subscription: StoredSubscription,
  { slotAt, ceiling }: Pick<RunDelivery, 'slotAt'> & { readonly ceiling?: Tlp },
  parts: Parts,
): Promise<ComposedDelivery> {
  const most = await ceilingFor(subscription, ceiling, parts);
  const compose = await openComposing(parts);
  const until = parts.clock.now().getTime();
  const delivery = { id: 'dry-run', slotAt, merged: 0 };
  const digest = await compose({ subscription, delivery, ceiling: most.ceiling, until });
  return { ...digest, ...most, window: { from: subscription.deliveredUntil, to: until } };
}

/** What was asked for, else what the place may see now; CLEAR, and why, where it cannot be asked from here. */
async function ceilingFor(
  { destination, ceiling: own }: StoredSubscription,
  asked: Tlp | undefined,
  parts: Parts,
): Promise<{ readonly ceiling: Tlp; readonly assumedFor?: string }> {
  if (asked !== undefined) return { ceiling: asked };
  const platforms = await openDeliveryPlatforms(parts);
  const state = await platforms.get(destination.platform)?.placeState(destination);
  if (state?.kind === 'open') return { ceiling: lower(state.ceiling, own) };
  const { platform, id } = destination;
  const why =
    state === undefined
      ? `${platform} is not connected here`
      : `${platform} does not open ${id}: ${state.kind === 'gone' ? state.reason : state.error}`;
  return { ceiling: lower('clear', own), assumedFor: why };
}

/** Who has the command line is the operator. */
const operator: Person = { platform: 'cli', workspace: 'local', id: 'operator' };

async function byHand(
  command: 'redrive' | 'settle',
  id: string,
  decide: (found: StoredDelivery) => Promise<ByHand>,
  { store }: Parts,
): Promise<StoredDelivery> {
  const found = await store.delivery(id.trim());
  if (found === undefined) {
    throw new AppError(
      'usage',
      `digest ${command}: there is no delivery "${id}"; "threatbrief digest dead" names those that can be decided on.`,
    );
  }
  const decided = await decide(found);
  if (decided.kind === 'done') return decided.delivery;
  const remedy =
    decided.why === 'paused'
      ? `; "threatbrief subscriptions resume ${found.subscription}" starts it again`
      : '';
  throw new AppError('usage', `digest ${command}: ${found.id} stays as it is: ${decided.problem}${remedy}.`);
}
