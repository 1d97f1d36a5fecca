import { evidenceAnswer, noEvidenceAnswer } from '../briefing/evidence-card.ts';
import type { EvidenceToday } from '../briefing/evidence-compare.ts';
import type { KeptEvidence } from '../briefing/evidence-types.ts';
import type { Answer } from '../briefing/types.ts';
import type { Tlp } from '../domain/tlp.ts';
import {
  type AnswerStore,
  type EvidenceKey,
  recordKeyText,
  type StoredRecordKey,
} from '../store/answer-types.ts';
import { evidenceKeyOf } from './audit-entry.ts';
import type { AuditTrail } from './audit-types.ts';
import type { Desk } from './desk.ts';
import { unpackEvidence } from './evidence-content.ts';
import type { Place } from './types.ts';

/** Who asks what an answer rested on. */
export interface EvidenceRequest {
  /** As `readEvidenceId` gives it. */
  readonly id: string;
  /** Where it is asked: only what was shown in its workspace is found, and told up to its ceiling. */
  readonly place: Place;
  /** True: nothing is left out, for paging. */
  readonly whole: boolean;
  /** The desk in the workspace's names. */
  readonly desk: Pick<Desk, 'contextAt'>;
}

/** Port: what answers rested on when they were given. */
export interface EvidenceDesk {
  /** Rejects only when the store does. */
  explain(request: EvidenceRequest): Promise<Answer>;
}

export interface EvidenceDeskParts {
  readonly store: Pick<AnswerStore, 'evidence' | 'lastMarkings'>;
  readonly trail: Pick<AuditTrail, 'pending'>;
  /** For how long evidence is kept, in days. */
  readonly keptDays: number;
}

/** For chat: what was shown in a workspace is found there alone. */
export function createEvidenceDesk({ store, trail, keptDays }: EvidenceDeskParts): EvidenceDesk {
  return {
    explain: async (request) => {
      const key = evidenceKeyOf(request.place, request.id);
      const evidence = trail.pending(key) ?? (await readEvidence(store, key));
      return explainEvidence(request, evidence, store, keptDays);
    },
  };
}

/** For an operator's command line: wherever it was shown. */
export function createOperatorEvidence(
  store: EvidenceDeskParts['store'],
  keptDays: number,
): (request: Omit<EvidenceRequest, 'place'> & { readonly ceiling: Tlp }) => Promise<Answer> {
  return async (request) => {
    const evidence = await readEvidence(store, { id: request.id });
    const place = { platform: 'cli', id: 'cli', kind: 'direct', ceiling: request.ceiling } as const;
    return explainEvidence({ ...request, place }, evidence, store, keptDays);
  };
}

async function readEvidence(
  store: EvidenceDeskParts['store'],
  key: EvidenceKey | Pick<EvidenceKey, 'id'>,
): Promise<KeptEvidence | undefined> {
  const stored = await store.evidence(key);
  if (stored === undefined) return undefined;
  const { id, at, question, ceiling, packed } = stored;
  return { id, at: new Date(at), question, ceiling, answer: await unpackEvidence(packed) };
}

async function explainEvidence(
  { id, place, whole, desk }: EvidenceRequest,
  evidence: KeptEvidence | undefined,
  store: EvidenceDeskParts['store'],
  keptDays: number,
): Promise<Answer> {
  const { knowledge, history, now } = await desk.contextAt(place.ceiling, { whole });
  if (evidence === undefined) return noEvidenceAnswer(id, knowledge, now, keptDays);
  const everything = history?.everything() ?? knowledge;
  const gone = recordsGone(evidence, (key) => everything.record(key) !== undefined);
  const markings = await store.lastMarkings(gone);
  const today: EvidenceToday = {
    knowledge,
    everything,
    ceiling: place.ceiling,
    lastMarking: (source, externalId) => markings.get(recordKeyText({ source, externalId })),
  };
  return evidenceAnswer(evidence, today, { now, whole });
}

/** Records that the answer rested on and that are there no more, each once. */
function recordsGone(
  { answer }: KeptEvidence,
  isPresent: (key: StoredRecordKey) => boolean,
): readonly StoredRecordKey[] {
  const gone = new Map<string, StoredRecordKey>();
  for (const { sources } of answer.facts) {
    for (const { source, records = [] } of sources) {
      for (const externalId of records) {
        const key = { source, externalId };
        if (!isPresent(key)) gone.set(recordKeyText(key), key);
      }
    }
  }
  return [...gone.values()];
}
