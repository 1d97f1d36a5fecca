import type { PlainHook } from '../support/plain-hook.ts';

/** Whether the process can do its work, by part. */
export interface ReadyReport {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, ReadyPart>>;
}

export interface ReadyPart {
  readonly ready: boolean;
  /** Why not, in words that are safe for anyone to read. */
  readonly detail?: string;
}

/** A platform's web hook: takes the raw request, verifies it itself, never rejects. */
export interface WebHook {
  fetch(request: Request): Promise<Response>;
  /** The same hook over requests that were read already, where it has one. */
  readonly plain?: PlainHook;
}
