import type { Person } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';

/**
 * What someone did with the bot. `ask`: a question or a command, typed or behind a button; `brief`, `more`, `sources` and
 * `share`: buttons; `form`: a dialog was opened, `submit`: sent; `text`: a pasted message; `home`: their own page; `link`: the
 * preview of a link of ours; `digest`: something that a subscription delivered; `evidence`: what an earlier
 * answer rested on; `audit`: the audit itself was read.
 */
export const activityActions = [
  'ask',
  'brief',
  'more',
  'sources',
  'share',
  'form',
  'submit',
  'text',
  'home',
  'link',
  'digest',
  'evidence',
  'audit',
] as const;
export type ActivityAction = (typeof activityActions)[number];

/**
 * How it ended: the outcome of an answer, else `shown` (a card without an answer), `refused` (not allowed), `limited` (over a
 * limit), `failed` (an outage or a fault of ours).
 */
export const activityOutcomes = [
  'found',
  'ambiguous',
  'suggest',
  'not-found',
  'answer',
  'help',
  'refused',
  'shown',
  'limited',
  'failed',
] as const;
export type ActivityOutcome = (typeof activityOutcomes)[number];

/** One thing that someone did, and what was shown for it: ids and markings, never the text of the answer. */
export interface StoredActivity {
  /** Ascending with the time, and unique: 9 characters of the time in base 36, and random ones. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly person: Person;
  /** The platform's opaque id of the place, without a thread. */
  readonly place: string;
  readonly placeKind: 'direct' | 'group' | 'channel';
  readonly thread: string | null;
  readonly action: ActivityAction;
  /** As the setting for it says: the text with its end cut off, `sha256:…`, or null. */
  readonly question: string | null;
  readonly outcome: ActivityOutcome;
  /** Who saw it: the one who asked, or everyone in the place. */
  readonly audience: 'asker' | 'place';
  /** The strictest marking that the place could see. */
  readonly ceiling: Tlp;
  /** The strictest marking among what was shown. */
  readonly marking: Tlp;
  /** All markings among what was shown, lowest first. */
  readonly markings: readonly Tlp[];
  readonly withheldCount: number;
  readonly withheldHighest: Tlp | null;
  /** Ids of the first entities that were shown. */
  readonly entities: readonly string[];
  /** How many were shown in all. */
  readonly entityCount: number;
  /** The id by which what was shown can be asked for again; null where nothing was kept. */
  readonly evidence: string | null;
}

/** The place and id under which evidence is found: nobody finds that of another workspace. */
export interface EvidenceKey {
  readonly platform: Person['platform'];
  readonly workspace: string;
  /** `E-` and eight letters and digits. */
  readonly id: string;
}

/** What an answer rested on when it was given. */
export interface StoredEvidence extends EvidenceKey {
  /** Epoch milliseconds. */
  readonly at: number;
  /** As for activities. */
  readonly question: string | null;
  /** The strictest marking that the place could see then. */
  readonly ceiling: Tlp;
  /** The hash of its content: equal answers share one. */
  readonly hash: string;
}

/** The statements of an answer, packed; see `src/chat/evidence-content.ts`. */
export interface EvidenceContent {
  readonly hash: string;
  readonly packed: string;
}

export interface ActivityQuery {
  /** Epoch milliseconds, `since <= at < until`. */
  readonly since: number;
  readonly until?: number;
  readonly workspace?: Pick<Person, 'platform' | 'workspace'>;
  /** The platform's id, on any platform. */
  readonly person?: string;
  readonly place?: string;
  /** Any of them was shown. */
  readonly entities?: readonly string[];
  readonly actions?: readonly ActivityAction[];
  /** Only those before one that was read: the next page. */
  readonly before?: Pick<StoredActivity, 'at' | 'id'>;
  readonly limit: number;
}

/** What someone looked up. */
export interface StoredLookup {
  readonly entity: string;
  /** Epoch milliseconds of the last time. */
  readonly at: number;
}

export interface AnswerBatch {
  readonly activities: readonly StoredActivity[];
  readonly evidence: readonly StoredEvidence[];
  /** Those that may not be stored yet. */
  readonly contents: readonly EvidenceContent[];
}

/** Epoch milliseconds before which each is forgotten. */
export interface AnswerTrimTimes {
  readonly activities: number;
  readonly evidence: number;
}

/** A record by its source and its key there. */
export interface StoredRecordKey {
  readonly source: string;
  readonly externalId: string;
}

/** How `lastMarkings` names a record. */
export function recordKeyText({ source, externalId }: StoredRecordKey): string {
  return `${source}\n${externalId}`;
}

/** What was asked and shown: the part of the store that holds it, for all replicas. */
export interface AnswerStore {
  /** In one transaction; what is stored already under its id is left as it is. */
  noteAnswers(batch: AnswerBatch): Promise<void>;
  /** Newest first. */
  activities(query: ActivityQuery): Promise<readonly StoredActivity[]>;
  /** The first entity of each answer that a person was shown, each once, newest first. */
  lookups(person: Person, limit: number): Promise<readonly StoredLookup[]>;
  /** Without a workspace: the newest of that id, wherever it was shown; for operators alone. */
  evidence(
    key: EvidenceKey | Pick<EvidenceKey, 'id'>,
  ): Promise<(StoredEvidence & { readonly packed: string }) | undefined>;
  /**
   * The marking of the last version of each record, whether its source still has it or not: its own, else its source's
   * default; by `recordKeyText`. Absent for a record that was never stored.
   */
  lastMarkings(records: readonly StoredRecordKey[]): Promise<ReadonlyMap<string, Tlp>>;
  /** Deletes what is older, at most `limit` of each kind; tells how many rows went of the kind that lost most. */
  trimAnswers(before: AnswerTrimTimes, limit: number): Promise<number>;
}
