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

/** Answers a mention in its thread, and a direct message where it was written. */
export async function answerMessage(
  parts: AnswerParts,
  workspace: Workspace,
  asked: AskedMessage,
): Promise<void> {
  const { teamId, lookups, client, botUserId } = workspace;
  const { channelId, userId, isExternalChannel } = asked;
  const readers: Readers = { teamId, channelId, userId, seenBy: 'channel', isExternalChannel };
  const audience = await parts.audiences.of(readers, lookups);
  const threadTs = asked.threadTs ?? (asked.kind === 'mention' ? asked.ts : undefined);
  const request = {
    text: unwrapSlackText(asked.text, botUserId) || 'help',
    place: inConversation(toPlace({ teamId, channelId, threadTs }, audience)),
    person: toPerson(teamId, userId),
    asker: { ...(await parts.audiences.askerOf(teamId, userId, lookups)), isMemberHere: true },
    now: parts.clock.now(),
  };
  const { message } = await compose(parts, audience.ceiling, () => parts.chat.handle(request));
  const to: Destination = { channelId, threadTs };
  const outcome = await parts.sender.post(client, to, message);
  if (outcome.kind === 'refused') {
    const reference = newReference();
    parts.log.error({ reference, code: outcome.code }, 'Slack refused an answer to a message');
    await parts.sender.post(client, to, failedNotice(reference));
  }
}
