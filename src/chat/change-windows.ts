import type { Store, StoredChange } from '../store/types.ts';
import type { Desk } from './desk.ts';

/** What was stored since a subscription was told last. */
export interface ChangeWindow {
  /** Oldest first; the very same list for the same window as long as nothing new is known. */
  readonly changes: readonly StoredChange[];
  /** The number of the newest change of the last days, in this window or not; 0 when there was none. */
  readonly through: number;
}

export interface WindowRequest {
  /** The newest change that was told already; absent: what was told is known by its time only. */
  readonly after?: number;
  /** Where the window begins, in epoch milliseconds. */
  readonly from: number;
}

/**
 * Changes as digests ask for them: those of the knowledge that answers come from, and no others, so that nothing is
 * passed over because it was stored while a digest was composed.
 */
export interface ChangeWindows {
  /** Rejects when the store does. */
  window(request: WindowRequest): Promise<ChangeWindow>;
}

export interface ChangeWindowsParts {
  readonly store: Pick<Store, 'changes' | 'knowledgeVersion'>;
  readonly desk: Pick<Desk, 'state' | 'refresh'>;
}

/** Imports that take long bear the time of their beginning, and clocks are set back: what is new is told by its number. */
const overlapMs = 24 * 3_600_000;
/** What is kept in memory at least; older windows are read when they are asked for. */
const keptMs = 2 * 24 * 3_600_000;
/** A digest looks back no further than this. */
const longestMs = 92 * 24 * 3_600_000;
const maxWindows = 64;
const maxTries = 3;

interface Known {
  /** Of the desk when the changes were read. */
  readonly version: number | null;
  readonly from: number;
  readonly changes: readonly StoredChange[];
  readonly windows: Map<string, ChangeWindow>;
  /** Each different list once, by its length: whoever subscribed when, most windows hold the same changes. */
  readonly lists: Map<number, readonly StoredChange[]>;
}

export function createChangeWindows({ store, desk }: ChangeWindowsParts, now: () => number): ChangeWindows {
  let known: Known | undefined;
  let reading: Promise<Known> | undefined;

  /** The changes of one version of the knowledge: read again when it rises in the middle. */
  async function read(from: number): Promise<Known> {
    for (let tries = 1; ; tries += 1) {
      const before = await store.knowledgeVersion();
      const changes = await store.changes(from, Number.MAX_SAFE_INTEGER);
      const { version } = desk.state();
      const isWhole = version === before && (await store.knowledgeVersion()) === before;
      if (isWhole || version === null)
        return { version, from, changes, windows: new Map(), lists: new Map() };
      if (tries === maxTries) {
        // Imports follow one another: what was whole before is told now, the rest next time.
        return known !== undefined && known.from <= from
          ? known
          : { version, from, changes, windows: new Map(), lists: new Map() };
      }
      await desk.refresh();
    }
  }

  async function knownSince(from: number): Promise<Known> {
    if (known !== undefined && known.version === desk.state().version && known.from <= from) return known;
    reading ??= read(Math.min(from, known?.from ?? from, now() - keptMs)).finally(() => {
      reading = undefined;
    });
    known = await reading;
    return known.from <= from ? known : knownSince(from);
  }

  return {
    window: async (request) => {
      const at = now();
      const earliest = Math.max(
        at - longestMs,
        Math.min(request.from, at) - (request.after === undefined ? 0 : overlapMs),
      );
      // Rounded, so that windows that began within the same hour are read once.
      const held = await knownSince(Math.floor(earliest / 3_600_000) * 3_600_000);
      const { after } = request;
      const first = after === undefined ? firstSince(held.changes, earliest) : 0;
      // Those who begin between the same two changes are told the same.
      const key = after === undefined ? `from ${first}` : `after ${after}`;
      const existing = held.windows.get(key);
      if (existing !== undefined) return existing;
      const changes =
        after === undefined ? held.changes.slice(first) : held.changes.filter(({ id }) => id > after);
      const window = { changes: sharedList(changes, held), through: newest(held.changes, after) };
      if (held.windows.size >= maxWindows) {
        held.windows.clear();
        held.lists.clear();
      }
      held.windows.set(key, window);
      return window;
    },
  };
}

/** The list that has the same changes already, so that what is worked out of it is worked out once. */
function sharedList(changes: readonly StoredChange[], { lists }: Known): readonly StoredChange[] {
  const existing = lists.get(changes.length);
  if (existing?.every((change, index) => change === changes[index]) === true) return existing;
  lists.set(changes.length, changes);
  return changes;
}

function newest(changes: readonly StoredChange[], after = 0): number {
  let found = after;
  for (const { id } of changes) if (id > found) found = id;
  return found;
}

/** The place of the first change at a time or later, in a list that is sorted by time. */
function firstSince(changes: readonly StoredChange[], from: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.at ?? from) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
