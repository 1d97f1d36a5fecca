import { isAllowed, type Tlp } from '../domain/tlp.ts';
import type { StoredConnection } from '../store/types.ts';

/** How a connected source is doing. `failing`: its last sync failed; what earlier ones brought stays. */
export type ConnectionState = 'new' | 'ok' | 'failing' | 'paused' | 'syncing';

export function connectionState(stored: StoredConnection, nowMs: number): ConnectionState {
  if (stored.leasedUntil !== null && stored.leasedUntil > nowMs) return 'syncing';
  if (stored.lastError !== null) return 'failing';
  if (stored.paused) return 'paused';
  return stored.lastSuccessAt === null ? 'new' : 'ok';
}

/** What counts as the marking of a connection for which the operator gave none: that of unmarked data. */
export const unmarkedConnection: Tlp = 'green';

/** True when an audience may know that there is this connection, by its own marking alone. */
export function mayNameConnection({ connection }: StoredConnection, ceiling: Tlp): boolean {
  return isAllowed(connection.marking ?? unmarkedConnection, ceiling);
}
