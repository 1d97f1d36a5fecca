import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBoundFetch, type SyncLimits } from '../../src/connect/bound-fetch.ts';
import { ingestOptionsOf } from '../../src/connect/ingest-options.ts';
import { SyncFailure } from '../../src/connect/sync-failure.ts';
import type { Connection, Connector, SyncContext, SyncState, SyncStep } from '../../src/connect/types.ts';
import { openIngest } from '../../src/ingest/ingest.ts';
import type { FileReport } from '../../src/ingest/types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import {
  type LoopbackAnswer,
  type LoopbackHandler,
  type LoopbackServer,
  startLoopbackServer,
} from '../helpers/loopback-server.ts';

/** A server of the connector's protocol with a little good data, and how an operator connects it. */
export interface ConnectorSample {
  readonly name: string;
  /** What a server at `origin` (`http://127.0.0.1:PORT`) is connected with; what is absent is made up here. */
  readonly connection: (origin: string) => Partial<Connection>;
  /** How the good server answers. */
  readonly answer: LoopbackHandler;
  /** The key, where the server wants one: at least six characters, found nowhere else in the sample. */
  readonly key?: string;
}

/** What every connector promises, whatever its protocol. */
export function describeConnectorContract(connector: Connector, samples: readonly ConnectorSample[]): void {
  describe.each(samples)(`${connector.kind} keeps the contract of a connector: $name`, (sample) => {
    let whole: Undisturbed | undefined;
    /** What a sync brings that nothing gets in the way of; found out once. */
    async function undisturbed(): Promise<Undisturbed> {
      if (whole !== undefined) return whole;
      const world = await createWorld(connector, sample);
      const { steps } = await world.sync();
      whole = { steps, records: await world.records() };
      return whole;
    }

    it('brings documents that importers take', async () => {
      const world = await createWorld(connector, sample);

      const run = await world.sync();

      expect(run.failure).toBeUndefined();
      expect(run.rejected).toEqual([]);
      expect(run.files.length).toBeGreaterThan(0);
      expect(await world.records()).not.toEqual([]);
    });

    it('brings nothing, or only what is known, when it goes on from where it was', async () => {
      const world = await createWorld(connector, sample);
      const first = await world.sync();
      const before = await world.records();

      const second = await world.sync(first.state);

      expect(second.failure).toBeUndefined();
      expect(second.rejected).toEqual([]);
      for (const file of second.files) expect(file).toMatchObject({ new: 0, changed: 0, withdrawn: 0 });
      expect(await world.records()).toEqual(before);
    });

    it('keeps as its state what JSON can carry', async () => {
      const world = await createWorld(connector, sample);

      const { states } = await world.sync();

      expect(states.length).toBeGreaterThan(0);
      for (const state of states) expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    });

    it('shows the key to the server alone: in no address, no state, no name of a document', async () => {
      const world = await createWorld(connector, sample);

      const run = await world.sync();

      const told = JSON.stringify([run.states, run.texts, world.server.requests.map(({ path }) => path)]);
      for (const secret of secretsOf(sample)) expect(told).not.toContain(secret);
    });

    it('loses nothing when it is interrupted after any step and goes on from its last state', async () => {
      const { steps, records: expected } = await undisturbed();

      for (const stopAfter of cuts(steps)) {
        const world = await createWorld(connector, sample);
        const first = await world.sync({}, stopAfter);
        const second = await world.sync(first.state);

        expect(second.failure, `after step ${stopAfter}`).toBeUndefined();
        expect(await world.records(), `after step ${stopAfter}`).toEqual(expected);
      }
    });

    it.each(faults)(
      'says what is wrong with a server that $name, and catches up later',
      async ({ answer, isOutage }) => {
        const { records: expected } = await undisturbed();
        const world = await createWorld(connector, sample);
        world.server.answer(answer);

        const bad = await world.sync();
        world.server.answer(sample.answer);
        const good = await world.sync(bad.state);

        expectToldWithoutSecrets(bad, sample);
        if (isOutage !== undefined) expect(bad.failure?.isOutage).toBe(isOutage);
        expect(bad.steps.filter(({ kind }) => kind === 'present')).toEqual([]);
        expect(good.failure).toBeUndefined();
        expect(await world.records()).toEqual(expected);
      },
    );

    it('withdraws nothing when a server that was good fails', async () => {
      const world = await createWorld(connector, sample);
      const first = await world.sync();
      const before = await world.records();

      for (const { answer } of faults) {
        world.server.answer(answer);
        const bad = await world.sync(first.state);
        expect(bad.steps.filter(({ kind }) => kind === 'present')).toEqual([]);
      }

      expect(await world.records()).toEqual(before);
    });

    it('tells of a server that is gone as an outage', async () => {
      const world = await createWorld(connector, sample);
      await world.server.close();

      const bad = await world.sync();

      expectToldWithoutSecrets(bad, sample);
      expect(bad.failure?.isOutage).toBe(true);
    });

    it('follows no redirect to a host that is not allowed, and sends nothing there', async () => {
      const world = await createWorld(connector, sample);
      const elsewhere = await startLoopbackServer(sample.answer);
      world.server.answer(({ path }) => ({ status: 302, headers: { location: elsewhere.origin + path } }));

      const bad = await world.sync();

      expectToldWithoutSecrets(bad, sample);
      expect(elsewhere.requests).toEqual([]);
    });

    it('asks no private address unless the operator allowed it', async () => {
      const world = await createWorld(connector, sample, { allowPrivate: false });

      const bad = await world.sync();

      expectToldWithoutSecrets(bad, sample);
      expect(bad.failure?.message).toContain('not a public address');
      expect(world.server.requests).toEqual([]);
    });
  });
}

interface Undisturbed {
  readonly steps: readonly SyncStep[];
  readonly records: readonly string[];
}

/** What became of one sync. */
interface SyncRun {
  readonly steps: readonly SyncStep[];
  readonly states: readonly SyncState[];
  /** The last state, or the one that the sync began with. */
  readonly state: SyncState;
  readonly files: readonly FileReport[];
  /** Reasons of everything that was rejected, by the connector or by an importer. */
  readonly rejected: readonly string[];
  readonly failure: SyncFailure | undefined;
  /** Everything that may be shown to people. */
  readonly texts: readonly string[];
}

interface World {
  readonly server: LoopbackServer;
  /** Syncs on from a state; ends early when as many steps as `stopAfter` are done. */
  sync(state?: SyncState, stopAfter?: number): Promise<SyncRun>;
  records(): Promise<readonly string[]>;
}

/** Small, so that an endless answer ends soon. */
const limits: SyncLimits = {
  maxBytes: 2 * 1024 * 1024,
  maxFileBytes: 2 * 1024 * 1024,
  timeouts: { connectMs: 2_000, headersMs: 2_000, bodyMs: 2_000, totalMs: 5_000 },
};

async function createWorld(
  connector: Connector,
  sample: ConnectorSample,
  changes: Partial<Connection> = {},
): Promise<World> {
  const server = await startLoopbackServer(sample.answer);
  const home = mkdtempSync(join(tmpdir(), 'threatbrief-connector-'));
  const store = await openStore({ home });
  onTestFinished(async () => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });
  const connection: Connection = {
    name: 'sample',
    kind: connector.kind,
    url: server.origin,
    every: '6h',
    allowPrivate: true,
    ...(sample.key === undefined ? {} : { keyEnv: 'SAMPLE_KEY' }),
    ...sample.connection(server.origin),
    ...changes,
  };
  const clock = { now: () => new Date('2026-01-20T03:00:00Z') };
  let files = 0;
  return {
    server,
    sync: (state = {}, stopAfter = Number.POSITIVE_INFINITY) => {
      const context: SyncContext = {
        connection,
        state: JSON.parse(JSON.stringify(state)) as SyncState,
        fetch: createBoundFetch(connection, limits),
        clock,
        newFile: () => {
          files += 1;
          return join(home, `answer ${files}`);
        },
        ...(sample.key === undefined ? {} : { key: sample.key }),
      };
      return runSync(connector, context, store, stopAfter);
    },
    records: async () => {
      const found: string[] = [];
      for await (const { source, record } of store.records()) found.push(JSON.stringify([source, record]));
      return found;
    },
  };
}

async function runSync(
  connector: Connector,
  context: SyncContext,
  store: Store,
  stopAfter: number,
): Promise<SyncRun> {
  const ingest = openIngest(ingestOptionsOf(context.connection), { store, clock: context.clock });
  const steps: SyncStep[] = [];
  const files = new Map<string, FileReport>();
  const all: FileReport[] = [];
  let failure: SyncFailure | undefined;
  try {
    if (stopAfter > 0) {
      const wasTaken = (place: string): boolean => files.get(place)?.status !== 'rejected';
      for await (const step of connector.sync({ ...context, wasTaken })) {
        steps.push(step);
        if (step.kind === 'document') {
          const file = await ingest.add(step);
          files.set(step.place, file);
          all.push(file);
        } else if (step.kind === 'present') {
          await store.keepOnly(step.source, step.externalIds, context.clock.now().getTime());
        }
        if (steps.length >= stopAfter) break;
      }
    }
  } catch (error) {
    if (!(error instanceof SyncFailure)) throw error;
    failure = error;
  } finally {
    await ingest.close();
  }
  const { rejections, notices } = ingest.summary();
  const own = steps.flatMap((step) => (step.kind === 'rejection' ? [step.rejection] : []));
  const states = steps.flatMap((step) => (step.kind === 'state' ? [step.state] : []));
  const told = steps.flatMap((step) => (step.kind === 'notice' ? [step.notice] : []));
  return {
    steps,
    states,
    state: states.at(-1) ?? context.state,
    files: all,
    rejected: [...own, ...rejections].map(({ reason }) => reason),
    failure,
    texts: [
      ...[...own, ...rejections, ...notices, ...told].map((one) => JSON.stringify(one)),
      ...all.map(({ place }) => place),
      ...(failure === undefined
        ? []
        : [failure.message, failure.cause instanceof Error ? failure.cause.message : '']),
    ],
  };
}

function expectToldWithoutSecrets(run: SyncRun, sample: ConnectorSample): void {
  const reasons = [...run.rejected, ...(run.failure === undefined ? [] : [run.failure.message])];
  expect(reasons.length).toBeGreaterThan(0);
  for (const reason of reasons) expect(reason.length).toBeGreaterThan(10);
  for (const secret of secretsOf(sample)) expect(run.texts.join('\n')).not.toContain(secret);
}

/** The key in the forms in which it might be told. */
function secretsOf({ key }: ConnectorSample): readonly string[] {
  return key === undefined
    ? []
    : [key, encodeURIComponent(key), Buffer.from(key).toString('base64').replace(/=+$/, '')];
}

const maxCuts = 12;

/** Numbers of steps after which a sync is cut: all of them where they are few. */
function cuts(steps: readonly SyncStep[]): readonly number[] {
  const stride = Math.max(1, Math.ceil(steps.length / maxCuts));
  const some = Array.from({ length: Math.ceil(steps.length / stride) }, (_, index) => 1 + index * stride);
  return some.filter((count) => count < steps.length);
}

interface Fault {
  readonly name: string;
  readonly answer: (request: unknown) => LoopbackAnswer;
  /** Where only one of the two is right. */
  readonly isOutage?: boolean;
}

const html = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>';

/** A fixed answer to whatever is asked. */
const faults: readonly Fault[] = [
  { name: 'answers 500', answer: () => ({ status: 500, body: 'oops' }), isOutage: true },
  {
    name: 'is busy',
    answer: () => ({ status: 429, headers: { 'retry-after': '30' }, body: 'slow down' }),
    isOutage: true,
  },
  { name: 'refuses the key', answer: () => ({ status: 401, body: html }), isOutage: false },
  { name: 'forbids it', answer: () => ({ status: 403, body: '{"message": "no"}' }), isOutage: false },
  { name: 'has nothing there', answer: () => ({ status: 404, body: html }), isOutage: false },
  {
    name: 'answers with a page for people',
    answer: () => ({ headers: { 'content-type': 'text/html' }, body: html }),
  },
  {
    name: 'answers with garbage',
    answer: () => ({ body: Uint8Array.from({ length: 999 }, (_, n) => n * 7) }),
  },
  { name: 'answers with cut JSON', answer: () => ({ body: '{"response": [{"Event": {"uuid": "' }) },
  { name: 'never ends its answer', answer: () => ({ endless: true }) },
  { name: 'redirects for ever', answer: () => ({ status: 302, headers: { location: '/again' } }) },
];
