import type { AliasRelation } from '../domain/record.ts';
import type { StixId } from '../domain/stix-id.ts';
import type {
  Claim,
  EntityDecision,
  JoinEvidence,
  JoinRefusal,
  Knowledge,
  KnownRecord,
  RecordKey,
} from '../knowledge/types.ts';
import type { StoredDecision } from '../store/types.ts';
import { toFactSource } from './facts.ts';
import type { FactSource } from './types.ts';
import { chainToHead } from './why-chain.ts';
import type { WhyAbout } from './why-question.ts';

/** The reasons as data, for programs. */
export interface WhyReport {
  readonly subject: StixId;
  readonly asked: string | null;
  readonly records: readonly WhyRecord[];
  readonly names: readonly WhyName[];
  readonly refusals: readonly JoinRefusal[];
  readonly decisions: readonly EntityDecision[];
  readonly formerDecisions: readonly StoredDecision[];
  /** Other entities that are asked for, or that carry the name. */
  readonly others: readonly StixId[];
}

export interface WhyRecord extends RecordKey {
  readonly title: string | null;
  readonly externalIds: readonly string[];
  /** The joins that lead to the record that lends the name; empty for that record, null where none does. */
  readonly joinedBy: readonly JoinEvidence[] | null;
}

export interface WhyName {
  readonly text: string;
  readonly relation: AliasRelation;
  readonly coinedBy: readonly string[];
  readonly claims: readonly WhyClaim[];
}

export interface WhyClaim extends FactSource {
  readonly record: string;
  readonly text: string;
  readonly relation: AliasRelation;
  readonly coinedBy?: string;
  readonly citation?: string;
}

export function whyReport(about: WhyAbout, past: readonly StoredDecision[], knowledge: Knowledge): WhyReport {
  const { entity, asked, names, others } = about;
  return {
    subject: entity.id,
    asked: asked ?? null,
    records: entity.records.map((key) => toWhyRecord(key, knowledge.record(key), about)),
    names: names.map(({ text, relation, coinedBy, claims }) => ({
      text,
      relation,
      coinedBy,
      claims: claims.flatMap(toWhyClaim),
    })),
    refusals: (entity.refusals ?? []).filter(
      ({ other }) => others.length === 0 || others.some(({ id }) => id === other),
    ),
    decisions: entity.decisions ?? [],
    formerDecisions: past,
    others: others.map(({ id }) => id),
  };
}

function toWhyRecord(key: RecordKey, record: KnownRecord | undefined, { entity }: WhyAbout): WhyRecord {
  return {
    source: key.source,
    externalId: key.externalId,
    title: record?.title ?? null,
    externalIds: record?.externalIds ?? [],
    joinedBy: chainToHead(entity, key) ?? null,
  };
}

function toWhyClaim({ given, provenance }: Claim): readonly WhyClaim[] {
  if (given.predicate !== 'alias' && given.predicate !== 'name') return [];
  return [
    {
      ...toFactSource(provenance),
      record: provenance.record,
      text: given.text,
      relation: given.predicate === 'alias' ? given.relation : 'same-as',
      ...(given.predicate === 'alias' && given.coinedBy !== undefined ? { coinedBy: given.coinedBy } : {}),
      ...(provenance.citation === undefined ? {} : { citation: provenance.citation }),
    },
  ];
}
