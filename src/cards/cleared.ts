import { isAllowed, type Tlp } from '../domain/tlp.ts';
import type { Card } from './card.ts';

/** What is private to it comes into no copy and no look-alike, neither by type nor when it runs. */
class Cleared {
  readonly #card: Card;
  /** The strictest marking that the audience may see. */
  readonly ceiling: Tlp;

  constructor(card: Card, ceiling: Tlp) {
    this.#card = card;
    this.ceiling = ceiling;
  }

  static cardOf(cleared: Cleared): Card {
    return cleared.#card;
  }

  /** Whatever writes it as JSON writes what passed, rather than nothing. */
  toJSON(): Pick<Cleared, 'ceiling'> & { readonly card: Card } {
    return { card: this.#card, ceiling: this.ceiling };
  }
}

/**
 * A card that passed the gate for an audience: the only thing that a renderer takes. Nothing but `clearFor` makes one,
 * so that a way to a platform without the gate does not compile, nor one with another card put into what passed.
 */
export type ClearedCard = Cleared;

/** What passed. Throws for what did not, whatever a cast says of it. */
export function cardOf(cleared: ClearedCard): Card {
  return Cleared.cardOf(cleared);
}

/**
 * The gate: a card for an audience. Cards are composed for a ceiling, so that all of it may be shown; should one hold a
 * marking above it all the same, then nothing of it passes but that something is withheld, and neither its words nor its
 * marking.
 */
export function clearFor(card: Card, ceiling: Tlp): ClearedCard {
  const allowed = isWithin(card, ceiling) ? card : withheldCard(card);
  return new Cleared({ ...allowed, fallbackText: pushText(allowed) }, ceiling);
}

/**
 * What a notification may say, which is read on locked screens: what the card says, where all of it is CLEAR; else what a
 * composer vouches for by type; else nothing of what is in it.
 */
function pushText(card: Card): string {
  return isWithin(card, 'clear') ? card.fallbackText : (card.notice ?? 'An answer for this place.');
}

/** True when no marking that a card names for what it shows is above the ceiling. */
export function isWithin({ marking, sources }: Card, ceiling: Tlp): boolean {
  return isAllowed(marking, ceiling) && sources.every((note) => isAllowed(note.marking, ceiling));
}

function withheldCard({ asOf }: Card): Card {
  return {
    title: 'Withheld',
    marking: 'clear',
    badges: [],
    sections: [
      {
        type: 'text',
        id: 'withheld',
        rank: 0,
        paragraphs: [
          [{ text: 'This answer is marked higher than this place may see. Ask in a direct message.' }],
        ],
      },
    ],
    sources: [],
    withheld: { count: 1, highest: null },
    actions: [],
    asOf,
    fallbackText: 'An answer was withheld here.',
  };
}
