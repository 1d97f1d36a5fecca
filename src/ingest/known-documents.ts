import type { SourceInfo } from '../domain/source.ts';
import type { Notice, Rejection } from '../sources/types.ts';
import type { KnownPart, Store, StoredSource } from '../store/types.ts';
import { bySourceOf, type DocumentOutcome, type FinishedImport } from './document-import.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { ReadEnd } from './messages.ts';
import { decideRelease, type FedReleases, keyOfPart, type SourceItem } from './releases-taken.ts';
import { noCounts, type RecordCounts } from './types.ts';

/** How the reading of a document ended, and what became of it: as if it had been read, or because it was. */
export interface DocumentResult {
  readonly end: ReadEnd;
  readonly outcome: DocumentOutcome;
}

/** What is kept of a document besides its records, to be told again. */
interface Told {
  readonly end: ReadEnd;
  readonly parts: readonly (SourceItem & { readonly records: number })[];
  /** False when it was imported without withdrawing anything. */
  readonly mayWithdraw: boolean;
  readonly rejections: readonly Rejection[];
  readonly notices: readonly Notice[];
  /** Set where names were looked for in its words: the version of the names that were known at least. */
  readonly names?: number;
}

/** A longer report is not worth keeping: a document that is mostly refused is read again. */
const maxToldChars = 1_000_000;

interface Run {
  readonly store: Store;
  readonly fed: FedReleases;
  readonly dryRun: boolean;
}

/** The documents that the store knows, and a run's way with them. */
export interface KnownDocuments {
  /**
   * What importing the document would do, where that is nothing; undefined when it has to be read. `defersMentions`:
   * not now, where that depends on names which other documents may tell.
   */
  recall(document: Fingerprint, defersMentions: boolean): Promise<DocumentResult | 'deferred' | undefined>;
  remember(
    document: Fingerprint,
    end: ReadEnd,
    imported: FinishedImport,
    options: { readonly mayWithdraw: boolean; readonly names: number },
  ): Promise<void>;
  /** Notes that what was recalled was found as it is. */
  close(now: number): Promise<void>;
}

export function createKnownDocuments(run: Run): KnownDocuments {
  const touched = new Map<string, SourceItem>();
  return {
    async recall({ key, fingerprint }, defersMentions) {
      const known = await run.store.knownDocument(key, fingerprint);
      const told = known === undefined ? undefined : parseTold(known.told);
      if (known === undefined || told === undefined) return undefined;
      if (told.names !== undefined) {
        if (defersMentions) return 'deferred';
        if (told.names !== (await run.store.namesVersion())) return undefined;
      }
      const stored = told.parts.some(({ complete }) => complete) ? await run.store.sources() : [];
      const parts = told.parts.map((part) => recallPart(part, known.parts, stored, told, run));
      if (!parts.every((part) => part !== undefined)) return undefined;
      for (const part of parts) {
        if (part.older !== undefined) continue;
        run.fed.set(keyOfPart(part), part.source.version);
        touched.set(keyOfPart(part), part);
      }
      const olderNotices = parts.flatMap(({ older }) =>
        older === undefined ? [] : [{ place: '', path: '', text: older }],
      );
      return {
        end: told.end,
        outcome: {
          bySource: bySourceOf(parts),
          rejections: told.rejections,
          notices: [...told.notices, ...olderNotices],
        },
      };
    },

    async remember(document, end, imported, { mayWithdraw, names }) {
      if (run.dryRun || (end.status === 'unreadable' && end.isPassing === true)) return;
      const told: Told = {
        end,
        parts: imported.parts.map(({ source, complete, scope, records }) => ({
          source,
          complete,
          ...(scope === undefined ? {} : { scope }),
          records,
        })),
        mayWithdraw,
        rejections: imported.rejections,
        notices: imported.notices.filter(({ place }) => place !== ''),
        ...(imported.usedMentions ? { names } : {}),
      };
      const text = JSON.stringify(told);
      if (text.length > maxToldChars || !document.isSame()) return;
      await run.store.rememberDocument(document.key, {
        fingerprint: document.fingerprint,
        told: text,
        brought: imported.parts.map(({ source, scope }) => ({
          source: source.name,
          ...(scope === undefined ? {} : { scope }),
        })),
      });
    },

    async close(now) {
      if (!run.dryRun) {
        for (const { source, scope } of touched.values())
          await run.store.touchImport(source.name, scope, now);
      }
      touched.clear();
    },
  };
}

function parseTold(text: string): Told | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isTold(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// Our own JSON, whose shape was known when it was written: a look at the frame is enough.
function isTold(value: unknown): value is Told {
  return typeof value === 'object' && value !== null && 'end' in value && 'parts' in value;
}

interface RecalledPart extends SourceItem {
  readonly source: SourceInfo;
  readonly counts: RecordCounts;
  /** Set where a later release is stored by now, with words that say so. */
  readonly older?: string;
}

/** What another import of a part would count; undefined where it might alter something. */
function recallPart(
  part: Told['parts'][number],
  known: readonly KnownPart[],
  stored: readonly StoredSource[],
  { mayWithdraw }: Told,
  { fed }: Run,
): RecalledPart | undefined {
  const decision = decideRelease(part, stored, { fed, mayWithdraw });
  if (decision.kind === 'older') {
    return { ...part, counts: { ...noCounts, older: part.records }, older: decision.text };
  }
  const before = known.find((one) => one.source === part.source.name && one.scope === part.scope);
  if (before === undefined || !before.isCurrent || before.complete !== decision.complete) return undefined;
  const { unchanged, stale, rejected } = before;
  return { ...part, counts: { ...noCounts, unchanged, older: stale, rejected } };
}
