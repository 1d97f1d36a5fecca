import type { Tlp } from '../domain/tlp.ts';

/** An operator's decision on identity, as it stood in a file. */
export interface DecisionContent {
  readonly kind: 'same' | 'different';
  readonly members: readonly string[];
  readonly reason?: string;
  readonly by?: string;
  readonly date?: string;
  readonly marking?: Tlp;
  /** Where it was written when it was first seen: `identity.yaml line 12`. */
  readonly place?: string;
}

export interface NotedDecision extends DecisionContent {
  /** Equal for equal decisions. */
  readonly key: string;
}

/** A decision with the times between which it was in force. A decision that came back stands here twice. */
export interface StoredDecision extends DecisionContent {
  /** Epoch milliseconds at which it was first seen. */
  readonly seenAt: number;
  /** Epoch milliseconds at which it was first missed; null while it is in force. */
  readonly goneAt: number | null;
}

/** A setting of a workspace, with who changed it last and when. */
export interface StoredSetting {
  readonly name: string;
  /** JSON-ready. */
  readonly value: unknown;
  /** The platform's opaque id of the person. */
  readonly changedBy: string;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

/** What a conversation spoke of last. */
export interface StoredThreadSubject {
  /** The entity's id. */
  readonly entity: string;
  /** The last question about it, with `{}` where the entity stood. */
  readonly form: string;
  /** Epoch milliseconds. */
  readonly saidAt: number;
}

/** What conversations spoke of: the part of the store that holds it, for all replicas. */
export interface ThreadStore {
  /** Undefined for a conversation that spoke of nothing. */
  threadSubject(thread: string): Promise<StoredThreadSubject | undefined>;
  rememberThreadSubject(thread: string, subject: StoredThreadSubject): Promise<void>;
  /** Forgets what was said before a time (epoch milliseconds). */
  forgetThreadSubjects(before: number): Promise<void>;
}

/** What people decided: the part of the store that holds it. */
export interface SettingsStore {
  /** Makes the given decisions those in force: new ones are noted as seen, missing ones as gone. */
  noteDecisions(decisions: readonly NotedDecision[], now: number): Promise<void>;
  /** Every decision that was ever in force, oldest first. */
  decisionHistory(): Promise<readonly StoredDecision[]>;
  /** The settings of a workspace, by name; one that was never set is absent. */
  workspaceSettings(workspace: string): Promise<readonly StoredSetting[]>;
  /** Sets one; a value of null takes it back to the default, and who did so stays recorded. */
  changeWorkspaceSetting(workspace: string, setting: StoredSetting): Promise<void>;
}
