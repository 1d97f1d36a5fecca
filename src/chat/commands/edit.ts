import type { Card } from '../../cards/card.ts';
import type { StoredSubscription } from '../../store/delivery-types.ts';
import { ask, refusalCard, subscriptionCard } from '../subscription-cards.ts';
import type { SubscriptionEdit } from '../subscriptions.ts';
import type { Reply } from '../types.ts';
import { chooseSubscription } from './choose-subscription.ts';
import { readFilters, readSchedule } from './read-subscription.ts';
import { filterChoiceCard } from './subscribe.ts';
import { splitSubscription } from './subscription-words.ts';
import { type CommandContext, defineCommand } from './types.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

interface EditInput {
  /** Empty: which one is asked. */
  readonly id: string;
  readonly text: string;
}

export const editCommand = defineCommand<EditInput>({
  name: 'edit',
  summary: 'Change a subscription: its schedule, zone, filters or form.',
  usage: 'edit [ID] [WHEN] [ZONE] [FILTERS | no filters] [thread | message] [silent | line]',
  examples: ['edit'],
  changes: (rest) => /\S\s+\S/.test(rest),
  parse: (rest) => {
    const [, id = '', text = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
    return { kind: 'ok', input: { id, text: text.replace(/^(?:to|at)\b\s*(?=\D)/i, '').trim() } };
  },
  run: (input, context) => withSubscriptions(context, (desk) => edit(input, desk, context)),
});

async function edit(
  { id, text }: EditInput,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<Reply> {
  const { subscriptions, here, by, now } = desk;
  if (id === '') return chooseSubscription('edit', 'Edit', desk);
  const found = await subscriptions.find(id, by, here);
  if (found.kind === 'refused') return toAsker(refusalCard(found.problem, now, [ask('List', 'list')]));
  const { subscription } = found;
  if (text === '') return toAsker(offerEdits(subscription, now));
  const read = await readEdit(text, subscription, desk, context);
  if ('title' in read) return toAsker(read);
  const outcome = await subscriptions.edit(id, read.edit, by, here);
  if (outcome.kind === 'refused') return toAsker(refusalCard(outcome.problem, now));
  return toAsker(subscriptionCard('Changed', outcome.subscription, now, read));
}

interface ReadEdit {
  readonly edit: SubscriptionEdit;
  readonly notes: readonly string[];
}

/** A card where it could not be read, or has to be chosen. */
async function readEdit(
  text: string,
  { id, timing }: StoredSubscription,
  { subscriptions, now }: SubscriptionDesk,
  context: CommandContext,
): Promise<ReadEdit | Card> {
  const words = splitSubscription(text);
  const { when, clearsFilters, shape, emptyDay } = words;
  const { index } = await context.desk.contextAt(context.place.ceiling);
  const filters = readFilters(words.filters, index);
  if (filters.kind === 'bad') return refusalCard(filters.problem, now);
  if (filters.kind === 'choice') {
    const again = [when, shape, emptyDay].filter((part) => part !== undefined && part !== '').join(' ');
    return filterChoiceCard(
      filters.name,
      filters.choices,
      (one) => `edit ${id} ${one.filters} ${again}`.trim(),
      now,
    );
  }
  const present = timing.kind === 'scheduled' ? timing.schedule : undefined;
  const zone = present?.zone ?? (await subscriptions.zoneFor(context.asker, context.place.workspace)).zone;
  const read =
    when === ''
      ? undefined
      : readSchedule(when, { zone, from: 'asker' }, subscriptions.minIntervalMinutes, present?.text);
  if (read?.kind === 'bad') return refusalCard(read.problem, now);
  const wantsFilters = filters.filters !== '' || clearsFilters;
  return {
    edit: {
      ...(read === undefined ? {} : { schedule: read.schedule }),
      ...(wantsFilters ? { filters: filters.filters } : {}),
      ...(shape === undefined ? {} : { shape }),
      ...(emptyDay === undefined ? {} : { emptyDay }),
    },
    notes: filters.notes,
  };
}

/** What it is now, and the changes that one press makes; the rest is written behind the id. */
function offerEdits(one: StoredSubscription, now: Date): Card {
  const { id, shape, emptyDay, paused, filters, kind } = one;
  const notes = [
    `Write what is to change behind it, such as “edit ${id} weekdays at 9” or “edit ${id} sector:telecom”.`,
  ];
  const card = subscriptionCard('Edit', one, now, { notes });
  const actions = [
    ask('As It Is', `edit ${id}`),
    shape === 'thread' ? ask('One Message', `edit ${id} message`) : ask('In a Thread', `edit ${id} thread`),
    emptyDay === 'silent'
      ? ask('Line on Empty Days', `edit ${id} line`)
      : ask('Silent on Empty Days', `edit ${id} silent`),
    ...(filters === '' ? [] : [ask('No Filters', `edit ${id} no filters`)]),
    ask(paused ? 'Resume' : 'Pause', `${paused ? 'resume' : 'pause'} ${id}`),
    ...(kind === 'watch' ? [] : [ask('Unsubscribe', `unsubscribe ${id}`)]),
  ];
  return { ...card, actions };
}

function toAsker(card: Card): Reply {
  return { card, audience: 'asker' };
}
