import type { Item } from '../../cards/card.ts';
import type { StoredSubscription } from '../../store/delivery-types.ts';
import { messageCard } from '../message-cards.ts';
import { ask, textSection, whenText } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import type { SubscriptionDesk } from './with-subscriptions.ts';

const shown = 20;

/** The subscriptions of this place, and the asker's own watches, with a button each; says so when there are none. */
export async function chooseSubscription(
  verb: string,
  label: string,
  desk: SubscriptionDesk,
  isOffered: (one: StoredSubscription) => boolean = () => true,
): Promise<Reply> {
  const { subscriptions, watchList, here, by, now } = desk;
  const [digests, watches] = await Promise.all([
    subscriptions.at(here),
    watchList.subscriptionsOf(by.person),
  ]);
  const all = [...digests, ...watches].filter(isOffered);
  const items = all.slice(0, shown).map(
    (one): Item => ({
      text: [{ text: `${one.id}: ${whenText(one)}${one.filters === '' ? '' : `, ${one.filters}`}` }],
      action: ask(`${label} ${one.id}`, `${verb} ${one.id}`),
    }),
  );
  if (items.length === 0) {
    const card = messageCard(label, [textSection('none', 'There is no subscription here for that.')], now);
    return { card: { ...card, actions: [ask('Subscribe', 'subscribe')] }, audience: 'asker' };
  }
  const total = all.length > shown ? { total: all.length } : {};
  const card = messageCard(
    `${label}: which one?`,
    [{ type: 'list', id: 'choice', rank: 0, items, ...total }],
    now,
  );
  return { card, audience: 'asker' };
}
