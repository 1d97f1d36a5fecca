import type { Tlp } from '../domain/tlp.ts';
import type { Notice, Rejection } from '../sources/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Fetched, FetchOptions } from '../support/http-fetch.ts';

/** Plain data that a connector keeps between syncs: validators, time stamps, where to go on. */
export type SyncState = Readonly<Record<string, unknown>>;

/** A source that is read again and again, as the operator connected it. Holds no secret. */
export interface Connection {
  /** Lower-case words: `attack-enterprise`, `acme-misp`. */
  readonly name: string;
  /** A key of the connector registry: `url`, `misp-feed`, `misp`, `taxii`. */
  readonly kind: string;
  /** http or https, without credentials. */
  readonly url: string;
  /** Where the key or password is found: the name of an environment variable (or of its `_FILE`). Never the key. */
  readonly keyEnv?: string;
  /** The user of a server that asks for user and password. */
  readonly user?: string;
  /** Hosts, with port where needed, that may be asked besides the address's own, redirects included. */
  readonly allowedHosts?: readonly string[];
  /** True: the server may stand in a private network. */
  readonly allowPrivate?: boolean;
  /** The source to import into; absent: as each document names it. */
  readonly sourceName?: string;
  /** The marking of whatever carries none. */
  readonly marking?: Tlp;
  /** When it is synced: `6h`, `daily 03:00`, a cron line; read by `src/connect/when.ts`. */
  readonly every: string;
  /** The importer's kind, where it is not to be detected. */
  readonly format?: string;
  /** How tables are to be read; see `ImportOptions.mapping`. */
  readonly mapping?: string;
  /** The connector's own settings, such as `collection` of TAXII or `tags` of MISP; each connector's README names them. */
  readonly options?: Readonly<Record<string, string>>;
}

/** What a sync gives, in order. Everything before a `state` is stored before the state is. */
export type SyncStep =
  | {
      readonly kind: 'document';
      readonly place: string;
      readonly bytes: Uint8Array;
      /** The importer's kind; absent: the connection's, else found by the content. */
      readonly format?: string;
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
  /**
   * Brings what is new since `state`. Throws `SyncFailure` when the server cannot be asked: what was yielded before
   * stays. A part that is broken costs itself and is yielded as a rejection.
   */
  sync(context: SyncContext): AsyncIterable<SyncStep>;
}
