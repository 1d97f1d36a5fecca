import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk, type Desk } from '../../src/chat/desk.ts';
import { withLinks } from '../../src/chat/link-actions.ts';
import { createRecentLookups } from '../../src/chat/recent.ts';
import { createSurfaces } from '../../src/chat/surfaces.ts';
import type { Surfaces } from '../../src/chat/surfaces-types.ts';
import { createThreads } from '../../src/chat/threads.ts';
import type { Asker, Chat, Place } from '../../src/chat/types.ts';
import { createAnswerRecords } from '../../src/compose/answer-records.ts';
import { createDelivering } from '../../src/compose/deliveries.ts';
import { failedIn } from '../../src/compose/failed-deliveries.ts';
import { openPermissions } from '../../src/compose/permissions.ts';
import { createSourceChanges } from '../../src/compose/source-changes.ts';
import { createSubscribing } from '../../src/compose/subscribing.ts';
import { openWorkspaces } from '../../src/compose/workspaces.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import type { Settings } from '../../src/config/settings.ts';
import { type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import { createIdentitySource } from '../../src/identity/identity-source.ts';
import { ingestPaths } from '../../src/ingest/ingest.ts';
import type { ComposeDelivery } from '../../src/schedule/types.ts';
import { createApp } from '../../src/server/app.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import type { Clock } from '../../src/support/clock.ts';
import { createLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import {
  type Canaries,
  clearEvent,
  commonBundle,
  cousinsBundle,
  createCanaries,
  identityFile,
  levelEvent,
  markdownReport,
  producerBundle,
} from './leak-fixtures.ts';

/** A server's parts over a database that holds a canary in every field at every marking, wired as a server wires them. */
export interface LeakWorld {
  readonly canaries: Canaries;
  readonly settings: Settings;
  readonly store: Store;
  readonly desk: Desk;
  readonly chat: Chat;
  readonly surfaces: Surfaces;
  /** What is delivered. */
  readonly compose: ComposeDelivery;
  readonly app: ReturnType<typeof createApp>;
  readonly clock: Clock;
  readonly now: Date;
  /** Every line that was logged, at debug. */
  readonly logged: readonly string[];
  /** Of this test alone. */
  readonly folder: string;
  /** Resolves when the audit is written. */
  written(): Promise<void>;
  close(): Promise<void>;
}

export const member: Asker = { role: 'member', isMemberHere: true, zone: 'Europe/Berlin' };
export const admin: Asker = { role: 'admin', isMemberHere: true, zone: 'Europe/Berlin' };

/** One channel, as it is while its readers may see what the ceiling says. */
export function channelAt(ceiling: Tlp): Place {
  return {
    platform: 'slack',
    id: 'T1/C1',
    workspace: 'slack:T1',
    kind: 'channel',
    thread: 'T1/C1/1.1',
    ceiling,
  };
}

export async function openLeakWorld(): Promise<LeakWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'threatbrief-leak-'));
  const canaries = createCanaries();
  const logged: string[] = [];
  const log = createLog({ level: 'debug' }, { write: (line) => void logged.push(line) });
  const settings = loadSettings({ THREATBRIEF_HOME: join(folder, 'home') }, () => '');
  const store = await openStore({ home: settings.home });
  const now = new Date('2026-01-20T03:00:00Z');
  let time = new Date('2026-01-12T03:00:00Z');
  const clock = { now: () => time };
  await ingestPaths([writeFirst(folder, canaries)], {}, { store, clock });
  time = new Date('2026-01-19T03:00:00Z');
  const summary = await ingestPaths([writeAll(folder, canaries)], {}, { store, clock });
  if (summary.rejections.length > 0) throw new Error(JSON.stringify(summary.rejections));
  time = now;
  const identity = createIdentitySource([{ path: writeIn(folder, 'identity.yaml', identityFile(canaries)) }]);
  const desk = createDesk({ store, clock, log, identity });
  await desk.refresh();

  const filled = Promise.resolve();
  const metrics = createMetrics();
  const workspaces = openWorkspaces(settings, { store, clock, log });
  const permissions = openPermissions({ store, workspaces, settings, clock, log });
  const threads = createThreads({ store, clock, log });
  let ms = 0;
  // Each minute is another one, so that nobody is over a limit.
  const nowMs = (): number => (ms += 60_000);
  const records = createAnswerRecords({ store, settings, clock, log, metrics, filled, nowMs });
  const shared = { desk, store, workspaces, settings, clock, log, metrics, filled };
  const { digests } = createDelivering({ ...shared, noted: records.digests });
  const sourceChanges = createSourceChanges({
    ...shared,
    connectorOf: () => ({ kind: 'none', title: 'Brings nothing', options: {}, sync: async function* () {} }),
  });
  await connectSources(store, canaries, now);
  const services = { ...records.services, digests, sourceChanges };
  const subscribing = { ...createSubscribing({ store, clock, workspaces, settings }), ...services };
  const answerParts = { desk, clock, log, settings: workspaces, permissions, threads, subscribing };
  const chat = withLinks(records.chat(createChat(answerParts)), 'https://tb.example');
  const recent = createRecentLookups({ store, desk, log });
  const surfaces = records.surfaces(createSurfaces({ ...answerParts, recent, failed: failedIn(digests) }));
  const app = createApp({
    chat,
    metrics,
    clock,
    log,
    ready: async () => ({ ready: true, parts: {} }),
    playground: { ceiling: 'green', examples: [], asset: async () => undefined, suggest: async () => [] },
  });
  return {
    canaries,
    settings,
    store,
    desk,
    chat,
    surfaces,
    compose: records.digests(digests.compose),
    app,
    clock,
    now,
    logged,
    folder,
    written: () => records.trail.flush(),
    close: async () => {
      await sourceChanges.stop();
      await records.trail.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A connected source of each marking, which fails in words of its own. */
async function connectSources(store: Store, canaries: Canaries, time: Date): Promise<void> {
  const now = time.getTime();
  for (const level of tlpLevels) {
    const name = canaries.word(level, 'connection');
    const connection = { name, kind: 'none', url: 'https://example.com/', every: '6h', marking: level };
    await store.addConnection(connection, { now, nextRunAt: now + 3_600_000 });
    await store.leaseConnection(name, { owner: 'one', now, until: now + 1 });
    const error = `${canaries.word(level, 'failure')} did not answer`;
    await store.endSync(name, 'one', {
      kind: 'failure',
      at: now,
      nextRunAt: now + 3_600_000,
      sources: [],
      error,
    });
  }
}

/** What was there a week before, so that the rest is news. */
function writeFirst(folder: string, canaries: Canaries): string {
  const files = join(folder, 'first');
  mkdirSync(files);
  writeIn(files, 'cousins.json', cousinsBundle());
  for (const [index, level] of tlpLevels.entries())
    writeIn(files, `producer-${index}.json`, producerBundle(canaries, level, 900 + index, 'before'));
  return files;
}

function writeAll(folder: string, canaries: Canaries): string {
  const files = join(folder, 'files');
  mkdirSync(files);
  writeIn(files, 'common.json', commonBundle(canaries));
  writeIn(files, 'event.json', clearEvent(canaries));
  for (const [index, level] of tlpLevels.entries()) {
    writeIn(files, `producer-${index}.json`, producerBundle(canaries, level, 900 + index));
    writeIn(files, `event-${index}.json`, levelEvent(canaries, level, 810 + index));
    writeIn(files, `report-${index}.md`, markdownReport(canaries, level));
  }
  return files;
}

function writeIn(folder: string, name: string, content: object | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
