/** The tables of what was asked and shown. Times are epoch milliseconds, JSON is text. */
export interface AnswerTables {
  activity: ActivityTable;
  activity_entity: ActivityEntityTable;
  evidence: EvidenceTable;
  evidence_content: EvidenceContentTable;
}

export interface ActivityTable {
  id: string;
  at: number;
  platform: string;
  workspace: string;
  person: string;
  place: string;
  place_kind: string;
  thread: string | null;
  action: string;
  question: string | null;
  outcome: string;
  audience: string;
  ceiling: string;
  marking: string;
  /** With commas between them. */
  markings: string;
  withheld_count: number;
  withheld_highest: string | null;
  /** Ids with blanks between them. */
  entities: string;
  entity_count: number;
  evidence: string | null;
}

/** By which what was shown of an entity is found. */
export interface ActivityEntityTable {
  entity: string;
  at: number;
  activity: string;
}

export interface EvidenceTable {
  platform: string;
  workspace: string;
  id: string;
  at: number;
  question: string | null;
  ceiling: string;
  hash: string;
}

/** What equal answers share. `used_at`: of the newest evidence that points to it. */
export interface EvidenceContentTable {
  hash: string;
  packed: string;
  used_at: number;
}
