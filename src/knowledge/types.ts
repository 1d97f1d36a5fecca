import type { EntityType } from '../domain/entity-type.ts';
import type { AliasRelation, Predicate, RecordClaim } from '../domain/record.ts';
import type { SourceInfo } from '../domain/source.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Tlp } from '../domain/tlp.ts';

/** A source as the knowledge base knows it: what it is, and what it holds now. */
export interface KnownSource extends SourceInfo {
  readonly recordCount: number;
  /** ISO 8601 of the last successful import. */
  readonly importedAt: string;
}

/** Where a fact comes from: enough to name it, link it, date it and decide who may see it. */
export interface Provenance {
  /** `SourceInfo.name`. */
  readonly source: string;
  /** The record's `externalId` in that source. */
  readonly record: string;
  /** The publisher's own list inside the source, where it has several: `threat-actor`. */
  readonly collection?: string;
  /** Who states it, where that is another than the source itself. */
  readonly publisher?: string;
  /** The most specific link: the claim's reference, else the record's url. */
  readonly reference?: string;
  readonly citation?: string;
  /** ISO date of the statement, of whatever precision. */
  readonly date?: string;
  readonly marking: Tlp;
  /** 0–100, or null where the source gives none. */
  readonly confidence: number | null;
  readonly quote?: string;
}

/** A claim whose pointers are resolved. `object` is set where the claim points to another entity. */
export interface Claim {
  readonly subject: StixId;
  readonly predicate: Predicate;
  /**
   * The record's claim, as it was given; but a `same-as` between two entities that were not joined stands here as
   * `overlaps`, and a record without a `name` claim has one made of its entity's name.
   */
  readonly given: RecordClaim;
  readonly object?: StixId;
  /** What the claim says, for people and for grouping: the text, or the object's name. */
  readonly value: string;
  readonly provenance: Provenance;
  /**
   * `weakened`: the source says that the two are the same, and they were not joined. `derived`: no source says so;
   * a join was weighed and refused, and the record named is the one that proposed it.
   */
  readonly standing?: 'weakened' | 'derived';
}

/** A name of an entity with all who use it. Names are compared by `nameKey`. */
export interface EntityName {
  readonly text: string;
  readonly kind: 'name' | 'alias';
  /** The strongest relation any source states: same-as before overlaps, part-of, disputed. */
  readonly relation: AliasRelation;
  /** Organisations that coined it in that sense, by their usual names. */
  readonly coinedBy: readonly string[];
  /** Organisations to whose reports alone ATT&CK cites it, by their usual names; absent for none. */
  readonly citedTo?: readonly string[];
  readonly claims: readonly Claim[];
}

/** Why records are one entity: the rule that applied, with the records on both sides. */
export interface JoinEvidence {
  readonly rule:
    | 'same-id'
    | 'same-attack-id'
    | 'similar'
    | 'revoked-by'
    | 'equal-name'
    | 'named-by-both'
    | 'operator';
  readonly left: RecordKey;
  readonly right: RecordKey;
  readonly detail: string;
}

/** A join that a rule proposed and something else forbade: kept, so that one can ask why not. */
export interface JoinRefusal {
  /** `shared-alias` is no rule that joins: two things carry one name, and it is shown that they do. */
  readonly rule: JoinEvidence['rule'] | 'shared-alias';
  /** The record of this entity. */
  readonly record: RecordKey;
  /** The entity on the other side, and its record. */
  readonly other: StixId;
  readonly otherRecord: RecordKey;
  /** What was proposed, and what spoke against it. */
  readonly detail: string;
  /** With `shared-alias`: what says that the two are different things, where anything does. */
  readonly apart?: string;
}

/** An operator's decision that made this entity one, or keeps it apart from others. */
export interface EntityDecision {
  readonly kind: 'same' | 'different';
  /** Its members that are known to the audience, as written. */
  readonly members: readonly string[];
  /** For `different`: what it is kept apart from. */
  readonly others: readonly StixId[];
  /** For `different`: names that the decision takes from it; absent for none. */
  readonly names?: readonly string[];
  readonly reason?: string;
  readonly by?: string;
  readonly date?: string;
  /** Where it is written: `identity.yaml line 12`. */
  readonly place?: string;
  /** Below this ceiling it does not apply; absent: it applies everywhere. */
  readonly marking?: Tlp;
}

export interface RecordKey {
  readonly source: string;
  readonly externalId: string;
}

/** A record as the object that its source gave, for whoever asks what an entity is made of. */
export interface KnownRecord extends RecordKey {
  readonly title: string;
  /** The publisher's list in the source: `threat-actor`. */
  readonly collection?: string;
  readonly publisher?: string;
  readonly url?: string;
  /** ISO date of its last change, else of its creation. */
  readonly date?: string;
  readonly marking: Tlp;
  /** Ids that are its own: `G0087`, `misp:UUID`. */
  readonly externalIds: readonly string[];
  readonly state: 'current' | 'revoked' | 'deprecated';
}

export interface Entity {
  readonly id: StixId;
  readonly type: EntityType;
  readonly name: string;
  /** What the asking workspace's house calls it, where that is another name; ids and look-ups never use it. */
  readonly houseName?: string;
  /** The main name first, then aliases: names of ATT&CK and of most sources first, then alphabetically. */
  readonly names: readonly EntityName[];
  /** `G0087`, `misp:c2c64bd3-…`, sorted with ATT&CK ids first. */
  readonly externalIds: readonly string[];
  readonly records: readonly RecordKey[];
  readonly joins: readonly JoinEvidence[];
  /** Joins that were proposed and refused; absent for none. */
  readonly refusals?: readonly JoinRefusal[];
  /** What an operator decided about it; absent for nothing. */
  readonly decisions?: readonly EntityDecision[];
  /** Ids that this entity also answers to: ids of joined records and of revoked ones. */
  readonly otherIds: readonly StixId[];
  /** True when every record of it is deprecated or revoked. */
  readonly deprecated: boolean;
  /** True when no source describes it: it is only named by others. */
  readonly mentionedOnly: boolean;
}

/**
 * All that is known to an audience, joined: computed from the records whose marking the ceiling allows, so that
 * what a ceiling hides cannot be reached through this object. Immutable.
 */
export interface Knowledge {
  /** Rises with every import; two objects of one version, ceiling and set of decisions are equal. */
  readonly version: number;
  /**
   * The strictest marking that this object may hold: never above the ceiling that was asked for, and below it
   * where no record stands between the two.
   */
  readonly ceiling: Tlp;
  readonly sources: ReadonlyMap<string, KnownSource>;
  readonly entities: ReadonlyMap<StixId, Entity>;
  /** By STIX id (tombstones included), ATT&CK id, `misp:UUID`, CVE id or bare UUID, in any case. */
  entity(id: string): Entity | undefined;
  /** Claims whose subject is the entity, in a stable order. */
  claims(id: StixId, predicate?: Predicate): readonly Claim[];
  /** Claims whose object is the entity: who uses this malware. */
  claimsAbout(id: StixId, predicate?: Predicate): readonly Claim[];
  /** A record that the audience may see; undefined for any other. */
  record(key: RecordKey): KnownRecord | undefined;
  /** Whom a report names by a tag that leads to nothing, or to several: told, not guessed. */
  unresolvedIn(id: StixId): readonly UnresolvedPointer[];
  /** What the ceiling holds back about an entity that the audience may see. */
  withheld(id: StixId): Withheld;
  readonly statistics: KnowledgeStatistics;
}

/** How many items a ceiling holds back, and the strictest marking among them. */
export interface Withheld {
  readonly count: number;
  readonly highest: Tlp | null;
  /** True: others among them are marked less strictly. */
  readonly isMixed?: boolean;
}

export interface KnowledgeStatistics {
  readonly entities: Readonly<Partial<Record<EntityType, number>>>;
  readonly records: number;
  readonly claims: number;
  readonly joins: number;
  readonly joinsByRule?: Readonly<Partial<Record<JoinEvidence['rule'], number>>>;
  readonly refusals?: number;
  /** An operator's decisions: how many were followed, and what is wrong with the others, in words. */
  readonly decisions?: { readonly followed: number; readonly problems: readonly string[] };
  /** Pointers that nothing fits, by text, with their number. */
  readonly unresolved: ReadonlyMap<string, number>;
  /** Those of them whose text is a name that several things carry, with all of these. */
  readonly ambiguous?: ReadonlyMap<string, AmbiguousPointer>;
}

/** Something that a record names and that could not be told for sure. */
export interface UnresolvedPointer {
  readonly text: string;
  /** Those that carry the name; empty where nothing does. */
  readonly candidates: readonly StixId[];
}

/** A pointer by a name that several things carry: none of them is guessed. */
export interface AmbiguousPointer {
  readonly count: number;
  readonly candidates: readonly StixId[];
}

/** The joined knowledge for every audience. */
export interface KnowledgeBase {
  readonly version: number;
  /** What an audience with this ceiling may see. The same object for ceilings that hide the same. */
  at(ceiling: Tlp): Knowledge;
}
