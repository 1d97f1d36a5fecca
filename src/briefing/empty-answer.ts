import type { Card } from '../cards/card.ts';
import { nothingWithheld } from './finish-card.ts';
import type { Answer } from './types.ts';

/** An answer that names nothing and states nothing: the card says why. */
export function emptyAnswer(question: string, outcome: Answer['outcome'], card: Card): Answer {
  return { question, outcome, answers: [], suggestions: [], facts: [], withheld: nothingWithheld, card };
}
