import type { Action, Item, Section, Span } from '../cards/card.ts';
import { isAllowed, strictest, type Tlp } from '../domain/tlp.ts';
import type { KnownSource } from '../knowledge/types.ts';
import type { StoredConnection, SyncCounts } from '../store/types.ts';
import { connectionState, mayNameConnection, unmarkedConnection } from './connection-state.ts';
import { bold, counted, formatCount, plain, shorten } from './text.ts';

/** The connected sources that an audience may know of, and what they add to a card. */
export interface ShownConnections {
  readonly section: Section | undefined;
  /** How many of those shown failed at their last sync. */
  readonly failing: number;
  /** The strictest marking among those shown; undefined for none. */
  readonly marking: Tlp | undefined;
}

/**
 * The connections that an audience may know of. Left out, without a count, is what is marked above the ceiling and what
 * brought only records above it: the name of such a connection would tell who reported. `sources` are those that the
 * audience sees.
 */
export function knownConnections(
  connections: readonly StoredConnection[],
  sources: readonly KnownSource[],
  ceiling: Tlp,
): readonly StoredConnection[] {
  const visible = new Set(
    sources.filter((one) => isAllowed(one.defaultMarking, ceiling)).map(({ name }) => name),
  );
  return connections.filter(
    (one) =>
      mayNameConnection(one, ceiling) &&
      (one.sources.length === 0 || one.sources.some((name) => visible.has(name))),
  );
}

/** @param actionOf what can be pressed behind one; absent: nothing */
export function connectionsSection(
  connections: readonly StoredConnection[],
  sources: readonly KnownSource[],
  ceiling: Tlp,
  now: Date,
  actionOf?: (name: string) => Action,
): ShownConnections {
  const shown = knownConnections(connections, sources, ceiling);
  const isFailing = (one: StoredConnection): boolean => one.lastError !== null;
  const ordered = [...shown.filter(isFailing), ...shown.filter((one) => !isFailing(one))];
  const items = ordered.map((one): Item => {
    const item = connectionItem(one, now.getTime());
    return actionOf === undefined ? item : { ...item, action: actionOf(one.connection.name) };
  });
  return {
    section:
      items.length === 0
        ? undefined
        : { type: 'list', id: 'connections', heading: 'Connected (times in UTC)', rank: 1, items },
    failing: shown.filter(isFailing).length,
    marking: strictest(shown.map(connectionMarking)),
  };
}

/** How strictly the name of a connection is marked. */
export function connectionMarking({ connection }: StoredConnection): Tlp {
  return connection.marking ?? unmarkedConnection;
}

const maxErrorChars = 300;

function connectionItem(stored: StoredConnection, nowMs: number): Item {
  const { connection, lastError, lastSuccessAt, lastCounts, failures, paused, nextRunAt } = stored;
  const state = connectionState(stored, nowMs);
  const facts = [
    lastSuccessAt === null ? 'never synced so far' : `last success ${minuteOf(lastSuccessAt)}`,
    ...(lastCounts === null ? [] : [`last sync ${countsText(lastCounts)}`]),
    paused ? 'paused' : state === 'syncing' ? 'syncing now' : `next sync ${minuteOf(nextRunAt)}`,
  ].join(', ');
  if (lastError === null) return { text: [bold(connection.name), plain(` — ${facts}`)] };
  const error = errorSpan(lastError);
  const times = failures > 1 ? ` (${failures} times in a row)` : '';
  return {
    text: [
      bold(`${connection.name} fails${times}`),
      plain(' — '),
      error,
      plain(
        `. ${facts}. What it brought before stays; an operator can try "sources sync ${connection.name}".`,
      ),
    ],
  };
}

/** An error quotes addresses, and a server may have had a say in it: nothing of it is to be pressed. */
export function errorSpan(error: string): Span {
  return { text: shorten(error, maxErrorChars), defang: true };
}

const columns = ['new', 'changed', 'unchanged', 'withdrawn', 'older', 'rejected'] as const;

export function countsText(counts: SyncCounts): string {
  const said = columns
    .filter((column) => counts[column] > 0)
    .map((column) => `${formatCount(counts[column])} ${column}`);
  return said.length === 0 ? 'nothing new' : said.join(' · ');
}

/** `1 connected source fails`. */
export function failingText(failing: number): string {
  return `${counted(failing, 'connected source')} ${failing === 1 ? 'fails' : 'fail'}`;
}

/** `2026-01-20 03:00` */
export function minuteOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ');
}
