import type { Clock } from '../../support/clock.ts';

/** Remembers what was looked up, so that the same question in the next minutes costs nothing. */
export interface Recall<Value> {
  /** What `load` gave for this key lately; a look-up under way is shared. A rejection counts as unknown. */
  get(key: string, load: () => Promise<Value | undefined>): Promise<Value | undefined>;
  forget(key: string): void;
}

export interface RecallOptions {
  readonly clock: Clock;
  /** At most so many keys; past that the oldest goes first. */
  readonly maxEntries: number;
  readonly lifeMs: number;
  /** How long "unknown" is believed: short, so that an outage ends soon, yet does not cause a storm. */
  readonly unknownLifeMs: number;
}

interface Entry<Value> {
  readonly answer: Promise<Value | undefined>;
  expiresAtMs: number;
}

export function createRecall<Value>({
  clock,
  maxEntries,
  lifeMs,
  unknownLifeMs,
}: RecallOptions): Recall<Value> {
  const entries = new Map<string, Entry<Value>>();

  function start(key: string, load: () => Promise<Value | undefined>): Entry<Value> {
    const entry: Entry<Value> = {
      answer: load()
        .catch(() => undefined)
        .then((value) => {
          if (value === undefined) entry.expiresAtMs = clock.now().getTime() + unknownLifeMs;
          return value;
        }),
      expiresAtMs: clock.now().getTime() + lifeMs,
    };
    entries.delete(key);
    entries.set(key, entry);
    const oldest = entries.size > maxEntries ? entries.keys().next().value : undefined;
    if (oldest !== undefined) entries.delete(oldest);
    return entry;
  }

  return {
    get: (key, load) => {
      const known = entries.get(key);
      const isFresh = known !== undefined && known.expiresAtMs > clock.now().getTime();
      return (isFresh ? known : start(key, load)).answer;
    },
    forget: (key) => {
      entries.delete(key);
    },
  };
}
