import type { Form, FormProblem, FormValues } from '../../cards/form.ts';
import type { StoredSubscription } from '../../store/delivery-types.ts';
import { isSameFilterText } from '../check-filters.ts';
import type { CommandContext } from '../commands/types.ts';
import { type SubscriptionDesk, subscriptionDeskOf } from '../commands/with-subscriptions.ts';
import { runText } from '../run-text.ts';
import { shownSubscription } from '../shown-subscription.ts';
import { ask, refusalCard, stateText, subscriptionCard, whenText } from '../subscription-cards.ts';
import type { SubscriptionEdit } from '../subscriptions.ts';
import type { FormInput, FormReply } from '../surfaces-types.ts';
import { filterFields, filterValues, readFilterFields } from './filter-fields.ts';
import { done, problem } from './form-values.ts';
import { nextDigestCard } from './preview.ts';
import { readScheduleFields, type ScheduleDesk, scheduleFields, scheduleValues } from './schedule-fields.ts';
import { readShapeFields, shapeFields, shapeValues } from './subscription-fields.ts';
import type { FormSpec } from './types.ts';

/** A subscription as it is, to change, pause, resume or end; its id is the form's state. */
export const editSubscriptionForm: FormSpec = {
  open: ({ entity, question }, context) =>
    withSubscription(entity ?? question, context, async (one, desk) => ({
      kind: 'form',
      form: await form(one, await presentValues(one, context), desk, context),
    })),
  refresh: ({ values, state }, context) =>
    withSubscription(state, context, async (one, desk) => ({
      kind: 'form',
      form: await form(one, values, desk, context),
    })),
  submit: (input, context) =>
    withSubscription(input.state, context, (one, desk) => {
      const { button } = input;
      if (button === 'preview')
        return withChange(one, input, desk, context, (read) => preview(one, read, input, desk, context));
      const verb = button === undefined ? undefined : verbs.get(button);
      return verb === undefined
        ? withChange(one, input, desk, context, (read) => change(one, read, input, desk, context))
        : command(`${verb} ${one.id}`, context);
    }),
};

const keptText =
  'Its filters name something that is not shown here: they stay as they are, and are changed where it is shown.';

/** The commands behind the buttons. */
const verbs: ReadonlyMap<string, string> = new Map([
  ['pause', 'pause'],
  ['resume', 'resume'],
  ['remove', 'unsubscribe'],
]);

/** The subscription, where the asker may know of it and change it. */
async function withSubscription(
  id: string | undefined,
  context: CommandContext,
  work: (one: StoredSubscription, desk: SubscriptionDesk) => Promise<FormReply>,
): Promise<FormReply> {
  const desk = await subscriptionDeskOf(context);
  if ('card' in desk) return done(desk.card);
  const { subscriptions, by, here, now } = desk;
  const found = await subscriptions.find(id ?? '', by, here);
  if (found.kind === 'refused') return done(refusalCard(found.problem, now, [ask('List', 'list')]));
  const { subscription } = found;
  const refusal = await subscriptions.refusal(by, subscription.destination);
  return refusal === undefined ? work(subscription, desk) : done(refusalCard(refusal, now));
}

/** What a button does is what the command does. */
async function command(text: string, context: CommandContext): Promise<FormReply> {
  return { kind: 'done', reply: await runText(text, context) };
}

async function presentValues(one: StoredSubscription, context: CommandContext): Promise<FormValues> {
  return {
    ...((await hasFilterFields(one, context)) ? filterValues(one.filters) : {}),
    ...(one.timing.kind === 'scheduled' ? scheduleValues(one.timing.schedule) : {}),
    ...shapeValues(one),
  };
}

/** What names something that is not shown here stays as it is; the rest of it is shown where the whole can be changed. */
async function hasFilterFields(one: StoredSubscription, context: CommandContext): Promise<boolean> {
  return one.kind === 'digest' && !(await shownSubscription(one, context)).isPartial;
}

async function form(
  one: StoredSubscription,
  values: FormValues,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<Form> {
  const isWatch = one.kind === 'watch';
  const hasFilters = await hasFilterFields(one, context);
  const isScheduled = one.timing.kind === 'scheduled';
  const what = `${one.id}: ${whenText(one)}. ${stateText(one)}.`;
  return {
    id: 'edit-subscription',
    title: 'Edit subscription',
    submitLabel: 'Save',
    fields: [
      {
        type: 'note',
        id: 'what',
        paragraphs: [
          [
            {
              text: isWatch ? `${what} It tells what you watch.` : hasFilters ? what : `${what} ${keptText}`,
            },
          ],
        ],
      },
      ...(hasFilters ? await filterFields(values, context) : []),
      ...(isScheduled ? scheduleFields(values, await scheduleDesk(one, desk, context)) : []),
      ...shapeFields(values, context.place.ceiling),
    ],
    actions: [
      ...(isWatch ? [] : [{ id: 'preview', label: 'Preview' }]),
      one.paused ? { id: 'resume', label: 'Resume' } : { id: 'pause', label: 'Pause' },
      ...(isWatch ? [] : [{ id: 'remove', label: 'Unsubscribe' }]),
    ],
    state: one.id,
  };
}

async function scheduleDesk(
  { timing, lastPostedAt }: StoredSubscription,
  { subscriptions, now }: SubscriptionDesk,
  { asker, place }: CommandContext,
): Promise<ScheduleDesk> {
  const own = await subscriptions.zoneFor(asker, place.workspace);
  const zone = timing.kind === 'scheduled' ? timing.schedule.zone : own.zone;
  return {
    zone: { zone, from: 'asker' },
    minIntervalMinutes: subscriptions.minIntervalMinutes,
    now,
    ownZone: own.from === 'asker' ? own.zone : undefined,
    lastAt: lastPostedAt,
  };
}

interface ReadChange {
  readonly filters: string | undefined;
  readonly edit: SubscriptionEdit;
  readonly notes: readonly string[];
}

/** What is filled in, or what is wrong with it. What says the same as before is no change. */
async function readChange(
  one: StoredSubscription,
  { values }: FormInput,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<ReadChange | readonly FormProblem[]> {
  const filters = (await hasFilterFields(one, context)) ? await readFilterFields(values, context) : undefined;
  const present = one.timing.kind === 'scheduled' ? one.timing.schedule : undefined;
  const when =
    present === undefined ? undefined : readScheduleFields(values, await scheduleDesk(one, desk, context));
  if (filters?.kind === 'bad' || when?.kind === 'bad')
    return [filters, when].flatMap((read) => (read?.kind === 'bad' ? read.problems : []));
  const { shape, emptyDay, ceiling } = readShapeFields(values);
  const isOtherWhen = when?.schedule.cron !== present?.cron || when?.schedule.zone !== present?.zone;
  const isOtherWhat = filters !== undefined && !isSameFilterText(filters.filters, one.filters);
  return {
    filters: isOtherWhat ? filters.filters : undefined,
    notes: filters?.notes ?? [],
    edit: {
      ...(when !== undefined && isOtherWhen ? { schedule: when.schedule } : {}),
      ...(isOtherWhat ? { filters: filters.filters } : {}),
      ...(shape === one.shape ? {} : { shape }),
      ...(emptyDay === one.emptyDay ? {} : { emptyDay }),
      ...(ceiling === one.ceiling ? {} : { ceiling: ceiling ?? null }),
    },
  };
}

/** Does something with what a form says, or gives it back with what is wrong in it. */
async function withChange(
  one: StoredSubscription,
  input: FormInput,
  desk: SubscriptionDesk,
  context: CommandContext,
  use: (read: ReadChange) => Promise<FormReply>,
): Promise<FormReply> {
  const read = await readChange(one, input, desk, context);
  return isProblems(read) ? again(one, input.values, read, desk, context) : use(read);
}

async function preview(
  one: StoredSubscription,
  read: ReadChange,
  input: FormInput,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<FormReply> {
  const { ceiling } = readShapeFields(input.values);
  const card = await nextDigestCard(
    one,
    { filters: read.filters ?? one.filters, ceiling },
    desk.now,
    context,
  );
  return {
    kind: 'beside',
    form: await form(one, input.values, desk, context),
    reply: { card, audience: 'asker' },
  };
}

async function again(
  one: StoredSubscription,
  values: FormValues,
  problems: readonly FormProblem[],
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<FormReply> {
  return { kind: 'form', form: await form(one, values, desk, context), problems };
}

function isProblems(read: ReadChange | readonly FormProblem[]): read is readonly FormProblem[] {
  return Array.isArray(read);
}

async function change(
  one: StoredSubscription,
  read: ReadChange,
  input: FormInput,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<FormReply> {
  if (Object.keys(read.edit).length === 0)
    return done(subscriptionCard('As it was', await shownSubscription(one, context), desk.now));
  const outcome = await desk.subscriptions.edit(one.id, read.edit, desk.by, desk.here);
  if (outcome.kind === 'refused') {
    const field = one.timing.kind === 'scheduled' ? 'rhythm' : 'shape';
    return again(one, input.values, [problem(field, outcome.problem)], desk, context);
  }
  const shown = await shownSubscription(outcome.subscription, context);
  return done(subscriptionCard('Changed', shown, desk.now, { notes: read.notes }));
}
