import type { SlackMessage } from '../../cards/slack/types.ts';
import { answerMetadata } from './answered.ts';
import type { Readers } from './audience.ts';
import type { AnswerParts, Workspace } from './compose.ts';
import { compose, newReference } from './compose.ts';
import { failedNotice } from './notices.ts';
import type { AskedMessage, SlashCommand } from './parse.ts';
import { inConversation, toPerson, toPlace } from './place.ts';
import { toAsker } from './reply.ts';
import type { Destination } from './send.ts';
import { unwrapSlackText } from './text.ts';

/** Answers `/apt …`, to the person alone. Nothing typed is a request for help. */
export async function answerCommand(
  parts: AnswerParts,
  workspace: Workspace,
  command: SlashCommand,
): Promise<void> {
  const { teamId, lookups, botUserId } = workspace;
  const { channelId, userId } = command;
  const audience = await parts.audiences.of({ teamId, channelId, userId, seenBy: 'asker' }, lookups);
  const request = {
    text: unwrapSlackText(command.text, botUserId) || 'help',
    place: toPlace({ teamId, channelId }, audience),
    person: toPerson(teamId, userId),
    // The command can be typed only where one is a member.
    asker: { ...(await parts.audiences.askerOf(teamId, userId, lookups)), isMemberHere: true },
    now: parts.clock.now(),
  };
  const { message } = await compose(parts, audience.ceiling, () => parts.chat.handle(request));
  await parts.sender.respond(command.responseUrl, toAsker(message));
}

/**
 * Answers a mention in its thread, and a direct message where it was written.
 * @param before what must have ended before the answer is posted
 */
export async function answerMessage(
  parts: AnswerParts,
  workspace: Workspace,
  asked: AskedMessage,
  before?: Promise<unknown>,
): Promise<void> {
  await parts.answered.begin(asked, postAnswer(parts, workspace, asked, before));
}

/** Posts the answer; its `ts`, or undefined when Slack did not take it. */
export async function postAnswer(
  parts: AnswerParts,
  workspace: Workspace,
  asked: AskedMessage,
  before?: Promise<unknown>,
): Promise<string | undefined> {
  const { client } = workspace;
  const message = await composeMessage(parts, workspace, asked);
  await before;
  const to: Destination = { channelId: asked.channelId, threadTs: answeredIn(asked) };
  const outcome = await parts.sender.post(client, to, message, answerMetadata(asked.ts));
  if (outcome.kind === 'posted') return outcome.ts;
  if (outcome.kind !== 'refused') return undefined;
  const reference = newReference();
  parts.log.error({ reference, code: outcome.code }, 'Slack refused an answer to a message');
  const told = await parts.sender.post(client, to, failedNotice(reference), answerMetadata(asked.ts));
  return told.kind === 'posted' ? told.ts : undefined;
}

/** The answer to a message, for all who read the conversation now. */
export async function composeMessage(
  parts: AnswerParts,
  { teamId, lookups, botUserId }: Workspace,
  asked: AskedMessage,
): Promise<SlackMessage> {
  const { channelId, userId, isExternalChannel } = asked;
  const readers: Readers = { teamId, channelId, userId, seenBy: 'channel', isExternalChannel };
  const audience = await parts.audiences.of(readers, lookups);
  const request = {
    text: unwrapSlackText(asked.text, botUserId) || 'help',
    place: inConversation(toPlace({ teamId, channelId, threadTs: answeredIn(asked) }, audience)),
    person: toPerson(teamId, userId),
    asker: { ...(await parts.audiences.askerOf(teamId, userId, lookups)), isMemberHere: true },
    now: parts.clock.now(),
  };
  return (await compose(parts, audience.ceiling, () => parts.chat.handle(request))).message;
}

/** The thread in which a message is answered: a mention begins one, and in a direct conversation it is where it stands. */
export function answeredIn({
  kind,
  ts,
  threadTs,
}: Pick<AskedMessage, 'kind' | 'ts' | 'threadTs'>): string | undefined {
  return threadTs ?? (kind === 'mention' ? ts : undefined);
}
