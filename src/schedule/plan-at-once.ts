import type { Person } from '../domain/subscription.ts';
import type { StoredWatch } from '../store/delivery-types.ts';
import type { EngineParts } from './engine-types.ts';
import { plannedAtOnce } from './plan-slot.ts';

/** What changed about what, as far as it can be told now. */
export interface WatchedChanges {
  /** Another number whenever something may have changed; undefined while what changed cannot be told yet. */
  version(): Promise<number | undefined>;
  /** When the newest change of each entity within `from <= at` was stored, by the entity's id. */
  changedSince(from: number): Promise<ReadonlyMap<string, number>>;
}

export interface AtOncePlanner {
  /** Tells how many deliveries it added. */
  plan(): Promise<number>;
}

type AtOnceParts = Pick<EngineParts, 'clock' | 'rules'> & {
  readonly store: Pick<EngineParts['store'], 'atOnceBehind' | 'addDelivery' | 'watches'>;
};

/** What changed longer ago than this while nobody looked is told by no message of its own. */
const lookBackMs = 7 * 86_400_000;
/** Imports that take long bear the time of their beginning. */
const overlapMs = 3_600_000;
/** So often all of that time is looked at again, for those who were still being told of something earlier. */
const fullLookMs = 3_600_000;
const maxBehind = 100_000;

/** Plans the messages of those who want to know at once; looks only when something changed. */
export function createAtOncePlanner(parts: AtOnceParts, changes: WatchedChanges): AtOncePlanner {
  const { store, clock, rules } = parts;
  let seen: { readonly version: number; readonly at: number } | undefined;
  let lastFullAt: number | undefined;

  /** Where to begin; undefined when there is nothing to look at. */
  function lookFrom(version: number, now: number): number | undefined {
    if (lastFullAt === undefined || Math.abs(now - lastFullAt) >= fullLookMs) {
      lastFullAt = now;
      return now - lookBackMs;
    }
    return version === seen?.version ? undefined : Math.min(seen?.at ?? now, now) - overlapMs;
  }

  async function planAll(from: number, now: number): Promise<number> {
    const behind = await store.atOnceBehind(now, maxBehind);
    if (behind.length === 0) return 0;
    const earliest = Math.min(...behind.map(({ deliveredUntil }) => deliveredUntil));
    const changed = await changes.changedSince(Math.max(earliest - overlapMs, from));
    if (changed.size === 0) return 0;
    const watched = byPerson(await store.watches());
    let added = 0;
    for (const { id, createdBy } of behind) {
      const changedAt = newestOf(watched.get(personKey(createdBy)) ?? [], changed);
      if (changedAt === undefined) continue;
      const plan = plannedAtOnce(id, changedAt, now, rules.catchUpMs);
      const standing = await store.addDelivery(id, plan);
      if (standing.slotAt === plan.slotAt) added += 1;
    }
    return added;
  }

  return {
    plan: async () => {
      const version = await changes.version();
      if (version === undefined) return 0;
      const now = clock.now().getTime();
      const from = lookFrom(version, now);
      if (from === undefined) return 0;
      const added = await planAll(from, now).catch((error: unknown) => {
        lastFullAt = undefined;
        throw error;
      });
      seen = { version, at: now };
      return added;
    },
  };
}

function byPerson(watches: readonly StoredWatch[]): ReadonlyMap<string, readonly StoredWatch[]> {
  const result = new Map<string, StoredWatch[]>();
  for (const watch of watches) {
    if (watch.mode !== 'once') continue;
    const key = personKey(watch.person);
    const mine = result.get(key);
    if (mine === undefined) result.set(key, [watch]);
    else mine.push(watch);
  }
  return result;
}

/** What changed before it was watched is no news of the watch. */
function newestOf(watches: readonly StoredWatch[], changed: ReadonlyMap<string, number>): number | undefined {
  let newest: number | undefined;
  for (const { entity, createdAt } of watches) {
    const at = changed.get(entity);
    if (at !== undefined && at >= createdAt && at > (newest ?? Number.NEGATIVE_INFINITY)) newest = at;
  }
  return newest;
}

function personKey({ platform, workspace, id }: Person): string {
  return JSON.stringify([platform, workspace, id]);
}
