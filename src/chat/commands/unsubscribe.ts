import { parseWhen } from '../../schedule/when/parse-when.ts';
import { messageCard } from '../message-cards.ts';
import { markedFor, type ShownSubscription, shownSubscription } from '../shown-subscription.ts';
import { ask, refusalCard, textSection, whenText } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { type Choice, chooseSubscription, onlySubscription, whichWord } from './choose-subscription.ts';
import { type CommandContext, defineCommand } from './types.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

const choice: Choice = {
  verb: 'unsubscribe',
  label: 'Unsubscribe',
  isOffered: ({ kind }) => kind === 'digest',
};

export const unsubscribeCommand = defineCommand<string>({
  name: 'unsubscribe',
  summary: 'End the subscription of this place, one of several, or all of them.',
  usage: 'unsubscribe [ID | all | which]',
  examples: [`unsubscribe ${whichWord}`],
  // With one subscription it is done without more words.
  changes: (rest) => rest.toLowerCase() !== whichWord,
  parse: (rest) => ({ kind: 'ok', input: rest.replace(/^(?:me|us|here|from)\b\s*/i, '').trim() }),
  run: (text, context) =>
    withSubscriptions(context, async (desk) => {
      if (/^(?:all|everything)$/i.test(text)) return removeAll(desk);
      const id = text === '' ? (await onlySubscription(choice, desk))?.id : text;
      return id === undefined || id.toLowerCase() === whichWord
        ? chooseSubscription(choice, desk, context)
        : removeOne(id, desk, context);
    }),
});

async function removeOne(id: string, desk: SubscriptionDesk, context: CommandContext): Promise<Reply> {
  const { subscriptions, here, by, now } = desk;
  const found = await subscriptions.find(id, by, here);
  if (found.kind === 'done' && found.subscription.kind === 'watch') {
    const problem = 'It ends by itself when nothing is watched any more: “unwatch” ends a watch.';
    return { card: refusalCard(problem, now, [ask('Unwatch', 'unwatch')]), audience: 'asker' };
  }
  const outcome = await subscriptions.remove(id, by, here);
  if (outcome.kind === 'refused') {
    return { card: refusalCard(outcome.problem, now, [ask('List', 'list')]), audience: 'asker' };
  }
  const subscription = await shownSubscription(outcome.subscription, context);
  const again = againText(subscription, subscriptions.minIntervalMinutes);
  const ended = `${subscription.id} (${whenText(subscription)}) is ended; nothing of it is posted any more.`;
  // What is not shown here cannot be written here either.
  const text = subscription.isPartial ? ended : `${ended} To come back to it: “${again}”.`;
  const card = messageCard('Unsubscribed', [textSection('what', text)], now);
  // First what changes nothing.
  const actions = [ask('List', 'list'), ...(subscription.isPartial ? [] : [ask('Subscribe Again', again)])];
  return { card: markedFor({ ...card, actions }, [subscription]), audience: 'asker' };
}

/** What makes the same subscription again, written in its place. */
function againText(
  { timing, filters, shape, emptyDay }: ShownSubscription,
  minIntervalMinutes: number,
): string {
  const schedule = timing.kind === 'scheduled' ? timing.schedule : undefined;
  const when = schedule === undefined ? '' : `${schedule.text} ${schedule.zone}`;
  const read = parseWhen(when, { zone: 'UTC', minIntervalMinutes });
  const isSame = read.kind === 'ok' && read.rest === '' && read.schedule.cron === schedule?.cron;
  return [
    'subscribe',
    isSame || schedule === undefined ? when : `${schedule.cron} ${schedule.zone}`,
    filters,
    ...(shape === 'thread' ? ['thread'] : []),
    ...(emptyDay === 'line' ? ['line'] : []),
  ]
    .filter((part) => part !== '')
    .join(' ');
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
