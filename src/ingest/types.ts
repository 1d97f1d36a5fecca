import type { EntityType } from '../domain/entity-type.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Notice, Rejection } from '../sources/types.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';

export interface IngestOptions {
  /** The format of everything that is read; absent: each document's own, by its content. */
  readonly kind?: string;
  /** The source to import into; absent: the one that each document names. */
  readonly sourceName?: string;
  /** The marking of whatever carries none; absent: the source's own default. */
  readonly marking?: Tlp;
  /** True: tells what would happen and changes nothing. */
  readonly dryRun?: boolean;
  /** True: addresses may be of private and loopback networks (an internal MISP or TAXII server). */
  readonly allowPrivateAddresses?: boolean;
  /** How tables are to be read; see `ImportOptions.mapping`. */
  readonly mapping?: string;
}

export interface IngestDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** Finds names in the words that a record gives as `mentionsIn`; absent: none are looked for. */
  readonly spot?: SpotMentions;
  readonly limits?: Partial<IngestLimits>;
}

/** A document that is at hand already, such as a page of an interface that gives data. */
export interface GivenDocument {
  readonly kind: 'document';
  /** As a person knows it. */
  readonly place: string;
  /** Empty where `path` is given. */
  readonly bytes: Uint8Array;
  /** A file with the content, where it is too large to be held. */
  readonly path?: string;
  /** The time of its last change, ISO 8601, where somebody told it. */
  readonly modified?: string;
  /** The importer's kind; absent: the run's, else found by the content. */
  readonly format?: string;
  /** Absent: the run's, else the document's own. */
  readonly sourceName?: string;
}

/** Something named in a text. */
export interface Mention {
  readonly type: EntityType;
  readonly id: StixId;
  readonly name: string;
  /** True where the name alone is enough to make an entity of it: a CVE id. */
  readonly create?: boolean;
}

/**
 * What a text names without doubt, each thing once, in the order of the text; names that several things carry are left
 * out. Only what an audience with this ceiling may know is found, so that an open report never tells of a closed actor.
 */
export type SpotMentions = (text: string, ceiling: Tlp) => Promise<readonly Mention[]>;

export interface IngestLimits {
  /** The largest document, decompressed. */
  readonly maxBytes: number;
  /** The largest document of a format that is read in pieces, decompressed. */
  readonly maxStreamedBytes: number;
  /** Larger documents are read in pieces, where their format allows it. */
  readonly streamAboveBytes: number;
  /** The heap of the thread that reads. */
  readonly maxHeapMb: number;
  /** How long a document may give no sign of progress. */
  readonly stallMs: number;
}

export const defaultIngestLimits: IngestLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxStreamedBytes: 4 * 1024 * 1024 * 1024,
  streamAboveBytes: 16 * 1024 * 1024,
  maxHeapMb: 384,
  stallMs: 60_000,
};

/** What became of the records of a document or a source. */
export interface RecordCounts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** No longer in a document that holds all of its source. */
  readonly withdrawn: number;
  /** Kept out, because a later version is stored. */
  readonly older: number;
  readonly rejected: number;
}

export interface SourceSummary extends RecordCounts {
  readonly name: string;
  readonly title: string;
  readonly version?: string;
}

/**
 * `imported`: read, with or without rejected records. `skipped`: none of the formats that are read, nothing lost.
 * `rejected`: broken, or named by the operator and of no format that is read. `unreachable`: an address that gave
 * no answer.
 */
export type FileStatus = 'imported' | 'skipped' | 'rejected' | 'unreachable';

export interface FileReport extends RecordCounts {
  /** As a person knows it: the path as given or found, the address without credentials. */
  readonly place: string;
  readonly status: FileStatus;
  /** The importer's kind. */
  readonly kind?: string;
  /** Names of the sources that it fed. */
  readonly sources: readonly string[];
  /** Why it was skipped, rejected or unreachable. */
  readonly reason?: string;
}

/** What an import did: plain data, ready for JSON. */
export interface IngestSummary {
  readonly dryRun: boolean;
  readonly sources: readonly SourceSummary[];
  readonly files: readonly FileReport[];
  /** Every record that could not be taken, with file, place and reason. */
  readonly rejections: readonly Rejection[];
  readonly notices: readonly Notice[];
  readonly totals: RecordCounts;
  readonly elapsedMs: number;
}

export const noCounts: RecordCounts = {
  new: 0,
  changed: 0,
  unchanged: 0,
  withdrawn: 0,
  older: 0,
  rejected: 0,
};

export function addCounts(a: RecordCounts, b: RecordCounts): RecordCounts {
  return {
    new: a.new + b.new,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    withdrawn: a.withdrawn + b.withdrawn,
    older: a.older + b.older,
    rejected: a.rejected + b.rejected,
  };
}
