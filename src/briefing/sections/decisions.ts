import type { Section } from '../../cards/card.ts';
import type { Composer } from '../composer.ts';
import { plain } from '../text.ts';
import { decisionWords } from '../why-decisions.ts';

/** What an operator decided about the entity: that its records are one, or what it is not. */
export function decisionsSection({ entity, knowledge }: Composer): Section | undefined {
  const decisions = entity.decisions ?? [];
  if (decisions.length === 0) return undefined;
  const items = decisions.map((decision) => ({ text: [plain(decisionWords(decision, knowledge))] }));
  return { type: 'list', id: 'decisions', heading: 'Decided by an operator', rank: 3, items };
}
