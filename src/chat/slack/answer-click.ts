import { decodeActionValue } from '../../cards/action-value.ts';
import type { SlackMessage } from '../../cards/slack/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import type { Asker } from '../types.ts';
import type { AnswerParts, Workspace } from './compose.ts';
import { compose, newReference } from './compose.ts';
import { cannotPostNotice, notInChannelNotice, oldButtonNotice, otherTeamNotice } from './notices.ts';
import { isOfWorkspace } from './of-workspace.ts';
import type { Click } from './parse.ts';
import { inConversation, toPerson, toPlace } from './place.ts';
import { inPlaceOf, sharedBy, toAsker } from './reply.ts';

/**
 * Answers a press on a button or a menu. False for what was not run: people of another workspace are told that they cannot,
 * and others when a button is none of ours.
 */
export async function answerClick(parts: AnswerParts, workspace: Workspace, click: Click): Promise<boolean> {
  const { channelId, userId } = click;
  if (click.value === undefined || channelId === undefined) return false;
  const tell = (message: SlackMessage): Promise<void> =>
    tellPerson(parts, workspace, { ...click, channelId }, message);
  const turnAway = async (message: SlackMessage): Promise<false> => {
    await tell(message);
    return false;
  };
  if (!(await isOfWorkspace(parts, workspace, click))) return turnAway(otherTeamNotice());
  const value = decodeActionValue(click.value);
  if (value === undefined) return turnAway(oldButtonNotice());

  const { teamId, lookups } = workspace;
  const seenBy = click.isEphemeral && value.verb !== 'share' ? 'asker' : 'channel';
  const audience = await parts.audiences.of({ teamId, channelId, userId, seenBy }, lookups);
  const place = toPlace({ teamId, channelId, threadTs: click.threadTs }, audience);
  const request = {
    value,
    // An ephemeral answer to a slash command belongs to no conversation.
    place: click.isEphemeral ? place : inConversation(place),
    person: toPerson(teamId, userId),
    asker: await askerOf(parts, workspace, { ...click, channelId }),
    now: parts.clock.now(),
  };
  const { message, audience: shownTo } = await compose(parts, audience.ceiling, async () => {
    const reply = await parts.chat.handleAction(request);
    if (reply.audience !== 'place') return reply;
    const name = (await parts.audiences.nameOf(teamId, userId, lookups)) ?? click.userName ?? userId;
    return { ...reply, card: sharedBy(name, reply.card) };
  });
  switch (shownTo) {
    case 'asker':
      await tell(message);
      return true;
    case 'replace':
      if (click.isPreview === true) await tell(message);
      else await replace(parts, workspace, { ...click, channelId }, message);
      return true;
    case 'place':
      // What was composed for one person's eyes is never posted for all.
      if (seenBy === 'asker') await tell(message);
      else await share(parts, workspace, { ...click, channelId }, message);
      return true;
    default:
      return assertNever(shownTo);
  }
}

/** A message can be pressed by someone who only looks at a public channel; one's own ephemeral answer only where one was a member. */
async function askerOf(parts: AnswerParts, workspace: Workspace, click: PlacedClick): Promise<Asker> {
  const { teamId, lookups } = workspace;
  const { channelId, userId } = click;
  const asker = await parts.audiences.askerOf(teamId, userId, lookups);
  const isMemberHere = click.isEphemeral
    ? !(await parts.audiences.hasLeft(channelId, userId, lookups))
    : await parts.audiences.isMember(channelId, userId, lookups);
  return { ...asker, ...(isMemberHere ? { isMemberHere } : {}) };
}

type PlacedClick = Click & { readonly channelId: string };

async function share(
  parts: AnswerParts,
  workspace: Workspace,
  click: PlacedClick,
  message: SlackMessage,
): Promise<void> {
  const outcome = await parts.sender.post(workspace.client, click, message);
  switch (outcome.kind) {
    case 'posted':
      return;
    case 'not-in-channel':
      await tellPerson(parts, workspace, click, notInChannelNotice());
      return;
    case 'refused':
    case 'failed': {
      const reference = newReference();
      const code = outcome.kind === 'refused' ? outcome.code : 'no answer';
      parts.log.error({ reference, code }, 'Slack share failed');
      await tellPerson(parts, workspace, click, cannotPostNotice(code, reference));
      return;
    }
    default:
      assertNever(outcome);
  }
}

async function replace(
  parts: AnswerParts,
  workspace: Workspace,
  click: PlacedClick,
  message: SlackMessage,
): Promise<void> {
  const isReplaced =
    click.responseUrl !== undefined &&
    (await parts.sender.respond(click.responseUrl, inPlaceOf(click, message)));
  if (!isReplaced) await parts.sender.whisper(workspace.client, click, message);
}

async function tellPerson(
  parts: AnswerParts,
  workspace: Workspace,
  click: PlacedClick,
  message: SlackMessage,
): Promise<void> {
  const isTold =
    click.responseUrl !== undefined && (await parts.sender.respond(click.responseUrl, toAsker(message)));
  if (!isTold) await parts.sender.whisper(workspace.client, click, message);
}
