import { nameClaims } from '../../briefing/names.ts';
import type { Card } from '../../cards/card.ts';
import { stricter, type Tlp, tlpLevels } from '../../domain/tlp.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import type { Reply } from '../types.ts';
import { itemsByKey } from './item-names.ts';
import type { CommandContext } from './types.ts';

/** A card of our own words that holds names of things: it is marked as strictly as the names are. */
async function withNames(
  card: Card,
  named: readonly string[],
  { desk, place }: Pick<CommandContext, 'desk' | 'place'>,
): Promise<Card> {
  const { knowledge } = await desk.contextAt(place.ceiling);
  const items = itemsByKey(
    named.filter((one) => !one.includes('--')),
    knowledge,
  );
  let marking = card.marking;
  for (const one of named) {
    const id = items.get(one)?.id ?? one;
    marking = stricter(marking, nameMarking(id, knowledge));
  }
  return { ...card, marking };
}

/** Such a card, for the one who asks alone. */
export async function namedReply(
  card: Card,
  named: readonly string[],
  context: Pick<CommandContext, 'desk' | 'place'>,
): Promise<Reply> {
  return { card: await withNames(card, named, context), audience: 'asker' };
}

/** The least strict marking under which someone states the name; CLEAR for what has none here. */
function nameMarking(id: string, knowledge: Knowledge): Tlp {
  const entity = knowledge.entity(id);
  if (entity === undefined) return 'clear';
  const levels = new Set(nameClaims(entity, knowledge).map(({ provenance }) => provenance.marking));
  return tlpLevels.find((level) => levels.has(level)) ?? 'clear';
}
