/** The tokens of an installation; never logged, never stored in clear. Times are epoch milliseconds. */
export interface InstallationTokens {
  /** `xoxb-…`, or `xoxe.xoxb-…` where Slack rotates tokens. */
  readonly botToken: string;
  /** `xoxe-…`; null where the token does not expire. */
  readonly refreshToken: string | null;
  readonly expiresAt: number | null;
  /** From when on a new token is fetched; before `expiresAt`. */
  readonly refreshAt: number | null;
}

/** A Slack workspace, or a whole organisation, that installed the app; without its tokens. */
export interface InstallationFacts {
  /** The workspace's id, or the organisation's where it is installed for all of its workspaces. */
  readonly key: string;
  readonly isOrganisation: boolean;
  /** Null for an organisation. */
  readonly teamId: string | null;
  readonly enterpriseId: string | null;
  /** As Slack names it; text of other people. */
  readonly name: string;
  readonly botUserId: string | null;
  readonly botId: string | null;
  readonly appId: string | null;
  readonly scopes: readonly string[];
  /** The id of the person who installed it. */
  readonly installedBy: string;
  readonly installedAt: number;
}

export interface InstallationSummary extends InstallationFacts {
  readonly expiresAt: number | null;
  readonly refreshAt: number | null;
  /** Rises with every change; a change that names an older version is refused. */
  readonly version: number;
  /** Why its token is of no use any more, for people; null while it is. */
  readonly brokenReason: string | null;
}

export interface StoredInstallation extends InstallationSummary {
  readonly tokens: InstallationTokens;
}

/** Whose the tokens of a store's installations are: the part of the store that holds them, for all replicas. */
export interface InstallationStore {
  /** Puts it in the place of an earlier one of that key. Rejects with `EncryptionKeyError` where no key is set. */
  saveInstallation(facts: InstallationFacts, tokens: InstallationTokens): Promise<void>;
  /** Rejects with `EncryptionKeyError` when its tokens cannot be opened. */
  installation(key: string): Promise<StoredInstallation | undefined>;
  /** All, by key; needs no encryption key. */
  installations(): Promise<readonly InstallationSummary[]>;
  /** Takes the right to fetch a new token until a time; false when another has it, or the version has moved on. */
  leaseRefresh(key: string, version: number, lease: RefreshLease): Promise<boolean>;
  /** Gives the lease back without new tokens. */
  endRefresh(key: string, lease: RefreshLease): Promise<void>;
  /** False when the installation was removed or changed meanwhile: then nothing was saved. */
  saveTokens(key: string, version: number, tokens: InstallationTokens): Promise<boolean>;
  /** Says why the token is of no use; false when the installation was removed or changed meanwhile. */
  markBroken(key: string, version: number, reason: string): Promise<boolean>;
  /** Forgets it and its tokens, unless it was installed after a time. False when there was none. */
  removeInstallation(key: string, installedBy: number): Promise<boolean>;
  /** Notes that a workspace is served by an organisation's installation. */
  noteInstallationTeam(teamId: string, key: string): Promise<void>;
  /** The organisation's installation that serves a workspace. */
  installationOfTeam(teamId: string): Promise<string | undefined>;
  /** The workspaces that an organisation's installation was used in. */
  teamsOfInstallation(key: string): Promise<readonly string[]>;
  forgetInstallationTeam(teamId: string): Promise<void>;

  /** Encrypts everything that is to be encrypted under the first key. Rejects with `EncryptionKeyError` without one. */
  resealSecrets(): Promise<ResealCounts>;
  /** How what is stored is encrypted; needs no key. */
  sealedState(): Promise<SealedState>;
}

export interface RefreshLease {
  readonly now: number;
  readonly until: number;
}

export interface ResealCounts {
  /** Encrypted anew, or for the first time. */
  readonly resealed: number;
  /** Were under the first key already. */
  readonly current: number;
  /** Under keys that are not at hand: left as they are. */
  readonly unreadable: number;
}

export interface SealedState {
  /** Conversation records in clear. */
  readonly plain: number;
  /** Under the first key. */
  readonly current: number;
  /** Under another key that is at hand. */
  readonly older: number;
  /** Under keys that are not at hand. */
  readonly unreadable: number;
}
