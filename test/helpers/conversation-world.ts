import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditTrail } from '../../src/chat/audit.ts';
import { auditedChat } from '../../src/chat/audit-chat.ts';
import { createAuditReader } from '../../src/chat/audit-reader.ts';
import { createChangeWindows } from '../../src/chat/change-windows.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createComposeDelivery } from '../../src/chat/compose-delivery.ts';
import { createDesk, type Desk, type DeskParts } from '../../src/chat/desk.ts';
import type { Deed, Who } from '../../src/chat/permission-rules.ts';
import { createSubscriptions } from '../../src/chat/subscriptions.ts';
import { createSurfaces } from '../../src/chat/surfaces.ts';
import type { Surfaces } from '../../src/chat/surfaces-types.ts';
import { createThreads } from '../../src/chat/threads.ts';
import type { Chat } from '../../src/chat/types.ts';
import { createWatchList } from '../../src/chat/watch-list.ts';
import {
  createWorkspaceSettings,
  subscriptionRulesFrom,
  type WorkspaceSettings,
} from '../../src/chat/workspace-settings.ts';
import { openPermissions } from '../../src/compose/permissions.ts';
import { createSourceChanges } from '../../src/compose/source-changes.ts';
import type { SourceRecord } from '../../src/domain/record.ts';
import type { ComposeDelivery } from '../../src/schedule/types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createChanges } from './changes.ts';
import { createMemoryStore, fakeId, sampleRecords, stored } from './knowledge.ts';

/** The whole bot over the invented actors, one actor with many tools more, and a real database. */
export interface ConversationWorld {
  readonly chat: Chat;
  readonly surfaces: Surfaces;
  readonly store: Store;
  readonly compose: ComposeDelivery;
  readonly desk: Desk;
  /** Lets hours pass, whatever clock a platform's adapter has; after one hour something new is known of APT900. */
  pass(hours: number): void;
  /** What the workspace of whoever asks chose for a permission, from now on. */
  allow(deed: Deed, who: Who): void;
  /** Makes all reading fail. */
  fail(error: Error | undefined): void;
  close(): Promise<void>;
}

const conversationStart = new Date('2026-11-22T12:00:00Z');
const hourMs = 3_600_000;
/** As many as need several pages. */
export const toolCount = 60;

const owl = fakeId('intrusion-set', 900);

function toolName(number: number): string {
  return `OwlTool${String(number).padStart(2, '0')}`;
}

function owlRecords(): readonly SourceRecord[] {
  const about = { types: ['intrusion-set'], id: owl, create: false } as const;
  const tools = Array.from({ length: toolCount }, (_, index) => {
    const id = fakeId('malware', 900 + index);
    return { id, name: toolName(index + 1), number: index };
  });
  const entity = (id: typeof owl, type: 'intrusion-set' | 'malware', name: string): SourceRecord => ({
    externalId: id,
    title: name,
    entity: { type, id, name, externalIds: [] },
    claims: [],
  });
  return [
    entity(owl, 'intrusion-set', 'Barn Owl'),
    ...tools.map(({ id, name }) => entity(id, 'malware', name)),
    ...tools.map(
      ({ id, number }): SourceRecord => ({
        externalId: `relationship--00000000-0000-4000-8000-${String(5_000 + number).padStart(12, '0')}`,
        title: 'uses',
        claims: [{ predicate: 'uses', subject: about, target: { types: ['malware'], id, create: false } }],
      }),
    ),
  ];
}

/** @param known what is known in place of the invented actors */
export async function openConversationWorld(known?: DeskParts['store']): Promise<ConversationWorld> {
  const home = await mkdtemp(join(tmpdir(), 'conversation-'));
  const store = await openStore({ home });
  let nowMs = conversationStart.getTime();
  const clock = { now: () => new Date(nowMs) };
  const { claim } = createChanges(new Date(nowMs + 25 * hourMs));
  const memory = createMemoryStore({
    records: [...sampleRecords, ...owlRecords().map((record) => stored('alpha', record))],
    changes: [claim('alpha', 'targets-sector', 'Shipyards')],
  });
  const shared = { clock, log: silentLog };
  const reading = known ?? memory.store;
  const desk = createDesk({ store: { ...reading, connections: () => store.connections() }, ...shared });
  const chosen = createWorkspaceSettings({ store, ...shared });
  const allowed = new Map<Deed, Who>();
  const settings: WorkspaceSettings = {
    ...chosen,
    of: async (workspace) => ({ ...(await chosen.of(workspace)), ...Object.fromEntries(allowed) }),
  };
  const permissions = openPermissions({ store, workspaces: settings, settings: { admins: [] }, ...shared });
  const trail = createAuditTrail({ store, log: silentLog, questions: 'text', gatherMs: 1 });
  const sourceChanges = createSourceChanges({
    store,
    desk,
    ...shared,
    filled: Promise.resolve(),
    connectorOf: () => ({ kind: 'none', title: 'Brings nothing', options: {}, sync: async function* () {} }),
  });
  const rules = subscriptionRulesFrom(settings);
  let ids = 0;
  const newId = (): string => `abcdefg${String(234 + ids++)}`;
  const windows = createChangeWindows({ store: reading, desk }, () => nowMs);
  const compose = createComposeDelivery({ desk, store, windows, workspaces: settings });
  const parts = {
    desk,
    settings,
    permissions,
    threads: createThreads({ store, ...shared }),
    subscribing: {
      subscriptions: createSubscriptions({ store, ...shared, rules, minIntervalMinutes: 60, newId }),
      watchList: createWatchList({ store, ...shared, rules }),
      auditReader: createAuditReader({ store, trail }),
      sourceChanges,
      digests: { requestNow: async () => ({ kind: 'queued' }) as const, compose },
    },
    newReference: () => 'ref-4711',
    ...shared,
  };
  return {
    chat: atTime(auditedChat(createChat(parts), trail), clock.now),
    compose,
    surfaces: atTime(createSurfaces(parts), clock.now),
    store,
    desk,
    pass: (hours) => {
      nowMs += hours * hourMs;
    },
    allow: (deed, who) => void allowed.set(deed, who),
    fail: memory.fail,
    close: async () => {
      await sourceChanges.stop();
      await trail.stop();
      await store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The same methods, with the world's time in each request in place of the adapter's. */
function atTime<Port extends object>(port: Port, now: () => Date): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      return typeof method === 'function'
        ? (request: object) => method.call(target, { ...request, now: now() })
        : method;
    },
  });
}
