import { parseDigestFilters } from '../../briefing/digest-filter.ts';
import { type DigestWindowQuestion, parseDigestQuestion } from '../../briefing/digest-question.ts';
import type { Card } from '../../cards/card.ts';
import type { StoredSubscription } from '../../store/delivery-types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { destinationOf, personOf } from '../destination.ts';
import type { DigestDesk, RequestedDigest } from '../digest-desk.ts';
import { messageCard } from '../message-cards.ts';
import { ask, refusalCard, textSection, whenText } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { type Choice, chooseSubscription, whichWord } from './choose-subscription.ts';
import { type FailedInput, failedReply, readFailed } from './digest-failed.ts';
import { type CommandContext, defineCommand } from './types.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

interface WindowInput {
  readonly kind: 'window';
  readonly days: number;
  readonly filters: string;
  /** A window that was told to a subscription, as the buttons of its digest name it. */
  readonly told?: Omit<DigestWindowQuestion, 'filters'>;
}

type DigestInput =
  | WindowInput
  /** `id`: of a subscription; empty: that of this place. */
  | { readonly kind: 'preview' | 'now'; readonly id: string }
  | FailedInput;

const defaultDays = 7;
const maxDays = 3_660;
const defaultWindow: WindowInput = { kind: 'window', days: defaultDays, filters: '' };

export const digestCommand = defineCommand<DigestInput>({
  name: 'digest',
  summary:
    'What changed in the last days, for you alone; “now” posts the next digest here, “preview” shows it to you.',
  usage: 'digest [now | preview | dead] [DAYS] [FILTERS]',
  examples: [
    'digest',
    'digest 30',
    'digest preview',
    'digest 14 country:iran sector:telecom',
    'digest -source:misp-galaxy',
  ],
  changes: (rest) => /^(?:now\b(?!\s+which$)|(?:redrive|settle)\s)/i.test(rest),
  parse: (rest) => {
    // A word behind it that is neither a number of days nor a filter is meant as an id, known or not.
    const named = /^(now|preview)(?:\s+#?([a-z0-9-]{1,40}))?$/i.exec(rest.trim());
    if (named !== null && !/^\d+(?:d|days?)?$/i.test(named[2] ?? '')) {
      const kind = named[1]?.toLowerCase() === 'now' ? 'now' : 'preview';
      return { kind: 'ok', input: { kind, id: named[2]?.toLowerCase() ?? '' } };
    }
    const failed = readFailed(rest);
    return failed === undefined ? readWindow(rest) : { kind: 'ok', input: failed };
  },
  run: async (input, context) => {
    switch (input.kind) {
      case 'window':
        return { card: await windowCard(input, context), audience: 'asker' };
      case 'preview':
        return preview(input.id, context);
      case 'now':
        return postNow(input.id, context);
      case 'dead':
      case 'redrive':
      case 'settle':
        return failedReply(input, context);
      default:
        return assertNever(input);
    }
  },
});

function readWindow(
  rest: string,
):
  | { readonly kind: 'ok'; readonly input: DigestInput }
  | { readonly kind: 'usage'; readonly problem: string } {
  const asked = parseDigestQuestion(rest);
  if (asked !== undefined) {
    const { filters, ...window } = asked;
    const read = parseDigestFilters(filters);
    return read.kind === 'bad'
      ? { kind: 'usage', problem: read.problem }
      : { kind: 'ok', input: { kind: 'window', days: defaultDays, filters, told: window } };
  }
  const [, days, filters = ''] =
    /^(?:(?:preview|now)\b\s*)?(?:(\d{1,6})(?:\s*d(?:ays?)?)?(?=\s|$)\s*)?(.*)$/is.exec(rest) ?? [];
  const count = days === undefined ? defaultDays : Number(days);
  if (count < 1 || count > maxDays) {
    return { kind: 'usage', problem: `A digest looks back 1 to ${maxDays} days.` };
  }
  const parsed = parseDigestFilters(filters);
  return parsed.kind === 'bad'
    ? { kind: 'usage', problem: parsed.problem }
    : { kind: 'ok', input: { kind: 'window', days: count, filters } };
}

async function windowCard(
  { days, filters, told: window }: WindowInput,
  { desk, place, person, whole, watchList }: CommandContext,
): Promise<Card> {
  const wanted = { days, filters, ceiling: place.ceiling, whole };
  if (window === undefined) return desk.digest(wanted);
  // A card of a channel can be shared there, and what somebody watches is theirs.
  const isOwn = window.kind === 'watch' || place.kind === 'direct';
  const watches = isOwn ? ((await watchList?.watches(personOf(place, person))) ?? []) : [];
  const here = destinationOf(place, person);
  const mutes = here === undefined ? [] : ((await watchList?.mutes(here)) ?? []);
  return desk.digest({ ...wanted, told: { ...window, watched: watches.map(({ entity }) => entity), mutes } });
}

async function lastDays(context: CommandContext): Promise<Reply> {
  return { card: await windowCard(defaultWindow, context), audience: 'asker' };
}

/** What the next digest of a subscription would say, to the asker alone; without one what changed in the last days. */
async function preview(id: string, context: CommandContext): Promise<Reply> {
  const { digests, subscriptions } = context;
  if (digests === undefined || subscriptions === undefined) return lastDays(context);
  return withSubscriptions(context, async (desk) => {
    const one = await subscriptionMeant(
      id,
      { ...digestChoice, verb: 'digest preview', label: 'Preview' },
      desk,
      context,
    );
    if (one === undefined) return lastDays(context);
    if ('card' in one) return one;
    const composed = await digests.compose({
      // All in one card, since only one is shown.
      subscription: { ...one, shape: 'message' },
      delivery: { id: 'preview', slotAt: desk.now.getTime(), merged: 0 },
      ceiling: context.place.ceiling,
      until: desk.now.getTime(),
    });
    const [first] = composed.messages;
    if (first === undefined) return sentence('Preview', 'There is nothing new to tell.', desk);
    const title = `Preview of ${one.id}: ${first.card.title}`;
    return { card: { ...first.card, title }, audience: 'asker' };
  });
}

/** Posts the next digest of this place at once, through the ledger; without a subscription the asker sees the last days. */
async function postNow(id: string, context: CommandContext): Promise<Reply> {
  const { digests, subscriptions } = context;
  if (digests === undefined || subscriptions === undefined) return lastDays(context);
  return withSubscriptions(context, async (desk) => {
    const one = await subscriptionMeant(
      id,
      { ...digestChoice, verb: 'digest now', label: 'Post' },
      desk,
      context,
    );
    if (one === undefined) return lastDays(context);
    if ('card' in one) return one;
    const problem =
      (await context.refusal('digest-now')) ?? (await subscriptions.refusal(desk.by, one.destination));
    if (problem !== undefined) return { card: refusalCard(problem, desk.now), audience: 'asker' };
    if (one.paused) {
      const text = `${one.id} is paused; let it go on first.`;
      return { card: refusalCard(text, desk.now, [ask('Resume', `resume ${one.id}`)]), audience: 'asker' };
    }
    const hasNews = one.emptyDay === 'silent' || (await isNews(one, digests, desk, context));
    return sentence('Digest', requestedText(await digests.requestNow(one.id), one, hasNews), desk);
  });
}

/** The one of this id, or the only one of this place; a choice of several; undefined for none. */
async function subscriptionMeant(
  id: string,
  choice: Choice,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<StoredSubscription | Reply | undefined> {
  const { subscriptions, here, by, now } = desk;
  if (id !== '' && id !== whichWord) {
    const found = await subscriptions.find(id, by, here);
    if (found.kind === 'refused')
      return { card: refusalCard(found.problem, now, [ask('List', 'list')]), audience: 'asker' };
    return found.subscription;
  }
  const present = await subscriptions.at(here);
  return present.length < 2 && id !== whichWord ? present[0] : chooseSubscription(choice, desk, context);
}

const digestChoice = { isOffered: ({ kind }: StoredSubscription) => kind === 'digest' };

/** Whether the next digest has more to tell than that nothing is new. */
async function isNews(
  subscription: StoredSubscription,
  digests: DigestDesk,
  { now }: SubscriptionDesk,
  { place }: CommandContext,
): Promise<boolean> {
  const until = now.getTime();
  const delivery = { id: 'look', slotAt: until, merged: 0 };
  const composed = await digests.compose({ subscription, delivery, ceiling: place.ceiling, until });
  return !composed.isEmpty;
}

function requestedText(requested: RequestedDigest, one: StoredSubscription, hasNews: boolean): string {
  if (!hasNews && (requested.kind === 'queued' || requested.kind === 'posted')) {
    const line = requested.kind === 'posted' ? 'is posted' : 'is posted within seconds';
    return `Nothing is new since the last digest of ${one.id}; the line that says so ${line}.`;
  }
  switch (requested.kind) {
    case 'queued':
      return `The digest ${one.id} (${whenText(one)}) is posted within seconds; what it tells does not come again.`;
    case 'posted':
      return `The digest ${one.id} (${whenText(one)}) is posted; what it tells does not come again.`;
    case 'empty':
      return `Nothing is new since the last digest of ${one.id}; nothing was posted.`;
    case 'failed':
      return requested.problem;
    default:
      return assertNever(requested);
  }
}

function sentence(title: string, text: string, { now }: SubscriptionDesk): Reply {
  return { card: messageCard(title, [textSection('what', text)], now), audience: 'asker' };
}
