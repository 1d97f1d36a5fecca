import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { KeyPlaces } from '../connect/resolve-key.ts';
import type { SyncDeps } from '../connect/sync.ts';

/** Where the keys of sources are: this process's environment, and the files that it names. */
export function processKeys(): KeyPlaces {
  return { env: process.env, readFile: (path) => readFileSync(path, 'utf8') };
}

/** What syncs need of this process, besides the store. */
export function processSyncDeps(): Pick<SyncDeps, 'keys' | 'random' | 'newOwner'> {
  return { keys: processKeys(), random: Math.random, newOwner: randomUUID };
}
