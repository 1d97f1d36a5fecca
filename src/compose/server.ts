import { prepareLists } from '../briefing/prepare-lists.ts';
import { createChat } from '../chat/chat.ts';
import type { Desk } from '../chat/desk.ts';
import { withLinks } from '../chat/link-actions.ts';
import { createPlaceNews } from '../chat/place-news.ts';
import { createRecentLookups } from '../chat/recent.ts';
import { createSharedSeenEvents } from '../chat/seen-events.ts';
import { createSurfaces } from '../chat/surfaces.ts';
import { createThreads } from '../chat/threads.ts';
import type { RunningServer } from '../cli/runtime.ts';
import { secretValues } from '../config/describe-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { PlaygroundSettings } from '../playground/api.ts';
import { createPlaygroundDelivery } from '../playground/deliver.ts';
import { createPlaygroundMessages } from '../playground/messages.ts';
import { startTicker, type Ticker } from '../schedule/ticker.ts';
import type { DeliveryPlatform } from '../schedule/types.ts';
import { createFront } from '../server/app.ts';
import { listen } from '../server/listen.ts';
import { measuredChat } from '../server/measured-chat.ts';
import { createPlaygroundAssets } from '../server/playground-assets.ts';
import type { ReadyReport } from '../server/types.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import { inTurns } from '../support/in-turns.ts';
import { keepHeapSmall } from '../support/keep-heap-small.ts';
import { createLog, type Log } from '../support/log.ts';
import { createMetrics } from '../support/metrics.ts';
import { createAnswerRecords } from './answer-records.ts';
import { type ConnectedSources, createConnectedSources } from './connected-sources.ts';
import { createDelivering, type Delivering } from './deliveries.ts';
import { failedIn } from './failed-deliveries.ts';
import { measureLoopDelay } from './loop-delay.ts';
import { openServingDesk } from './open-desk.ts';
import { openPermissions } from './permissions.ts';
import { createPlatforms, type Platforms } from './platforms.ts';
import { slackInstallsOf } from './slack-installs.ts';
import { createSlackUpkeep, type SlackUpkeep } from './slack-upkeep.ts';
import { createSourceChanges } from './source-changes.ts';
import { createSubscribing } from './subscribing.ts';
import { createSuggest } from './suggest.ts';
import { insightAccess, pageAccess } from './web-access.ts';
import { openWorkspaces } from './workspaces.ts';

const examples = [
  'APT39',
  'remix kiten',
  'is APT39 Iranian',
  'compare APT28 and APT29',
  'iranian groups targeting telecom',
  'T1566, T1059.001, T1003: who matches',
  'who uses Mimikatz',
  'CVE-2017-11882',
  'Winnti',
  'why APT39 chafer',
  'subscribe weekdays at 8 sector:telecom',
  'help',
];

const nowMs = (): number => performance.now();
/** What the page shows on this machine; elsewhere there is no page. */
const playgroundCeiling: Tlp = 'green';

/** One part's way to end. */
type Stop = () => Promise<void>;

/**
 * Starts everything that the settings ask for; resolves when questions can be answered. What was opened before
 * something failed is closed again.
 */
export async function startServer(settings: Settings, clock: Clock): Promise<RunningServer> {
  const log = createLog({ level: settings.logLevel, secrets: secretValues(settings) });
  // The last to be opened is the first to be stopped.
  const stops: Stop[] = [];
  try {
    const address = await openParts(settings, clock, log, (stop) => stops.unshift(stop));
    return { address, ended: endOnSignal(stops, log) };
  } catch (error) {
    await stopInOrder(stops, log);
    throw error;
  }
}

async function openParts(
  settings: Settings,
  clock: Clock,
  log: Log,
  opened: (stop: Stop) => void,
): Promise<string> {
  const { desk, store, filled } = await openServingDesk(settings, clock, log);
  opened(() => filled.then(() => store.close()));
  const workspaces = openWorkspaces(settings, { store, clock, log });
  const permissions = openPermissions({ store, workspaces, settings, clock, log });
  const threads = createThreads({ store, clock, log });
  const metrics = createMetrics();
  const stopMeasuring = measureLoopDelay(metrics);
  opened(async () => stopMeasuring());
  const connected = createConnectedSources({ desk, store, clock, log, metrics, filled });
  const sourceChanges = createSourceChanges({ desk, store, clock, log, filled });
  const refresh = { name: 'refresh', run: () => filled.then(() => desk.refresh()) };
  const records = createAnswerRecords({ store, settings, clock, log, metrics, filled, nowMs });
  opened(() => records.trail.stop());
  const noted = records.digests;
  const deliveringParts = { desk, store, workspaces, settings, clock, log, metrics, filled, noted };
  const delivering = createDelivering(deliveringParts);
  const upkeep = createSlackUpkeep({ clock, metrics });
  const tasks = [refresh, ...connected.tasks, ...delivering.tasks, upkeep.task, records.task];
  const ticker = startTicker(tasks, clock, log);
  opened(async () => {
    connected.stop();
    await sourceChanges.stop();
    await delivering.stop();
    await ticker.stop();
  });
  const { digests } = delivering;
  const services = { ...records.services, digests, sourceChanges };
  const subscribing = { ...createSubscribing({ store, clock, workspaces, settings }), ...services };
  const answerParts = { desk, clock, log, settings: workspaces, permissions, threads, subscribing };
  const answering = records.chat(createChat(answerParts));
  const chat = measuredChat(withLinks(answering, settings.publicUrl), metrics, nowMs);
  const recent = createRecentLookups({ store, desk, log });
  const platforms = await createPlatforms(settings, {
    chat,
    surfaces: records.surfaces(createSurfaces({ ...answerParts, recent, failed: failedIn(digests) })),
    clock,
    log,
    conversations: store,
    news: createPlaceNews({ store, clock, log }),
    installs: slackInstallsOf({ store, clock, log }),
    // Replicas get one another's events a second time.
    ...(settings.databaseUrl === undefined ? {} : { seen: createSharedSeenEvents(store, log) }),
  });
  opened(() => stopPlatforms(platforms));
  const delivered = createPlaygroundMessages(clock);
  await desk.contextAt(playgroundCeiling);
  const access = pageAccess(settings);
  const page =
    access === undefined
      ? undefined
      : createPlaygroundDelivery({ messages: delivered, ceiling: playgroundCeiling });
  const { app, direct } = createFront({
    chat,
    metrics,
    clock,
    log,
    ready: () => readiness(desk, store, ticker, connected, delivering, upkeep),
    ...platforms,
    ...(platforms.slack?.install === undefined ? {} : { slackInstall: platforms.slack.install }),
    insight: insightAccess(settings),
    ...(access === undefined ? {} : { playground: { ...playgroundSettings(desk), ...access, delivered } }),
  });
  const listening = await listen(app, { host: settings.host, port: settings.port, direct });
  opened(() => listening.stop());
  await startPlatforms(platforms);
  upkeep.lookAfter(platforms.slack);
  delivering.deliverTo(deliveryPlatformsOf(platforms, page));
  log.info(
    { address: listening.url, slack: platforms.slack !== undefined, teams: platforms.teams !== undefined },
    'ready',
  );
  keepHeapSmall();
  void prepareQuietly(desk, clock, log);
  return listening.url;
}

/** Enough for a question that waits to be answered between two steps. */
const preparingPauseMs = 20;

/** What is ready answers; what only makes the first list faster is made after that. */
async function prepareQuietly(desk: Desk, clock: Clock, log: Log): Promise<void> {
  try {
    const { knowledge, index } = await desk.contextAt(playgroundCeiling);
    await inTurns(prepareLists(knowledge, index, clock.now()), preparingPauseMs);
  } catch (error) {
    log.error({ error }, 'lists could not be prepared; the first one takes longer');
  }
}

/** Every place that can be delivered to from here. */
function deliveryPlatformsOf(
  { slack, teams }: Platforms,
  page: DeliveryPlatform | undefined,
): readonly DeliveryPlatform[] {
  return [slack?.delivery, teams?.delivery, page].filter((one) => one !== undefined);
}

async function startPlatforms({ slack, teams }: Platforms): Promise<void> {
  await Promise.all([slack?.start(), teams?.start()]);
}

async function stopPlatforms({ slack, teams }: Platforms): Promise<void> {
  await Promise.all([slack?.stop(), teams?.stop()]);
}

async function readiness(
  desk: Desk,
  store: Store,
  ticker: Ticker,
  connected: ConnectedSources,
  delivering: Delivering,
  upkeep: SlackUpkeep,
): Promise<ReadyReport> {
  const database = await store.ping().then(
    () => ({ ready: true }),
    () => ({ ready: false, detail: 'the database does not answer' }),
  );
  const index = desk.state().ready ? { ready: true } : { ready: false, detail: 'nothing is loaded yet' };
  const scheduler = ticker.isAlive()
    ? { ready: true }
    : { ready: false, detail: 'no tick in the last minute' };
  const deliveries = delivering.readyPart();
  const sources = connected.readyPart();
  const slack = upkeep.readyPart();
  return {
    ready: database.ready && index.ready && scheduler.ready && deliveries.ready,
    parts: {
      database,
      index,
      scheduler,
      deliveries,
      ...(sources === undefined ? {} : { sources }),
      ...(slack === undefined ? {} : { slack }),
    },
  };
}

function playgroundSettings(desk: Desk): PlaygroundSettings {
  return {
    ceiling: playgroundCeiling,
    examples,
    asset: createPlaygroundAssets(),
    suggest: createSuggest(desk, playgroundCeiling),
  };
}

/** Resolves after a signal, when every part has stopped; a second signal ends the process at once. */
function endOnSignal(stops: readonly Stop[], log: Log): Promise<void> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      log.info({ signal }, 'stopping');
      process.once('SIGINT', () => process.exit(130));
      stopInOrder(stops, log).then(resolve, resolve);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}

async function stopInOrder(stops: readonly Stop[], log: Log): Promise<void> {
  for (const stop of stops) {
    try {
      await stop();
    } catch (error) {
      log.error({ error }, 'a part did not stop cleanly');
    }
  }
}
