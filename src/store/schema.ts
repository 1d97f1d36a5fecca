import type { Generated } from 'kysely';
import type { AnswerTables } from './answer-schema.ts';
import type { DeliveryTables } from './delivery-schema.ts';
import type { Outcome } from './import-plan.ts';

/** The tables as Kysely sees them. Times are epoch milliseconds, flags 0 or 1, JSON is text in canonical form. */
export interface Tables extends DeliveryTables, AnswerTables {
  source: SourceTable;
  source_scope: SourceScopeTable;
  record: RecordTable;
  record_version: RecordVersionTable;
  indicator: IndicatorTable;
  indicator_value: IndicatorValueTable;
  record_change: RecordChangeTable;
  knowledge: KnowledgeTable;
  connection: ConnectionTable;
  document: DocumentTable;
  document_part: DocumentPartTable;
  document_record: DocumentRecordTable;
  workspace_setting: WorkspaceSettingTable;
  identity_decision: IdentityDecisionTable;
  thread_subject: ThreadSubjectTable;
  slack_installation: InstallationTable;
  slack_installation_team: { team: string; key: string };
  /** Temporary, on the connection of one import session only. */
  import_record: ImportRecordTable;
  /** Temporary: ids of records that a complete import lacks. */
  import_gone: { external_id: string };
  /** Temporary: keys of entities that are new in the import; see `entityKeys`. */
  import_key: { key: string };
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
  /** The source's revision that last altered anything of the row; 0 for rows older than the column. */
  revision: number;
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
  /** Rises with every import that may alter what actors, software, techniques and campaigns are called. */
  names: Generated<number>;
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

/** A document that was imported, so that it need not be read again; see `DocumentStore`. */
export interface DocumentTable {
  key: string;
  fingerprint: string;
  /** What the importing side keeps to tell again, as JSON. */
  told: string;
}

/** What a document brought into one source, or one scope of it. */
export interface DocumentPartTable {
  id: Generated<number>;
  document: string;
  source: string;
  scope: string;
  /** The source as the import described it, as JSON. */
  described: string;
  complete: number;
  unchanged: number;
  stale: number;
  rejected: number;
  /** The source's revision when the document had been imported. */
  revision: number;
}

/** The records that a part brought, kept out or found as they were. */
export interface DocumentRecordTable {
  part: number;
  external_id: string;
}

/** What an admin set for a workspace; see `WorkspaceSettings`. */
export interface WorkspaceSettingTable {
  workspace: string;
  name: string;
  value: string;
  changed_by: string;
  changed_at: number;
}

/** The history of an operator's decisions on identity: in force while `gone_at` is null. */
export interface IdentityDecisionTable {
  hash: string;
  seen_at: number;
  gone_at: number | null;
  content: string;
}

/** What a conversation spoke of last; see `Threads`. */
export interface ThreadSubjectTable {
  thread: string;
  entity: string;
  form: string;
  said_at: number;
}

/** Who installed the app in Slack; see `StoredInstallation`. */
export interface InstallationTable {
  key: string;
  /** `InstallationFacts` as JSON. */
  facts: string;
  /** Always encrypted. */
  tokens: string;
  expires_at: number | null;
  refresh_at: number | null;
  /** Until when one process alone fetches a new token. */
  lease_until: number | null;
  installed_at: number;
  version: number;
  broken_reason: string | null;
}

export interface ImportRecordTable {
  /** Counts up; of two rows with one external id only the later one is ever left. */
  position: number;
  external_id: string;
  outcome: Outcome;
  comes_back: number;
  was_withdrawn: number;
  remarked: number;
  /** 1 where the record may say what something is called; see `saysNames`. */
  says_names: number;
  entity_type: string | null;
  /** Null where the outcome needs none; likewise the indicators. */
  content: string | null;
  content_hash: string;
  indicators: string | null;
  indicators_hash: string | null;
  indicator_count: number;
  modified_at: number | null;
}
