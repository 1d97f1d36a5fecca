import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ingestPaths } from '../../src/ingest/ingest.ts';
import type { FileReport, IngestDeps, IngestOptions, IngestSummary } from '../../src/ingest/types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store, StoredRecord } from '../../src/store/types.ts';

/** A folder of files and an empty database, both gone after the test. */
export interface World {
  readonly store: Store;
  readonly folder: string;
  /** Writes a file below the folder and gives back its path; other values than text and bytes become JSON. */
  write(name: string, content: unknown): string;
  ingest(
    paths: readonly string[],
    options?: IngestOptions,
    limits?: IngestDeps['limits'],
  ): Promise<IngestSummary>;
  records(): Promise<readonly StoredRecord[]>;
}

export async function createWorld(): Promise<World> {
  const root = mkdtempSync(join(tmpdir(), 'threatbrief-ingest-'));
  const store = await openStore({ home: join(root, 'home') });
  onTestFinished(async () => {
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });
  const folder = join(root, 'files');
  mkdirSync(folder);
  let time = Date.parse('2026-01-01T00:00:00Z');
  return {
    store,
    folder,
    write(name, content) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      const isRaw = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(path, isRaw ? content : JSON.stringify(content));
      return path;
    },
    ingest(paths, options = {}, limits = {}) {
      time += 60_000;
      return ingestPaths(paths, options, { store, clock: { now: () => new Date(time) }, limits });
    },
    async records() {
      const found: StoredRecord[] = [];
      for await (const record of store.records()) found.push(record);
      return found;
    },
  };
}

export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A made-up malware as STIX has it. */
export function malware(number: number, fields: object = {}): object {
  return {
    type: 'malware',
    id: `malware--${uuid(number)}`,
    created: '2024-01-01T00:00:00.000Z',
    modified: '2024-01-01T00:00:00.000Z',
    name: `Made Up ${number}`,
    ...fields,
  };
}

export function bundle(...objects: readonly unknown[]): object {
  return { type: 'bundle', id: `bundle--${uuid(0)}`, objects };
}

const mitre = 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5';

/** A whole release of ATT&CK ICS with these software numbers. */
export function release(version: string, numbers: readonly number[], ...more: readonly unknown[]): object {
  const collection = {
    type: 'x-mitre-collection',
    id: `x-mitre-collection--${uuid(900)}`,
    name: 'ICS ATT&CK',
    created_by_ref: mitre,
    x_mitre_version: version,
    x_mitre_contents: numbers.map((number) => ({ object_ref: `malware--${uuid(number)}` })),
  };
  const objects = numbers.map((number) => malware(number, { created_by_ref: mitre }));
  return bundle(collection, ...objects, ...more);
}

/** A galaxy file with entries of these numbers. */
export function galaxy(type: string, version: number, numbers: readonly number[]): object {
  return {
    authors: ['Nobody'],
    category: 'tool',
    description: 'Made up',
    name: type,
    source: 'Nobody',
    type,
    uuid: uuid(800),
    version,
    values: numbers.map((number) => ({ uuid: uuid(number), value: `Entry ${number}` })),
  };
}

export function fileNamed(summary: IngestSummary, name: string): FileReport | undefined {
  return summary.files.find(({ place }) => place.endsWith(name));
}
