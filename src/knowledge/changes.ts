import type { RecordClaim, RecordEntity, SourceRecord } from '../domain/record.ts';
import { uuidOf } from '../domain/stix-id.ts';
import { stricter, type Tlp } from '../domain/tlp.ts';
import type { StoredChange } from '../store/types.ts';
import { claimKey, claimTarget, claimValue, refKey } from './claim-key.ts';

/** A change before it is stored: the store adds where and when. */
export type ChangeDraft = Pick<StoredChange, 'kind' | 'title' | 'marking' | 'detail'>;

/** A version of a record, with what its indicators were, which are kept elsewhere. */
export interface RecordVersion {
  readonly record: SourceRecord;
  readonly indicatorCount: number;
  /** Equal for equal indicators; null for none. */
  readonly indicatorsHash: string | null;
  /** False for a version that the source had withdrawn. */
  readonly present: boolean;
  /** True when it came with the product, which carries no descriptions. */
  readonly bundled: boolean;
}

export interface DiffOptions {
  /** The marking of records that carry none. */
  readonly defaultMarking: Tlp;
  /** `entities` leaves out what claims and relationships do: for the first import of a source. */
  readonly level: 'entities' | 'claims';
  /**
   * True where all that was known came with the product, which has relationships of actors and campaigns only: that
   * the publisher's own copy has those of software too is no news.
   */
  readonly overBundle?: boolean;
}

/**
 * What became different from `old` to `next`, as changes in a stable order; empty when nothing that matters did
 * (dates, tags, the order of claims). `old` undefined: the source never had the record. `next` undefined: it has
 * it no longer. A report gives one change for all that happened in it; any other entity one for each claim.
 */
export function diffRecords(
  old: RecordVersion | undefined,
  next: RecordVersion | undefined,
  options: DiffOptions,
): readonly ChangeDraft[] {
  if (next === undefined) return old === undefined ? [] : goneChanges(old.record, options);
  if (old === undefined) return newChanges(next, options);
  const back = old.present ? [] : backChanges(next.record, options);
  const isReport = next.record.entity?.type === 'report';
  return [...back, ...(isReport ? reportChanges(old, next, options) : contentChanges(old, next, options))];
}

function newChanges(next: RecordVersion, options: DiffOptions): readonly ChangeDraft[] {
  const { record } = next;
  if (isEnded(record)) return [];
  if (record.entity === undefined) {
    const claims = options.overBundle === true ? record.claims.filter(isOfActor) : record.claims;
    return claimChanges('claim-added', record, claims, options);
  }
  const kind = record.entity.type === 'report' ? 'report-new' : 'entity-new';
  return [draft(kind, record, options, { ...indicatorDetail(next) })];
}

function isOfActor({ subject }: RecordClaim): boolean {
  return subject?.types.some((type) => type === 'intrusion-set' || type === 'campaign') === true;
}

function goneChanges(record: SourceRecord, options: DiffOptions): readonly ChangeDraft[] {
  if (isEnded(record)) return [];
  if (record.entity === undefined) return claimChanges('claim-withdrawn', record, record.claims, options);
  return [draft('entity-gone', record, options, goneDetail(record))];
}

/** Whom a report named: once it is gone nothing else tells. */
function goneDetail(record: SourceRecord): Readonly<Record<string, unknown>> {
  if (record.entity?.type !== 'report') return {};
  const named = record.claims.filter(({ subject }) => subject !== undefined).slice(0, maxGoneClaims);
  return named.length === 0 ? {} : { withdrawn: named.map(claimDetail) };
}

/** Of a report that names thousands, the first are enough to find its change by. */
const maxGoneClaims = 200;

function backChanges(record: SourceRecord, options: DiffOptions): readonly ChangeDraft[] {
  if (isEnded(record)) return [];
  if (record.entity === undefined) return claimChanges('claim-added', record, record.claims, options);
  return [draft('entity-back', record, options, {})];
}

function contentChanges(
  old: RecordVersion,
  next: RecordVersion,
  options: DiffOptions,
): readonly ChangeDraft[] {
  const { record } = next;
  if (record.entity !== undefined && isEnded(record)) {
    return isEnded(old.record) ? [] : [revokedChange(record, options)];
  }
  if (record.entity === undefined && !old.present) return [];
  const { added, withdrawn } = compareClaims(old, record);
  return [
    ...claimChanges('claim-withdrawn', old.record, withdrawn, options),
    ...claimChanges('claim-added', record, added, options),
  ];
}

function reportChanges(
  old: RecordVersion,
  next: RecordVersion,
  options: DiffOptions,
): readonly ChangeDraft[] {
  const { record } = next;
  if (isEnded(record)) return isEnded(old.record) ? [] : [revokedChange(record, options)];
  const { added, withdrawn } = compareClaims(old, record);
  const retitled = old.record.title !== record.title;
  const sameIndicators = old.indicatorsHash === next.indicatorsHash;
  if (added.length === 0 && withdrawn.length === 0 && !retitled && sameIndicators) return [];
  const detail = {
    ...(retitled ? { formerTitle: old.record.title } : {}),
    added: added.map(claimDetail),
    withdrawn: withdrawn.map(claimDetail),
    ...(sameIndicators ? {} : { formerIndicators: old.indicatorCount, indicators: next.indicatorCount }),
  };
  return [draft('report-changed', record, options, detail, [...added, ...withdrawn])];
}

function revokedChange(record: SourceRecord, options: DiffOptions): ChangeDraft {
  const into = record.revokedBy;
  return draft('revoked', record, options, {
    reason: record.revoked === true ? 'revoked' : 'deprecated',
    ...(into === undefined ? {} : { into }),
  });
}

interface ClaimDifference {
  readonly added: readonly RecordClaim[];
  readonly withdrawn: readonly RecordClaim[];
}

function compareClaims(old: RecordVersion, next: SourceRecord): ClaimDifference {
  const before = claimsByKey(old.record);
  const after = claimsByKey(next);
  const sections = new Set([...after.values()].map(descriptionSection));
  const added = [...after].filter(([key]) => !before.has(key)).map(([, claim]) => claim);
  const withdrawn = [...before].filter(([key]) => !after.has(key)).map(([, claim]) => claim);
  return {
    added: old.bundled ? added.filter((claim) => !isLeftOutOfBundle(claim, old.record)) : added,
    // A rewritten description is one change, the new text; so is an attribution to the same in other words.
    withdrawn: withdrawn.filter(
      (claim) =>
        (claim.predicate !== 'description' || !sections.has(descriptionSection(claim))) &&
        !(old.bundled && isToldElsewhere(claim, old.record)) &&
        !isReworded(claim, next),
    ),
  };
}

/**
 * The bundled version has no descriptions, no links of software and techniques, some details, and short attributions:
 * that the publisher's own has them is no news.
 */
function isLeftOutOfBundle(claim: RecordClaim, bundled: SourceRecord): boolean {
  if (claim.predicate === 'description') return true;
  if (claim.predicate === 'reference') {
    return !bundled.claims.some(({ predicate }) => predicate === 'reference');
  }
  if (claim.predicate === 'detail') {
    return !bundled.claims.some((own) => own.predicate === 'detail' && own.label === claim.label);
  }
  return isReworded(claim, bundled);
}

/** What malware and tools do stands in their own bundled record, and in relationships of the publisher's copy. */
function isToldElsewhere(claim: RecordClaim, bundled: SourceRecord): boolean {
  const isOfSoftware = bundled.entity?.type === 'malware' || bundled.entity?.type === 'tool';
  return isOfSoftware && (claim.predicate === 'uses' || claim.predicate === 'exploits');
}

/** An attribution to a country that the next version attributes to as well, however it words it. */
function isReworded(claim: RecordClaim, next: SourceRecord): boolean {
  return (
    claim.predicate === 'attributed-to' &&
    claim.country !== undefined &&
    next.claims.some(
      (other) =>
        other.predicate === 'attributed-to' &&
        other.country === claim.country &&
        refKeyOf(other.subject) === refKeyOf(claim.subject),
    )
  );
}

function refKeyOf(ref: RecordClaim['subject']): string {
  return ref === undefined ? '' : refKey(ref);
}

function descriptionSection(claim: RecordClaim): string | undefined {
  return claim.predicate === 'description' ? claim.section : undefined;
}

/** A revoked relationship states nothing any more. The entity's name counts as a claim, stated or not. */
function claimsByKey(record: SourceRecord): ReadonlyMap<string, RecordClaim> {
  const claims: RecordClaim[] = record.entity === undefined && isEnded(record) ? [] : [...record.claims];
  if (record.entity !== undefined) claims.push({ predicate: 'name', text: record.entity.name });
  return new Map(claims.map((claim) => [claimKey(claim), claim]));
}

function claimChanges(
  kind: 'claim-added' | 'claim-withdrawn',
  record: SourceRecord,
  claims: readonly RecordClaim[],
  options: DiffOptions,
): readonly ChangeDraft[] {
  if (options.level === 'entities') return [];
  return claims.map((claim) => draft(kind, record, options, claimDetail(claim), [claim]));
}

/** Keeps a description's change from carrying the whole text; `chars` tells how long it is. */
const maxValueChars = 300;

function claimDetail(claim: RecordClaim): Readonly<Record<string, unknown>> {
  const value = claimValue(claim);
  const target = claimTarget(claim);
  const isLong = value.length > maxValueChars;
  return {
    predicate: claim.predicate,
    value: isLong ? `${value.slice(0, maxValueChars - 1)}…` : value,
    ...(isLong ? { chars: value.length } : {}),
    ...(claim.subject === undefined ? {} : { subject: claim.subject }),
    ...(target === undefined ? {} : { target }),
    ...('relation' in claim ? { relation: claim.relation } : {}),
    ...('country' in claim ? { country: claim.country } : {}),
    ...('negated' in claim ? { negated: claim.negated } : {}),
    ...(claim.reference === undefined ? {} : { reference: claim.reference }),
  };
}

function indicatorDetail(version: RecordVersion): Readonly<Record<string, unknown>> {
  return version.indicatorCount === 0 ? {} : { indicators: version.indicatorCount };
}

function draft(
  kind: ChangeDraft['kind'],
  record: SourceRecord,
  options: DiffOptions,
  detail: Readonly<Record<string, unknown>>,
  claims: readonly RecordClaim[] = [],
): ChangeDraft {
  const own = record.marking?.tlp ?? options.defaultMarking;
  const marking = claims.reduce((tlp, claim) => stricter(tlp, claim.marking?.tlp ?? tlp), own);
  const entity = record.entity === undefined ? {} : { entity: entityDetail(record.entity) };
  return { kind, title: record.title, marking, detail: { ...entity, ...detail } };
}

function entityDetail(entity: RecordEntity): Readonly<Record<string, unknown>> {
  return {
    type: entity.type,
    name: entity.name,
    ...(entity.id === undefined ? {} : { id: entity.id }),
    externalIds: entity.externalIds,
  };
}

function isEnded(record: SourceRecord): boolean {
  return record.revoked === true || record.deprecated === true;
}

/** The keys under which claims of other records may point to an entity: its id, UUID and external ids. */
export function entityKeys(entity: RecordEntity): readonly string[] {
  return [...(entity.id === undefined ? [] : [entity.id, uuidOf(entity.id)]), ...entity.externalIds];
}

/**
 * True when a record only says things about entities that are new in the same import: their `entity-new` covers
 * it, so that its claims need no changes of their own.
 */
export function isFoldedInto(record: SourceRecord, newEntityKeys: ReadonlySet<string>): boolean {
  return (
    record.entity === undefined &&
    record.claims.every((claim) => claim.subject !== undefined && newEntityKeys.has(refKey(claim.subject)))
  );
}
