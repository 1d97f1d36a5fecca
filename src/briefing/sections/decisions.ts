import type { Section } from '../../cards/card.ts';
import type { Composer } from '../composer.ts';
import { plain } from '../text.ts';
import { decisionWords, markingOfWords } from '../why-decisions.ts';

/** What an operator decided about the entity: that its records are one, or what it is not. */
export function decisionsSection({ entity, knowledge, cites }: Composer): Section | undefined {
  const decisions = entity.decisions ?? [];
  if (decisions.length === 0) return undefined;
  for (const decision of decisions) cites.noteMarking(markingOfWords(decision));
  const items = decisions.map((decision) => ({ text: [plain(decisionWords(decision, knowledge))] }));
  return { type: 'list', id: 'decisions', heading: 'Decided by an operator', rank: 3, items };
}
