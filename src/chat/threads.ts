import type { ThreadSubject } from '../questions/follow-up-words.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { Place } from './types.ts';

/** What conversations spoke of last. A conversation is a thread, a direct message or a session of the page. */
export interface Threads {
  /** Never rejects: what cannot be read counts as nothing spoken of. Undefined also after a day. */
  recall(place: Place): Promise<ThreadSubject | undefined>;
  /** Never rejects; does nothing for a place that is no conversation. */
  remember(place: Place, subject: ThreadSubject): Promise<void>;
}

export interface ThreadsParts {
  /** Without the methods everything is kept in memory only. */
  readonly store: Partial<Pick<Store, 'threadSubject' | 'rememberThreadSubject' | 'forgetThreadSubjects'>>;
  readonly clock: Clock;
  readonly log: Log;
}

/** After a day a conversation begins anew. */
const lifeMs = 86_400_000;
const maxKept = 1_000;
/** Old rows are deleted at every so many writes of a process, and at its first. */
const writesBetweenCleanings = 200;
const maxKeyChars = 300;

export function createThreads({ store, clock, log }: ThreadsParts): Threads {
  const memory = createMemory();
  const read = store.threadSubject ?? memory.threadSubject;
  const write = store.rememberThreadSubject ?? memory.rememberThreadSubject;
  let writes = 0;

  return {
    recall: async (place) => {
      const key = keyOf(place);
      if (key === undefined) return undefined;
      try {
        const found = await read(key);
        if (found === undefined || clock.now().getTime() - found.saidAt > lifeMs) return undefined;
        return { entity: found.entity, form: found.form };
      } catch (error) {
        log.error({ error }, 'what a conversation spoke of could not be read');
        return undefined;
      }
    },
    remember: async (place, subject) => {
      const key = keyOf(place);
      if (key === undefined) return;
      const now = clock.now().getTime();
      try {
        await write(key, { ...subject, saidAt: now });
        if (writes % writesBetweenCleanings === 0) await store.forgetThreadSubjects?.(now - lifeMs);
        writes += 1;
      } catch (error) {
        log.error({ error }, 'what a conversation spoke of could not be noted');
      }
    },
  };
}

/** One conversation on one platform; undefined where each question stands alone. */
function keyOf({ platform, thread, workspace = '' }: Place): string | undefined {
  return thread === undefined ? undefined : `${platform}\n${workspace}\n${thread}`.slice(0, maxKeyChars);
}

type Memory = Pick<Store, 'threadSubject' | 'rememberThreadSubject'>;

function createMemory(): Memory {
  const kept = new Map<string, NonNullable<Awaited<ReturnType<Store['threadSubject']>>>>();
  return {
    threadSubject: async (key) => kept.get(key),
    rememberThreadSubject: async (key, subject) => {
      kept.delete(key);
      if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '');
      kept.set(key, subject);
    },
  };
}
