import { z } from 'zod';
import { assistantEvents } from './surface.ts';

const text = z.string();
const maybeText = z.string().nullish();
const named = z.looseObject({ id: maybeText });
const reference = z.union([text, named]);

const eventSchema = z.looseObject({
  event: z.looseObject({
    type: text,
    channel: reference.optional(),
    user: reference.optional(),
    item: z.looseObject({}).optional(),
    assistant_thread: z.looseObject({ channel_id: text, thread_ts: text }).optional(),
  }),
  authorizations: z
    .array(z.looseObject({ team_id: maybeText, enterprise_id: maybeText, user_id: maybeText }))
    .nullish(),
  team_id: maybeText,
  enterprise_id: maybeText,
});

/** What the pane sends: its thread is what everything there is about. */
const paneSchema = eventSchema.extend({
  event: eventSchema.shape.event.required({ assistant_thread: true }),
});
const paneEvents: ReadonlySet<unknown> = new Set(assistantEvents);

const commandSchema = z.looseObject({
  command: text,
  channel_id: maybeText,
  user_id: text,
  team_id: maybeText,
});

const view = z.looseObject({ callback_id: text.optional() });
const interactiveSchema = z.looseObject({
  type: text,
  user: z.looseObject({ id: text, team_id: maybeText }),
  team: z.looseObject({ id: maybeText, enterprise_id: maybeText }).nullish(),
  enterprise: named.nullish(),
  channel: named.optional(),
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
