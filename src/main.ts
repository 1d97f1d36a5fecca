import { readFileSync } from 'node:fs';
import { runCli } from './cli/program.ts';
import type { CommandDesk, IngestRequest, IngestResult, Runtime } from './cli/runtime.ts';
import { readVersion } from './compose/paths.ts';
import { processTerminal } from './compose/terminal.ts';
import { secretValues } from './config/describe-settings.ts';
import { loadSettings } from './config/load-settings.ts';
import type { Settings } from './config/settings.ts';
import type { Tlp } from './domain/tlp.ts';
import type { SpotMentions } from './ingest/types.ts';
import type { Store } from './store/types.ts';
import { systemClock } from './support/clock.ts';
import { createLog, type Log, silentLog } from './support/log.ts';

// The only place that builds real objects and hands them out. What a command does not need is not loaded.

const terminal = processTerminal(process.env);
const clock = systemClock;

function readSettings(): Settings {
  return loadSettings(process.env, (path) => readFileSync(path, 'utf8'));
}

/** A command's own errors go to the person; the log speaks only when it was asked for. */
function commandLog(settings: Settings): Log {
  return process.env['LOG_LEVEL'] === undefined
    ? silentLog
    : createLog({ level: settings.logLevel, secrets: secretValues(settings) });
}

async function openCommandDesk(ceiling: Tlp): Promise<CommandDesk> {
  const settings = readSettings();
  const [{ openDesk }, { forWorkspace }, { localWorkspace }, { openWorkspaces }, { createCommandRecords }] =
    await Promise.all([
      import('./compose/open-desk.ts'),
      import('./chat/for-workspace.ts'),
      import('./chat/destination.ts'),
      import('./compose/workspaces.ts'),
      import('./compose/command-records.ts'),
    ]);
  const log = commandLog(settings);
  const { desk: plainDesk, store } = await openDesk(settings, clock, log);
  const workspaces = openWorkspaces(settings, { store, clock, log });
  const desk = forWorkspace(plainDesk, await workspaces.of(localWorkspace));
  const records = createCommandRecords(desk, { store, settings, clock, log });
  // The index is built now, so that the time of the first answer is that of answering.
  const { index } = await desk.contextAt(ceiling);
  Array.from(index.prepare());
  return {
    ask: records.ask,
    why: records.why,
    digest: (request) => desk.digest(request),
    diff: (options) => desk.diff(options),
    stats: (at) => desk.stats(at),
    export: async (text, form, at) => {
      const { exportAnswer } = await import('./export/export-answer.ts');
      const answer = await desk.ask(text, at, { whole: true });
      const plain = form === 'json' ? await runtime.renderCard(answer.card, 'plain', at) : '';
      return exportAnswer(answer, form, await desk.contextAt(at), plain);
    },
    close: async () => {
      await records.close();
      await store.close();
    },
  };
}

async function ingest(places: readonly string[], request: IngestRequest): Promise<IngestResult> {
  const settings = readSettings();
  const [{ openPreparedStore }, { ingestPaths }, { exitCodeOf, renderIngestSummary }] = await Promise.all([
    import('./compose/prepared-store.ts'),
    import('./ingest/ingest.ts'),
    import('./ingest/summary.ts'),
  ]);
  const store = await openPreparedStore(settings, clock);
  const spot = commandSpotter(store, settings);
  try {
    const summary = await ingestPaths(places, request, { store, clock, spot });
    return { summary, text: renderIngestSummary(summary), exitCode: exitCodeOf(summary) };
  } finally {
    await store.close();
  }
}

/** Loads what finds names when the first text comes: most imports have none that is new. */
function commandSpotter(store: Store, settings: Settings): SpotMentions {
  let spotter: Promise<SpotMentions> | undefined;
  const load = async (): Promise<SpotMentions> => {
    const [{ openIdentity }, { storeSpotter }] = await Promise.all([
      import('./compose/identity.ts'),
      import('./compose/spotter.ts'),
    ]);
    return storeSpotter({ store, identity: () => openIdentity(settings) });
  };
  return async (text, ceiling) => {
    spotter ??= load();
    return (await spotter)(text, ceiling);
  };
}

const runtime: Runtime = {
  terminal,
  clock,
  openDesk: openCommandDesk,
  ingest,
  openSources: async () => {
    const settings = readSettings();
    const { openSourceDesk } = await import('./compose/source-desk.ts');
    return openSourceDesk(settings, clock, commandLog(settings));
  },
  openSubscriptions: async () => {
    const settings = readSettings();
    const { openSubscriptionDesk } = await import('./compose/subscription-desk.ts');
    return openSubscriptionDesk(settings, clock, commandLog(settings));
  },
  openDeliveries: async () => {
    const settings = readSettings();
    const { openDeliveryDesk } = await import('./compose/delivery-desk.ts');
    return openDeliveryDesk(settings, clock, commandLog(settings));
  },
  openAudit: async () => {
    const settings = readSettings();
    const { openAuditDesk } = await import('./compose/audit-desk.ts');
    return openAuditDesk(settings, clock, commandLog(settings));
  },
  moveStore: async () => {
    const { moveStore } = await import('./compose/move-store.ts');
    return moveStore(readSettings(), clock);
  },
  resealSecrets: async () => {
    const { resealSecrets } = await import('./compose/reseal-secrets.ts');
    return resealSecrets(readSettings());
  },
  startServer: async () => {
    const settings = readSettings();
    const { startServer } = await import('./compose/server.ts');
    return startServer(settings, clock);
  },
  checks: async () => {
    const { runChecks } = await import('./compose/checks.ts');
    return runChecks(readSettings, clock, silentLog);
  },
  slackManifest: async (options) => {
    const { slackManifest } = await import('./chat/slack/manifest.ts');
    return slackManifest(options);
  },
  writeTeamsPackage: async ({ url, appId, out }) => {
    const { writeTeamsPackage } = await import('./compose/manifests.ts');
    return writeTeamsPackage({ url, out, appId: appId ?? readSettings().teamsAppId });
  },
  saveFile: async (path, text) => {
    const { saveFile } = await import('./compose/save-file.ts');
    return saveFile(path, text);
  },
  renderCard: async (card, form, ceiling) => {
    const [{ renderCard }, { clearFor }] = await Promise.all([
      import('./compose/render-card.ts'),
      import('./cards/cleared.ts'),
    ]);
    return renderCard(clearFor(card, ceiling), form, terminal);
  },
};

process.exitCode = await runCli(process.argv.slice(2), readVersion(), runtime);
