import type { EntityType } from './entity-type.ts';
import type { StixId } from './stix-id.ts';
import type { Tlp } from './tlp.ts';

/**
 * One object as a source gave it, in the domain's own words: what every importer yields and what the store
 * keeps, keyed by `(source, externalId)`. A record is data only; joins between records are computed, never stored.
 */
export interface SourceRecord {
  /** The object's key in its source: a STIX id, a MISP uuid, or a hash of a document's place and title. */
  readonly externalId: string;
  /** A title for people: the object's name, a report's title, or "A uses B" for a relationship. */
  readonly title: string;
  /**
   * The publisher's own list inside the source that the record stands in (`threat-actor`, `malpedia`). Entries of
   * one list with different main names are kept apart by their publisher. Absent: the whole source is one list.
   */
  readonly collection?: string;
  /** What the record describes. Absent for a relationship or any other record that only speaks of others. */
  readonly entity?: RecordEntity;
  /** Where a person can read the object itself, http or https. */
  readonly url?: string;
  /** Who states it, where that is another than the source itself ("Mandiant" for a profile in a folder). */
  readonly publisher?: string;
  /** ISO 8601 date or date-time of creation and of the last change at the publisher. */
  readonly created?: string;
  readonly modified?: string;
  /** The record's own marking; absent means the source's default. */
  readonly marking?: RecordMarking;
  /** 0–100 (STIX 2.1, section 3.2). */
  readonly confidence?: number;
  readonly revoked?: boolean;
  readonly deprecated?: boolean;
  /** True for what is only a summary of the object (a row of an event index): it never replaces the object itself. */
  readonly summary?: true;
  /** The object that replaces a revoked one. */
  readonly revokedBy?: EntityRef;
  readonly claims: readonly RecordClaim[];
  /** Indicators of a report or event. Kept in their own table and never in memory as a whole. */
  readonly indicators?: readonly RecordIndicator[];
  /** Tags kept as text: all of a MISP event's tags, PAP, taxonomies that mean nothing to us. */
  readonly tags?: readonly string[];
  /**
   * Words in which names are to be found at import, as `reported-in` claims that are `mentioned`. Plain text, at most
   * 100 KB; not stored.
   */
  readonly mentionsIn?: string;
}

export interface RecordEntity {
  readonly type: EntityType;
  /** The publisher's STIX id where it gave one; a MISP uuid becomes `TYPE--UUID`. */
  readonly id?: StixId;
  readonly name: string;
  /**
   * Ids that are the object's own at their publisher: `G0087`, `T1566.001`, `CVE-2017-11882`, `misp:UUID`.
   * An ATT&CK id that stands among a galaxy entry's synonyms goes to `claimedIds`, not here.
   */
  readonly externalIds: readonly string[];
  /** ATT&CK ids found among synonyms: weaker than `externalIds`, since a list may hold several or another's. */
  readonly claimedIds?: readonly string[];
}

export interface RecordMarking {
  readonly tlp: Tlp;
  /** The marking as written, when it was not plain TLP: `tlp:ex:chr`, `PAP:AMBER`. */
  readonly text?: string;
  /** True when the written marking is none that TLP defines. */
  readonly unknown?: boolean;
}

/**
 * Points from one record to what another record describes. The knowledge layer resolves it: `id`, then `uuid`,
 * then `externalId`, then `name` among entities of `types` (main names before aliases), then revoked-by.
 */
export interface EntityRef {
  readonly types: readonly EntityType[];
  readonly id?: StixId;
  /** A bare UUID whose entity type the publisher's pointer does not tell. */
  readonly uuid?: string;
  readonly externalId?: string;
  readonly name?: string;
  /**
   * True when the name alone is enough to make an entity of it where nothing fits (a malware named in a
   * profile). False keeps it as text and counts it as unresolved (a MISP tag of another day).
   */
  readonly create: boolean;
}

/** How an alias stands to the entity that carries it. */
export const aliasRelations = ['same-as', 'overlaps', 'part-of', 'disputed'] as const;
export type AliasRelation = (typeof aliasRelations)[number];

interface ClaimBase {
  /** Whom the claim is about; absent: the record's own entity. */
  readonly subject?: EntityRef;
  /** The document that states it, http or https; absent: the record's `url`. */
  readonly reference?: string;
  /** A citation as text ("Symantec WastedLocker June 2020"), where the source names one. */
  readonly citation?: string;
  /** ISO date of the statement; absent: the record's `modified`, else `created`. */
  readonly date?: string;
  /** Absent: the record's. */
  readonly confidence?: number;
  readonly marking?: RecordMarking;
  /** The publisher's words that carry the claim, kept for `why` and shown as a quotation; never bundled. */
  readonly quote?: string;
}

/** One statement of a record. The union is closed: a new predicate is added here first. */
export type RecordClaim = ClaimBase &
  (
    | { readonly predicate: 'name'; readonly text: string }
    | {
        readonly predicate: 'alias';
        readonly text: string;
        readonly relation: AliasRelation;
        /** The organisation that coined the name, as the source writes it ("Secureworks"). */
        readonly coinedBy?: string;
      }
    | {
        readonly predicate: 'attributed-to';
        /** ISO 3166-1 alpha-2, upper case. */
        readonly country?: string;
        /** The state body or other sponsor as text. */
        readonly sponsor?: string;
        /** The attribution as written ("possibly Vietnam"). */
        readonly text: string;
        /** A campaign's actor. */
        readonly target?: EntityRef;
      }
    | { readonly predicate: 'targets-sector'; readonly text: string }
    | {
        readonly predicate: 'targets-region';
        readonly text: string;
        /** ISO 3166-1 alpha-2 where the region is a country. */
        readonly country?: string;
      }
    | { readonly predicate: 'motivation'; readonly text: string }
    /** ISO date of whatever precision the source has: `2014`, `2014-11`, `2014-11-01`. */
    | { readonly predicate: 'active-since'; readonly text: string }
    /** Campaigns: the last time it was seen. */
    | { readonly predicate: 'last-seen'; readonly text: string }
    | { readonly predicate: 'uses'; readonly target: EntityRef }
    /** A vulnerability, or a plain statement on exploiting ones; `negated` for "not observed". */
    | {
        readonly predicate: 'exploits';
        readonly target?: EntityRef;
        readonly text: string;
        readonly negated?: boolean;
      }
    | {
        readonly predicate: 'description';
        readonly text: string;
        /** Which part of a profile the text is. */
        readonly section: 'overview' | 'attack-vectors' | 'target-sectors' | 'associated-malware' | 'report';
      }
    | { readonly predicate: 'reference'; readonly url: string; readonly title?: string }
    /** The subject is named in a report; absent target: the record's own report. */
    | {
        readonly predicate: 'reported-in';
        readonly target?: EntityRef;
        /** True when the name was only found in the report's words: nobody said that the report is about the subject. */
        readonly mentioned?: true;
      }
    /** Entity to entity: the galaxy's `similar`, `part-of`, `overlaps`; `likelihood` 0–100 where given. */
    | {
        readonly predicate: 'related-to';
        readonly relation: AliasRelation | 'related' | 'subtechnique-of';
        readonly target: EntityRef;
        readonly likelihood?: number;
      }
    /** Techniques: an ATT&CK tactic shortname ("initial-access"). Software: a platform or kind as text. */
    | { readonly predicate: 'tactic'; readonly text: string }
    | { readonly predicate: 'platform'; readonly text: string }
    /**
     * A statement that no other predicate has a place for, under a label for people: "Ransomware use: Known". With
     * `on` (an ISO date of any precision, else the source's words for the time) it is something that happened.
     */
    | { readonly predicate: 'detail'; readonly label: string; readonly text: string; readonly on?: string }
  );

export const predicates = [
  'name',
  'alias',
  'attributed-to',
  'targets-sector',
  'targets-region',
  'motivation',
  'active-since',
  'last-seen',
  'uses',
  'exploits',
  'description',
  'reference',
  'reported-in',
  'related-to',
  'tactic',
  'platform',
  'detail',
] as const satisfies readonly RecordClaim['predicate'][];
export type Predicate = RecordClaim['predicate'];

/** One indicator of compromise as the source gave it, plus the value as it is looked up. */
export interface RecordIndicator {
  /** MISP's attribute type: `sha256`, `domain`, `ip-dst`, `filename|md5`. */
  readonly type: string;
  /** MISP's category ("Network activity"), where given. */
  readonly category?: string;
  /** As given, refanged; at most 4,096 characters. */
  readonly value: string;
  /** Values by which it is found: lower case, each half of a composite. */
  readonly lookupValues: readonly string[];
  readonly comment?: string;
  /** ISO date-time. */
  readonly date?: string;
  /** MISP's to_ids, or the presence of a STIX pattern. */
  readonly detectable?: boolean;
  readonly marking?: RecordMarking;
}
