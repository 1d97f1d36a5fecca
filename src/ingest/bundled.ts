import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceRecord } from '../domain/record.ts';
import type { Store, StoredRecord, StoredSource } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import { type BundledFile, type BundledManifest, decodeRecords, manifestSchema } from './bundled-format.ts';

/** What became of the bundled data. */
export type BundledOutcome =
  | { readonly kind: 'loaded'; readonly records: number }
  /** The store has this bundle already. */
  | { readonly kind: 'present' };

/** The bundled data cannot be read: the checkout or the package is incomplete. */
export class BundledDataError extends AppError {
  constructor(folder: string, file: string, reason: string, cause?: unknown) {
    super(
      'bundled-data',
      `bundled data ${join(folder, file)}: ${reason}; restore the folder from the repository or the package, or make it again with "npm run data:build -- DIR"`,
      { facts: { folder, file }, ...(cause === undefined ? {} : { cause }) },
    );
  }
}

/**
 * Puts the data that come with the product into the store, unless it has them already. They never replace what a
 * live import brought. Rejects with `BundledDataError` when the folder is damaged; the store is then as before, or
 * has some of the files, and the next start tries again.
 */
export async function loadBundledData(store: Store, folder: string, clock: Clock): Promise<BundledOutcome> {
  const manifest = await readManifest(folder);
  const stored = new Map((await store.sources()).map((source) => [source.name, source.bundleHash]));
  if (manifest.files.every(({ source }) => stored.get(source.name) === manifest.hash))
    return { kind: 'present' };
  // All files are checked before the first is stored, and decoded one at a time, to be gone before the next.
  for (const part of manifest.files) await readChecked(folder, part);
  // An import reads what its source holds already, so the small parts of a source come first.
  const parts = manifest.files.toSorted((a, b) => a.records - b.records);
  let count = 0;
  for (const [position, part] of parts.entries()) {
    const isLast = !parts.slice(position + 1).some(({ source }) => source.name === part.source.name);
    const records = decodePart(folder, part, await readChecked(folder, part));
    await importPart(store, part, records, isLast ? manifest.hash : `${manifest.hash} in part`, clock);
    count += records.length;
  }
  return { kind: 'loaded', records: count };
}

/** The bundled data as a store gives them back after it has loaded them. */
export interface BundledContent {
  readonly records: readonly StoredRecord[];
  readonly sources: readonly StoredSource[];
}

/**
 * Reads the data that come with the product into memory, so that questions can be answered before they are stored.
 * Rejects with `BundledDataError` when the folder is damaged.
 */
export async function readBundledData(folder: string, clock: Clock): Promise<BundledContent> {
  const manifest = await readManifest(folder);
  const importedAt = clock.now().getTime();
  const sources = new Map<string, StoredSource>();
  const records: StoredRecord[] = [];
  for (const part of manifest.files) {
    const { version, ...info } = part.source;
    const recordCount = (sources.get(info.name)?.recordCount ?? 0) + part.records;
    sources.set(info.name, {
      ...info,
      ...(version === undefined || part.scope !== undefined ? {} : { version }),
      recordCount,
      importedAt,
      bundleHash: manifest.hash,
    });
    for (const record of decodePart(folder, part, await readChecked(folder, part))) {
      const stored = { source: info.name, record, contentHash: '', validFrom: importedAt };
      records.push({ ...stored, present: true, bundled: true });
    }
  }
  return { records, sources: [...sources.values()] };
}

async function importPart(
  store: Store,
  { source: { version, ...source }, scope }: BundledFile,
  records: readonly SourceRecord[],
  bundleHash: string,
  clock: Clock,
): Promise<void> {
  const session = await store.beginImport(
    { ...source, ...(version === undefined ? {} : { version }) },
    {
      now: clock.now().getTime(),
      complete: true,
      bundleHash,
      ...(scope === undefined ? {} : { scope }),
    },
  );
  try {
    await session.put(records);
    await session.finish();
  } catch (error) {
    await session.abandon();
    throw error;
  }
}

async function readManifest(folder: string): Promise<BundledManifest> {
  const text = new TextDecoder().decode(await readBytes(folder, 'manifest.json'));
  const manifest = manifestSchema.safeParse(parseJson(folder, text));
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  throw new BundledDataError(
    folder,
    'manifest.json',
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
}

function parseJson(folder: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BundledDataError(folder, 'manifest.json', 'is not JSON', error);
  }
}

async function readChecked(folder: string, part: BundledFile): Promise<Uint8Array> {
  const bytes = await readBytes(folder, part.file);
  if (hash('sha256', bytes, 'hex') === part.sha256) return bytes;
  throw new BundledDataError(folder, part.file, 'its hash is not the one of the manifest');
}

function decodePart(folder: string, part: BundledFile, bytes: Uint8Array): readonly SourceRecord[] {
  try {
    const records = decodeRecords(new TextDecoder().decode(bytes));
    if (records.length === part.records) return records;
    throw new Error(`${records.length} records, the manifest says ${part.records}`);
  } catch (error) {
    throw new BundledDataError(
      folder,
      part.file,
      error instanceof Error ? error.message : 'unreadable',
      error,
    );
  }
}

async function readBytes(folder: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, file));
  } catch (error) {
    throw new BundledDataError(folder, file, 'cannot be read', error);
  }
}
