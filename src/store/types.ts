import type { Connection } from '../domain/connection.ts';
import type { RecordIndicator, SourceRecord } from '../domain/record.ts';
import type { SourceInfo } from '../domain/source.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { AnswerStore } from './answer-types.ts';
import type { DeliveryStore } from './delivery-types.ts';
import type { DocumentStore } from './document-types.ts';

export type { DocumentStore, KnownPart } from './document-types.ts';
export type {
  InstallationFacts,
  InstallationStore,
  InstallationSummary,
  InstallationTokens,
  SealedState,
  StoredInstallation,
} from './installation-types.ts';
export type { StoredDecision } from './settings-types.ts';

import type { InstallationStore } from './installation-types.ts';
import type { SettingsStore, ThreadStore } from './settings-types.ts';

/** A record as stored, with the times between which the source said so. */
export interface StoredRecord {
  readonly source: string;
  readonly record: SourceRecord;
  readonly contentHash: string;
  /** Epoch milliseconds of the import that brought this version. */
  readonly validFrom: number;
  /** False when the last complete import of its source no longer had it. */
  readonly present: boolean;
  /** True when it came with the product and no live import has replaced it. */
  readonly bundled: boolean;
}

/** A source with the state of its last import. */
export interface StoredSource extends SourceInfo {
  readonly recordCount: number;
  /** Epoch milliseconds. */
  readonly importedAt: number;
  /** Identifies the bundled data last loaded for it, if any. */
  readonly bundleHash?: string;
  /** The release last imported of each scope (see `ImportSessionOptions.scope`), for sources that have scopes. */
  readonly scopeVersions?: Readonly<Record<string, string>>;
}

export const changeKinds = [
  'source-new',
  'entity-new',
  'entity-gone',
  'entity-back',
  'claim-added',
  'claim-withdrawn',
  'revoked',
  'report-new',
  'report-changed',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What an import altered in one record. The record's own words, so that it can be shown without a join. */
export interface StoredChange {
  readonly id: number;
  /** Epoch milliseconds of the import. */
  readonly at: number;
  readonly source: string;
  readonly recordId: string;
  readonly kind: ChangeKind;
  /** The record's title when it changed. */
  readonly title: string;
  /** The strictest of the record's and the claim's marking, else the source's default: who may see the change. */
  readonly marking: Tlp;
  /** For claims: predicate and value; for `source-new`: counts; as JSON-ready data. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What became of the records of one import. */
export interface ImportCounts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
  readonly rejected: number;
  /** Kept out because the stored version has a later `modified`; the record counts as present all the same. */
  readonly stale?: number;
}

/** An indicator with where it was reported. */
export interface StoredIndicator {
  readonly source: string;
  readonly recordId: string;
  readonly indicator: RecordIndicator;
}

/** What became of the records of one sync, and how many documents it read. */
export interface SyncCounts {
  readonly documents: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
  readonly older: number;
  readonly rejected: number;
}

/** A connected source and how its syncs went. Times are epoch milliseconds. Holds no secret. */
export interface StoredConnection {
  readonly connection: Connection;
  readonly addedAt: number;
  /** True: synced only when somebody asks for it. */
  readonly paused: boolean;
  /** Where the next sync goes on; empty before the first. Plain data of the connector. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Names of the sources that it has brought records of. */
  readonly sources: readonly string[];
  /** When the last sync began; null before the first. */
  readonly lastAttemptAt: number | null;
  /** When the last sync that went through ended. */
  readonly lastSuccessAt: number | null;
  /** Why the last sync failed, for people and without secrets; null when it went through. */
  readonly lastError: string | null;
  /** Of the last sync that went through. */
  readonly lastCounts: SyncCounts | null;
  /** How many syncs failed since the last that went through. */
  readonly failures: number;
  readonly nextRunAt: number;
  /** Until when a process that syncs it now has it for itself; null when nobody has. A time in the past counts as nobody. */
  readonly leasedUntil: number | null;
}

/** How a sync ended. */
export type SyncEnd = {
  readonly at: number;
  readonly nextRunAt: number;
  /** Sources that it brought records of, added to those of earlier syncs. */
  readonly sources: readonly string[];
} & (
  | { readonly kind: 'success'; readonly counts: SyncCounts }
  | { readonly kind: 'failure'; readonly error: string }
  /** Ended early on purpose: neither a success nor a failure. */
  | { readonly kind: 'stopped' }
);

/**
 * Connected sources. One process at a time syncs a connection: it holds the lease, under an owner's name of its own, and
 * renews it; when it dies, the lease runs out. What a sync writes goes through only while it has the lease.
 */
export interface ConnectionStore {
  /** All, by name. */
  connections(): Promise<readonly StoredConnection[]>;
  /** Resolves with false, and changes nothing, when the name is taken. */
  addConnection(connection: Connection, at: { now: number; nextRunAt: number }): Promise<boolean>;
  /** Resolves with false when there is none of that name. */
  changeConnection(name: string, change: ConnectionChange): Promise<boolean>;
  /** Forgets the connection, not what it brought. Resolves with false when there is none of that name. */
  removeConnection(name: string): Promise<boolean>;
  /** Takes the lease and notes the attempt; undefined when another has it, or when there is no such connection. */
  leaseConnection(name: string, lease: LeaseRequest): Promise<StoredConnection | undefined>;
  /** False when the lease is lost: it ran out and another took it, or the connection is gone. */
  renewLease(name: string, owner: string, until: number): Promise<boolean>;
  /** False when the lease is lost: then nothing was saved. */
  saveSyncState(name: string, owner: string, state: Readonly<Record<string, unknown>>): Promise<boolean>;
  /** Notes the end and gives the lease back; false when it was lost: then nothing was noted. */
  endSync(name: string, owner: string, end: SyncEnd): Promise<boolean>;
  /**
   * Withdraws the present records of a source that are not in the list, with changes as a complete import would, and
   * tells how many. Nothing for a source that is not known.
   */
  keepOnly(source: string, externalIds: readonly string[], now: number): Promise<number>;
}

export interface LeaseRequest {
  /** A name that no other sync ever has. */
  readonly owner: string;
  readonly now: number;
  readonly until: number;
  /** True: only when the connection is due and not paused. */
  readonly onlyIfDue?: boolean;
}

export interface ConnectionChange {
  readonly paused?: boolean;
  readonly nextRunAt?: number;
}

/**
 * The port to the database. One implementation over Kysely serves SQLite and PostgreSQL. Every method rejects
 * with `StoreUnavailableError` when the database cannot be reached, is locked beyond the timeout, or is full.
 */
export interface Store
  extends AnswerStore,
    ConnectionStore,
    DeliveryStore,
    DocumentStore,
    InstallationStore,
    SettingsStore,
    ThreadStore {
  /** Applies missing migrations; safe when several processes do it at once. */
  migrate(): Promise<void>;
  /** Opens an import of one source. Nothing is visible to others before `finish`. */
  beginImport(source: SourceInfo, options: ImportSessionOptions): Promise<ImportSession>;
  sources(): Promise<readonly StoredSource[]>;
  /** Every present record, in the order of source and external id, without indicators. */
  records(): AsyncIterable<StoredRecord>;
  /** The records as they were at a time (epoch milliseconds), without indicators. */
  recordsAt(at: number): AsyncIterable<StoredRecord>;
  /** Changes with `from <= at < to`, oldest first. */
  changes(from: number, to: number): Promise<readonly StoredChange[]>;
  /** Epoch milliseconds of the first import of each source, bundled or live: how far back its changes are noted. */
  firstImports(): Promise<ReadonlyMap<string, number>>;
  /** Indicators by any of the look-up values, at most `limit`. */
  indicators(lookupValues: readonly string[], limit: number): Promise<readonly StoredIndicator[]>;
  /**
   * Look-up values of present or past indicators that stand in one of the ranges by their bytes (`from <= value <
   * to`), each once, in order, at most `limit`. At most 256 ranges are looked at.
   */
  indicatorValues(ranges: readonly ValueRange[], limit: number): Promise<readonly string[]>;
  /** Indicators of one record, in order, at most `limit`, with their whole number. */
  indicatorsOf(source: string, recordId: string, limit: number): Promise<IndicatorPage>;
  /** Rises with every import that altered something. */
  knowledgeVersion(): Promise<number>;
  /** Resolves when a trivial query went through. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface ValueRange {
  readonly from: string;
  readonly to: string;
}

export interface IndicatorPage {
  readonly total: number;
  readonly indicators: readonly RecordIndicator[];
}

export interface ImportSessionOptions {
  /** Epoch milliseconds: the time of the import. */
  readonly now: number;
  /** True: records of the source that this import does not bring are marked as no longer present at `finish`. */
  readonly complete: boolean;
  /**
   * The part of the source that the import covers, where a source comes in several documents (one galaxy file of
   * `misp-galaxy`). Stored with each record that is put (the last put wins). With `complete`, only records of the
   * same scope are withdrawn; without a scope `complete` speaks of the whole source. `source.version` is then the
   * version of the scope, kept in `StoredSource.scopeVersions`.
   */
  readonly scope?: string;
  /** True: `finish` counts as usual and then leaves everything as it was before, like `abandon`. */
  readonly dryRun?: boolean;
  /** The key of the document that the records stand in, where it is to be remembered; see `DocumentStore`. */
  readonly document?: string;
  /** Set when the records come with the product: they never replace those of a live import, and make no changes. */
  readonly bundleHash?: string;
}

/** One running import. `abandon` leaves everything as it was before. */
export interface ImportSession {
  /**
   * Takes records in any number of calls; equal content changes nothing; a later duplicate id wins. A record whose
   * `modified` is earlier (as a time, not as text) than that of the stored version is kept out and counted as
   * `stale`, so that an old copy never undoes a newer one; a record without `modified` is always taken. A summary of a
   * record that is stored whole is left alone and counted as `unchanged`, whatever its date.
   */
  put(records: readonly SourceRecord[]): Promise<void>;
  finish(): Promise<ImportCounts>;
  abandon(): Promise<void>;
}
