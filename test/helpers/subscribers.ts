import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionValue } from '../../src/cards/card.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { DigestDesk } from '../../src/chat/digest-desk.ts';
import type { SubscriptionRule } from '../../src/chat/subscription-rules.ts';
import { createSubscriptions } from '../../src/chat/subscriptions.ts';
import type { Asker, Place, Reply } from '../../src/chat/types.ts';
import { createWatchList } from '../../src/chat/watch-list.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore } from './knowledge.ts';

/** People who subscribe in a Slack workspace, over a real database and the invented actors. */
export interface Subscribers {
  readonly store: Store;
  /** Changes what the workspace allows. */
  allow(rule: Partial<SubscriptionRule>): void;
  setTime(iso: string): void;
  say(text: string, from?: Partial<Speaker>): Promise<Reply>;
  press(value: ActionValue): Promise<Reply>;
  close(): Promise<void>;
}

export interface Speaker {
  readonly place: Place;
  readonly person: string;
  readonly asker: Asker | undefined;
}

export const channel: Place = {
  platform: 'slack',
  id: 'T1/C1',
  workspace: 'slack:T1',
  kind: 'channel',
  ceiling: 'green',
};
export const thread: Place = { ...channel, id: 'T1/C1/1700000000.1', thread: 'T1/C1/1700000000.1' };
export const direct: Place = { ...channel, id: 'T1/D1', kind: 'direct' };
export const member: Asker = { role: 'member', isMemberHere: true, zone: 'Europe/Berlin' };

/** Sunday, an hour before midnight in Berlin. */
export const startsAt = '2026-11-22T22:00:00Z';

export async function openSubscribers(digests?: DigestDesk): Promise<Subscribers> {
  const home = await mkdtemp(join(tmpdir(), 'subscribers-'));
  const store = await openStore({ home });
  let now = new Date(startsAt);
  let rule: SubscriptionRule = { who: 'members', guests: false };
  let ids = 0;
  const clock = { now: () => now };
  const rules = { of: async () => rule };
  const newId = (): string => `abcdefg${String(234 + ids++)}`;
  const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog });
  const subscribing = {
    subscriptions: createSubscriptions({ store, clock, rules, minIntervalMinutes: 60, newId }),
    watchList: createWatchList({ store, clock, rules }),
    ...(digests === undefined ? {} : { digests }),
  };
  const chat = createChat({ desk, clock, log: silentLog, subscribing });
  return {
    store,
    allow: (change) => {
      rule = { ...rule, ...change };
    },
    setTime: (iso) => {
      now = new Date(iso);
    },
    say: (text, { place = channel, person = 'T1/U1', ...from } = {}) => {
      const asker = 'asker' in from ? from.asker : member;
      return chat.handle({ text, place, person, now, ...(asker === undefined ? {} : { asker }) });
    },
    press: (value) => chat.handleAction({ value, place: channel, person: 'T1/U1', now, asker: member }),
    close: async () => {
      await store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
