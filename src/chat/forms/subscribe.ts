import type { Form, FormProblem, FormValues } from '../../cards/form.ts';
import type { CommandContext } from '../commands/types.ts';
import { type SubscriptionDesk, subscriptionDeskOf } from '../commands/with-subscriptions.ts';
import { shownSubscription } from '../shown-subscription.ts';
import { ask, postNotes, refusalCard, subscriptionCard } from '../subscription-cards.ts';
import type { FormInput, FormReply } from '../surfaces-types.ts';
import { filterFields, readFilterFields } from './filter-fields.ts';
import { done, problem } from './form-values.ts';
import { previewCard } from './preview.ts';
import { readScheduleFields, type ScheduleDesk, scheduleFields } from './schedule-fields.ts';
import { readShapeFields, shapeFields } from './subscription-fields.ts';
import type { FormSpec } from './types.ts';

/** The `subscribe` command as a dialog, for the place that it was opened from. */
export const subscribeForm: FormSpec = {
  open: ({ question }, context) =>
    withDesk(context, async (desk) => ({
      kind: 'form',
      form: await form(question === undefined ? {} : { filters: [question] }, desk, context),
    })),
  refresh: ({ values }, context) =>
    withDesk(context, async (desk) => ({ kind: 'form', form: await form(values, desk, context) })),
  submit: (input, context) =>
    withDesk(context, (desk) =>
      input.button === 'preview' ? preview(input, desk, context) : subscribe(input, desk, context),
    ),
};

/** Says at once who may not, rather than after everything was filled in. */
async function withDesk(
  context: CommandContext,
  work: (desk: SubscriptionDesk) => Promise<FormReply>,
): Promise<FormReply> {
  const desk = await subscriptionDeskOf(context);
  if ('card' in desk) return done(desk.card);
  const refusal = await desk.subscriptions.refusal(desk.by, desk.here);
  return refusal === undefined ? work(desk) : done(refusalCard(refusal, desk.now));
}

async function form(values: FormValues, desk: SubscriptionDesk, context: CommandContext): Promise<Form> {
  const { place } = context;
  const where =
    place.kind === 'direct'
      ? 'You are written to directly with what changed since the last time.'
      : 'What changed since the last time is posted here, where you opened this.';
  return {
    id: 'subscribe',
    title: 'Subscribe',
    submitLabel: 'Subscribe',
    fields: [
      { type: 'note', id: 'where', paragraphs: [[{ text: where }]] },
      ...(await filterFields(values, context)),
      ...scheduleFields(values, await scheduleDesk(desk, context)),
      ...shapeFields(values, place.ceiling),
    ],
    actions: [{ id: 'preview', label: 'Preview' }],
  };
}

async function scheduleDesk(
  { subscriptions, now }: SubscriptionDesk,
  { asker, place }: CommandContext,
): Promise<ScheduleDesk> {
  const zone = await subscriptions.zoneFor(asker, place.workspace);
  const ownZone = zone.from === 'asker' ? zone.zone : undefined;
  return { zone, minIntervalMinutes: subscriptions.minIntervalMinutes, now, ownZone };
}

async function preview(
  { values }: FormInput,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<FormReply> {
  const filters = await readFilterFields(values, context);
  if (filters.kind === 'bad') return again(values, filters.problems, desk, context);
  const { ceiling } = readShapeFields(values);
  const card = await previewCard({ filters: filters.filters, ceiling }, context);
  return { kind: 'beside', form: await form(values, desk, context), reply: { card, audience: 'asker' } };
}

async function again(
  values: FormValues,
  problems: readonly FormProblem[],
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<FormReply> {
  return { kind: 'form', form: await form(values, desk, context), problems };
}

async function subscribe(
  { values }: FormInput,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<FormReply> {
  const { subscriptions, here, by, now } = desk;
  const filters = await readFilterFields(values, context);
  const read = readScheduleFields(values, await scheduleDesk(desk, context));
  if (filters.kind === 'bad' || read.kind === 'bad') {
    const problems = [filters, read].flatMap((one) => (one.kind === 'bad' ? one.problems : []));
    return again(values, problems, desk, context);
  }
  const { ceiling, ...shape } = readShapeFields(values);
  const draft = {
    destination: here,
    schedule: read.schedule,
    filters: filters.filters,
    ...shape,
    ...(ceiling === undefined ? {} : { ceiling }),
  };
  const outcome = await subscriptions.add(draft, by);
  if (outcome.kind === 'refused') return again(values, [problem('rhythm', outcome.problem)], desk, context);
  const more = { zoneFrom: read.zoneFrom, notes: [...filters.notes, ...postNotes(context.place)] };
  const card = subscriptionCard(
    'Subscribed',
    await shownSubscription(outcome.subscription, context),
    now,
    more,
  );
  return done({ ...card, actions: [...card.actions, ask('List', 'list')] });
}
