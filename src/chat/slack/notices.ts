import { slackLimits } from '../../cards/slack/limits.ts';
import { slackFallback, slackPlainText } from '../../cards/slack/text.ts';
import type { SlackMessage } from '../../cards/slack/types.ts';

/** Short messages of the adapter itself, for what happens before or after a card is made. Plain text only. */
export function notice(text: string): SlackMessage {
  return {
    text: slackFallback(text),
    blocks: [{ type: 'section', text: slackPlainText(text, slackLimits.sectionTextChars) }],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** @param reference what the log has the failure under */
export function failedText(reference: string): string {
  return `I could not answer that: something failed on my side. Please try again in a minute. If it fails again, give your administrator this reference: ${reference}`;
}

export function failedNotice(reference: string): SlackMessage {
  return notice(failedText(reference));
}

export function notInstalledNotice(): SlackMessage {
  return notice(
    'threatbrief is not installed in this workspace, or its access was taken back. Ask a workspace administrator to install it, then try again.',
  );
}

export function otherTeamNotice(): SlackMessage {
  return notice(
    'Only members of the workspace that installed threatbrief can use these buttons. If your workspace has threatbrief, ask there with /apt.',
  );
}

export function notInChannelNotice(): SlackMessage {
  return notice(
    'I am not in this conversation, so I cannot post here. Type /invite @threatbrief in the channel, then press Share again.',
  );
}

export function oldButtonNotice(): SlackMessage {
  return notice(
    'This button comes from an older version of threatbrief. Ask again with /apt to get current ones.',
  );
}

/** @param code what Slack answered, such as `is_archived` */
export function cannotPostNotice(code: string, reference: string): SlackMessage {
  return notice(
    `Slack did not let me post here (${code.replaceAll('_', ' ')}). Try another channel, or give your administrator this reference: ${reference}`,
  );
}

export function notRepeatedNotice(): SlackMessage {
  return notice(
    'I do not run a command again when its message is edited, so that nothing is done twice. Send it as a new message, or with /apt.',
  );
}
