import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { createSubscriptions } from '../../src/chat/subscriptions.ts';
import { createSurfaces, type SurfacesParts } from '../../src/chat/surfaces.ts';
import type { Asked, Surfaces } from '../../src/chat/surfaces-types.ts';
import { createThreads } from '../../src/chat/threads.ts';
import type { Asker, Chat } from '../../src/chat/types.ts';
import { createWatchList } from '../../src/chat/watch-list.ts';
import { createWorkspaceSettings, subscriptionRulesFrom } from '../../src/chat/workspace-settings.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, type SampleWorld } from './knowledge.ts';
import { channel, direct, startsAt } from './subscribers.ts';

/** Dialogs and the rest over the invented actors and a real database, at one moment. */
export interface SurfaceWorld {
  readonly surfaces: Surfaces;
  readonly chat: Chat;
  readonly store: Store;
  /** A member in the channel, unless said otherwise. */
  asked(more?: Partial<Asked>): Asked;
  close(): Promise<void>;
}

export const adminOf: Asker = { role: 'admin', isMemberHere: true, zone: 'Europe/Berlin' };
export const memberOf: Asker = { role: 'member', isMemberHere: true, zone: 'Europe/Berlin' };
export const guestOf: Asker = { role: 'guest', isMemberHere: true };
export { channel, direct };

export async function openSurfaceWorld(
  more: Partial<SurfacesParts> & { readonly world?: SampleWorld; readonly now?: Date } = {},
): Promise<SurfaceWorld> {
  const home = await mkdtemp(join(tmpdir(), 'surfaces-'));
  const store = await openStore({ home });
  const now = more.now ?? new Date(startsAt);
  const shared = { clock: { now: () => now }, log: more.log ?? silentLog };
  let ids = 0;
  const desk = createDesk({ store: createMemoryStore(more.world).store, ...shared });
  const settings = createWorkspaceSettings({ store, ...shared });
  const rules = subscriptionRulesFrom(settings);
  const newId = (): string => `abcdefg${String(234 + ids++)}`;
  const subscribing = {
    subscriptions: createSubscriptions({ store, ...shared, rules, minIntervalMinutes: 60, newId }),
    watchList: createWatchList({ store, ...shared, rules }),
  };
  const parts = { desk, settings, threads: createThreads({ store: {}, ...shared }), subscribing, ...shared };
  return {
    surfaces: createSurfaces({ ...parts, ...more }),
    chat: createChat(parts),
    store,
    asked: (asked = {}) => ({ place: channel, person: 'T1/U1', asker: memberOf, now, ...asked }),
    close: async () => {
      await store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
