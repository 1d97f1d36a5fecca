import type { Action, ActionValue } from '../cards/card.ts';
import type { StixId } from '../domain/stix-id.ts';

/** The buttons of a card about one entity. */
export function entityActions(entity: StixId): readonly Action[] {
  return [
    { type: 'command', label: 'More', value: { verb: 'more', entity }, style: 'primary' },
    { type: 'command', label: 'Share', value: { verb: 'share', entity } },
    { type: 'command', label: 'Sources', value: { verb: 'sources', entity } },
  ];
}

/** The button by which who presses it, and nobody else, is told when the thing's profile changes or a report names it. */
export function watchAction(entity: StixId): Action {
  return askAction('Watch', `watch ${entity}`);
}

/** Leaves room in the 1,500 encoded characters of a button for text that encodes to three times its length. */
const maxQuestionChars = 400;

/** The buttons of a card that answers a question by a list: each repeats the question; none for one too long. */
export function questionActions(question: string, maxChars = maxQuestionChars): readonly Action[] {
  if (question.length > maxChars) return [];
  return [
    { type: 'command', label: 'More', value: { verb: 'more', question }, style: 'primary' },
    { type: 'command', label: 'Share', value: { verb: 'share', question } },
    { type: 'command', label: 'Sources', value: { verb: 'sources', question } },
  ];
}

/** A button that asks something. */
export function askAction(label: string, question: string): Action {
  const value: ActionValue = { verb: 'ask', question };
  return { type: 'command', label, value };
}
