import type { Card, Item } from '../../cards/card.ts';
import { whenForms } from '../../schedule/when/parse-when.ts';
import { messageCard } from '../message-cards.ts';
import { shownSubscription } from '../shown-subscription.ts';
import { ask, postNotes, refusalCard, subscriptionCard, textSection } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { formButton } from './form-button.ts';
import { type FilterChoice, readFilters, readSchedule } from './read-subscription.ts';
import { type SubscriptionWords, splitSubscription } from './subscription-words.ts';
import { type CommandContext, defineCommand } from './types.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

const examples = [
  'subscribe daily 08:00 Europe/Berlin',
  'subscribe weekdays at 8 sector:telecom country:iran',
  'subscribe every Monday 09:30 actor:APT39 thread',
];

export const subscribeCommand = defineCommand<string>({
  name: 'subscribe',
  summary: 'A digest of what changed, posted here by a schedule; filters narrow it.',
  usage: 'subscribe [WHEN] [ZONE] [FILTERS] [thread | message] [silent | line]',
  examples,
  changes: (rest) => rest !== '',
  parse: (rest) => ({ kind: 'ok', input: rest.replace(/^(?:me|us|here)\b\s*(?:to\b\s*)?/i, '').trim() }),
  run: (text, context) =>
    withSubscriptions(context, (desk) =>
      text === '' ? teach(desk, context) : subscribe(text, desk, context),
    ),
});

async function subscribe(text: string, desk: SubscriptionDesk, context: CommandContext): Promise<Reply> {
  const { subscriptions, here, by, now } = desk;
  const words = splitSubscription(text);
  const { index, knowledge } = await context.desk.contextAt(context.place.ceiling);
  const filters = readFilters(words.filters, index, knowledge.sources.values());
  if (filters.kind === 'bad') return toAsker(refusalCard(filters.problem, now));
  if (filters.kind === 'choice') {
    return toAsker(filterChoiceCard(filters.name, filters.choices, (one) => subscribeAgain(words, one), now));
  }
  const zone = await subscriptions.zoneFor(context.asker, context.place.workspace);
  const read = readSchedule(words.when, zone, subscriptions.minIntervalMinutes);
  if (read.kind === 'bad')
    return toAsker(refusalCard(read.problem, now, [ask('Examples', 'help subscribe')]));
  const { shape = 'message', emptyDay = 'silent' } = words;
  const draft = { destination: here, schedule: read.schedule, filters: filters.filters, shape, emptyDay };
  const outcome = await subscriptions.add(draft, by);
  if (outcome.kind === 'refused') return toAsker(refusalCard(outcome.problem, now, [ask('List', 'list')]));
  const more = { zoneFrom: read.zoneFrom, notes: [...filters.notes, ...postNotes(context.place)] };
  return toAsker(
    subscriptionCard('Subscribed', await shownSubscription(outcome.subscription, context), now, more),
  );
}

function subscribeAgain({ when, shape, emptyDay }: SubscriptionWords, { filters }: FilterChoice): string {
  return ['subscribe', when, filters, shape, emptyDay]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** An actor's name that several carry: one button each, never a guess. */
export function filterChoiceCard(
  name: string,
  choices: readonly FilterChoice[],
  question: (choice: FilterChoice) => string,
  now: Date,
): Card {
  const items = choices.map(
    (choice): Item => ({
      text: [{ text: choice.name }],
      action: ask(choice.name.slice(0, 60), question(choice)),
    }),
  );
  return messageCard(
    `Which “${name.slice(0, 60)}” is meant?`,
    [
      textSection('why', 'Several actors carry this name; nothing was changed yet.'),
      { type: 'list', id: 'choice', rank: 0, items },
    ],
    now,
  );
}

/** Nothing was said: how it is done, and what this place gets already. */
async function teach(
  { subscriptions, here, now }: SubscriptionDesk,
  context: CommandContext,
): Promise<Reply> {
  const { zone, from } = await subscriptions.zoneFor(context.asker, context.place.workspace);
  const present = await subscriptions.at(here);
  const zoneText =
    from === 'asker'
      ? `Without a zone the times are those of ${zone}, your own.`
      : from === 'workspace'
        ? `Without a zone the times are those of ${zone}, the zone of this workspace.`
        : 'Without a zone the times are UTC.';
  const items = examples.map(
    (example): Item => ({ text: [{ text: example, style: 'code' }], action: ask('Try It', example) }),
  );
  const count = present.length === 1 ? 'one subscription' : `${present.length} subscriptions`;
  const card = messageCard(
    'Subscribe',
    [
      textSection(
        'what',
        `A digest tells what changed since the last one, here, and nothing twice. This place has ${present.length === 0 ? 'no subscription' : count}.`,
      ),
      textSection('when', `When: ${whenForms}. ${zoneText}`),
      textSection(
        'filters',
        'Filters: sector:telecom country:iran actor:APT39 kind:report tlp:green, with a minus to leave out (-source:x). “thread” puts the items below a short message, “line” says so on a day without news.',
        1,
      ),
      { type: 'list', id: 'examples', heading: 'Examples', rank: 1, items },
    ],
    now,
  );
  const open = formButton(context, 'subscribe');
  return toAsker({ ...card, actions: present.length === 0 ? open : [ask('List', 'list'), ...open] });
}

function toAsker(card: Card): Reply {
  return { card, audience: 'asker' };
}
