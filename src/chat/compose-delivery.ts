import { type DigestFilter, digestCeiling, parseDigestFilters } from '../briefing/digest-filter.ts';
import { composeDigestMessages, digestItemKeys } from '../briefing/digest-messages.ts';
import type { DigestRequest } from '../briefing/digest-types.ts';
import { withHouseNames } from '../briefing/house-naming.ts';
import type { Person } from '../domain/subscription.ts';
import type { ComposeDelivery, ComposeRequest } from '../schedule/types.ts';
import { nextSlots } from '../schedule/when/slots.ts';
import type { DeliveryStore, StoredDelivery, StoredSubscription } from '../store/delivery-types.ts';
import { AppError } from '../support/app-error.ts';
import type { ChangeWindows } from './change-windows.ts';
import type { Desk } from './desk.ts';
import type { ChosenSettings, WorkspaceSettings } from './workspace-settings.ts';

export interface ComposeDeliveryParts {
  readonly desk: Pick<Desk, 'contextAt'>;
  readonly store: Pick<DeliveryStore, 'postedItems' | 'missedBetween' | 'watches' | 'mutes'>;
  readonly windows: ChangeWindows;
  readonly workspaces: Pick<WorkspaceSettings, 'of'>;
}

/** Under this key it is remembered which change was the newest that a subscription was told of, or could have been. */
const throughKey = 'through';
/** More missed slots than these are told as these. */
const maxMissed = 50;

/** Composes deliveries from what is known, for the people and places that get them. */
export function createComposeDelivery(parts: ComposeDeliveryParts): ComposeDelivery {
  const { desk, store, windows, workspaces } = parts;
  return async (request) => {
    const { subscription, ceiling, until } = request;
    const [settings, told, mutes, missed, watched] = await Promise.all([
      workspaces.of(subscription.destination.workspace),
      store.postedItems(subscription.id, [throughKey]),
      store.mutes(subscription.destination, until),
      missedBefore(request, store),
      watchedBy(subscription, store),
    ]);
    const after = Number(told[0]?.hash ?? Number.NaN);
    const from = subscription.deliveredUntil;
    const window = await windows.window({ from, ...(Number.isSafeInteger(after) ? { after } : {}) });
    const { filters, context } = await readFilters(subscription, ceiling, desk);
    const everything = context.history?.everything;
    const base: Omit<DigestRequest, 'posted'> = {
      changes: window.changes,
      knowledge: withHouseNames(context.knowledge, settings.naming),
      ceiling,
      ...(everything === undefined ? {} : { everything }),
      window: { from: Math.min(from, until), to: until },
      filters,
      interests: { sectors: settings.sectors, regions: settings.regions, watched },
      mutes,
      shape: subscription.shape,
      missed,
      kind: subscription.kind,
      now: new Date(until),
      ...zoneOf(subscription, settings),
      subscription: subscription.id,
    };
    const before = await store.postedItems(subscription.id, digestItemKeys(base));
    const posted = new Map(before.map(({ key, hash }) => [key, hash]));
    const digest = composeDigestMessages({ ...base, posted });
    const mark = { key: throughKey, hash: String(window.through) };
    return { ...digest, items: [...digest.items, mark] };
  };
}

/** Filters that name things are read against what the place may know. */
async function readFilters(
  { filters: text }: StoredSubscription,
  ceiling: DigestRequest['ceiling'],
  desk: Pick<Desk, 'contextAt'>,
): Promise<{
  readonly filters: readonly DigestFilter[];
  readonly context: Awaited<ReturnType<Desk['contextAt']>>;
}> {
  const context = await desk.contextAt(ceiling);
  const parsed = parseDigestFilters(text, context.index);
  // What is named there may not be known any more: as it was written, it says at least what is meant.
  const read = parsed.kind === 'ok' ? parsed : parseDigestFilters(text);
  if (read.kind === 'bad') throw new AppError('digest-filter', read.problem);
  const most = digestCeiling(ceiling, read.filters);
  return { filters: read.filters, context: most === ceiling ? context : await desk.contextAt(most) };
}

/** What the reader watches; nothing for a place that several read, whom it does not concern who watches what. */
async function watchedBy(
  { kind, destination, createdBy, timing }: StoredSubscription,
  store: Pick<DeliveryStore, 'watches'>,
): Promise<readonly string[]> {
  if (kind === 'watch') {
    const mode = timing.kind === 'at-once' ? 'once' : 'digest';
    const own = await store.watches({ person: createdBy });
    return own.filter((one) => one.mode === mode).map(({ entity }) => entity);
  }
  if (destination.kind !== 'direct') return [];
  const { platform, workspace, id } = destination;
  const reader: Person = { platform, workspace, id };
  const watches = await store.watches({ person: createdBy.platform === 'cli' ? reader : createdBy });
  return [...new Set(watches.map(({ entity }) => entity))];
}

/** Slots since the last digest that nobody got, though nobody wished so. */
async function missedBefore(
  { subscription, delivery }: ComposeRequest,
  store: Pick<DeliveryStore, 'missedBetween'>,
): Promise<readonly number[]> {
  const from = subscription.deliveredUntil;
  const missed = await store.missedBetween(subscription.id, from, delivery.slotAt);
  const slots = new Set<number>();
  for (const one of missed) {
    if (isByWish(one)) continue;
    for (const slot of mergedInto(one, subscription, from)) slots.add(slot);
    slots.add(one.slotAt);
  }
  return [...slots].sort((a, b) => a - b).slice(-maxMissed);
}

/** What was skipped because the subscription was paused is no miss. */
function isByWish({ state, lastError }: StoredDelivery): boolean {
  return state === 'skipped' && /\bpaused\b/.test(lastError ?? '');
}

/** The earlier slots that a missed one would have told. */
function mergedInto(
  { merged, slotAt }: StoredDelivery,
  { timing }: StoredSubscription,
  from: number,
): readonly number[] {
  if (merged === 0 || timing.kind === 'at-once') return [];
  const slots = nextSlots(timing.schedule, from, Math.min(merged + 1, maxMissed));
  return slots.filter((slot) => slot < slotAt);
}

function zoneOf({ timing }: StoredSubscription, { zone }: ChosenSettings): { readonly zone?: string } {
  if (timing.kind === 'scheduled') return { zone: timing.schedule.zone };
  return zone === undefined ? {} : { zone };
}
