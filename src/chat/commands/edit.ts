import type { Card } from '../../cards/card.ts';
import type { StoredSubscription } from '../../store/delivery-types.ts';
import { type ShownSubscription, shownSubscription } from '../shown-subscription.ts';
import { ask, refusalCard, subscriptionCard } from '../subscription-cards.ts';
import type { SubscriptionEdit } from '../subscriptions.ts';
import type { Reply } from '../types.ts';
import { type Choice, chooseSubscription, onlySubscription, whichWord } from './choose-subscription.ts';
import { formButton } from './form-button.ts';
import { readFilters, readSchedule } from './read-subscription.ts';
import { filterChoiceCard } from './subscribe.ts';
import { splitSubscription } from './subscription-words.ts';
import { type CommandContext, defineCommand } from './types.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

export const editCommand = defineCommand<string>({
  name: 'edit',
  summary: 'Change a subscription: its schedule, zone, filters or form.',
  usage: 'edit [ID] [WHEN] [ZONE] [FILTERS | no filters] [thread | message] [silent | line]',
  examples: ['edit'],
  changes: (rest) => rest !== '' && !isIdAlone(rest) && !/^which\b/i.test(rest),
  parse: (rest) => ({ kind: 'ok', input: rest.trim() }),
  run: (text, context) => withSubscriptions(context, (desk) => edit(text, desk, context)),
});

/** Ids have ten letters and digits; of what can stand in a schedule one word has as many. */
function isIdAlone(rest: string): boolean {
  return /^#?(?!wednesdays)[a-z0-9]{10}$/i.test(rest.trim());
}

/** What is to change, without the words that lead to it. */
function changeText(text: string): string {
  return text.replace(/^(?:to|at)\b\s*/i, '').trim();
}

async function edit(text: string, desk: SubscriptionDesk, context: CommandContext): Promise<Reply> {
  const { subscriptions, here, by, now } = desk;
  const [, first = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  if (first.toLowerCase() === whichWord)
    return chooseSubscription({ ...choice, rest: changeText(rest) }, desk, context);
  const named = first === '' ? undefined : await subscriptions.find(first, by, here);
  if (named?.kind === 'done') return editOne(named.subscription, changeText(rest), desk, context);
  const isMeantAsId = isIdAlone(first) || first.startsWith('#');
  if (named !== undefined && isMeantAsId) return toAsker(refusalCard(named.problem, now, [list]));
  const only = await onlySubscription(choice, desk);
  if (only === undefined) {
    return chooseSubscription({ ...choice, rest: changeText(text) }, desk, context);
  }
  if (named !== undefined && (await isUnknownId(text, rest, only, desk, context)))
    return toAsker(refusalCard(named.problem, now, [list]));
  return editOne(only, changeText(text), desk, context);
}

const list = ask('List', 'list');
const choice: Choice = { verb: 'edit', label: 'Edit' };

/** True when the text can be read but for its first word: then that was to be an id. */
async function isUnknownId(
  text: string,
  rest: string,
  only: StoredSubscription,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<boolean> {
  const whole = await readEdit(changeText(text), only, desk, context);
  if (!isRefusal(whole)) return false;
  return rest === '' || !isRefusal(await readEdit(changeText(rest), only, desk, context));
}

function isRefusal(read: ReadEdit | Card): boolean {
  return 'title' in read && read.title === refusalCard('', new Date(0)).title;
}

async function editOne(
  subscription: StoredSubscription,
  text: string,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<Reply> {
  const { subscriptions, here, by, now } = desk;
  if (text === '') return toAsker(offerEdits(await shownSubscription(subscription, context), now, context));
  const read = await readEdit(text, subscription, desk, context);
  if ('title' in read) return toAsker(read);
  const outcome = await subscriptions.edit(subscription.id, read.edit, by, here);
  if (outcome.kind === 'refused') return toAsker(refusalCard(outcome.problem, now));
  const shown = await shownSubscription(outcome.subscription, context);
  return toAsker(subscriptionCard('Changed', shown, now, read));
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
  const { index, knowledge } = await context.desk.contextAt(context.place.ceiling);
  const filters = readFilters(words.filters, index, knowledge.sources.values());
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
function offerEdits(one: ShownSubscription, now: Date, context: CommandContext): Card {
  const { id, shape, emptyDay, paused, filters, kind } = one;
  const notes = [
    `Write what is to change behind it, such as “edit ${id} weekdays at 9” or “edit ${id} sector:telecom”.`,
  ];
  const card = subscriptionCard('Edit', one, now, { notes });
  const actions = [
    ask('As It Is', `edit ${id}`),
    ...formButton(context, 'edit-subscription', { entity: id }),
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
