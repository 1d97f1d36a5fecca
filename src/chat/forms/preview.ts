import type { Card } from '../../cards/card.ts';
import type { SubscriptionContent } from '../../domain/subscription.ts';
import { isAllowed, type Tlp } from '../../domain/tlp.ts';
import type { StoredSubscription } from '../../store/delivery-types.ts';
import type { CommandContext } from '../commands/types.ts';
import { messageCard } from '../message-cards.ts';
import { textSection } from '../subscription-cards.ts';

const shownDays = 7;

/** What these filters would have told in the last days, for the eyes of the place and of nobody above the chosen marking. */
export async function previewCard(
  { filters, ceiling }: { readonly filters: string; readonly ceiling: Tlp | undefined },
  { desk, place }: CommandContext,
): Promise<Card> {
  const most = lower(ceiling, place.ceiling);
  const card = await desk.digest({ days: shownDays, filters, ceiling: most, whole: false });
  return { ...card, title: `Preview of the last ${shownDays} days` };
}

/** What the next digest of a subscription would say with these changes; as above where nothing composes digests here. */
export async function nextDigestCard(
  one: StoredSubscription,
  change: Pick<SubscriptionContent, 'filters'> & { readonly ceiling: Tlp | undefined },
  now: Date,
  context: CommandContext,
): Promise<Card> {
  const { digests, place } = context;
  if (digests === undefined) return previewCard(change, context);
  const composed = await digests.compose({
    // All in one card, since only one is shown.
    subscription: { ...one, filters: change.filters, shape: 'message' },
    delivery: { id: 'preview', slotAt: now.getTime(), merged: 0 },
    ceiling: lower(change.ceiling, place.ceiling),
    until: now.getTime(),
  });
  const [first] = composed.messages;
  if (first === undefined)
    return messageCard('Preview', [textSection('what', 'There is nothing new to tell.')], now);
  return { ...first.card, title: `Preview of ${one.id}: ${first.card.title}` };
}

function lower(wanted: Tlp | undefined, most: Tlp): Tlp {
  return wanted !== undefined && isAllowed(wanted, most) ? wanted : most;
}
