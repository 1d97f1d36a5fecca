import type { KeptEvidence } from '../briefing/evidence-types.ts';
import type { Answer } from '../briefing/types.ts';
import type { Card } from '../cards/card.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { ActivityAction, ActivityOutcome, EvidenceKey } from '../store/answer-types.ts';
import type { Place } from './types.ts';

/** How questions are kept: as they were asked, as a hash by which equal ones are told, or not at all. */
export type AuditQuestionRule = 'text' | 'hash' | 'none';

/** What someone did, as it is noted. */
export interface NotedRequest {
  readonly place: Place;
  readonly person: string;
  readonly at: Date;
  readonly action: ActivityAction;
  /** As it was typed, or as the button carried it. */
  readonly question?: string;
  /** What a button was about. */
  readonly entity?: string;
}

/** What was shown for it. */
export interface NotedResult {
  readonly card?: Card;
  readonly answer?: Answer;
  /** Ids of what was shown, where no answer says so. */
  readonly entities?: readonly string[];
  /** Absent: that of the answer, else `shown`. */
  readonly outcome?: ActivityOutcome;
  readonly audience?: 'asker' | 'place';
  /** True: what is shown is made anew each time it is seen, and bears no evidence. */
  readonly isTransient?: true;
  /** What it was composed for, where that is not the place's own ceiling. */
  readonly ceiling?: Tlp;
}

/**
 * Port: who asked what, where and when, and what was shown. Nothing waits for it and nothing fails for it: what cannot be
 * written is counted, and logged.
 */
export interface AuditTrail {
  /**
   * Notes it. Gives the id under which what the card rests on is kept, from now on and over a restart; undefined where it
   * rests on nothing, or where so much waits to be written that nothing more is kept.
   */
  note(request: NotedRequest, result: NotedResult): string | undefined;
  /** What was kept and is not written yet. */
  pending(key: EvidenceKey): KeptEvidence | undefined;
  /** Resolves when everything that was noted before is written, or given up. */
  flush(): Promise<void>;
  /** Writes what waits, as far as the store takes it. */
  stop(): Promise<void>;
}
