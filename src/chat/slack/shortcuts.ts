import type { Card, Section } from '../../cards/card.ts';
import { clearFor } from '../../cards/cleared.ts';
import { renderSlackMessage } from '../../cards/slack/render.ts';
import type { SlackMessage } from '../../cards/slack/types.ts';
import type { Tlp } from '../../domain/tlp.ts';
import { describeError } from './bolt-log.ts';
import { newReference, type Workspace } from './compose.ts';
import { notice } from './notices.ts';
import { isOfWorkspace } from './of-workspace.ts';
import { toAsker } from './reply.ts';
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
 * they are read; where Slack takes no modal any more, a message instead. It is for one pair of eyes and needs no bot in the
 * channel.
 */
export async function briefFromShortcut(
  parts: BriefParts,
  workspace: Workspace & Pick<FileParts, 'botToken'>,
  message: BriefedMessage,
): Promise<void> {
  const { client } = workspace;
  const { triggerId, channelId, threadTs, responseUrl } = message;
  const origin: ViewOrigin = {
    ...(channelId === undefined ? {} : { channelId }),
    ...(threadTs === undefined ? {} : { threadTs }),
  };
  const placeholder = { trigger_id: triggerId, view: waitingModal(origin) };
  const id = await callView(client, parts.log, 'views.open', placeholder);
  if (id === undefined && responseUrl === undefined) return;
  const brief = await composeBrief(parts, workspace, message, origin);
  if (id !== undefined) {
    const view = 'text' in brief ? messageModal(brief.text, origin) : cardModal(brief, brief.ceiling, origin);
    await updateModal(client, parts.log, { id }, view);
  } else if (responseUrl !== undefined) {
    const answer = 'text' in brief ? notice(brief.text) : messageOf(brief);
    await parts.sender.respond(responseUrl, toAsker(answer));
  }
}

type BriefParts = ViewParts & Pick<FileParts, 'fetch' | 'apiUrl'>;
type Brief = { readonly card: Card; readonly ceiling: Tlp } | { readonly text: string };

async function composeBrief(
  parts: BriefParts,
  workspace: Workspace & Pick<FileParts, 'botToken'>,
  message: BriefedMessage,
  origin: ViewOrigin,
): Promise<Brief> {
  try {
    if (!(await isOfWorkspace(parts, workspace, message))) return { text: otherTeamText };
    const [asked, read] = await Promise.all([
      askedFrom(parts, workspace, message.userId, origin),
      readCarriedFiles(message.files, {
        ...parts,
        client: workspace.client,
        botToken: workspace.botToken,
      }),
    ]);
    const whole = [message.text, read.text].filter((part) => part !== '').join('\n\n');
    const reply = await parts.surfaces.briefText({ ...asked, text: whole });
    return { card: withUnread(reply.card, read.unread), ceiling: reply.ceiling ?? asked.place.ceiling };
  } catch (error) {
    const reference = newReference();
    parts.log.error({ reference, error: describeError(error) }, 'a Slack message could not be read');
    return { text: unreadText(reference) };
  }
}

function messageOf({ card, ceiling }: { readonly card: Card; readonly ceiling: Tlp }): SlackMessage {
  return renderSlackMessage(clearFor(card, ceiling)).payload;
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
