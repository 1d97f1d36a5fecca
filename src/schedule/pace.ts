import type { Destination } from '../domain/subscription.ts';
import type { Clock } from '../support/clock.ts';
import { placeKey, workspaceKey } from './delivery-id.ts';

/** When each place may be posted to again, as this process knows it. */
export interface Pace {
  /** Milliseconds to wait before the next post there; 0: none. */
  waitMs(destination: Destination): number;
  /** Says that something was posted, and how far apart two posts must be. */
  posted(destination: Destination, minGapMs: number): void;
  /** The platform asked for a pause. */
  asked(destination: Destination, pause: { readonly ms: number; readonly scope: PauseScope }): void;
  /** Milliseconds until the platform may be asked about places of the workspace again; 0: now. */
  lookMs(destination: Destination): number;
  /** The platform asked for a pause in being asked about places, in milliseconds. */
  lookedTooOften(destination: Destination, ms: number): void;
  /** Says that nothing could even be tried there, and tells how often in a row that was. */
  stumbled(destination: Destination): number;
  recovered(destination: Destination): void;
}

/** What a pause is for; `unknown` when the platform did not say. */
export type PauseScope = 'place' | 'workspace' | 'unknown';

interface Pause {
  readonly from: number;
  readonly until: number;
}

const maxKept = 20_000;
/** Longer pauses are kept by the ledger; this memory only spares requests. */
const longestMs = 3_600_000;

export function createPace(clock: Clock): Pace {
  const pauses = new Map<string, Pause>();
  const stumbles = new Map<string, number>();
  const now = (): number => clock.now().getTime();

  /** A pause that begins later than now was noted before the clock was set back. */
  function leftMs(key: string, at: number): number {
    const noted = pauses.get(key);
    return noted === undefined || noted.from > at ? 0 : Math.max(noted.until - at, 0);
  }

  function pause(key: string, ms: number): void {
    const at = now();
    if (pauses.size >= maxKept) prune(at);
    const until = Math.max(at + Math.min(ms, longestMs), at + leftMs(key, at));
    pauses.set(key, { from: at, until });
  }

  function prune(at: number): void {
    for (const key of pauses.keys()) {
      if (leftMs(key, at) === 0) pauses.delete(key);
    }
  }

  /** A second place that is asked to pause while another still does: the pause is for all of them. */
  const strained = new Map<string, { readonly place: string; readonly until: number }>();

  function isForAll(destination: Destination, ms: number): boolean {
    const place = placeKey(destination);
    const workspace = workspaceKey(destination);
    const earlier = strained.get(workspace);
    const at = now();
    strained.set(workspace, { place, until: at + Math.min(ms, longestMs) });
    return earlier !== undefined && earlier.place !== place && earlier.until > at;
  }

  return {
    waitMs: (destination) => {
      const at = now();
      return Math.max(leftMs(placeKey(destination), at), leftMs(workspaceKey(destination), at));
    },
    posted: (destination, minGapMs) => pause(placeKey(destination), minGapMs),
    asked: (destination, { ms, scope }) => {
      const wide = scope === 'workspace' || (scope === 'unknown' && isForAll(destination, ms));
      pause(wide ? workspaceKey(destination) : placeKey(destination), ms);
    },
    lookMs: (destination) => leftMs(lookKey(destination), now()),
    lookedTooOften: (destination, ms) => pause(lookKey(destination), ms),
    stumbled: (destination) => {
      const place = placeKey(destination);
      const failures = (stumbles.get(place) ?? 0) + 1;
      if (stumbles.size >= maxKept) stumbles.clear();
      stumbles.set(place, failures);
      return failures;
    },
    recovered: (destination) => void stumbles.delete(placeKey(destination)),
  };
}

/** Of looking, which has limits of its own. */
function lookKey(destination: Destination): string {
  return `look ${workspaceKey(destination)}`;
}
