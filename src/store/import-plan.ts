import { type EncodedRecord, isSummaryHash } from './encode-record.ts';
import type { ImportCounts } from './types.ts';

/** What is stored of a record, as far as an import must know it. */
export interface KnownRecord {
  readonly contentHash: string;
  readonly modifiedAt: number | null;
  readonly scope: string;
  readonly bundled: boolean;
  readonly withdrawn: boolean;
}

export interface ImportRules {
  readonly bundled: boolean;
  readonly complete: boolean;
  /** Empty where the source has no scopes. */
  readonly scope: string;
  /** `complete` and without scope: what it lacks is gone from the whole source. */
  readonly coversSource: boolean;
  /** False when a live import was complete already: then only it says what there is. */
  readonly addsBundled: boolean;
}

/**
 * What an import does with one record: `kept` leaves the stored one in place, because it is live and the import
 * is bundled (or would be new in a source that a live import covers wholly), or because it is whole and the import
 * has a summary of it only; `revived` brings the stored content back that was withdrawn.
 */
export type Outcome = 'new' | 'changed' | 'unchanged' | 'revived' | 'stale' | 'kept';

export type IncomingRecord = Pick<EncodedRecord, 'contentHash' | 'modifiedAt'>;

export function outcomeOf(
  known: KnownRecord | undefined,
  incoming: IncomingRecord,
  rules: Pick<ImportRules, 'bundled' | 'addsBundled'>,
): Outcome {
  if (known === undefined) return rules.bundled && !rules.addsBundled ? 'kept' : 'new';
  if (rules.bundled && !known.bundled) return 'kept';
  if (known.modifiedAt !== null && incoming.modifiedAt !== null && incoming.modifiedAt < known.modifiedAt) {
    return 'stale';
  }
  const isWhole = !isSummaryHash(known.contentHash) && !known.withdrawn;
  if (isWhole && isSummaryHash(incoming.contentHash)) return 'kept';
  if (incoming.contentHash !== known.contentHash) return 'changed';
  return known.withdrawn ? 'revived' : 'unchanged';
}

/** True for outcomes that need the record's content. */
export function needsContent(outcome: Outcome): boolean {
  return outcome === 'new' || outcome === 'changed';
}

/** What `finish` has to do with one record. */
export interface Decision {
  readonly outcome: Outcome;
  /** True where the stored record comes back as it is: the outcome is `revived`, or the import's copy is older. */
  readonly comesBack: boolean;
  /** True where the stored record was withdrawn before. */
  readonly wasWithdrawn: boolean;
  /** True for an unchanged record whose scope or bundled mark becomes that of this import. */
  readonly remarked: boolean;
}

export function decide(
  known: KnownRecord | undefined,
  incoming: IncomingRecord,
  rules: ImportRules,
): Decision {
  const outcome = outcomeOf(known, incoming, rules);
  const wasWithdrawn = known?.withdrawn === true;
  return {
    outcome,
    comesBack: outcome === 'revived' || (outcome === 'stale' && wasWithdrawn),
    wasWithdrawn,
    remarked:
      outcome === 'unchanged' &&
      known !== undefined &&
      (known.scope !== rules.scope || known.bundled !== rules.bundled),
  };
}

/** What `finish` has to do in all; which records, stands in the temporary tables. */
export interface ImportPlan {
  readonly counts: ImportCounts;
  /** How many records of the source are present afterwards. */
  readonly present: number;
  readonly new: number;
  readonly changed: number;
  readonly comesBack: number;
  readonly withdrawn: number;
  readonly remarked: number;
  /** Not staged, since they were as stored, but another import changed them meanwhile. */
  readonly missing: number;
}

/** True when the plan alters what is known. */
export function altersKnowledge(plan: ImportPlan): boolean {
  return plan.new + plan.changed + plan.comesBack + plan.withdrawn > 0;
}

/** True when the plan alters anything about a record, its scope included: the source's revision rises. */
export function altersRecords(plan: ImportPlan): boolean {
  return altersKnowledge(plan) || plan.remarked > 0;
}
