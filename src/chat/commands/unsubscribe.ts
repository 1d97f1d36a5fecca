import { messageCard } from '../message-cards.ts';
import { ask, refusalCard, textSection, whenText } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { chooseSubscription } from './choose-subscription.ts';
import { defineCommand } from './types.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

export const unsubscribeCommand = defineCommand<string>({
  name: 'unsubscribe',
  summary: 'End a subscription of this place, or all of them.',
  usage: 'unsubscribe [ID | all]',
  examples: ['unsubscribe'],
  changes: (rest) => rest !== '',
  parse: (rest) => ({ kind: 'ok', input: rest.replace(/^(?:me|us|here|from)\b\s*/i, '').trim() }),
  run: (text, context) =>
    withSubscriptions(context, async (desk) => {
      if (text === '')
        return chooseSubscription('unsubscribe', 'Unsubscribe', desk, ({ kind }) => kind === 'digest');
      return /^(?:all|everything)$/i.test(text) ? removeAll(desk) : removeOne(text, desk);
    }),
});

async function removeOne(id: string, { subscriptions, here, by, now }: SubscriptionDesk): Promise<Reply> {
  const found = await subscriptions.find(id, by, here);
  if (found.kind === 'done' && found.subscription.kind === 'watch') {
    const problem = 'It ends by itself when nothing is watched any more: “unwatch” ends a watch.';
    return { card: refusalCard(problem, now, [ask('Unwatch', 'unwatch')]), audience: 'asker' };
  }
  const outcome = await subscriptions.remove(id, by, here);
  if (outcome.kind === 'refused') {
    return { card: refusalCard(outcome.problem, now, [ask('List', 'list')]), audience: 'asker' };
  }
  const { subscription } = outcome;
  const text = `${subscription.id} (${whenText(subscription)}) is ended; nothing of it is posted any more.`;
  return { card: messageCard('Unsubscribed', [textSection('what', text)], now), audience: 'asker' };
}

async function removeAll({ subscriptions, here, by, now }: SubscriptionDesk): Promise<Reply> {
  const all = await subscriptions.at(here);
  const lines: string[] = [];
  for (const one of all) {
    const outcome = await subscriptions.remove(one.id, by, here);
    if (outcome.kind === 'refused') return { card: refusalCard(outcome.problem, now), audience: 'asker' };
    lines.push(`${one.id} (${whenText(one)})`);
  }
  const text = lines.length === 0 ? 'This place has no subscription.' : `Ended: ${lines.join(', ')}.`;
  return { card: messageCard('Unsubscribed', [textSection('what', text)], now), audience: 'asker' };
}
