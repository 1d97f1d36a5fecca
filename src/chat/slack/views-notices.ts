import { slackWaitingView } from '../../cards/slack/card-view.ts';
import type { SlackModal } from '../../cards/slack/view-types.ts';
import type { Log } from '../../support/log.ts';
import { describeError } from './bolt-log.ts';
import { newReference } from './compose.ts';
import { failedText } from './notices.ts';
import { encodeOrigin, type ViewOrigin } from './views-place.ts';

export const otherTeamText =
  'Only members of the workspace that installed threatbrief can use this. If your workspace has threatbrief, ask there with /apt.';

/** @param reference what the log has the failure under */
export function unreadText(reference: string): string {
  return `I could not read this message. Try again in a minute, or paste its text behind /apt. If it fails again, give your administrator this reference: ${reference}`;
}

/** What to show in place of a view that could not be made; the log has the reason under the reference that it names. */
export function failedModal(error: unknown, log: Log, origin: ViewOrigin): SlackModal {
  const reference = newReference();
  log.error({ reference, error: describeError(error) }, 'Slack view failed');
  return messageModal(failedText(reference), origin);
}

/** A few words of the adapter itself, as a modal. */
export function messageModal(text: string, origin: ViewOrigin): SlackModal {
  return slackWaitingView('threatbrief', text, encodeOrigin(origin));
}
