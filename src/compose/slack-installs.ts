import type { SlackInstalls } from '../chat/slack/workspaces.ts';
import { createWorkspaceNews } from '../chat/workspace-news.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

/** Slack's installations in a store, and the subscriptions that wait for them. */
export function slackInstallsOf({
  store,
  clock,
  log,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}): SlackInstalls {
  return { store, workspaces: createWorkspaceNews({ store, clock, log }) };
}
