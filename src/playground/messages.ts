import type { ClearedCard } from '../cards/cleared.ts';
import type { Clock } from '../support/clock.ts';

/** A message that was delivered to the page. */
export interface PlaygroundMessage {
  /** Rises with every message, over restarts too. */
  readonly sequence: number;
  readonly key: string;
  readonly at: Date;
  readonly card: ClearedCard;
  /** The key of the message that it stands below. */
  readonly parent?: string;
}

/** What was delivered to the page; a message is known by its key and kept once. */
export interface PlaygroundMessages {
  /** Keeps a message; one whose key is there already changes nothing. */
  add(message: Pick<PlaygroundMessage, 'key' | 'card' | 'parent'>): void;
  has(key: string): boolean;
  /** Those later than a sequence number, oldest first; of more than `limit` the newest. */
  after(sequence: number, limit: number): readonly PlaygroundMessage[];
}

const maxKept = 200;

/** In the memory of this process: the newest 200. */
export function createPlaygroundMessages(clock: Clock): PlaygroundMessages {
  const kept = new Map<string, PlaygroundMessage>();
  let last = 0;
  return {
    add: (message) => {
      if (kept.has(message.key)) return;
      const at = clock.now();
      // The time, so that a page that outlives a restart asks on from where it was.
      last = Math.max(last + 1, at.getTime());
      if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '');
      kept.set(message.key, { ...message, sequence: last, at });
    },
    has: (key) => kept.has(key),
    after: (sequence, limit) => [...kept.values()].filter((one) => one.sequence > sequence).slice(-limit),
  };
}
