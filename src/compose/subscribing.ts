import { createSubscriptions, type Subscriptions } from '../chat/subscriptions.ts';
import { createWatchList, type WatchList } from '../chat/watch-list.ts';
import { subscriptionRulesFrom, type WorkspaceSettings } from '../chat/workspace-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { DeliveryStore } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';

export interface Subscribing {
  readonly subscriptions: Subscriptions;
  readonly watchList: WatchList;
}

/** What people and operators subscribe to, watch and mute, by the rules of their workspaces. */
export function createSubscribing(parts: {
  readonly store: DeliveryStore;
  readonly clock: Clock;
  readonly workspaces: Pick<WorkspaceSettings, 'of'>;
  readonly settings: Pick<Settings, 'digestMinIntervalMinutes'>;
}): Subscribing {
  const { store, clock, workspaces, settings } = parts;
  const rules = subscriptionRulesFrom(workspaces);
  const minIntervalMinutes = settings.digestMinIntervalMinutes;
  return {
    subscriptions: createSubscriptions({ store, clock, rules, minIntervalMinutes }),
    watchList: createWatchList({ store, clock, rules }),
  };
}
