import { parseDigestFilters } from '../briefing/digest-filter.ts';
import { readFilters, readSchedule } from '../chat/commands/read-subscription.ts';
import { createDesk } from '../chat/desk.ts';
import { localWorkspace } from '../chat/destination.ts';
import type { Actor } from '../chat/subscription-rules.ts';
import type { SubscriptionEdit, SubscriptionOutcome, Subscriptions } from '../chat/subscriptions.ts';
import type { AddSubscription, SubscriptionDesk } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import type { SlotSchedule } from '../domain/subscription.ts';
import { loadBundledData } from '../ingest/bundled.ts';
import { parseZone } from '../schedule/when/zones.ts';
import { emptyIndex } from '../search/empty-index.ts';
import type { SearchIndex } from '../search/types.ts';
import type { DeliveryStore, StoredSubscription } from '../store/delivery-types.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { openIdentity } from './identity.ts';
import { dataFolder } from './paths.ts';
import { storeSettingsOf } from './store-settings.ts';
import { createSubscribing } from './subscribing.ts';
import { placeOf } from './subscription-place.ts';
import { openWorkspaces } from './workspaces.ts';

/** Who has the command line is the operator. */
const operator: Actor = { person: { platform: 'cli', workspace: localWorkspace, id: 'operator' } };

/** Subscriptions over the database of the settings, for one command. */
export async function openSubscriptionDesk(
  settings: Settings,
  clock: Clock,
  log: Log,
): Promise<SubscriptionDesk> {
  const store = await openStore(storeSettingsOf(settings));
  const workspaces = openWorkspaces(settings, { store, clock, log });
  const readers = { store, clock, log, settings };
  const { subscriptions } = createSubscribing({ store, clock, workspaces, settings });
  return {
    list: () => subscriptions.all(),
    add: (request) => add(request, subscriptions, store, settings, readers),
    edit: async (id, edit, when) => {
      const named = edit.filters ?? '';
      if (named === '') return { subscription: await editOne(id, edit, when, subscriptions), notes: [] };
      const { filters, notes } = await knownFilters('edit', named, readers);
      return { subscription: await editOne(id, { ...edit, filters }, when, subscriptions), notes };
    },
    setPaused: async (id, paused) =>
      done(paused ? 'pause' : 'resume', await subscriptions.setPaused(id, paused, operator)),
    remove: async (id) => done('remove', await subscriptions.remove(id, operator)),
    close: () => store.close(),
  };
}

async function add(
  request: AddSubscription,
  subscriptions: Subscriptions,
  store: Pick<DeliveryStore, 'conversation'>,
  settings: Settings,
  readers: FilterReaders,
): Promise<{ readonly subscription: StoredSubscription; readonly notes: readonly string[] }> {
  const { zone = '', shape, emptyDay, ceiling } = request;
  const destination = await placeOf(request, settings);
  const { zone: usual } = await subscriptions.zoneFor(undefined, destination.workspace);
  const read = scheduleOf('add', request.schedule, zone, usual, subscriptions.minIntervalMinutes);
  const { schedule, namesZone } = read;
  const most = ceiling === undefined ? {} : { ceiling };
  const { filters, notes: filterNotes } = await knownFilters('add', request.filters, readers);
  const draft = { destination, schedule, filters, shape, emptyDay, ...most };
  const subscription = done('add', await subscriptions.add(draft, operator));
  const notes = [...filterNotes];
  if (!namesZone)
    notes.push(`no time zone was named; the schedule goes by ${schedule.zone} (--tz changes it)`);
  const isReached = destination.platform !== 'teams' || (await store.conversation(destination)) !== undefined;
  if (!isReached)
    notes.push('Teams has not told of this conversation yet: add the app there, or write to it once');
  return { subscription, notes };
}

async function editOne(
  id: string,
  edit: Omit<SubscriptionEdit, 'schedule'>,
  when: { readonly schedule: string; readonly zone: string },
  subscriptions: Subscriptions,
): Promise<StoredSubscription> {
  const { timing } = done('edit', await subscriptions.find(id, operator));
  const present = timing.kind === 'scheduled' ? timing.schedule : undefined;
  if (when.schedule === '' && when.zone === '')
    return done('edit', await subscriptions.edit(id, edit, operator));
  const { schedule } = scheduleOf(
    'edit',
    when.schedule === '' ? (present?.text ?? '') : when.schedule,
    when.zone,
    present?.zone ?? 'UTC',
    subscriptions.minIntervalMinutes,
  );
  return done('edit', await subscriptions.edit(id, { ...edit, schedule }, operator));
}

interface FilterReaders {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
}

/** Filters whose names and sources are known here; what is known is loaded only where they name something. */
async function knownFilters(
  command: string,
  text: string,
  { store, clock, log, settings }: FilterReaders,
): Promise<{ readonly filters: string; readonly notes: readonly string[] }> {
  const plain = parseDigestFilters(text);
  if (plain.kind === 'bad') throw usage(command, plain.problem);
  if (!plain.filters.some(({ key }) => namingKeys.has(key))) return readKnown(command, text, emptyIndex, []);
  await loadBundledData(store, dataFolder, clock);
  const desk = createDesk({ store, clock, log, identity: openIdentity(settings) });
  await desk.refresh();
  const { index, knowledge } = await desk.contextAt('red');
  return readKnown(command, text, index, knowledge.sources.values());
}

/** Keys whose values are names of what is known, and can be misspelt. */
const namingKeys: ReadonlySet<string> = new Set(['actor', 'malware', 'technique', 'uses', 'source']);

function readKnown(
  command: string,
  text: string,
  ...known: readonly [SearchIndex, Iterable<{ readonly name: string; readonly title: string }>]
): { readonly filters: string; readonly notes: readonly string[] } {
  const reading = readFilters(text, ...known);
  switch (reading.kind) {
    case 'ok':
      return reading;
    case 'bad':
      throw usage(command, reading.problem);
    case 'choice': {
      const choices = reading.choices.map((one) => one.name).join(', ');
      throw usage(command, `several actors are called “${reading.name}”: ${choices}; name one by its id`);
    }
    default:
      return assertNever(reading);
  }
}

/** The zone of the option, else the one that the text names, else the usual one. */
function scheduleOf(
  command: string,
  text: string,
  zoneText: string,
  usual: string,
  minIntervalMinutes: number,
): { readonly schedule: SlotSchedule; readonly namesZone: boolean } {
  const given = zoneText.trim() === '' ? undefined : parseZone(zoneText);
  if (given?.ok === false) throw usage(command, `--tz: ${given.problem}`);
  const zone = given?.zone ?? usual;
  const read = readSchedule(text.trim(), { zone, from: 'default' }, minIntervalMinutes);
  if (read.kind === 'bad') throw usage(command, `--schedule: ${read.problem}`);
  if (given !== undefined && read.schedule.zone !== given.zone) {
    throw usage(
      command,
      `--schedule names ${read.schedule.zone} and --tz ${given.zone}; leave one of them out`,
    );
  }
  return { schedule: read.schedule, namesZone: given !== undefined || read.zoneFrom === undefined };
}

function done(command: string, outcome: SubscriptionOutcome): StoredSubscription {
  if (outcome.kind === 'done') return outcome.subscription;
  const isUnknown = outcome.problem.startsWith('There is no subscription');
  throw usage(
    command,
    `${outcome.problem}${isUnknown ? ' “threatbrief subscriptions list” names all.' : ''}`,
  );
}

function usage(command: string, message: string): AppError {
  return new AppError('usage', `subscriptions ${command}: ${message}`);
}
