import type { SourceNote } from '../cards/card.ts';
import type { EntityType } from '../domain/entity-type.ts';
import type { Predicate } from '../domain/record.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { FactSource, Outcome } from './types.ts';

/** What is kept of an answer: its statements with their sources and markings as they were, not the text of the card. */
export interface KeptAnswer {
  readonly outcome: Outcome | 'shown';
  /** The first things that it named. */
  readonly entities: readonly KeptEntity[];
  readonly entityCount: number;
  /** The first statements, and how many there were. */
  readonly facts: readonly KeptFact[];
  readonly factCount: number;
  /** The card's sources, where it rests on no statements. */
  readonly notes: readonly SourceNote[];
}

export interface KeptEntity {
  readonly id: StixId;
  readonly type: EntityType;
  readonly name: string;
}

export interface KeptFact {
  readonly subject: StixId;
  readonly predicate: Predicate;
  readonly object: KeptObject;
  readonly sources: readonly KeptSource[];
}

/** What tells one statement of a subject and predicate from another, and how it is put. */
export interface KeptObject {
  readonly name: string;
  readonly id?: StixId;
  /** The members of a fact's object that are part of what it says: `relation`, `section`, `label`, `url`, `country`. */
  readonly parts?: Readonly<Record<string, string>>;
}

export type KeptSource = Omit<FactSource, 'quote'>;

/** Evidence with when and for whom it was kept. */
export interface KeptEvidence {
  /** `E-7KQ2MX4P`. */
  readonly id: string;
  readonly at: Date;
  /** As it was asked; null where it is not kept. */
  readonly question: string | null;
  /** The strictest marking that the place could see then. */
  readonly ceiling: Tlp;
  readonly answer: KeptAnswer;
}

/** No I, L, O, U: they are read as 1, 1, 0 and V. */
export const evidenceAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const evidenceLength = 8;

/**
 * The evidence that a text names and nothing else, in the spelling that is kept: in any case, with look-alike letters read
 * as what they are taken for.
 *
 * @example readEvidenceId('e-7kq2mxo1') // 'E-7KQ2MX01'
 */
export function readEvidenceId(text: string): string | undefined {
  const letters = /^e[-\u2010-\u2015\u2212]([0-9a-z]{8})[.?!]?$/i.exec(text.trim().slice(0, 40))?.[1];
  if (letters === undefined) return undefined;
  const read = letters.toUpperCase().replaceAll(/[IL]/g, '1').replaceAll('O', '0').replaceAll('U', 'V');
  return `E-${read}`;
}
