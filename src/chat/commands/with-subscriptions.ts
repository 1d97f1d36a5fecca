import type { Card } from '../../cards/card.ts';
import type { Destination } from '../../domain/subscription.ts';
import { destinationOf, personOf } from '../destination.ts';
import { messageCard } from '../message-cards.ts';
import { textSection } from '../subscription-cards.ts';
import type { Actor } from '../subscription-rules.ts';
import type { Subscriptions } from '../subscriptions.ts';
import type { Reply } from '../types.ts';
import type { WatchList } from '../watch-list.ts';
import type { CommandContext } from './types.ts';

/** What the commands on subscriptions work with. */
export interface SubscriptionDesk {
  readonly subscriptions: Subscriptions;
  readonly watchList: WatchList;
  /** Where the request comes from, as deliveries name it. */
  readonly here: Destination;
  readonly by: Actor;
  readonly now: Date;
  /** In whose time times are read and written for the asker; an IANA name. */
  readonly zone: string;
}

/** Runs what needs subscriptions, or says that there are none to be had where the request comes from. */
export async function withSubscriptions(
  context: CommandContext,
  work: (desk: SubscriptionDesk) => Promise<Reply>,
): Promise<Reply> {
  const opened = await subscriptionDeskOf(context);
  return 'card' in opened ? { card: opened.card, audience: 'asker' } : work(opened);
}

/** The desk for where the request comes from, or the card that says that nothing can be delivered there. */
export async function subscriptionDeskOf(
  context: CommandContext,
): Promise<SubscriptionDesk | { readonly card: Card }> {
  const { desk, place, person, asker, subscriptions, watchList } = context;
  const { now } = await desk.contextAt(place.ceiling);
  const here = destinationOf(place, person);
  if (here === undefined || subscriptions === undefined || watchList === undefined)
    return { card: messageCard('Nothing can be delivered here', [textSection('why', elsewhere)], now) };
  const by: Actor = { person: personOf(place, person), here, ...(asker === undefined ? {} : { asker }) };
  const { zone } = await subscriptions.zoneFor(asker, place.workspace);
  return { subscriptions, watchList, here, by, now, zone };
}

const elsewhere =
  'Digests go to Slack, to Microsoft Teams and to the page of a running server. From a command line use “threatbrief subscriptions”.';
