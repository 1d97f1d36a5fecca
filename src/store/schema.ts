import type { Generated } from 'kysely';

/** The tables as Kysely sees them. Times are epoch milliseconds, flags 0 or 1, JSON is text in canonical form. */
export interface Tables {
  source: SourceTable;
  source_scope: SourceScopeTable;
  record: RecordTable;
  record_version: RecordVersionTable;
  indicator: IndicatorTable;
  indicator_value: IndicatorValueTable;
  record_change: RecordChangeTable;
  knowledge: KnowledgeTable;
  connection: ConnectionTable;
  /** Temporary, on the connection of one import session only. */
  import_record: ImportRecordTable;
}

export interface SourceTable {
  name: string;
  kind: string;
  title: string;
  licence: string;
  default_marking: string;
  reliability: string;
  version: string | null;
  record_count: number;
  imported_at: number;
  bundle_hash: string | null;
  /** Rises with each import that altered a record of the source. */
  revision: number;
}

/** What was imported of a source, by scope; the scope is empty where the source has none. */
export interface SourceScopeTable {
  source: string;
  scope: string;
  version: string | null;
  imported_at: number;
  /** 1 once an import other than the bundled one brought the whole scope. */
  live_complete: number;
}

/** The last version of each record: current while `valid_to` is null, else withdrawn at that time. */
export interface RecordTable {
  source: string;
  external_id: string;
  scope: string;
  content: string;
  content_hash: string;
  indicators_hash: string | null;
  indicator_count: number;
  /** The publisher's `modified`, where it is a time. */
  modified_at: number | null;
  bundled: number;
  valid_from: number;
  valid_to: number | null;
}

/** Earlier versions of records. */
export interface RecordVersionTable {
  source: string;
  external_id: string;
  content: string;
  content_hash: string;
  bundled: number;
  valid_from: number;
  valid_to: number;
}

export interface IndicatorTable {
  source: string;
  external_id: string;
  position: number;
  content: string;
}

/** The values by which indicators are found; see `lookupKey`. */
export interface IndicatorValueTable {
  value: string;
  source: string;
  external_id: string;
  position: number;
}

export interface RecordChangeTable {
  id: Generated<number>;
  at: number;
  source: string;
  external_id: string;
  kind: string;
  title: string;
  marking: string;
  detail: string;
}

/** One row. */
export interface KnowledgeTable {
  id: number;
  version: number;
}

/** A connected source; see `StoredConnection`. */
export interface ConnectionTable {
  name: string;
  settings: string;
  state: string;
  sources: string;
  paused: number;
  added_at: number;
  last_attempt_at: number | null;
  last_success_at: number | null;
  last_error: string | null;
  last_counts: string | null;
  failures: number;
  next_run_at: number;
  lease_owner: string | null;
  lease_until: number | null;
}

export interface ImportRecordTable {
  /** Counts up; of two rows with one external id only the later one is ever left. */
  position: number;
  external_id: string;
  content: string;
  content_hash: string;
  indicators: string | null;
  indicators_hash: string | null;
  indicator_count: number;
  modified_at: number | null;
}
