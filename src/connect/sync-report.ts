import type { SourceSummary } from '../ingest/types.ts';
import type { Notice, Rejection } from '../sources/types.ts';
import type { SyncCounts } from '../store/types.ts';

/** What a sync did. Plain data without secrets, ready for JSON. */
export interface SyncReport {
  readonly counts: SyncCounts;
  readonly sources: readonly SourceSummary[];
  readonly rejections: readonly Rejection[];
  readonly notices: readonly Notice[];
  readonly elapsedMs: number;
}
