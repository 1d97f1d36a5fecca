import type { Tlp } from '../domain/tlp.ts';
import type { StoredConnection } from '../store/types.ts';
import type { AskedBy } from './permissions.ts';

/** A public source that is connected by its name alone. */
export interface OfferedSource {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly marking: Tlp;
  /** When it is synced, in UTC. */
  readonly every: string;
}

export type SourceAdded =
  | { readonly kind: 'added' }
  /** Something is connected under the name. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** `begun`: at once; `waits`: behind others; `under-way`: here or in another process; `recent`: it ended, or failed, a moment ago. */
export type SyncRequested = 'begun' | 'waits' | 'under-way' | 'recent' | 'unknown';

/**
 * Port: changes of connected sources, as far as they are made in chat: no address, no key and no file comes from there, and
 * nothing is removed. Each is noted in the audit. Who may is for the caller to ask. Rejects only when the store does.
 */
export interface SourceChanges {
  readonly offered: readonly OfferedSource[];
  /** Connects one of those that are offered. */
  add(name: string, by: AskedBy): Promise<SourceAdded>;
  /** Answers at once; how the sync goes stands with the source. */
  sync(name: string, by: AskedBy): Promise<SyncRequested>;
  /** Undefined when nothing is connected under the name. */
  setPaused(name: string, paused: boolean, by: AskedBy): Promise<StoredConnection | undefined>;
}
