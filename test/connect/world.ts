import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SyncDeps } from '../../src/connect/sync.ts';
import type { Connection, Connector, SyncContext, SyncStep } from '../../src/connect/types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store, StoredConnection } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { acmeBundle } from '../e2e/cli-fixtures.ts';

/** What the connector of a test does at one sync. */
export type Script = (context: SyncContext) => AsyncIterable<SyncStep>;

/** An empty database, a clock that is set by hand, and a connector that follows a script. */
export interface SyncWorld {
  readonly store: Store;
  readonly deps: SyncDeps;
  /** Epoch milliseconds; moved by the test. */
  now: number;
  /** What the connector does from now on. */
  script: Script;
  connect(changes?: Partial<Connection>): Promise<void>;
  stored(name?: string): Promise<StoredConnection>;
  titles(): Promise<readonly string[]>;
}

export const syncStart: number = Date.parse('2026-01-20T03:00:00Z');

export async function createSyncWorld(env: Readonly<Record<string, string>> = {}): Promise<SyncWorld> {
  const home = mkdtempSync(join(tmpdir(), 'threatbrief-sync-'));
  const store = await openStore({ home });
  onTestFinished(async () => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });
  let owners = 0;
  const connector: Connector = {
    kind: 'scripted',
    title: 'A script of a test',
    options: {},
    sync: (context) => world.script(context),
  };
  const world: SyncWorld = {
    store,
    now: syncStart,
    script: () => steps([]),
    deps: {
      store,
      clock: { now: () => new Date(world.now) },
      log: silentLog,
      keys: {
        env,
        readFile: () => {
          throw new Error('no file');
        },
      },
      random: () => 0.5,
      newOwner: () => {
        owners += 1;
        return `owner ${owners}`;
      },
      connectorOf: (kind) => (kind === connector.kind ? connector : undefined),
    },
    connect: async (changes = {}) => {
      const connection = {
        name: 'acme',
        kind: 'scripted',
        url: 'https://acme.example/',
        every: '6h',
        ...changes,
      };
      await store.addConnection(connection, { now: world.now, nextRunAt: world.now });
    },
    stored: async (name = 'acme') => {
      const found = (await store.connections()).find((one) => one.connection.name === name);
      if (found === undefined) throw new Error(`nothing is connected as ${name}`);
      return found;
    },
    titles: async () => {
      const found: string[] = [];
      for await (const { record } of store.records()) found.push(record.title);
      return found;
    },
  };
  return world;
}

export async function* steps(all: readonly SyncStep[]): AsyncGenerator<SyncStep> {
  yield* all;
}

/** A document with an actor of this name. */
export function documentStep(place: string, name: string, series: number): SyncStep {
  return {
    kind: 'document',
    place,
    bytes: new TextEncoder().encode(JSON.stringify(acmeBundle([], name, series))),
  };
}
