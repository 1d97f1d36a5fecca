import type { Action, Card, Item } from '../../cards/card.ts';
import type { DeadLetters } from '../../schedule/dead-letters.ts';
import { formatSlot } from '../../schedule/when/format-slot.ts';
import type { StoredDelivery, StoredSubscription } from '../../store/delivery-types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { messageCard } from '../message-cards.ts';
import { ask, refusalCard, textSection, whenText } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import type { CommandContext } from './types.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

/** What is asked of deliveries that went wrong. */
export type FailedInput =
  | { readonly kind: 'dead' }
  | { readonly kind: 'redrive'; readonly id: string }
  | { readonly kind: 'settle'; readonly id: string; readonly seen: 'there' | 'absent' };

/** Ids of the ledger are hashes in hexadecimal digits. */
const idPattern = '([0-9a-f]{8,64})';

/** Undefined for what is something else. */
export function readFailed(rest: string): FailedInput | undefined {
  const text = rest.trim().toLowerCase();
  if (/^(?:dead|failed|dead letters)$/.test(text)) return { kind: 'dead' };
  const driven = new RegExp(`^redrive ${idPattern}$`).exec(text);
  if (driven?.[1] !== undefined) return { kind: 'redrive', id: driven[1] };
  const settled = new RegExp(`^settle ${idPattern} (posted|there|absent|missing)$`).exec(text);
  if (settled?.[1] === undefined) return undefined;
  const isThere = settled[2] === 'posted' || settled[2] === 'there';
  return { kind: 'settle', id: settled[1], seen: isThere ? 'there' : 'absent' };
}

/** What could not be delivered, of what the asker may know of; and a way to try it again. */
export async function failedReply(input: FailedInput, context: CommandContext): Promise<Reply> {
  return withSubscriptions(context, async (desk) => {
    const letters = context.digests?.deadLetters;
    if (letters === undefined) return plain('Could not be delivered', 'That is not known here.', desk);
    switch (input.kind) {
      case 'dead':
        return { card: await deadCard(letters, desk, context), audience: 'asker' };
      case 'redrive':
      case 'settle':
        return decide(input, letters, desk, context);
      default:
        return assertNever(input);
    }
  });
}

const looked = 200;
const shown = 10;

async function deadCard(
  letters: DeadLetters,
  desk: SubscriptionDesk,
  { whole }: CommandContext,
): Promise<Card> {
  const { platform, workspace: id } = desk.by.person;
  const known: { readonly delivery: StoredDelivery; readonly subscription: StoredSubscription }[] = [];
  for (const delivery of await letters.of({ platform, id }, looked)) {
    const found = await desk.subscriptions.find(delivery.subscription, desk.by, desk.here);
    if (found.kind === 'done') known.push({ delivery, subscription: found.subscription });
  }
  if (known.length === 0) {
    const text = 'Nothing was given up, and nothing is held, of what you may know of here.';
    return messageCard('Could not be delivered', [textSection('none', text)], desk.now);
  }
  const items = (whole ? known : known.slice(0, shown)).flatMap(({ delivery, subscription }) =>
    itemsOf(delivery, subscription, desk),
  );
  const hidden = known.length - (whole ? known.length : Math.min(known.length, shown));
  const sections = [
    { type: 'list', id: 'failed', rank: 0, items } as const,
    ...(hidden > 0 ? [textSection('hidden', `${hidden} more are older.`)] : []),
  ];
  return {
    ...messageCard('Could not be delivered', sections, desk.now),
    actions: [ask('Refresh', 'digest dead')],
  };
}

function itemsOf(
  delivery: StoredDelivery,
  one: StoredSubscription,
  { now }: SubscriptionDesk,
): readonly Item[] {
  const { id, state, slotAt, lastError } = delivery;
  const zone = one.timing.kind === 'scheduled' ? one.timing.schedule.zone : 'UTC';
  const what = `${one.id} (${whenText(one)}), ${formatSlot(slotAt, zone, now.getTime())}: `;
  const text = [
    { text: what },
    // A platform's own words may stand in it.
    { text: (lastError ?? 'no reason is known').slice(0, 300), defang: true },
  ];
  if (one.paused) return [{ text, action: ask('Resume', `resume ${one.id}`) }];
  if (state !== 'held') return [{ text, action: ask('Send Again', `digest redrive ${id}`) }];
  return [
    { text, action: ask('It Is There', `digest settle ${id} posted`) },
    { text: [{ text: 'Or it is missing:' }], action: ask('Post It', `digest settle ${id} absent`) },
  ];
}

async function decide(
  input: Exclude<FailedInput, { readonly kind: 'dead' }>,
  letters: DeadLetters,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<Reply> {
  const { subscriptions, by, here } = desk;
  const delivery = await letters.delivery(input.id);
  const found =
    delivery === undefined ? undefined : await subscriptions.find(delivery.subscription, by, here);
  // Whether one exists elsewhere is nobody's business.
  if (delivery === undefined || found === undefined || found.kind === 'refused')
    return refused('There is no such delivery here.', desk);
  const problem =
    (await context.refusal('digest-now')) ??
    (await subscriptions.refusal(by, found.subscription.destination));
  if (problem !== undefined) return refused(problem, desk);
  const decided =
    input.kind === 'redrive'
      ? await letters.redrive(delivery, by.person)
      : await letters.settle(delivery, { kind: input.seen }, by.person);
  if (decided.kind === 'refused') {
    const { subscription } = found;
    const remedies = decided.why === 'paused' ? [ask('Resume', `resume ${subscription.id}`)] : [];
    return refused(`It stays as it is: ${decided.problem}.`, desk, remedies);
  }
  const isOver = decided.delivery.state === 'posted';
  const text = isOver
    ? 'It counts as posted; what it told does not come again.'
    : 'It is tried again within seconds. Where it may have arrived, the platform is asked first.';
  return plain('Delivery', text, desk);
}

function plain(title: string, text: string, { now }: SubscriptionDesk): Reply {
  return { card: messageCard(title, [textSection('what', text)], now), audience: 'asker' };
}

function refused(problem: string, { now }: SubscriptionDesk, actions: readonly Action[] = []): Reply {
  const more = [...actions, ask('All of Them', 'digest dead')];
  return { card: refusalCard(problem, now, more), audience: 'asker' };
}
