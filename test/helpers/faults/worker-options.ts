import type { ClockScale } from './scaled-clock.ts';

export interface WorkerOptions {
  readonly home: string;
  readonly databaseUrl?: string;
  readonly scale: ClockScale;
  readonly platform: {
    readonly url: string;
    readonly requestTimeoutMs: number;
    readonly visibilityLagMs: number;
    readonly minGapMs: number;
  };
  /** Begins when it is told to, not at once. */
  readonly waits?: boolean;
  /** Ends itself with SIGKILL when it comes to this step for the so-manieth time. */
  readonly kill?: { readonly step: string; readonly times: number };
}

/** How many messages the digest of a subscription has: every third is a thread of three. */
export function partsOf(subscription: string): number {
  return Number.parseInt(subscription.replace(/\D/g, ''), 10) % 3 === 0 ? 3 : 1;
}
