import { z } from 'zod';
import type { SyncState } from '../types.ts';

/** What is kept of an instance between two syncs. */
export interface MispState {
  /** What the next sync asks from, epoch seconds by the server's clock; absent: everything. */
  readonly since?: number;
  /** A listing that was not read to its end. */
  readonly listing?: Listing;
  /** The query that it was for. */
  readonly query: string;
}

export interface Listing {
  readonly since?: number;
  /** Events read so far. */
  readonly offset: number;
  /** Server's time at its beginning, epoch seconds. */
  readonly startedAt: number;
  /** The latest time that stood in an event so far. */
  readonly latest: number;
}

const count = z.number().int().nonnegative();
const stateSchema = z.object({
  since: count.optional().catch(undefined),
  listing: z
    .object({ since: count.optional(), offset: count, startedAt: count, latest: count })
    .optional()
    .catch(undefined),
  query: z.string().catch(''),
});

/** Reads the state of an earlier sync; the state of another query, or one that is broken, is forgotten. */
export function readMispState(state: SyncState, query: string): MispState {
  const stored = stateSchema.safeParse(state);
  if (!stored.success || stored.data.query !== query) return { query };
  const { since, listing } = stored.data;
  return {
    query,
    ...(since === undefined ? {} : { since }),
    ...(listing === undefined
      ? {}
      : {
          listing: {
            offset: listing.offset,
            startedAt: listing.startedAt,
            latest: listing.latest,
            ...(listing.since === undefined ? {} : { since: listing.since }),
          },
        }),
  };
}

/** The state as plain data. */
export function writeMispState(state: MispState): SyncState {
  return { ...state };
}
