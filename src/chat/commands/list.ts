import type { Card, Section } from '../../cards/card.ts';
import type { StoredWatch } from '../../store/delivery-types.ts';
import { messageCard } from '../message-cards.ts';
import { markedFor, type ShownSubscription, shownSubscriptions } from '../shown-subscription.ts';
import { ask, subscriptionSection, textSection } from '../subscription-cards.ts';
import { mutesCard, type ShownMute, visibleMutes } from './mute.ts';
import { defineCommand } from './types.ts';
import { visibleWatches, watchesCard } from './watch.ts';
import { namedReply } from './with-names.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

export const listCommand = defineCommand<undefined>({
  name: 'list',
  summary: 'What this place is subscribed to, with the next runs; what you watch; what is muted.',
  usage: 'list',
  examples: ['list'],
  // "list Iranian actors" is a question.
  parse: (rest) =>
    /^(?:(?:all |my |our |the )*(?:subscriptions|watches|mutes|digests))?$/i.test(rest)
      ? { kind: 'ok', input: undefined }
      : { kind: 'question' },
  run: (_, context) =>
    withSubscriptions(context, async (desk) => {
      const { subscriptions, watchList, here, by } = desk;
      const [digests, told, watches, mutes] = await Promise.all([
        subscriptions.at(here),
        watchList.subscriptionsOf(by.person),
        watchList.watches(by.person),
        watchList.mutes(here),
      ]);
      const listed = {
        digests: await shownSubscriptions(digests, context),
        told: await shownSubscriptions(told, context),
        watches: await visibleWatches(watches, context),
        mutes: await visibleMutes(mutes, context),
        whole: context.whole,
      };
      const named = [...watches.map(({ entity }) => entity), ...mutes.map(({ target }) => target)];
      return namedReply(markedFor(listCard(listed, desk), listed.digests), named, context);
    }),
});

interface Listed {
  readonly digests: readonly ShownSubscription[];
  /** The person's subscriptions that tell of what they watch. */
  readonly told: readonly ShownSubscription[];
  readonly watches: readonly StoredWatch[];
  readonly mutes: readonly ShownMute[];
  readonly whole: boolean;
}

const shownDigests = 8;

function listCard(
  { digests, told, watches, mutes, whole }: Listed,
  times: Pick<SubscriptionDesk, 'now' | 'zone'>,
): Card {
  const { now, zone } = times;
  const shown = whole ? digests : digests.slice(0, shownDigests);
  const hidden = digests.length - shown.length;
  const sections: readonly Section[] = [
    ...(digests.length === 0
      ? [
          textSection(
            'none',
            'This place has no subscription. “subscribe daily 08:00 Europe/Berlin” begins one.',
          ),
        ]
      : []),
    ...shown.map((one, index) => subscriptionSection(one, now, index < 3 ? 1 : 2, zone)),
    ...(hidden > 0
      ? [
          textSection(
            'hidden',
            `${hidden} more subscriptions are not shown; “edit which” and “unsubscribe which” offer all of them, by pages.`,
          ),
        ]
      : []),
    ...(watches.length === 0 ? [] : told.map((one) => subscriptionSection(one, now, 3, zone))),
    ...renamed('watches', 'You watch', watches.length === 0 ? [] : watchesCard('', watches, now).sections),
    ...renamed('mutes', 'Muted here', mutes.length === 0 ? [] : mutesCard('', mutes, times).sections),
  ];
  const actions = [
    ask('Refresh', 'list'),
    ask('Subscribe', 'subscribe'),
    ask('Watches', 'watch'),
    ask('Mutes', 'mute'),
  ];
  return { ...messageCard('Subscriptions', sections, now), actions };
}

function renamed(id: string, heading: string, sections: readonly Section[]): readonly Section[] {
  return sections.map((section) => ({ ...section, id, heading, rank: 3 }));
}
