import { openIngest } from '../ingest/ingest.ts';
import type { SpotMentions } from '../ingest/types.ts';
import type { Notice, Rejection } from '../sources/types.ts';
import type { Store, StoredConnection } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Clock } from '../support/clock.ts';
import { createAnswerFiles } from './answer-files.ts';
import { createKeySearch } from './holds-key.ts';
import { ingestOptionsOf } from './ingest-options.ts';
import type { Lease } from './lease.ts';
import type { SyncReport } from './sync-report.ts';
import type { SyncStep } from './types.ts';

/** Carries out the steps of one sync, and keeps count. */
export interface StepTaker {
  /** Resolves when what the step brings is stored. Rejects when the store is out. */
  take(step: SyncStep): Promise<void>;
  /** See `SyncContext.wasTaken`. */
  wasTaken(place: string): boolean;
  /** See `SyncContext.newFile`. */
  newFile(): string;
  /** Names of the sources that it has brought records of. */
  sources(): readonly string[];
  report(): SyncReport;
  close(): Promise<void>;
}

export interface StepTakerParts {
  readonly stored: StoredConnection;
  readonly lease: Lease;
  readonly store: Store;
  readonly clock: Clock;
  readonly spot?: SpotMentions;
  /** The value behind `keyEnv`: what holds it is not imported. */
  readonly key?: string;
}

export function createStepTaker(parts: StepTakerParts): StepTaker {
  const { stored, lease, store, clock, spot, key } = parts;
  const { connection } = stored;
  const ingest = openIngest(ingestOptionsOf(connection), {
    store,
    clock,
    ...(spot === undefined ? {} : { spot }),
  });
  const rejections: Rejection[] = [];
  const notices: Notice[] = [];
  const refused = new Set<string>();
  const sources = new Set<string>();
  const answers = createAnswerFiles();
  const holdsKey = createKeySearch(key, connection.user);
  let withdrawn = 0;

  async function takeDocument(step: SyncStep & { kind: 'document' }): Promise<void> {
    if (await holdsKey(step)) {
      refused.add(step.place);
      const reason =
        'it holds the key of this connection, and is not imported; the server gives away what it is sent: have that mended, then change the key';
      rejections.push({ place: step.place, path: '', reason });
      return;
    }
    const file = await ingest.add(step);
    if (file.status === 'imported') refused.delete(step.place);
    else refused.add(step.place);
    for (const source of file.sources) sources.add(source);
  }

  /** A listing is believed about what this connection brought, and when there is something in it. */
  async function keepPresent({ source, externalIds }: SyncStep & { kind: 'present' }): Promise<void> {
    const isOwn = source === connection.sourceName || stored.sources.includes(source) || sources.has(source);
    const doubt = isOwn
      ? 'the listing is empty'
      : `nothing of the source ${source} came through this connection so far`;
    if (isOwn && externalIds.length > 0) {
      withdrawn += await store.keepOnly(source, externalIds, clock.now().getTime());
    } else {
      notices.push({ place: connection.name, path: '', text: `${doubt}: nothing was withdrawn` });
    }
  }

  return {
    async take(step) {
      switch (step.kind) {
        case 'document':
          return takeDocument(step);
        case 'present':
          return keepPresent(step);
        case 'state':
          if (!(await store.saveSyncState(connection.name, lease.owner, step.state))) lease.markLost();
          return;
        case 'rejection':
          rejections.push(step.rejection);
          return;
        case 'notice':
          notices.push(step.notice);
          return;
        default:
          assertNever(step);
      }
    },
    wasTaken: (place) => !refused.has(place),
    newFile: answers.newFile,
    sources: () => [...sources],
    report() {
      const { files, totals, elapsedMs, ...summary } = ingest.summary();
      return {
        counts: {
          documents: files.length,
          ...totals,
          withdrawn: totals.withdrawn + withdrawn,
          rejected: totals.rejected + rejections.length,
        },
        sources: summary.sources,
        rejections: [...rejections, ...summary.rejections],
        notices: [...notices, ...summary.notices],
        elapsedMs,
      };
    },
    close: async () => {
      answers.close();
      await ingest.close();
    },
  };
}
