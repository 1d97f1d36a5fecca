import type { EntityType } from '../domain/entity-type.ts';
import type { StixId } from '../domain/stix-id.ts';

/** What the index needs of an entity; `createIndex` takes these and nothing else. */
export interface SearchEntity {
  readonly id: StixId;
  readonly type: EntityType;
  readonly name: string;
  readonly aliases: readonly string[];
  /** `G0087`, `T1566.001`, `CVE-2017-11882`, `misp:UUID`. */
  readonly externalIds: readonly string[];
  /** Other STIX ids that lead here. */
  readonly otherIds: readonly StixId[];
}

export interface Match {
  readonly entity: SearchEntity;
  readonly matched: {
    /** The part of the question that matched, as typed. */
    readonly text: string;
    /** The entity's name or id that it matched, as recorded. */
    readonly name: string;
    readonly kind: 'name' | 'alias' | 'id';
  };
  /** Calibrated confidence 0–1 that this entity is meant. */
  readonly score: number;
}

export type Lookup =
  /** One entity, sure enough to be shown alone. `alsoNamed`: malware, tools and campaigns whose main name it is too. */
  | { readonly kind: 'found'; readonly match: Match; readonly alsoNamed?: readonly Match[] }
  /** Several carry the name or fit alike: all owners of an exact name, else at most five. */
  | { readonly kind: 'ambiguous'; readonly matches: readonly Match[] }
  /** Nothing sure; near names, best first, at most five. */
  | { readonly kind: 'suggest'; readonly suggestions: readonly Match[] }
  | { readonly kind: 'not-found' };

/** A name spotted inside a longer text. Offsets are UTF-16 positions in the text as given. */
export interface Spot {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly Match[];
}

/** The look-up index: immutable, no I/O, built once per knowledge version and ceiling. */
export interface SearchIndex {
  readonly size: number;
  /**
   * Never throws; text beyond 8,000 characters is ignored. Where a name belongs to things of several types, those of
   * the preferred types are meant: "who uses Winnti" asks for the malware.
   */
  lookup(text: string, prefer?: readonly EntityType[]): Lookup;
  /** The longest exact names and ids inside a sentence, left to right, not overlapping. */
  spot(text: string): readonly Spot[];
  /** Names that begin with the text, best first; for type-ahead. */
  suggest(prefix: string, limit: number): readonly Match[];
  /** Makes, a step at a time, what the first misspelt name would make otherwise; cheap when done already. */
  prepare(): Iterable<void>;
}
