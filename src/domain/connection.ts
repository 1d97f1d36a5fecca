import type { Tlp } from './tlp.ts';

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
