/** What one process of the bench is to do. */
export interface DigestsRun {
  readonly kind: 'prepare' | 'deliver' | 'tick';
  /** The embedded database's folder; inputs are written there too. */
  readonly home: string;
  readonly databaseUrl?: string;
  readonly subscriptions: number;
  /** How many reports are new in the window. */
  readonly reports: number;
  /** How long the platform takes for an answer, in milliseconds. */
  readonly answerMs: number;
}

export interface DigestFigures {
  readonly kind: 'deliver';
  readonly planSeconds: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly composed: number;
  readonly posted: number;
  readonly empty: number;
  readonly messages: number;
  /** The first of all, which prepares what later ones share; then one after the other with nothing else to do. */
  readonly firstMs: number;
  readonly composeMs: number;
  readonly composeP99Ms: number;
  readonly loopP50Ms: number;
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  readonly startMb: number;
  readonly peakMb: number;
}

export interface TickFigures {
  readonly kind: 'tick';
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly peakMb: number;
}

export type RunFigures = DigestFigures | TickFigures | { readonly kind: 'prepare' };
