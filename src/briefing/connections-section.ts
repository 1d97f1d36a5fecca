import type { Item, Section, Span } from '../cards/card.ts';
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
 * Leaves out, without a count, what is marked above the ceiling and what brought only records above it: the name of
 * such a connection would tell who reported. `sources` are those that the audience sees.
 */
export function connectionsSection(
  connections: readonly StoredConnection[],
  sources: readonly KnownSource[],
  ceiling: Tlp,
  now: Date,
): ShownConnections {
  const visible = new Set(
    sources.filter((one) => isAllowed(one.defaultMarking, ceiling)).map(({ name }) => name),
  );
  const shown = connections.filter(
    (one) =>
      mayNameConnection(one, ceiling) &&
      (one.sources.length === 0 || one.sources.some((name) => visible.has(name))),
  );
  const isFailing = (one: StoredConnection): boolean => one.lastError !== null;
  const ordered = [...shown.filter(isFailing), ...shown.filter((one) => !isFailing(one))];
  return {
    section:
      ordered.length === 0
        ? undefined
        : {
            type: 'list',
            id: 'connections',
            heading: 'Connected (times in UTC)',
            rank: 1,
            items: ordered.map((one) => connectionItem(one, now.getTime())),
          },
    failing: shown.filter(isFailing).length,
    marking: strictest(shown.map(({ connection }) => connection.marking ?? unmarkedConnection)),
  };
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
  // An error quotes addresses, and a server may have had a say in it: nothing of it is to be pressed.
  const error: Span = { text: shorten(lastError, maxErrorChars), defang: true };
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

const columns = ['new', 'changed', 'unchanged', 'withdrawn', 'older', 'rejected'] as const;

function countsText(counts: SyncCounts): string {
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
function minuteOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ');
}
