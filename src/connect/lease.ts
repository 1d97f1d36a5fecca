import type { Store, StoredConnection } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';

/** How long a process may be silent before another may take its sync over. */
const leaseMs = 120_000;
const renewEveryMs = 30_000;

/** The right to sync one connection, kept up until it is closed. */
export interface Lease {
  readonly owner: string;
  /** Aborted when the lease is lost. */
  readonly signal: AbortSignal;
  isLost(): boolean;
  /** Says that what is written under the lease did not go through any more. */
  markLost(): void;
  /** Ends the renewing; `endSync` gives the lease back. */
  close(): void;
}

interface LeaseParts {
  readonly store: Pick<Store, 'leaseConnection' | 'renewLease'>;
  readonly clock: Clock;
  readonly newOwner: () => string;
  readonly onlyIfDue?: boolean;
}

/** Undefined when another process has it, or when it is not due and was to be. */
export async function takeLease(
  name: string,
  { store, clock, newOwner, onlyIfDue = false }: LeaseParts,
): Promise<{ readonly lease: Lease; readonly stored: StoredConnection } | undefined> {
  const owner = newOwner();
  const now = clock.now().getTime();
  const stored = await store.leaseConnection(name, { owner, now, until: now + leaseMs, onlyIfDue });
  if (stored === undefined) return undefined;
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    try {
      if (!(await store.renewLease(name, owner, clock.now().getTime() + leaseMs))) lost.abort();
    } catch {
      // The database is out: the next renewal, or the next write, tells.
    }
  };
  const timer = setInterval(() => void renew(), renewEveryMs);
  timer.unref();
  const lease: Lease = {
    owner,
    signal: lost.signal,
    isLost: () => lost.signal.aborted,
    markLost: () => lost.abort(),
    close: () => clearInterval(timer),
  };
  return { lease, stored };
}
