import {
  decisionKey,
  type IdentitySource,
  type IdentityState,
  noDecisions,
  rankedDecisions,
} from '../knowledge/identity.ts';
import type { KnowledgeStatistics } from '../knowledge/types.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

export interface DeskIdentityParts {
  readonly identity?: IdentitySource;
  readonly store: Partial<Pick<Store, 'noteDecisions'>>;
  readonly clock: Clock;
  readonly log: Log;
}

/** An operator's decisions as a desk uses them: read again at each refresh, and noted in the history. */
export interface DeskIdentity {
  current(): IdentityState;
  /** Never rejects: a file that cannot be used leaves the decisions as they were, and becomes the problem. */
  refresh(): Promise<IdentityState>;
  /** Why the file cannot be used; null when it can. */
  problem(): string | null;
  /** Logs what could not be followed of the decisions that some knowledge was built with. */
  report(statistics: KnowledgeStatistics): void;
}

const nothingDecided: IdentityState = { key: '', decisions: noDecisions };
/** More lines than this say the same in other words. */
const maxLogged = 20;

export function createDeskIdentity({ identity, store, clock, log }: DeskIdentityParts): DeskIdentity {
  let problem: string | null = null;
  let notedKey: string | undefined;
  const current = (): IdentityState => identity?.current() ?? nothingDecided;

  function read(): void {
    try {
      identity?.refresh();
      problem = null;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (text !== problem)
        log.error({ problem: text }, 'the identity file cannot be used; the last good one holds');
      problem = text;
    }
  }

  async function note(): Promise<void> {
    const { key, decisions } = current();
    if (identity === undefined || store.noteDecisions === undefined || key === notedKey) return;
    const noted = rankedDecisions(decisions).map((decision) => {
      const { rank: _, ...content } = decision;
      return { ...content, key: decisionKey(content) };
    });
    try {
      await store.noteDecisions(noted, clock.now().getTime());
      notedKey = key;
    } catch (error) {
      log.error({ error }, 'the decisions on identity could not be noted; the next refresh tries again');
    }
  }

  return {
    current,
    refresh: async () => {
      read();
      await note();
      return current();
    },
    problem: () => problem,
    report: ({ decisions }) => {
      for (const text of (decisions?.problems ?? []).slice(0, maxLogged)) {
        log.warn({ problem: text }, 'a decision on identity cannot be followed');
      }
    },
  };
}
