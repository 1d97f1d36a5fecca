import { slackWaitingView } from '../../cards/slack/card-view.ts';
import type { SlackModal } from '../../cards/slack/view-types.ts';
import { encodeOrigin, type ViewOrigin } from './views-place.ts';

export const otherTeamText =
  'Only members of the workspace that installed threatbrief can use this. If your workspace has threatbrief, ask there with /apt.';

/** @param reference what the log has the failure under */
export function unreadText(reference: string): string {
  return `I could not read this message. Try again in a minute, or paste its text behind /apt. If it fails again, give your administrator this reference: ${reference}`;
}

/** A few words of the adapter itself, as a modal. */
export function messageModal(text: string, origin: ViewOrigin): SlackModal {
  return slackWaitingView('threatbrief', text, encodeOrigin(origin));
}
