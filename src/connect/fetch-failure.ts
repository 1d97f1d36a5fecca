import type { Fetched } from '../support/http-fetch.ts';
import { SyncFailure } from './sync-failure.ts';

/** What to throw when an address without which there is nothing to do could not be had. */
export function toSyncFailure(failed: Extract<Fetched, { ok: false }>): SyncFailure {
  const { status, retryAfterSeconds } = failed;
  const isRefused = status === 401 || status === 403;
  const remedy = isRefused ? '; check --key-env, the key in it, and what it may read' : '';
  return new SyncFailure(`${failed.reason}${remedy}`, {
    isOutage: failed.isOutage,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
