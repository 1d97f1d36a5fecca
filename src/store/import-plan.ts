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

/** What `finish` has to do, by external ids in the order in which the import brought them. */
export interface ImportPlan {
  readonly counts: ImportCounts;
  /** How many records of the source are present afterwards. */
  readonly present: number;
  readonly new: readonly string[];
  readonly changed: readonly string[];
  readonly revived: readonly string[];
  readonly withdrawn: readonly string[];
  /** Unchanged records whose scope or bundled mark becomes that of this import. */
  readonly remarked: readonly string[];
  /** Staged, but by now not needed: another import brought the same meanwhile. */
  readonly unstaged: readonly string[];
  /** Not staged, since they were as stored, but another import changed them meanwhile. */
  readonly missing: readonly string[];
}

/** True when the plan alters what is known. */
export function altersKnowledge(plan: ImportPlan): boolean {
  return [plan.new, plan.changed, plan.revived, plan.withdrawn].some((ids) => ids.length > 0);
}

export interface SeenRecord extends IncomingRecord {
  readonly staged: boolean;
}

export function planImport(
  seen: ReadonlyMap<string, SeenRecord>,
  known: ReadonlyMap<string, KnownRecord>,
  rules: ImportRules,
  rejected: number,
): ImportPlan {
  const ids: Record<Outcome, string[]> = {
    new: [],
    changed: [],
    unchanged: [],
    revived: [],
    stale: [],
    kept: [],
  };
  const unstaged: string[] = [];
  const missing: string[] = [];
  const staleRevived: string[] = [];
  const remarked: string[] = [];
  for (const [id, record] of seen) {
    const before = known.get(id);
    const outcome = outcomeOf(before, record, rules);
    ids[outcome].push(id);
    if (needsContent(outcome) && !record.staged) missing.push(id);
    if (!needsContent(outcome) && record.staged) unstaged.push(id);
    if (outcome === 'stale' && before?.withdrawn === true) staleRevived.push(id);
    if (outcome === 'unchanged' && before !== undefined && isRemarked(before, rules)) remarked.push(id);
  }
  const withdrawn = rules.complete ? missingFromImport(seen, known, rules) : [];
  const revived = [...ids.revived, ...staleRevived];
  const isBack = (id: string): boolean => known.get(id)?.withdrawn === true;
  return {
    counts: {
      new: ids.new.length,
      changed: ids.changed.length + ids.revived.length,
      unchanged: ids.unchanged.length + ids.kept.length,
      withdrawn: withdrawn.length,
      rejected,
      ...(ids.stale.length === 0 ? {} : { stale: ids.stale.length }),
    },
    present:
      countPresent(known) +
      ids.new.length +
      ids.changed.filter(isBack).length +
      revived.length -
      withdrawn.length,
    new: ids.new,
    changed: ids.changed,
    revived,
    withdrawn,
    remarked,
    unstaged,
    missing,
  };
}

function countPresent(known: ReadonlyMap<string, KnownRecord>): number {
  let count = 0;
  for (const record of known.values()) if (!record.withdrawn) count += 1;
  return count;
}

function isRemarked(before: KnownRecord, rules: ImportRules): boolean {
  return before.scope !== rules.scope || before.bundled !== rules.bundled;
}

function missingFromImport(
  seen: ReadonlyMap<string, SeenRecord>,
  known: ReadonlyMap<string, KnownRecord>,
  rules: ImportRules,
): string[] {
  const ids: string[] = [];
  for (const [id, record] of known) {
    const isCovered = rules.coversSource || record.scope === rules.scope;
    const mayWithdraw = !rules.bundled || record.bundled;
    if (isCovered && mayWithdraw && !record.withdrawn && !seen.has(id)) ids.push(id);
  }
  return ids;
}
