import type { Card } from '../cards/card.ts';
import type { EntityType } from '../domain/entity-type.ts';
import type { Predicate } from '../domain/record.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Withheld } from '../knowledge/types.ts';
import type { ThreadSubject } from '../questions/follow-up-words.ts';
import type { Disagreement } from './disagreements.ts';

export const outcomes = ['found', 'ambiguous', 'suggest', 'not-found', 'answer', 'help', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/** An entity as an answer names it. */
export interface AnswerEntity {
  readonly id: StixId;
  readonly type: EntityType;
  readonly name: string;
  /** What the asking workspace's house calls it, where that is another name. */
  readonly houseName?: string;
  readonly aliases: readonly string[];
  readonly externalIds: readonly string[];
  /** How the question led here; absent for entities that the answer lists. */
  readonly matched?: { readonly text: string; readonly name: string; readonly kind: 'name' | 'alias' | 'id' };
  /** 0–1. */
  readonly score: number;
}

export interface FactSource {
  readonly source: string;
  readonly reference: string | null;
  readonly date: string | null;
  readonly tlp: Tlp;
  readonly confidence: number | null;
  readonly publisher?: string;
  readonly quote?: string;
  /** Keys of the source's records that state it; for what is kept of an answer, not told in JSON. */
  readonly records?: readonly string[];
}

/** One value of one predicate with everyone who states it. */
export interface Fact {
  readonly subject: StixId;
  readonly predicate: Predicate;
  readonly object: {
    readonly id?: StixId;
    readonly name: string;
    /** The disagreements of which this fact is a side; absent for none. */
    readonly disagreements?: readonly FactDisagreement[];
  } & Readonly<Record<string, unknown>>;
  readonly sources: readonly FactSource[];
}

/** That other facts contradict this one: in what, about what, and how this side is put. */
export interface FactDisagreement {
  readonly kind: Disagreement['kind'];
  readonly about: string;
  readonly side: string;
}

/** An answer to one question: the facts, and the card composed of them. */
export interface Answer {
  readonly question: string;
  readonly outcome: Outcome;
  readonly answers: readonly AnswerEntity[];
  readonly suggestions: readonly AnswerEntity[];
  readonly facts: readonly Fact[];
  readonly withheld: Withheld;
  readonly card: Card;
  /** What a next question in the conversation may point back to; absent for nothing. */
  readonly subject?: ThreadSubject;
}
