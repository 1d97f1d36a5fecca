import type { Action, Card, Section } from '../cards/card.ts';
import { formAction } from '../cards/form.ts';
import { stricter } from '../domain/tlp.ts';
import { mayChangeSources } from './commands/sources.ts';
import type { CommandContext } from './commands/types.ts';
import { visibleWatches } from './commands/watch.ts';
import { namedReply } from './commands/with-names.ts';
import { type SubscriptionDesk, subscriptionDeskOf } from './commands/with-subscriptions.ts';
import { personOf } from './destination.ts';
import {
  type FailedDelivery,
  failedSection,
  recentSection,
  sourcesPart,
  subscriptionsSection,
  watchesSection,
} from './home-sections.ts';
import { messageCard } from './message-cards.ts';
import type { RecentLookups } from './recent.ts';
import { markedFor, type ShownSubscription, shownSubscriptions } from './shown-subscription.ts';
import { ask, textSection } from './subscription-cards.ts';

export interface HomeParts {
  /** What people looked up; absent: nothing is kept. */
  readonly recent?: RecentLookups | undefined;
  /** What could not be delivered in a workspace, newest first; absent: it is not known here. */
  readonly failed?: ((workspace: string, limit: number) => Promise<readonly FailedDelivery[]>) | undefined;
}

const shownRecent = 6;
const maxFailed = 50;

/**
 * The person's own page: what they watch and get, what they looked up, what answers come from; for admins also what could
 * not be delivered, and the settings; for those who may, ways to connected sources and to the audit. Where there is nothing yet it says how to begin.
 */
export async function homeCard(context: CommandContext, parts: HomeParts): Promise<Card> {
  const { place, person, asker, desk } = context;
  const { knowledge, now } = await desk.contextAt(place.ceiling);
  const opened = await subscriptionDeskOf(context);
  const isAdmin = asker?.role === 'admin';
  const [own, recent, failed, connections, maySet, mayAudit, mayChange] = await Promise.all([
    'card' in opened ? undefined : ownPart(opened, isAdmin, context),
    parts.recent?.recentLookups({
      person: personOf(place, person),
      ceiling: place.ceiling,
      limit: shownRecent,
    }),
    isAdmin && place.workspace !== undefined ? parts.failed?.(place.workspace, maxFailed) : [],
    desk.connections(),
    context.may('settings'),
    context.auditReader === undefined ? false : context.may('audit'),
    mayChangeSources(context),
  ]);
  const sources = sourcesPart(knowledge.sources.values(), connections, place.ceiling, now, mayChange);
  const sections: readonly Section[] = [
    textSection(
      'what',
      'Ask about an actor, software, technique, vulnerability or indicator, by any name or id.',
    ),
    ...(failed === undefined || failed.length === 0 ? [] : [failedSection(failed, now)]),
    ...(own?.sections ?? []),
    ...(parts.recent === undefined ? [] : [recentSection(recent ?? [])]),
    ...sources.sections,
  ];
  const names = [...(own?.named ?? []), ...(recent ?? []).map(({ id }) => id)];
  const card: Card = {
    ...messageCard('threatbrief', sections, now),
    actions: homeActions({ maySet, mayAudit, isDelivered: own !== undefined }),
    fallbackText: 'Your page in threatbrief.',
  };
  const named = await namedReply(markedFor(card, own?.shown ?? []), names, context);
  return { ...named.card, marking: stricter(named.card.marking, sources.marking) };
}

function homeActions({
  maySet,
  mayAudit,
  isDelivered,
}: {
  readonly maySet: boolean;
  readonly mayAudit: boolean;
  readonly isDelivered: boolean;
}): readonly Action[] {
  const lookUp = formAction('Look Up', 'look-up');
  return [
    lookUp.type === 'command' ? { ...lookUp, style: 'primary' } : lookUp,
    ...(isDelivered ? [formAction('Subscribe', 'subscribe')] : []),
    // The first that asks something: by it a renderer asks for the sources that did not fit.
    ask('Sources', 'sources'),
    maySet ? formAction('Settings', 'settings') : ask('Settings', 'settings'),
    ...(mayAudit ? [ask('Audit', 'audit')] : []),
    ask('Help', 'help'),
  ];
}

interface OwnPart {
  readonly sections: readonly Section[];
  /** What the sections name. */
  readonly named: readonly string[];
  readonly shown: readonly ShownSubscription[];
}

async function ownPart(
  { subscriptions, watchList, by, now }: SubscriptionDesk,
  isAdmin: boolean,
  context: CommandContext,
): Promise<OwnPart> {
  const [watches, digests] = await Promise.all([watchList.watches(by.person), subscriptions.knownTo(by)]);
  const [visible, shown] = await Promise.all([
    visibleWatches(watches, context),
    shownSubscriptions(digests, context),
  ]);
  return {
    sections: [watchesSection(visible), subscriptionsSection(shown, isAdmin, now)],
    named: watches.map(({ entity }) => entity),
    shown,
  };
}
