import { z } from 'zod';
import { decodeActionValue } from '../../cards/action-value.ts';
import type { ActionValue } from '../../cards/card.ts';
import { teamsActionKey } from '../../cards/teams/limits.ts';

/** What a Teams activity asks of the bot. */
export type Inbound =
  | { readonly kind: 'text'; readonly text: string; readonly from: Sender }
  /** A pressed button; `execute` answers in the invoke's response, `submit` with a message or an update. */
  | {
      readonly kind: 'action';
      readonly value: ActionValue;
      readonly via: 'execute' | 'submit';
      readonly from: Sender;
      readonly replyToId: string | undefined;
    }
  /** An invoke that carries nothing we know: it must be answered all the same. */
  | { readonly kind: 'unknown-invoke'; readonly name: string }
  /** The bot was installed or added. */
  | { readonly kind: 'welcome' }
  | { readonly kind: 'ignore'; readonly why: string };

export interface Sender {
  readonly id: string;
  readonly name: string | undefined;
}

const accountSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  role: z.string().nullish(),
  aadObjectId: z.string().nullish(),
});

const activitySchema = z.looseObject({
  type: z.string(),
  name: z.string().nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  action: z.string().nullish(),
  replyToId: z.string().nullish(),
  from: accountSchema.nullish(),
  recipient: accountSchema.nullish(),
  membersAdded: z.array(accountSchema).nullish(),
  entities: z
    .array(
      z.looseObject({
        type: z.string(),
        text: z.string().nullish(),
        mentioned: accountSchema.partial().nullish(),
      }),
    )
    .nullish(),
});
type TeamsActivity = z.infer<typeof activitySchema>;

/** Reads an activity; what is no message, button or installation is told to be ignored, with the reason. */
export function parseActivity(raw: unknown): Inbound {
  const parsed = activitySchema.safeParse(raw);
  if (!parsed.success) return { kind: 'ignore', why: 'the activity has another shape' };
  const activity = parsed.data;
  switch (activity.type) {
    case 'message':
      return parseMessage(activity);
    case 'invoke':
      return parseInvoke(activity);
    case 'conversationUpdate':
      return activity.membersAdded?.some(({ id }) => id === activity.recipient?.id)
        ? { kind: 'welcome' }
        : { kind: 'ignore', why: 'nobody of concern was added' };
    case 'installationUpdate':
      return { kind: 'ignore', why: 'the conversation update that comes with it is answered' };
    default:
      return { kind: 'ignore', why: `activities of type ${activity.type} ask nothing` };
  }
}

function parseMessage(activity: TeamsActivity): Inbound {
  const { from, recipient } = activity;
  if (from === undefined || from === null) return { kind: 'ignore', why: 'the message has no sender' };
  if (from.role === 'bot' || from.id === recipient?.id) return { kind: 'ignore', why: 'a bot wrote it' };
  const value = actionOf(activity.value);
  if (value !== undefined) {
    return {
      kind: 'action',
      value,
      via: 'submit',
      from: senderOf(from),
      replyToId: activity.replyToId ?? undefined,
    };
  }
  const text = activity.text ?? '';
  if (/<span[^>]{0,200}InputExtension/i.test(text)) {
    return { kind: 'ignore', why: 'a card that the message extension inserted' };
  }
  return { kind: 'text', text: plainText(text, activity), from: senderOf(from) };
}

function parseInvoke(activity: TeamsActivity): Inbound {
  const value = activity.name === 'adaptiveCard/action' ? executeOf(activity.value) : undefined;
  if (value === undefined || activity.from === undefined || activity.from === null) {
    return { kind: 'unknown-invoke', name: activity.name ?? '' };
  }
  const { from, replyToId } = activity;
  return { kind: 'action', value, via: 'execute', from: senderOf(from), replyToId: replyToId ?? undefined };
}

const executeSchema = z.looseObject({ action: z.looseObject({ data: z.unknown().optional() }) });
const dataSchema = z.looseObject({ [teamsActionKey]: z.string() });

function executeOf(value: unknown): ActionValue | undefined {
  const parsed = executeSchema.safeParse(value);
  return parsed.success ? actionOf(parsed.data.action.data) : undefined;
}

function actionOf(data: unknown): ActionValue | undefined {
  const parsed = dataSchema.safeParse(data);
  const encoded = parsed.success ? parsed.data[teamsActionKey] : undefined;
  return typeof encoded === 'string' ? decodeActionValue(encoded) : undefined;
}

function senderOf(account: z.infer<typeof accountSchema>): Sender {
  return { id: account.id, name: account.name ?? undefined };
}

/** The text as typed: without the bot's own mention, with other mentions as plain names, entities decoded. */
function plainText(text: string, activity: TeamsActivity): string {
  let result = text;
  for (const entity of activity.entities ?? []) {
    if (entity.type !== 'mention' || !entity.text) continue;
    const own = entity.mentioned?.id !== undefined && entity.mentioned.id === activity.recipient?.id;
    result = result.replaceAll(entity.text, own ? ' ' : entity.text.replace(/<[^<>]{0,200}>/g, ''));
  }
  return decodeEntities(result.replace(/<[^<>]{0,2000}>/g, ' '))
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,6})|([a-z]{2,4}));/gi,
    (all, code: string | undefined, name: string | undefined) => {
      if (code !== undefined) return Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : all;
      return entities[(name ?? '').toLowerCase()] ?? all;
    },
  );
}
