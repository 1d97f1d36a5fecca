import type { Person } from '../domain/subscription.ts';
import type { Store, StoredConnection } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { type ConnectionDraft, readDraft } from './draft.ts';
import type { KeyPlaces } from './resolve-key.ts';

/** Who changes a source, and in which place of a chat; absent: on the command line. */
export interface ChangedBy {
  readonly person: Person;
  readonly place?: string;
}

export interface ChangeDeps {
  readonly store: Pick<Store, 'connections' | 'addConnection' | 'changeConnection' | 'noteAudit'>;
  readonly clock: Clock;
  readonly log: Log;
}

export type Added =
  | { readonly kind: 'added'; readonly added: StoredConnection; readonly warnings: readonly string[] }
  /** Something is connected under the name. */
  | { readonly kind: 'taken'; readonly name: string }
  /** Each a sentence with the remedy, without secrets. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** Connects a source without asking its server; the first sync is due at once. */
export async function addSource(
  draft: ConnectionDraft,
  by: ChangedBy,
  deps: ChangeDeps & { readonly keys: KeyPlaces },
): Promise<Added> {
  const reading = readDraft(draft, deps.keys);
  if (!reading.ok) return { kind: 'refused', problems: reading.problems };
  const { connection, warnings } = reading;
  const now = deps.clock.now().getTime();
  const isNew = await deps.store.addConnection(connection, { now, nextRunAt: now });
  if (!isNew) return { kind: 'taken', name: connection.name };
  await noteSourceChange('add', connection.name, by, deps);
  const added = await connectionNamed(connection.name, deps.store);
  // Another removed it in the same moment.
  return added === undefined
    ? { kind: 'refused', problems: [`"${connection.name}" was removed meanwhile; add it again`] }
    : { kind: 'added', added, warnings };
}

/** Pauses a source, or lets it go on: then it is synced soon, not at some slot far away. Undefined where there is none. */
export async function pauseSource(
  name: string,
  paused: boolean,
  by: ChangedBy,
  deps: ChangeDeps,
): Promise<StoredConnection | undefined> {
  const nextRunAt = deps.clock.now().getTime();
  const isKnown = await deps.store.changeConnection(name, { paused, ...(paused ? {} : { nextRunAt }) });
  if (!isKnown) return undefined;
  await noteSourceChange(paused ? 'pause' : 'resume', name, by, deps);
  return connectionNamed(name, deps.store);
}

export async function connectionNamed(
  name: string,
  store: Pick<Store, 'connections'>,
): Promise<StoredConnection | undefined> {
  return (await store.connections()).find((one) => one.connection.name === name);
}

export type SourceDeed = 'add' | 'sync' | 'pause' | 'resume' | 'remove';

/** Notes a change in the audit. The change holds where it cannot be noted, which is logged. */
export async function noteSourceChange(
  deed: SourceDeed,
  name: string,
  { person, place }: ChangedBy,
  { store, clock, log }: Pick<ChangeDeps, 'clock' | 'log'> & { readonly store: Pick<Store, 'noteAudit'> },
): Promise<void> {
  try {
    await store.noteAudit({
      at: clock.now().getTime(),
      by: person,
      action: `source.${deed}`,
      target: name,
      detail: place === undefined ? {} : { place },
    });
  } catch (error) {
    log.error({ error, deed }, 'a change of a source could not be noted in the audit');
  }
}
