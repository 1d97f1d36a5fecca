import { answerQuestion } from '../briefing/answer.ts';
import type { AnswerContext } from '../briefing/context.ts';
import { withHouseNames } from '../briefing/house-naming.ts';
import { prepareLists } from '../briefing/prepare-lists.ts';
import { searchEntities } from '../briefing/search-entities.ts';
import { type Stats, statsOf } from '../briefing/stats.ts';
import type { Answer } from '../briefing/types.ts';
import { answerWhy, type WhyAnswer } from '../briefing/why.ts';
import type { Card } from '../cards/card.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { IdentitySource, IdentityState } from '../knowledge/identity.ts';
import { createKnowledgeBase, type KnowledgeInput } from '../knowledge/knowledge-base.ts';
import type { Knowledge, KnowledgeBase } from '../knowledge/types.ts';
import { continueThread } from '../questions/follow-up.ts';
import { subjectOf } from '../questions/follow-up-words.ts';
import { parseQuestion, readByForms } from '../questions/parse-question.ts';
import { createIndex } from '../search/create-index.ts';
import type { SearchIndex } from '../search/types.ts';
import type { Store, StoredConnection, StoredRecord } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import { inTurns } from '../support/in-turns.ts';
import type { Log } from '../support/log.ts';
import type { AskOptions } from './ask-options.ts';
import { type DiffOptions, type DiffResult, diffWith } from './desk-diff.ts';
import { type DigestOptions, digestWith } from './desk-digest.ts';
import { createDeskIdentity } from './desk-identity.ts';

export type { AskOptions } from './ask-options.ts';

export interface DeskParts {
  readonly store: Pick<
    Store,
    'records' | 'sources' | 'changes' | 'firstImports' | 'knowledgeVersion' | 'indicators' | 'indicatorsOf'
  > &
    Partial<Pick<Store, 'noteDecisions' | 'decisionHistory' | 'connections' | 'indicatorValues'>>;
  readonly clock: Clock;
  readonly log: Log;
  /** What the store is about to hold: answered from until `storedAs` or the first refresh. */
  readonly seed?: Pick<KnowledgeInput, 'records' | 'sources'>;
  /** An operator's decisions on what is and what is not the same. */
  readonly identity?: IdentitySource;
}

/** For readiness and metrics. */
export interface DeskState {
  /** True once something can be answered. */
  readonly ready: boolean;
  /** The knowledge version that answers come from; null before the first build. */
  readonly version: number | null;
  /** Epoch milliseconds of the last build; null before the first. */
  readonly builtAt: number | null;
  readonly rebuilding: boolean;
  /** Why the last refresh failed; null when it did not. */
  readonly problem: string | null;
}

/**
 * Where questions are answered: everything in the store, joined and indexed in memory for each ceiling that is
 * asked for. `refresh` builds anew when the store has another version and swaps whole; until then, and when
 * building fails, questions are answered from what was there before.
 */
export interface Desk {
  /** Rejects only when nothing could be loaded yet, or when the store fails under an indicator question. */
  ask(text: string, ceiling: Tlp, options?: AskOptions): Promise<Answer>;
  /** The reasons behind a join, a name or a fact; `text` is what stands behind "why". Rejects like `ask`. */
  why(text: string, ceiling: Tlp, options?: AskOptions): Promise<WhyAnswer>;
  /** Rejects with `digest-filter` (exit code 2) when the filters cannot be read. */
  digest(options: DigestOptions): Promise<Card>;
  /** What changed within a window, about one thing or at all; never rejects for what a person can type. */
  diff(options: DiffOptions): Promise<DiffResult>;
  /** What is known in numbers. */
  stats(ceiling: Tlp): Promise<Stats>;
  /** What an answer for this ceiling is composed from, for what is more than a question. */
  contextAt(ceiling: Tlp, options?: AskOptions): Promise<AnswerContext>;
  /** Every connected source and how it is doing, whoever may know of it. */
  connections(): Promise<readonly StoredConnection[]>;
  /** True when something newer was loaded. Concurrent calls share one build. */
  refresh(): Promise<boolean>;
  /** Says that the store holds the seed, and nothing else, as this version: it need not be loaded again. */
  storedAs(version: number): void;
  state(): DeskState;
}

/** One version of everything, never changed after it is built but for indexes that are first asked for. */
interface Snapshot {
  /** The store's version; null while the seed is not stored yet. */
  readonly version: number | null;
  /** Of the operator's decisions that it was built with. */
  readonly identityKey: string;
  readonly base: KnowledgeBase;
  readonly indexes: Map<Knowledge, SearchIndex>;
  readonly builtAt: number;
}

export function createDesk(parts: DeskParts): Desk {
  const { store, clock, log } = parts;
  const identity = createDeskIdentity(parts);
  let current: Snapshot | undefined =
    parts.seed === undefined ? undefined : seedSnapshot(parts, parts.seed, identity.current());
  let running: Promise<boolean> | undefined;
  let problem: string | null = null;
  const asked = new Set<Tlp>();

  async function rebuild(): Promise<boolean> {
    const version = await store.knowledgeVersion();
    const decided = await identity.refresh();
    if (current?.version === version && current.identityKey === decided.key) return false;
    const startedAt = clock.now().getTime();
    const base = await loadBase(parts, version, decided);
    const next = { version, identityKey: decided.key, base, indexes: new Map(), builtAt: startedAt };
    // Built before the swap, so that no question waits for it.
    for (const ceiling of asked) {
      const { knowledge, index } = preparedAt(ceiling, next);
      await inTurns(prepareLists(knowledge, index, clock.now()));
    }
    current = next;
    log.info({ version, durationMs: clock.now().getTime() - startedAt }, 'knowledge loaded');
    if (decided.key !== '') identity.report(base.at('red').statistics);
    return true;
  }

  function refresh(): Promise<boolean> {
    running ??= rebuild()
      .then(
        (isNewer) => {
          problem = null;
          return isNewer;
        },
        (error: unknown) => {
          problem = error instanceof Error ? error.message : String(error);
          log.error({ problem, version: current?.version }, 'knowledge could not be loaded');
          throw error;
        },
      )
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  async function snapshot(): Promise<Snapshot> {
    if (current === undefined) await refresh();
    if (current === undefined) throw new AppError('desk-empty', 'no knowledge is loaded', { exitCode: 3 });
    return current;
  }

  async function contextAt(ceiling: Tlp, options: AskOptions = {}): Promise<AnswerContext> {
    const from = await snapshot();
    const { knowledge: known, index } = preparedAt(ceiling, from);
    const knowledge = options.naming === undefined ? known : withHouseNames(known, options.naming);
    asked.add(ceiling);
    const whole = options.whole === true;
    const history = store.decisionHistory?.bind(store);
    return {
      knowledge,
      index,
      ceiling,
      indicators: store,
      history: {
        changes: (start, end) => store.changes(start, end),
        firstImports: () => store.firstImports(),
        everything: () => from.base.at('red'),
      },
      now: clock.now(),
      whole,
      ...(options.ours === undefined ? {} : { ours: options.ours }),
      ...(history === undefined ? {} : { decisionHistory: history }),
    };
  }

  return {
    refresh,
    storedAs(version) {
      if (current?.version === null) current = { ...current, version };
    },
    contextAt,
    why: async (text, ceiling, options) => answerWhy(text, await contextAt(ceiling, options)),
    async ask(text, ceiling, options) {
      const context = await contextAt(ceiling, options);
      const reasons = reasonsAsked(text);
      if (reasons !== undefined) return answerWhy(reasons, context);
      const followed =
        options?.subject === undefined
          ? undefined
          : continueThread(text, options.subject, context.index, readByForms);
      // What follows names its thing from here on, so that its buttons need no conversation.
      const wording = followed ?? text;
      const reasonsFollowed = reasonsAsked(wording);
      if (reasonsFollowed !== undefined) return answerWhy(reasonsFollowed, context);
      const question = parseQuestion(wording, context.index);
      const answer = await answerQuestion(question, wording, context);
      const subject = subjectOf(question);
      return { ...answer, question: text, ...(subject === undefined ? {} : { subject }) };
    },
    async digest(options) {
      const { base } = await snapshot();
      return digestWith(options, (ceiling) => contextAt(ceiling, options), base.at('red'), store);
    },
    async diff(options) {
      const context = await contextAt(options.ceiling, options);
      const { base } = await snapshot();
      return diffWith(options, context, base.at('red'), store);
    },
    stats: async (ceiling) => {
      return statsOf((await contextAt(ceiling)).knowledge);
    },
    connections: async () => (await store.connections?.()) ?? [],
    state: () => ({
      ready: current !== undefined,
      version: current?.version ?? null,
      builtAt: current?.builtAt ?? null,
      rebuilding: running !== undefined,
      problem: problem ?? identity.problem(),
    }),
  };
}

/** What stands behind "why" in a text that begins with it. */
function reasonsAsked(text: string): string | undefined {
  return /^\s*why\b\s*(\S[\s\S]*)$/i.exec(text)?.[1];
}

interface Prepared {
  readonly knowledge: Knowledge;
  readonly index: SearchIndex;
}

/** What questions with this ceiling are answered from; made when it is first asked for. */
function preparedAt(ceiling: Tlp, { base, indexes }: Snapshot): Prepared {
  const knowledge = base.at(ceiling);
  const existing = indexes.get(knowledge);
  if (existing !== undefined) return { knowledge, index: existing };
  const index = createIndex(searchEntities(knowledge));
  indexes.set(knowledge, index);
  // What is withheld is counted against everything there is, which is joined at the first count: now.
  for (const id of knowledge.entities.keys()) {
    knowledge.withheld(id);
    break;
  }
  return { knowledge, index };
}

function seedSnapshot(
  { clock }: DeskParts,
  seed: NonNullable<DeskParts['seed']>,
  { key, decisions }: IdentityState,
): Snapshot {
  const base = createKnowledgeBase({ ...seed, version: 0, identity: decisions });
  return { version: null, identityKey: key, base, indexes: new Map(), builtAt: clock.now().getTime() };
}

async function loadBase(
  { store }: DeskParts,
  version: number,
  { decisions }: IdentityState,
): Promise<KnowledgeBase> {
  const records: StoredRecord[] = [];
  for await (const record of store.records()) records.push(record);
  const sources = await store.sources();
  return createKnowledgeBase({ records, sources, version, identity: decisions });
}
