import type { Action, Card, Field, Item, Section } from '../cards/card.ts';
import { formAction } from '../cards/form.ts';
import { tlpLabel } from '../domain/tlp.ts';
import { formatSlot } from '../schedule/when/format-slot.ts';
import type { StoredSubscription } from '../store/delivery-types.ts';
import { messageCard } from './message-cards.ts';
import { markedFor, type ShownSubscription } from './shown-subscription.ts';
import { nextRuns } from './subscription-slots.ts';
import type { ChosenZone } from './subscriptions.ts';
import type { Place } from './types.ts';

/** What stands in the way of a subscription's messages, as notes. */
export function postNotes({ cannotPost }: Pick<Place, 'cannotPost'>): readonly string[] {
  return cannotPost === undefined ? [] : [cannotPost];
}

/** One subscription after it was made or changed: what it is, and its next three runs. */
export function subscriptionCard(
  title: string,
  one: ShownSubscription,
  now: Date,
  more: { readonly zoneFrom?: ChosenZone['from'] | undefined; readonly notes?: readonly string[] } = {},
): Card {
  const { zoneFrom, notes = [] } = more;
  const zoneNote = zoneFrom === undefined ? '' : ` (${zoneTexts[zoneFrom]})`;
  const fields: readonly Field[] = [
    field('When', `${whenText(one)}${zoneNote}`),
    field('Next', runsText(one, now)),
    field('What', contentText(one)),
    field('How', howText(one)),
    field('State', stateText(one)),
    field('ID', one.id),
  ];
  const sections: readonly Section[] = [
    { type: 'fields', id: 'subscription', rank: 0, fields },
    ...(notes.length === 0 ? [] : [textSection('notes', notes.join(' '))]),
  ];
  return markedFor({ ...messageCard(title, sections, now), actions: subscriptionActions(one) }, [one]);
}

const zoneTexts: Readonly<Record<ChosenZone['from'], string>> = {
  asker: 'your own time zone',
  workspace: 'the time zone of this workspace',
  default: 'no time zone of yours is known; name one, such as Europe/Berlin, to change it',
};

export function subscriptionActions({ id, paused, kind }: StoredSubscription): readonly Action[] {
  return [
    // First what changes nothing: by it a renderer asks for what did not fit.
    ask('Edit', `edit ${id}`),
    ask(paused ? 'Resume' : 'Pause', `${paused ? 'resume' : 'pause'} ${id}`),
    ...(kind === 'watch' ? [] : [ask('Unsubscribe', `unsubscribe ${id}`)]),
    ...(kind === 'watch' ? [] : [ask('Preview', `digest preview ${id}`)]),
  ];
}

/**
 * A subscription in a list: its facts, each with a button that changes it.
 * @param askerZone in whose time is told when something came that has no schedule
 */
export function subscriptionSection(
  one: ShownSubscription,
  now: Date,
  rank: 1 | 2 | 3 | 4,
  askerZone = 'UTC',
): Section {
  const { id, paused, lastPostedAt, timing } = one;
  const zone = timing.kind === 'at-once' ? askerZone : timing.schedule.zone;
  const last = lastPostedAt === null ? 'never yet' : formatSlot(lastPostedAt, zone, now.getTime());
  const items: readonly Item[] = [
    item(
      `${stateText(one)}. Next: ${runsText(one, now)}`,
      ask(paused ? 'Resume' : 'Pause', `${paused ? 'resume' : 'pause'} ${id}`),
    ),
    item(`${contentText(one)}; ${howText(one)}`, formAction('Edit', 'edit-subscription', { entity: id })),
    item(`Last posted: ${last}`, one.kind === 'watch' ? undefined : ask('Unsubscribe', `unsubscribe ${id}`)),
  ];
  return { type: 'list', id: `subscription-${id}`, heading: `${id}: ${whenText(one)}`, rank, items };
}

/** `daily at 08:00 Europe/Berlin` */
export function whenText({ timing }: Pick<StoredSubscription, 'timing'>): string {
  if (timing.kind === 'at-once') return 'as soon as something is known';
  return `${timing.schedule.text} ${timing.schedule.zone}`;
}

/** `Mon 23 Nov 08:00 CET, Tue 24 Nov 08:00 CET, …`, or why there are none. */
export function runsText(one: StoredSubscription, now: Date): string {
  if (one.paused) return 'none while it is paused';
  const { timing } = one;
  if (timing.kind === 'at-once') return 'with the next change';
  const runs = nextRuns(one).map((slot) => formatSlot(slot, timing.schedule.zone, now.getTime()));
  return runs.length === 0 ? 'never again' : runs.join(', ');
}

export function stateText({ paused, pausedReason }: StoredSubscription): string {
  if (!paused) return 'Active';
  return pausedReason === null ? 'Paused' : `Paused: ${pausedReason}`;
}

function contentText({ filters, kind, ceiling }: ShownSubscription): string {
  const what = kind === 'watch' ? 'what you watch' : filters === '' ? 'everything that changes' : filters;
  return ceiling === undefined ? what : `${what}, nothing above ${tlpLabel(ceiling)}`;
}

function howText({ shape, emptyDay }: StoredSubscription): string {
  const how = shape === 'thread' ? 'a message with its items in a thread' : 'one message';
  return `${how}; ${emptyDay === 'silent' ? 'silent when nothing is new' : 'one line when nothing is new'}`;
}

export function textSection(id: string, text: string, rank: 0 | 1 = 0): Section {
  return { type: 'text', id, rank, paragraphs: [[{ text }]] };
}

/** Nothing was done, and why. */
export function refusalCard(problem: string, now: Date, actions: readonly Action[] = []): Card {
  return { ...messageCard('Not changed', [textSection('problem', problem)], now), actions };
}

export function ask(label: string, question: string): Action {
  return { type: 'command', label, value: { verb: 'ask', question } };
}

function field(label: string, text: string): Field {
  return { label, value: [{ text }] };
}

function item(text: string, action: Action | undefined): Item {
  return { text: [{ text }], ...(action === undefined ? {} : { action }) };
}

/** Stands for a name that the place may not see, or that is known no longer. */
export const hiddenName = 'something that is not shown here';
