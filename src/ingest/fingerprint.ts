import { createHash, hash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { importersVersion } from './importers-version.ts';
import type { ReadJob } from './messages.ts';

/** What a document is known by: where it stands and how it is read, and what it holds. */
export interface Fingerprint {
  readonly key: string;
  readonly fingerprint: string;
  /** True as long as the file is the one whose content was taken. */
  isSame(): boolean;
}

/** Larger files are read in pieces, with pauses for others. */
const maxAtOnce = 1024 * 1024;

/** The fingerprint of a job's document; undefined where it cannot be read. `spots`: whether names are looked for. */
export async function fingerprintOf(job: ReadJob, spots: boolean): Promise<Fingerprint | undefined> {
  try {
    const before = stateOf(job);
    const content = await hashContent(job);
    const { kind, sourceName, marking, mapping, found, maxBytes, streamed } = job;
    return {
      key: digest([job.place, kind, sourceName, marking, mapping, found === true, spots]),
      fingerprint: digest([content, importersVersion(), maxBytes, streamed?.maxBytes]),
      isSame: () => {
        try {
          return stateOf(job) === before;
        } catch {
          return false;
        }
      },
    };
  } catch {
    // Whatever is wrong with it is told when it is read.
    return undefined;
  }
}

function digest(value: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(value.map((one) => one ?? null)), 'base64url');
}

function stateOf({ path }: ReadJob): string {
  if (path === undefined) return '';
  const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}

async function hashContent({ path, bytes }: ReadJob): Promise<string> {
  if (path === undefined) return hash('sha256', bytes ?? '', 'base64url');
  if (statSync(path).size <= maxAtOnce) return hash('sha256', readFileSync(path), 'base64url');
  const sum = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: maxAtOnce })) sum.update(piece as Buffer);
  return sum.digest('base64url');
}
