import type { Tlp } from '../domain/tlp.ts';
import type { Answer, AnswerEntity, Fact, FactSource } from './types.ts';

/** One line of `ask --json`. */
export interface AnswerJson {
  readonly question: string;
  readonly outcome: Answer['outcome'];
  readonly latencyMs: number;
  readonly answers: readonly AnswerEntity[];
  readonly suggestions: readonly AnswerEntity[];
  readonly facts: readonly Fact[];
  readonly withheld: { readonly count: number; readonly highest: Tlp | null };
  /** The card as plain text. */
  readonly text: string;
  /** By which what the answer rests on can be asked for later; absent where nothing is kept of it. */
  readonly evidence?: string;
}

/**
 * The answer in the shape that programs read (design: The command line), keys in that order. `latencyMs` is the
 * time that the answer took; `text` is the card rendered as plain text.
 */
export function answerToJson(answer: Answer, latencyMs: number, text: string): AnswerJson {
  return {
    question: answer.question,
    outcome: answer.outcome,
    latencyMs,
    answers: answer.answers.map(entityToJson),
    suggestions: answer.suggestions.map(entityToJson),
    facts: answer.facts.map(({ subject, predicate, object, sources }) => ({
      subject,
      predicate,
      object,
      sources: sources.map(sourceToJson),
    })),
    withheld: { count: answer.withheld.count, highest: answer.withheld.highest },
    text,
    ...(answer.card.evidence === undefined ? {} : { evidence: answer.card.evidence }),
  };
}

function entityToJson(entity: AnswerEntity): AnswerEntity {
  const { id, type, name, houseName, aliases, externalIds, matched, score } = entity;
  const house = houseName === undefined ? {} : { houseName };
  return {
    id,
    type,
    name,
    ...house,
    aliases,
    externalIds,
    ...(matched === undefined ? {} : { matched }),
    score,
  };
}

function sourceToJson(given: FactSource): FactSource {
  const { quote } = given;
  return { ...plainSource(given), ...(quote === undefined ? {} : { quote }) };
}

/** Who says a fact, where, when and how surely, without the words and the records that it rests on. */
export function plainSource({
  source,
  reference,
  date,
  tlp,
  confidence,
  publisher,
}: FactSource): Omit<FactSource, 'quote' | 'records'> {
  return {
    source,
    reference,
    date,
    tlp,
    confidence,
    ...(publisher === undefined ? {} : { publisher }),
  };
}
