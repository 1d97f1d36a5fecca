import type { Card } from '../../src/cards/card.ts';
import { type ClearedCard, clearFor } from '../../src/cards/cleared.ts';

/** A card for an audience that may see everything. */
export function cleared(card: Card): ClearedCard {
  return clearFor(card, 'red');
}
