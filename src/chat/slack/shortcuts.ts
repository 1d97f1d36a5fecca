import type { Card, Section } from '../../cards/card.ts';
import type { SlackModal } from '../../cards/slack/view-types.ts';
import type { Workspace } from './compose.ts';
import { isOfWorkspace } from './of-workspace.ts';
import { type FileParts, readCarriedFiles } from './shortcuts-files.ts';
import type { BriefedMessage } from './shortcuts-message.ts';
import { showForm } from './views-form.ts';
import { messageModal, otherTeamText, unreadText } from './views-notices.ts';
import type { ViewPerson } from './views-parse.ts';
import { askedFrom, type ViewOrigin } from './views-place.ts';
import { callView, cardModal, updateModal, type ViewParts, waitingModal } from './views-show.ts';

/** “Look up an actor”, from anywhere in Slack. */
export async function lookUpFromShortcut(
  parts: ViewParts,
  workspace: Workspace,
  who: ViewPerson & { readonly triggerId: string },
): Promise<void> {
  const { triggerId, userId } = who;
  if (!(await isOfWorkspace(parts, workspace, who))) {
    const view = messageModal(otherTeamText, {});
    await callView(workspace.client, parts.log, 'views.open', { trigger_id: triggerId, view });
    return;
  }
  await showForm(parts, workspace, { userId, triggerId, how: 'open', origin: {} }, { form: 'look-up' });
}

/**
 * “Brief me on this message”: a modal at once, and in it what the message, its attachments and its text files name, as soon as
 * they are read. It is for one pair of eyes and needs no bot in the channel.
 */
export async function briefFromShortcut(
  parts: ViewParts & Pick<FileParts, 'fetch' | 'apiUrl'>,
  workspace: Workspace & Pick<FileParts, 'botToken'>,
  message: BriefedMessage,
): Promise<void> {
  const { client } = workspace;
  const { triggerId, userId, channelId, threadTs } = message;
  const origin: ViewOrigin = {
    ...(channelId === undefined ? {} : { channelId }),
    ...(threadTs === undefined ? {} : { threadTs }),
  };
  const id = await callView(client, parts.log, 'views.open', {
    trigger_id: triggerId,
    view: waitingModal(origin),
  });
  if (id === undefined) return;
  const isOurs = await isOfWorkspace(parts, workspace, message);
  const view = isOurs
    ? await composeBrief(parts, workspace, message, userId, origin)
    : messageModal(otherTeamText, origin);
  await updateModal(client, parts.log, { id }, view);
}

async function composeBrief(
  parts: ViewParts & Pick<FileParts, 'fetch' | 'apiUrl'>,
  workspace: Workspace & Pick<FileParts, 'botToken'>,
  { text, files }: BriefedMessage,
  userId: string,
  origin: ViewOrigin,
): Promise<SlackModal> {
  try {
    const [asked, read] = await Promise.all([
      askedFrom(parts, workspace, userId, origin),
      readCarriedFiles(files, { ...parts, client: workspace.client, botToken: workspace.botToken }),
    ]);
    const whole = [text, read.text].filter((part) => part !== '').join('\n\n');
    const reply = await parts.surfaces.briefText({ ...asked, text: whole });
    return cardModal({ ...reply, card: withUnread(reply.card, read.unread) }, asked.place.ceiling, origin);
  } catch {
    return messageModal(unreadText, origin);
  }
}

/** What was not read of a message is said. */
function withUnread(card: Card, unread: readonly string[]): Card {
  if (unread.length === 0) return card;
  const note: Section = {
    type: 'text',
    id: 'unread',
    rank: 1,
    paragraphs: [[{ text: `Not read: ${unread.join(', ')}.` }]],
  };
  return { ...card, sections: [...card.sections, note] };
}
