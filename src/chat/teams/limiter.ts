import type { Clock } from '../../support/clock.ts';

/** At most `max` in any span of `ms`. */
export interface Window {
  readonly ms: number;
  readonly max: number;
}

/** What Teams lets a bot send to one conversation, and ask of one (Microsoft, "Optimize your bot: rate limiting"). */
export const sendWindows: readonly Window[] = [
  { ms: 1_000, max: 7 },
  { ms: 2_000, max: 8 },
  { ms: 30_000, max: 60 },
  { ms: 3_600_000, max: 1_800 },
];
export const memberWindows: readonly Window[] = [
  { ms: 1_000, max: 14 },
  { ms: 2_000, max: 16 },
  { ms: 30_000, max: 120 },
  { ms: 3_600_000, max: 3_600 },
];
/** Of all requests for one tenant. */
export const tenantWindows: readonly Window[] = [{ ms: 1_000, max: 30 }];

/** Keeps requests to each key within the windows. */
export interface Limiter {
  /** How long a request to the key would have to wait; 0: not at all. */
  waitMs(key: string): number;
  /** Takes the next place, however late; gives back how long it is until then. */
  take(key: string): number;
  /** Teams asked for a pause: nothing before that. */
  pause(key: string, ms: number): void;
}

const maxKeys = 5_000;
/** No pause is longer, whatever an answer says. */
const maxPauseMs = 3_600_000;

interface Kept {
  /** When requests went or will go, ascending. */
  readonly at: number[];
  notBefore: number;
}

export function createLimiter(windows: readonly Window[], clock: Clock): Limiter {
  const longestMs = Math.max(...windows.map(({ ms }) => ms));
  const mostKept = Math.max(...windows.map(({ max }) => max));
  const kept = new Map<string, Kept>();
  const nowMs = (): number => clock.now().getTime();

  function of(key: string): Kept {
    const found = kept.get(key) ?? { at: [], notBefore: 0 };
    // Behind the others, so that what was used longest ago is forgotten first.
    kept.delete(key);
    if (kept.size >= maxKeys) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, found);
    return found;
  }

  function nextAt({ at, notBefore }: Kept): number {
    let next = Math.max(nowMs(), notBefore);
    for (const { ms, max } of windows) {
      const oldest = at[at.length - max];
      if (oldest !== undefined) next = Math.max(next, oldest + ms);
    }
    return next;
  }

  return {
    waitMs: (key) => {
      const found = kept.get(key);
      return found === undefined ? 0 : Math.max(0, nextAt(found) - nowMs());
    },
    take: (key) => {
      const found = of(key);
      const next = nextAt(found);
      found.at.push(next);
      const tooOld = found.at.findIndex((one) => one > next - longestMs);
      const superfluous = Math.max(tooOld, found.at.length - mostKept);
      if (superfluous > 0) found.at.splice(0, superfluous);
      return Math.max(0, next - nowMs());
    },
    pause: (key, ms) => {
      const found = of(key);
      found.notBefore = Math.max(found.notBefore, nowMs() + Math.min(ms, maxPauseMs));
    },
  };
}
