import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionValue, Card } from '../../src/cards/card.ts';
import { createAuditTrail } from '../../src/chat/audit.ts';
import { auditedChat } from '../../src/chat/audit-chat.ts';
import { createAuditReader } from '../../src/chat/audit-reader.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { createSurfaces } from '../../src/chat/surfaces.ts';
import { createThreads } from '../../src/chat/threads.ts';
import type { Asker, Place, Reply } from '../../src/chat/types.ts';
import { createWorkspaceSettings } from '../../src/chat/workspace-settings.ts';
import { openPermissions } from '../../src/compose/permissions.ts';
import { createSourceChanges } from '../../src/compose/source-changes.ts';
import type { Settings } from '../../src/config/settings.ts';
import type { Connector, SyncStep } from '../../src/connect/types.ts';
import type { AuditEvent } from '../../src/store/delivery-types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore } from './knowledge.ts';

/** A workspace with people who may and may not change sources and read the audit, over a real database and invented actors. */
export interface Operators {
  readonly store: Store;
  readonly now: Date;
  /** What a sync does from now on; at first it brings nothing. */
  sync: () => AsyncIterable<SyncStep>;
  pass(ms: number): void;
  /** Makes everything that changes a source fail as a database that is out. */
  fail(error: Error | undefined): void;
  /** A second after what was said or pressed before. */
  say(text: string, from?: Partial<Speaker>): Promise<Reply>;
  press(value: ActionValue, from?: Partial<Speaker>): Promise<Reply>;
  home(from?: Partial<Speaker>): Promise<Card>;
  changes(): Promise<readonly AuditEvent[]>;
  close(): Promise<void>;
}

export interface Speaker {
  readonly place: Place;
  readonly person: string;
  readonly asker: Asker;
}

export const direct: Place = {
  platform: 'slack',
  id: 'T1/D1',
  workspace: 'slack:T1',
  kind: 'direct',
  ceiling: 'green',
};
export const channel: Place = { ...direct, id: 'T1/C1', kind: 'channel' };
export const admin: Asker = { role: 'admin', isMemberHere: true, zone: 'UTC' };
export const member: Asker = { role: 'member', isMemberHere: true, zone: 'UTC' };
export const guest: Asker = { role: 'guest', isMemberHere: true, zone: 'UTC' };

export async function openOperators(
  settings: Pick<Settings, 'admins'> & Partial<Settings> = { admins: [] },
  services: { readonly withoutSources?: true } = {},
): Promise<Operators> {
  const home = await mkdtemp(join(tmpdir(), 'operators-'));
  const store = await openStore({ home });
  let now = new Date('2026-11-22T22:00:00Z');
  let failure: Error | undefined;
  const clock = { now: () => now };
  const shared = { clock, log: silentLog };
  const connections: Store['connections'] = async () => {
    if (failure !== undefined) throw failure;
    return store.connections();
  };
  const memory = createMemoryStore().store;
  const desk = createDesk({ store: { ...memory, connections: () => store.connections() }, ...shared });
  const workspaces = createWorkspaceSettings({ store, ...shared });
  const permissions = openPermissions({ store, workspaces, settings, ...shared });
  const trail = createAuditTrail({ store, log: silentLog, questions: 'text', gatherMs: 1 });
  const connector: Connector = {
    kind: 'any',
    title: 'What a test says',
    options: {},
    sync: () => world.sync(),
  };
  const changes = createSourceChanges({
    ...shared,
    desk,
    store: new Proxy(store, {
      get: (target, name) => (name === 'connections' ? connections : Reflect.get(target, name)),
    }),
    filled: Promise.resolve(),
    connectorOf: () => connector,
  });
  const subscribing = {
    auditReader: createAuditReader({ store, trail }),
    ...(services.withoutSources === true ? {} : { sourceChanges: changes }),
  };
  const parts = { desk, ...shared, settings: workspaces, permissions, subscribing };
  const chat = auditedChat(createChat(parts), trail);
  const threads = createThreads({ store: {}, ...shared });
  const surfaces = createSurfaces({ ...parts, threads });
  const from = ({ place = direct, person = 'T1/U1', asker = admin }: Partial<Speaker> = {}) => ({
    place,
    person,
    asker,
    now,
  });
  const world: Operators = {
    store,
    get now() {
      return now;
    },
    sync: async function* () {},
    pass: (ms) => {
      now = new Date(now.getTime() + ms);
    },
    fail: (error) => {
      failure = error;
    },
    say: (text, who) => {
      world.pass(1_000);
      return chat.handle({ text, ...from(who) });
    },
    press: (value, who) => {
      world.pass(1_000);
      return chat.handleAction({ value, ...from(who) });
    },
    home: (who) => surfaces.home(from(who)),
    changes: () => store.auditEvents({ since: 0, limit: 100 }),
    close: async () => {
      await changes.stop();
      await trail.stop();
      await store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
  return world;
}
