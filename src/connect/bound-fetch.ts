import type { Connection } from '../domain/connection.ts';
import { displayAddress, type Fetched, type FetchOptions, fetchDocument } from '../support/http-fetch.ts';
import type { SyncContext } from './types.ts';

/** What one answer may cost at most. */
export interface SyncLimits {
  /** Decompressed bytes of one answer. */
  readonly maxBytes: number;
  /** Of one that goes to a file. */
  readonly maxFileBytes: number;
  readonly timeouts?: FetchOptions['timeouts'];
}

export const defaultSyncLimits: SyncLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxFileBytes: 4 * 1024 * 1024 * 1024,
  timeouts: { totalMs: 1_800_000 },
};

/**
 * A fetch that asks the connection's own host and those that the operator allowed besides, and nobody else. What a
 * connector adds cannot widen that: the hosts and the private-address rule are the connection's.
 */
export function createBoundFetch(
  connection: Connection,
  limits: SyncLimits = defaultSyncLimits,
  signal?: AbortSignal,
): SyncContext['fetch'] {
  const hosts = allowedHostsOf(connection);
  return async (url, options = {}) => {
    const host = url.host.toLowerCase();
    if (!hosts.includes(host)) return notAllowed(url, host);
    const maxBytes = options.toFile === undefined ? limits.maxBytes : limits.maxFileBytes;
    return fetchDocument(url, {
      ...options,
      maxBytes: Math.min(options.maxBytes ?? maxBytes, maxBytes),
      timeouts: { ...limits.timeouts, ...options.timeouts },
      allowPrivateAddresses: connection.allowPrivate ?? false,
      allowedHosts: hosts,
      ...(signal === undefined ? {} : { signal }),
    });
  };
}

/** The hosts that a connection may ask, lower-case, with the port where it is not the protocol's own. */
export function allowedHostsOf({ url, allowedHosts = [] }: Connection): readonly string[] {
  const own = URL.canParse(url) ? [new URL(url).host] : [];
  return [...new Set([...own, ...allowedHosts].map((host) => host.toLowerCase()))];
}

function notAllowed(url: URL, host: string): Fetched {
  return {
    ok: false,
    reason: `${displayAddress(url)} was not fetched: ${host} is none of the hosts that this source may ask; add it with --allow-host ${host}`,
    isOutage: false,
  };
}
