import { z } from 'zod';
import { assistantEvents } from './surface.ts';

/** Names of kinds, callbacks and actions; Slack allows 255 characters. */
const text = z.string().max(255);
/** Ids and time stamps: Slack's have some eleven to twenty characters. What is longer would break what it is copied into. */
const id = z.string().max(100);
const maybeId = id.nullish();
const named = z.looseObject({ id: maybeId });
const reference = z.union([id, named]);
const stamped = z.looseObject({ ts: maybeId, thread_ts: maybeId });

const eventSchema = z.looseObject({
  event: stamped.extend({
    type: text,
    channel: reference.optional(),
    user: reference.optional(),
    item: z.looseObject({}).optional(),
    message: stamped.nullish(),
    message_ts: maybeId,
    assistant_thread: z.looseObject({ channel_id: id.min(1), thread_ts: id.min(1) }).optional(),
  }),
  authorizations: z
    .array(z.looseObject({ team_id: maybeId, enterprise_id: maybeId, user_id: maybeId }))
    .nullish(),
  team_id: maybeId,
  enterprise_id: maybeId,
});

/** What the pane sends: its thread is what everything there is about. */
const paneSchema = eventSchema.extend({
  event: eventSchema.shape.event.required({ assistant_thread: true }),
});
const paneEvents: ReadonlySet<unknown> = new Set(assistantEvents);

const commandSchema = z.looseObject({
  command: text,
  channel_id: maybeId,
  user_id: id,
  team_id: maybeId,
});

const view = z.looseObject({ callback_id: text.optional() });
const interactiveSchema = z.looseObject({
  type: text,
  user: z.looseObject({ id, team_id: maybeId }),
  team: z.looseObject({ id: maybeId, enterprise_id: maybeId }).nullish(),
  enterprise: named.nullish(),
  channel: named.optional(),
  message: stamped.nullish(),
  container: z.looseObject({ message_ts: maybeId, channel_id: maybeId, thread_ts: maybeId }).nullish(),
  view: view.optional(),
  callback_id: text.optional(),
  action_id: text.optional(),
  block_id: text.optional(),
  actions: z
    .array(z.looseObject({ action_id: text, block_id: text.optional() }))
    .min(1)
    .optional(),
});
const viewSchema = interactiveSchema.extend({ view: view.required() });

/**
 * Whether a delivery has what Bolt takes for granted of its kind (measured with Bolt 5.1): it reads ids, callbacks and
 * channels before any listener of ours does, and throws where they are of another type. Only Slack can sign one, so
 * that what has another shape is no event that is answered here.
 */
export function hasKnownShape(body: Readonly<Record<string, unknown>>): boolean {
  return schemaOf(body).safeParse(body).success;
}

function schemaOf({ event, command, type }: Readonly<Record<string, unknown>>): z.ZodType {
  if (event !== undefined) return paneEvents.has(typeOf(event)) ? paneSchema : eventSchema;
  if (command !== undefined) return commandSchema;
  return type === 'view_submission' || type === 'view_closed' ? viewSchema : interactiveSchema;
}

function typeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined;
}
