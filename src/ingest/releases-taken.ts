import type { ImportItem } from '../sources/types.ts';
import type { StoredSource } from '../store/types.ts';
import { compareReleases } from './releases.ts';

/** What a run remembers of the documents that it has imported: which release fed which part of which source. */
export type FedReleases = Map<string, string | undefined>;

/** What a document says of a source that it feeds. */
export type SourceItem = Pick<ImportItem & { kind: 'source' }, 'source' | 'complete' | 'scope'>;

export type ReleaseDecision =
  /** A later release is stored: nothing of this one is taken. */
  | { readonly kind: 'older'; readonly text: string }
  | {
      readonly kind: 'taken';
      /** True: what the document lacks is withdrawn. */
      readonly complete: boolean;
      /** The release that the source, or the part of it, has afterwards. */
      readonly version: string | undefined;
    };

/** What is to be done with a source item, given what is stored and what the run has imported before. */
export function decideRelease(
  item: SourceItem,
  stored: readonly StoredSource[],
  { fed, mayWithdraw }: { readonly fed: FedReleases; readonly mayWithdraw: boolean },
): ReleaseDecision {
  const { source } = item;
  const storedVersion = versionOf(
    stored.find((one) => one.name === source.name),
    item.scope,
  );
  const order = compareReleases(source.version, storedVersion);
  if (item.complete && order !== undefined && order < 0) {
    const text = `release ${source.version} of ${source.title} is older than the one that is stored: nothing was taken`;
    return { kind: 'older', text };
  }
  return {
    kind: 'taken',
    complete: item.complete && mayWithdraw && isNewest(source.version, keyOfPart(item), fed),
    // A part of a release says nothing about which release is stored.
    version: item.complete ? source.version : (source.version ?? storedVersion),
  };
}

/** The key of a source, or of a scope of it, in a run. */
export function keyOfPart({ source, scope }: SourceItem): string {
  return JSON.stringify([source.name, scope ?? '']);
}

function versionOf(stored: StoredSource | undefined, scope: string | undefined): string | undefined {
  return scope === undefined ? stored?.version : stored?.scopeVersions?.[scope];
}

/** A second document for the same part of a source withdraws what the first brought only if it is a later release. */
function isNewest(version: string | undefined, key: string, fed: FedReleases): boolean {
  if (!fed.has(key)) return true;
  return (compareReleases(version, fed.get(key)) ?? 0) > 0;
}
