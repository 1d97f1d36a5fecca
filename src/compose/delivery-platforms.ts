import type { Chat } from '../chat/types.ts';
import type { WorkspaceSettings } from '../chat/workspace-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { DeliveryPlatformName } from '../domain/subscription.ts';
import type { DeliveryPlatform } from '../schedule/types.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { withChosenCeiling } from './deliveries.ts';
import { createPlatforms } from './platforms.ts';
import { slackInstallsOf } from './slack-installs.ts';

export interface DeliveryPlatformsParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly workspaces: Pick<WorkspaceSettings, 'of'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The platforms that the settings switch on, for sending only: nothing is listened to. The playground is no part of
 * them: what stands on its page is known to the server alone.
 */
export async function openDeliveryPlatforms(
  parts: DeliveryPlatformsParts,
): Promise<ReadonlyMap<DeliveryPlatformName, DeliveryPlatform>> {
  const { settings, store, clock, log, workspaces } = parts;
  const { slack, teams } = await createPlatforms(settings, {
    chat: noChat,
    clock,
    log,
    conversations: store,
    installs: slackInstallsOf({ store, clock, log }),
  });
  const all = [slack?.delivery, teams?.delivery].filter((one) => one !== undefined);
  return new Map(all.map((one) => [one.name, withChosenCeiling(one, workspaces)]));
}

/** Nothing is received here. */
const noChat: Chat = {
  handle: () => Promise.reject(new Error('nothing is answered here')),
  handleAction: () => Promise.reject(new Error('nothing is answered here')),
};
