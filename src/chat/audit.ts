import { setTimeout as pause } from 'node:timers/promises';
import { hasEvidence, keepAnswer } from '../briefing/evidence-keep.ts';
import type { KeptEvidence } from '../briefing/evidence-types.ts';
import type {
  AnswerBatch,
  AnswerStore,
  EvidenceContent,
  EvidenceKey,
  StoredActivity,
  StoredEvidence,
} from '../store/answer-types.ts';
import { AppError } from '../support/app-error.ts';
import type { Log } from '../support/log.ts';
import type { Metrics } from '../support/metrics.ts';
import {
  activityId,
  evidenceId,
  evidenceKeyOf,
  keptQuestion,
  systemRandom,
  toActivity,
} from './audit-entry.ts';
import type { AuditQuestionRule, AuditTrail, NotedRequest, NotedResult } from './audit-types.ts';
import { encodeEvidence, packEvidence } from './evidence-content.ts';

export interface AuditTrailParts {
  readonly store: Pick<AnswerStore, 'noteAnswers'>;
  readonly log: Log;
  readonly metrics?: Metrics;
  readonly questions: AuditQuestionRule;
  /** What hashes of questions are made with; empty: without a key. */
  readonly hashKey?: string;
  /** Resolves when the store may be written; absent: at once. */
  readonly writable?: Promise<void>;
  /** Random bytes; the system's unless told. */
  readonly random?: (count: number) => Uint8Array;
  /** How long what was noted waits for more, in milliseconds. */
  readonly gatherMs?: number;
}

interface Waiting {
  readonly activity: StoredActivity;
  readonly evidence?: PendingEvidence;
}

interface PendingEvidence {
  readonly row: Omit<StoredEvidence, 'hash'>;
  readonly result: NotedResult;
}

/** Some minutes of a busy server; each is below 1 KB. */
const maxWaiting = 5_000;
/** Each holds on to an answer's statements. */
const maxWaitingEvidence = 500;
const batchSize = 50;
const defaultGatherMs = 150;
const firstRetryMs = 500;
const longestRetryMs = 30_000;

/** Notes everything in memory and writes it behind the answers, many at a time. */
export function createAuditTrail(parts: AuditTrailParts): AuditTrail {
  const { store, log, questions, hashKey = '', writable, random = systemRandom } = parts;
  const gatherMs = parts.gatherMs ?? defaultGatherMs;
  const waiting: Waiting[] = [];
  const pending = new Map<string, PendingEvidence>();
  const contents = createKnownContents();
  const isRepeated = createQuietTime();
  const tell = createTelling(parts, () => waiting.length);
  let running: Promise<void> | undefined;
  let isStopped = false;
  let hurry = new AbortController();

  function note(request: NotedRequest, result: NotedResult): string | undefined {
    if (result.outcome === 'limited' && isRepeated(request)) return undefined;
    if (waiting.length >= maxWaiting) {
      tell.lost(1, 'too much waits to be written');
      return undefined;
    }
    const { card, answer } = result;
    const bytes = random(24);
    const keeps =
      result.isTransient !== true &&
      card !== undefined &&
      hasEvidence(card, answer) &&
      pending.size < maxWaitingEvidence;
    const id = keeps ? evidenceId(bytes.subarray(12)) : undefined;
    const question = keptQuestion(request.question, questions, hashKey);
    const activity = toActivity(request, result, {
      id: activityId(request.at, bytes),
      question,
      evidence: id,
    });
    if (id === undefined) waiting.push({ activity });
    else {
      const key = evidenceKeyOf(request.place, id);
      const row = { ...key, at: activity.at, question, ceiling: activity.ceiling };
      const evidence = { row, result };
      pending.set(keyText(key), evidence);
      waiting.push({ activity, evidence });
    }
    running ??= run();
    return id;
  }

  /** A pause that keeps no process alive, and that ends when someone waits for what is written. */
  async function rest(ms: number): Promise<void> {
    await pause(ms, undefined, { ref: false, signal: hurry.signal }).catch(() => undefined);
    if (!isStopped) hurry = new AbortController();
  }

  async function settle(): Promise<void> {
    for (let current = running; current !== undefined; current = running) {
      hurry.abort();
      await current;
    }
  }

  async function run(): Promise<void> {
    // What comes within a moment shares one commit; nobody waits for it.
    await rest(gatherMs);
    await writable;
    let retryMs = firstRetryMs;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      const outcome = await write(batch);
      if (outcome === 'later' && !isStopped) {
        await rest(retryMs);
        retryMs = Math.min(longestRetryMs, retryMs * 2);
        continue;
      }
      if (outcome === 'later') tell.lost(batch.length, 'the store does not take it');
      waiting.splice(0, batch.length);
      for (const { evidence } of batch) if (evidence !== undefined) pending.delete(keyText(evidence.row));
      retryMs = firstRetryMs;
    }
    running = undefined;
  }

  async function write(batch: readonly Waiting[]): Promise<'done' | 'later'> {
    try {
      const packed = await packBatch(batch, contents);
      await store.noteAnswers(packed);
      contents.stored(packed);
      tell.written(batch.length);
      return 'done';
    } catch (error) {
      const isOutage = error instanceof AppError && error.exitCode === 3;
      log.error({ error, count: batch.length }, 'what was asked could not be noted');
      if (isOutage) return 'later';
      tell.lost(batch.length, 'the store refuses it');
      return 'done';
    }
  }

  return {
    note,
    pending: (key) => {
      const found = pending.get(keyText(key));
      return found === undefined ? undefined : toKept(found);
    },
    flush: settle,
    stop: async () => {
      isStopped = true;
      await settle();
    },
  };
}

function toKept({ row, result }: PendingEvidence): KeptEvidence | undefined {
  const { card, answer } = result;
  if (card === undefined) return undefined;
  const { id, at, question, ceiling } = row;
  return { id, at: new Date(at), question, ceiling, answer: keepAnswer(card, answer) };
}

function keyText({ platform, workspace, id }: EvidenceKey): string {
  return `${platform}\n${workspace}\n${id}`;
}

async function packBatch(batch: readonly Waiting[], known: KnownContents): Promise<AnswerBatch> {
  const evidence: StoredEvidence[] = [];
  const contents = new Map<string, EvidenceContent>();
  for (const { evidence: pending } of batch) {
    const card = pending?.result.card;
    if (pending === undefined || card === undefined) continue;
    const { text, hash } = encodeEvidence(keepAnswer(card, pending.result.answer));
    // One after the other: what is answered meanwhile goes between.
    if (!known.has(hash, pending.row.at) && !contents.has(hash)) {
      contents.set(hash, await packEvidence(text, hash));
    }
    evidence.push({ ...pending.row, hash });
  }
  return { activities: batch.map(({ activity }) => activity), evidence, contents: [...contents.values()] };
}

/** Contents that were stored lately need not be packed again: the same is asked often. */
interface KnownContents {
  has(hash: string, at: number): boolean;
  stored(batch: AnswerBatch): void;
}

const maxKnown = 2_000;
/** Far below the shortest time for which anything is kept. */
const knownForMs = 3_600_000;

function createKnownContents(): KnownContents {
  const storedAt = new Map<string, number>();
  return {
    has: (hash, at) => Math.abs(at - (storedAt.get(hash) ?? Number.NEGATIVE_INFINITY)) < knownForMs,
    stored: ({ contents, evidence }) => {
      const fresh = new Set(contents.map(({ hash }) => hash));
      for (const { hash, at } of evidence) {
        if (!fresh.has(hash)) continue;
        storedAt.delete(hash);
        if (storedAt.size >= maxKnown) storedAt.delete(storedAt.keys().next().value ?? '');
        storedAt.set(hash, at);
      }
    },
  };
}

/** Who goes on over a limit is noted once in this time. */
const quietMs = 10_000;
const maxQuiet = 5_000;

function createQuietTime(): (request: NotedRequest) => boolean {
  const notedAt = new Map<string, number>();
  return ({ place, person, at }) => {
    const key = JSON.stringify([place.platform, place.workspace, person]);
    const last = notedAt.get(key);
    const now = at.getTime();
    if (last !== undefined && Math.abs(now - last) < quietMs) return true;
    if (notedAt.size >= maxQuiet) notedAt.clear();
    notedAt.set(key, now);
    return false;
  };
}

interface Telling {
  written(count: number): void;
  lost(count: number, why: string): void;
}

/** What was written and what was lost; the log hears of losses at most once in a thousand, so that it does not fill too. */
function createTelling({ log, metrics }: AuditTrailParts, waiting: () => number): Telling {
  const counter = metrics?.counter(
    'threatbrief_audit_entries_total',
    'Entries of the audit of what was asked, by what became of them.',
  );
  metrics?.gauge('threatbrief_audit_waiting', 'Entries of the audit that wait to be written.', waiting);
  let lost = 0;
  return {
    written: (count) => counter?.increment({ result: 'written' }, count),
    lost: (count, why) => {
      counter?.increment({ result: 'lost' }, count);
      if (lost % 1_000 === 0) log.error({ count, why }, 'entries of the audit are lost');
      lost += count;
    },
  };
}
