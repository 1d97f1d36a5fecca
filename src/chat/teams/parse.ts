import { z } from 'zod';
import { findCommand } from '../commands/index.ts';
import { buttonData, type FilledForm, filledFormOf, type Press, pressOf } from './button-data.ts';
import { type Mention, typedText } from './message-text.ts';
import { type Invoke, parseInvokeValue } from './parse-invoke.ts';

/** What a Teams activity asks of the bot. */
export type Inbound =
  /** `isEdit`: the message was there before, with other words. */
  | { readonly kind: 'text'; readonly text: string; readonly isEdit: boolean; readonly from: Sender }
  /** A pressed button; `execute` answers in the invoke's response, `submit` with a message or an update. */
  | {
      readonly kind: 'action';
      readonly press: Press;
      readonly via: 'execute' | 'submit';
      readonly from: Sender;
      readonly replyToId: string | undefined;
    }
  /** A form that came back as a message, from a client that shows no dialogs. */
  | { readonly kind: 'form'; readonly filled: FilledForm; readonly from: Sender }
  /** Absent sender: Teams asks for the preview of a link without saying for whom. */
  | { readonly kind: 'invoke'; readonly invoke: Invoke; readonly from: Sender | undefined }
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
  attachments: z.array(z.looseObject({ contentType: z.string().nullish() })).nullish(),
  channelData: z.looseObject({ eventType: z.string().nullish() }).nullish(),
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
      return parseMessage(activity, false);
    case 'messageUpdate':
      return activity.channelData?.eventType === 'undeleteMessage'
        ? { kind: 'ignore', why: 'a message that was answered came back' }
        : parseMessage(activity, true);
    case 'invoke':
      return parseInvoke(activity);
    case 'conversationUpdate':
      return activity.membersAdded?.some(({ id }) => id === activity.recipient?.id)
        ? { kind: 'welcome' }
        : { kind: 'ignore', why: 'nobody of concern was added' };
    case 'installationUpdate':
      // "add-upgrade" is the second half of an update of the app.
      return activity.action === 'add'
        ? { kind: 'welcome' }
        : { kind: 'ignore', why: 'the app was not added just now' };
    default:
      return { kind: 'ignore', why: `activities of type ${activity.type} ask nothing` };
  }
}

function parseMessage(activity: TeamsActivity, isEdit: boolean): Inbound {
  const { from, recipient } = activity;
  if (from === undefined || from === null) return { kind: 'ignore', why: 'the message has no sender' };
  if (from.role === 'bot' || from.id === recipient?.id) return { kind: 'ignore', why: 'a bot wrote it' };
  const data = isEdit ? undefined : buttonData(activity.value);
  const press = pressOf(data);
  if (press !== undefined) {
    return {
      kind: 'action',
      press,
      via: 'submit',
      from: senderOf(from),
      replyToId: activity.replyToId ?? undefined,
    };
  }
  const filled = filledFormOf(data);
  if (filled !== undefined) return { kind: 'form', filled, from: senderOf(from) };
  const text = activity.text ?? '';
  if (/<span[^<>]{0,200}InputExtension/i.test(text)) {
    return { kind: 'ignore', why: 'a card that the message extension inserted' };
  }
  const mentions = mentionsOf(activity);
  const bot = { id: recipient?.id, name: recipient?.name ?? undefined };
  const named = typedText(text, mentions, bot);
  // Several people may have one name.
  const typed = isAboutPeople(named) ? typedText(text, mentions, bot, 'ids') : named;
  // A button that says a text in the person's name may come without it, but for its value.
  const said = typed === '' ? saidByButton(activity.value) : typed;
  if (said === '' && activity.attachments?.some(({ contentType }) => isCard(contentType))) {
    return { kind: 'ignore', why: 'a card without a word' };
  }
  return { kind: 'text', text: said, isEdit, from: senderOf(from) };
}

/** True for a command that takes people by their ids. */
function isAboutPeople(text: string): boolean {
  return findCommand(text)?.command.name === 'audit';
}

function isCard(contentType: string | null | undefined): boolean {
  return contentType?.startsWith('application/vnd.microsoft.card.') === true;
}

const saidSchema = z.looseObject({
  msteams: z.looseObject({ text: z.string().nullish(), value: z.unknown().optional() }),
});

function saidByButton(value: unknown): string {
  const msteams = saidSchema.safeParse(value).data?.msteams;
  return msteams?.text ?? (typeof msteams?.value === 'string' ? msteams.value : '');
}

function parseInvoke(activity: TeamsActivity): Inbound {
  const name = activity.name ?? '';
  const from = activity.from ? senderOf(activity.from) : undefined;
  const unknown: Inbound = { kind: 'unknown-invoke', name };
  if (name === 'adaptiveCard/action') {
    const press = pressOf(buttonData(activity.value));
    if (press === undefined || from === undefined) return unknown;
    return { kind: 'action', press, via: 'execute', from, replyToId: activity.replyToId ?? undefined };
  }
  const invoke = parseInvokeValue(name, activity.value);
  if (invoke === undefined || (from === undefined && invoke.kind !== 'link')) return unknown;
  return { kind: 'invoke', invoke, from };
}

function senderOf(account: z.infer<typeof accountSchema>): Sender {
  return { id: account.id, name: account.name ?? undefined };
}

function mentionsOf({ entities }: TeamsActivity): readonly Mention[] {
  return (entities ?? [])
    .filter(({ type }) => type === 'mention')
    .map(({ text, mentioned }) => ({
      text: text ?? '',
      id: mentioned?.id,
      name: mentioned?.name ?? undefined,
    }));
}
