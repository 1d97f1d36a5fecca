import type { Item } from '../../cards/card.ts';
import type { StoredSubscription, StoredWatch } from '../../store/delivery-types.ts';
import { messageCard } from '../message-cards.ts';
import { markedFor, type ShownSubscription, shownSubscriptions } from '../shown-subscription.ts';
import { ask, textSection, whenText } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import type { CommandContext } from './types.ts';
import { visibleWatches } from './watch.ts';
import { namedReply } from './with-names.ts';
import type { SubscriptionDesk } from './with-subscriptions.ts';

const shown = 20;
const shownNames = 3;

/** Stands behind a verb for a choice, however few there are; it changes nothing. */
export const whichWord = 'which';

export interface Choice {
  readonly verb: string;
  /** What a button says in front of the id. */
  readonly label: string;
  /** What stands behind the id when it is chosen; absent: nothing. */
  readonly rest?: string;
  readonly isOffered?: (one: StoredSubscription) => boolean;
}

/** The subscriptions of this place, and the asker's own watches. */
async function offered(
  { isOffered = () => true }: Pick<Choice, 'isOffered'>,
  { subscriptions, watchList, here, by }: SubscriptionDesk,
): Promise<readonly StoredSubscription[]> {
  const [digests, watches] = await Promise.all([
    subscriptions.at(here),
    watchList.subscriptionsOf(by.person),
  ]);
  return [...digests, ...watches].filter(isOffered);
}

/**
 * The one that needs no name: the only subscription of this place. What somebody watches comes to them directly, and
 * counts there alone.
 */
export async function onlySubscription(
  choice: Pick<Choice, 'isOffered'>,
  desk: SubscriptionDesk,
): Promise<StoredSubscription | undefined> {
  const all = await offered(choice, desk);
  const here = all.filter(({ kind }) => kind === 'digest' || desk.here.kind === 'direct');
  return here.length === 1 ? here[0] : undefined;
}

/** The subscriptions of this place, and the asker's own watches, with a button each; says so when there are none. */
export async function chooseSubscription(
  choice: Choice,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<Reply> {
  const { verb, label, rest = '' } = choice;
  const { watchList, by, now } = desk;
  const all = await shownSubscriptions(await offered(choice, desk), context);
  if (all.length === 0) {
    const card = messageCard(label, [textSection('none', 'There is no subscription here for that.')], now);
    return { card: { ...card, actions: [ask('Subscribe', 'subscribe')] }, audience: 'asker' };
  }
  const hasWatches = all.some(({ kind }) => kind === 'watch');
  const watches = hasWatches ? await watchList.watches(by.person) : [];
  const named = await visibleWatches(watches, context);
  const items = (context.whole ? all : all.slice(0, shown)).map(
    (one): Item => ({
      text: [{ text: `${one.id}: ${whenText(one)}${whatText(one, named)}` }],
      action: ask(`${label} ${one.id}`, `${verb} ${one.id} ${rest}`.trim()),
    }),
  );
  const total = all.length > items.length ? { total: all.length } : {};
  const list = { type: 'list', id: 'choice', rank: 0, items, ...total } as const;
  const card = messageCard(`${label}: which one?`, [list], now);
  const shownCard = { ...card, actions: [ask('Refresh', `${verb} ${whichWord} ${rest}`.trim())] };
  return namedReply(
    markedFor(shownCard, all),
    watches.map(({ entity }) => entity),
    context,
  );
}

/** `, sector:telecom`, or `, what you watch: APT39, APT28 and 3 more`. */
function whatText({ kind, filters, timing }: ShownSubscription, watches: readonly StoredWatch[]): string {
  if (kind === 'digest') return filters === '' ? '' : `, ${filters}`;
  const mode = timing.kind === 'at-once' ? 'once' : 'digest';
  const names = watches.filter((one) => one.mode === mode).map(({ name }) => name);
  const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : '';
  return `, what you watch: ${names.slice(0, shownNames).join(', ')}${more}`;
}
