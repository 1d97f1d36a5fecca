import type { ComposedDigest } from '../briefing/digest-types.ts';
import type { HouseNaming } from '../briefing/house-naming.ts';
import type { Stats } from '../briefing/stats.ts';
import type { Answer } from '../briefing/types.ts';

import type { WhyAnswer } from '../briefing/why.ts';
import type { Card } from '../cards/card.ts';
import type { AuditEntry } from '../chat/audit-entries.ts';
import type { DiffOptions, DiffResult } from '../chat/desk-diff.ts';
import type { SubscriptionEdit } from '../chat/subscriptions.ts';
import type { ConnectionDraft } from '../connect/draft.ts';
import type { SyncOutcome } from '../connect/sync.ts';
import type { DeliveryPlatformName, Destination, DigestShape, EmptyDayRule } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { ExportForm, ExportOutcome } from '../export/types.ts';
import type { Seen } from '../schedule/by-hand.ts';
import type { DeliveryStore, StoredDelivery, StoredSubscription } from '../store/delivery-types.ts';
import type { StoredConnection, StoredSource } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';

/** How a command ends: 0 done, 1 done with rejected records, 2 usage or configuration error, 3 outage. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Where a command reads and writes: results go to `out`, errors and progress to `err`. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  out(text: string): void;
  err(text: string): void;
  /** Columns, or 100 where the output is no terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** True when an unexpected failure should show its stack. */
  readonly verbose: boolean;
}

/** A desk for one command: opened for its ceiling, closed at the end. */
export interface CommandDesk {
  ask(text: string, ceiling: Tlp, options: CardOptions): Promise<Answer>;
  /** The reasons behind a join, a name or a fact. */
  why(text: string, ceiling: Tlp, options: CardOptions): Promise<WhyAnswer>;
  digest(request: DigestRequest): Promise<Card>;
  diff(options: DiffOptions): Promise<DiffResult>;
  stats(ceiling: Tlp): Promise<Stats>;
  /** Everything known about what the text names, written in a form. */
  export(text: string, form: ExportForm, ceiling: Tlp): Promise<ExportOutcome>;
  close(): Promise<void>;
}

export interface CardOptions {
  /** True: one of many questions of a program, of which nothing is kept. */
  readonly isBulk?: true;
  /** True: the card shortens no list. */
  readonly whole: boolean;
  /** Whose names come first; absent: as this machine's workspace chose. */
  readonly naming?: HouseNaming;
}

export interface DigestRequest {
  readonly days: number;
  readonly filters: string;
  readonly ceiling: Tlp;
}

export interface IngestRequest {
  readonly kind?: string;
  readonly sourceName?: string;
  readonly marking?: Tlp;
  readonly dryRun: boolean;
  readonly allowPrivateAddresses?: boolean;
  /** How tables are to be read, as the operator wrote it; see `src/sources/csv/README.md`. */
  readonly mapping?: string;
}

/** What an import did, ready for both kinds of output. */
export interface IngestResult {
  readonly summary: object;
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** Connected sources, for one command; closed at the end. */
export interface SourceDesk {
  /**
   * Connects a source without asking its server. Rejects with every problem at once (exit code 2) when it cannot be
   * connected so.
   */
  add(
    request: AddSource,
  ): Promise<{ readonly added: StoredConnection; readonly warnings: readonly string[] }>;
  list(): Promise<SourceListing>;
  /** All that are not paused when none is named. Rejects (exit code 2) for a name that nothing is connected as. */
  sync(names: readonly string[]): Promise<SyncResult>;
  setPaused(name: string, paused: boolean): Promise<StoredConnection>;
  /** `forget`: what it brought is withdrawn too; its history stays. */
  remove(name: string, options: { readonly forget: boolean }): Promise<RemovedSource>;
  close(): Promise<void>;
}

export interface AddSource extends Omit<ConnectionDraft, 'mapping'> {
  /** The file that says how a table's columns are to be read. */
  readonly mappingFile?: string;
}

export interface SourceListing {
  readonly connections: readonly StoredConnection[];
  /** Everything that is loaded, connected or not. */
  readonly sources: readonly StoredSource[];
}

export interface SyncResult {
  readonly outcomes: readonly SyncOutcome[];
  /** Names of those that were left out because they are paused. */
  readonly paused: readonly string[];
  readonly exitCode: ExitCode;
}

/** What became of the sources that a removed connection fed. */
export interface RemovedSource {
  readonly name: string;
  readonly sources: readonly {
    readonly name: string;
    readonly withdrawn: number;
    /** Why not all of it was withdrawn, where that was asked for. */
    readonly kept?: string;
  }[];
}

/** Which places get a digest, for one command; closed at the end. Everything rejects with exit code 2 for what is no use. */
export interface SubscriptionDesk {
  list(): Promise<readonly StoredSubscription[]>;
  add(request: AddSubscription): Promise<NotedSubscription>;
  /** An empty schedule or zone stays as it is. */
  edit(
    id: string,
    edit: Omit<SubscriptionEdit, 'schedule'>,
    when: { readonly schedule: string; readonly zone: string },
  ): Promise<NotedSubscription>;
  setPaused(id: string, paused: boolean): Promise<StoredSubscription>;
  remove(id: string): Promise<StoredSubscription>;
  close(): Promise<void>;
}

export interface NotedSubscription {
  readonly subscription: StoredSubscription;
  /** What the operator should know of it, a sentence each. */
  readonly notes: readonly string[];
}

export interface AddSubscription {
  readonly platform: DeliveryPlatformName;
  readonly place: string;
  /** Absent: told by the id, else a channel. */
  readonly kind?: Destination['kind'];
  /** Absent: the one that is configured. */
  readonly workspace?: string;
  /** As people say it; empty: daily at 08:00. */
  readonly schedule: string;
  readonly zone?: string;
  readonly filters: string;
  readonly shape: DigestShape;
  readonly emptyDay: EmptyDayRule;
  readonly ceiling?: Tlp;
}

/** The ledger of deliveries, for one command; closed at the end. Everything rejects with exit code 2 for what is no use. */
export interface DeliveryDesk {
  /** Puts a slot into the ledger as the planner would, and delivers it where its platform is connected here. */
  run(request: RunDelivery): Promise<RunOutcome>;
  dryRun(
    request: Pick<RunDelivery, 'subscription' | 'slotAt'> & { readonly ceiling?: Tlp },
  ): Promise<ComposedDelivery>;
  replay(request: ReplayDelivery): Promise<ComposedDelivery>;
  list(where: Parameters<DeliveryStore['deliveries']>[0]): Promise<readonly StoredDelivery[]>;
  /** Puts one back that was given up, held or skipped. */
  redrive(id: string): Promise<StoredDelivery>;
  /** Notes what the operator saw of one that is held. */
  settle(id: string, seen: Seen): Promise<StoredDelivery>;
  close(): Promise<void>;
}

export interface RunDelivery {
  readonly subscription: string;
  /** Epoch milliseconds. */
  readonly slotAt: number;
  readonly waitSeconds: number;
  /** How long to wait for another process to deliver it, where its platform is not connected here; absent: not at all. */
  readonly waitElsewhereSeconds?: number;
}

export interface RunOutcome {
  readonly delivery: StoredDelivery;
  /** False: its platform is not connected here, and it waits for a server that is. */
  readonly isConnected: boolean;
  /** The slot that was asked for (epoch milliseconds), where another slot's delivery stands for its period. */
  readonly standsFor?: number;
}

export interface ReplayDelivery {
  /** Absent: a digest for the filters and the days. */
  readonly subscription?: string;
  /** Epoch milliseconds, `from <= at < to`. */
  readonly at: { readonly from: number; readonly to: number };
  readonly days: number;
  readonly filters: string;
  readonly ceiling?: Tlp;
}

export interface ComposedDelivery extends ComposedDigest {
  /** The strictest marking that it was composed for. */
  readonly ceiling: Tlp;
  /** Why the place could not be asked what it may see, so that CLEAR is assumed; absent: it was asked, or told. */
  readonly assumedFor?: string;
  /** Epoch milliseconds. */
  readonly window: { readonly from: number; readonly to: number };
}

/** What of the audit is asked for. Times are epoch milliseconds. */
export interface AuditRequest {
  readonly since: number;
  readonly until?: number;
  readonly person?: string;
  readonly place?: string;
  /** A name or an id of something that was shown. */
  readonly actor?: string;
  /** An action, or the part of one before its dot. */
  readonly action?: string;
}

/** The audit, for one command; closed at the end. */
export interface AuditDesk {
  /** Newest first; rejects with exit code 2 for an actor that is not known for sure. */
  entries(request: AuditRequest): AsyncIterable<AuditEntry>;
  close(): Promise<void>;
}

export interface MovedStore {
  /** Where from and where to, without credentials. */
  readonly from: string;
  readonly place: string;
  /** How many rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
}

/** How many stored values were encrypted anew, were so already, or have a key that is not there. */
export interface ResealedSecrets {
  readonly resealed: number;
  readonly current: number;
  readonly unreadable: number;
}

export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'problem';
  /** What was found, and what to do about it. */
  readonly detail: string;
}

export interface RunningServer {
  readonly address: string;
  /** Resolves when the server has ended after a signal. */
  readonly ended: Promise<void>;
}

/**
 * What the commands need of the rest of the program. `main.ts` builds it; nothing is opened before a command
 * asks for it.
 */
export interface Runtime {
  readonly terminal: Terminal;
  readonly clock: Clock;
  /** Resolves when questions with this ceiling can be answered at once. */
  openDesk(ceiling: Tlp): Promise<CommandDesk>;
  ingest(places: readonly string[], request: IngestRequest): Promise<IngestResult>;
  openSources(): Promise<SourceDesk>;
  openSubscriptions(): Promise<SubscriptionDesk>;
  openDeliveries(): Promise<DeliveryDesk>;
  openAudit(): Promise<AuditDesk>;
  /** Copies the embedded database into the PostgreSQL of the settings; rejects with exit code 2 where none is set. */
  moveStore(): Promise<MovedStore>;
  /** Encrypts what is stored under the first key; rejects with exit code 2 where there is none. */
  resealSecrets(): Promise<ResealedSecrets>;
  startServer(): Promise<RunningServer>;
  checks(): Promise<readonly Check[]>;
  slackManifest(options: { url?: string; socketMode: boolean }): Promise<object>;
  /** Writes the Teams app package for a host and gives back the file's path. */
  writeTeamsPackage(options: { url: string; appId?: string; out: string }): Promise<string>;
  /** Writes a file whole or not at all, for its owner only; rejects with exit code 2. */
  saveFile(path: string, text: string): Promise<void>;
  /** `plain` is `text` without colour, at a fixed width. */
  /** For an audience: what its ceiling does not allow is not printed. */
  renderCard(card: Card, form: CardForm | 'plain', ceiling: Tlp): Promise<string>;
}

export const cardForms = ['text', 'slack', 'teams', 'html'] as const;
export type CardForm = (typeof cardForms)[number];
