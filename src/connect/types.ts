import type { Connection } from '../domain/connection.ts';
import type { Notice, Rejection } from '../sources/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Fetched, FetchOptions } from '../support/http-fetch.ts';

export type { Connection } from '../domain/connection.ts';

/** Plain data that a connector keeps between syncs: validators, time stamps, where to go on. */
export type SyncState = Readonly<Record<string, unknown>>;

/** What a sync gives, in order. Everything before a `state` is stored before the state is. */
export type SyncStep =
  | {
      readonly kind: 'document';
      readonly place: string;
      /** Empty where `path` is given. */
      readonly bytes: Uint8Array;
      /** A file with the content, where it is too large to be held; see `SyncContext.newFile`. */
      readonly path?: string;
      /** The time of its last change, ISO 8601, where the server tells it. */
      readonly modified?: string;
      /** The importer's kind; absent: the connection's, else found by the content. */
      readonly format?: string;
      /** The source to import into; absent: the connection's, else as the document names it. */
      readonly sourceName?: string;
    }
  /** These are all the records that the source has now; others of it are gone. Only after a whole listing was read. */
  | { readonly kind: 'present'; readonly source: string; readonly externalIds: readonly string[] }
  /** Where the next sync goes on, should this one end here. */
  | { readonly kind: 'state'; readonly state: SyncState }
  | { readonly kind: 'rejection'; readonly rejection: Rejection }
  | { readonly kind: 'notice'; readonly notice: Notice };

export interface SyncContext {
  readonly connection: Connection;
  /** As the last `state` step left it; empty at first. */
  readonly state: SyncState;
  /** The value behind `keyEnv`. */
  readonly key?: string;
  /** Bound to the connection's hosts and limits; anything that it is given besides goes over them. */
  readonly fetch: (
    url: URL,
    options?: Partial<Omit<FetchOptions, 'allowPrivateAddresses' | 'allowedHosts'>>,
  ) => Promise<Fetched>;
  readonly clock: Clock;
  /**
   * True unless the document that was yielded last under this place was refused as a whole: asked after the yield, by
   * a connector that would else never fetch it again. Absent: nobody knows, and it counts as taken.
   */
  readonly wasTaken?: (place: string) => boolean;
  /**
   * The path of a file that is not there yet, for `FetchOptions.toFile`; good until the next call, and deleted in any case
   * when the sync ends. Absent: everything has to be held.
   */
  readonly newFile?: () => string;
  /** Aborted when the sync is to end early: what is under way is dropped, what was stored stays. */
  readonly signal?: AbortSignal;
}

/**
 * The port of a way to fetch: one connector for one protocol, a folder with `index.ts`, `README.md` and one line in
 * the registry. It brings documents; importers read them.
 */
export interface Connector {
  readonly kind: string;
  /** For people: "TAXII 2.1 server". */
  readonly title: string;
  /** The names in `Connection.options` that it understands, each with what it accepts. */
  readonly options: Readonly<Record<string, string>>;
  /** What is wrong with the values of options, told without repeating a secret; undefined when nothing is. Asks no server. */
  readonly checkOptions?: (options: Readonly<Record<string, string>>) => string | undefined;
  /**
   * Brings what is new since `state`. Throws `SyncFailure` when the server cannot be asked: what was yielded before
   * stays. A part that is broken costs itself and is yielded as a rejection.
   */
  sync(context: SyncContext): AsyncIterable<SyncStep>;
}
