import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertNever } from '../support/assert-never.ts';
import type { ReadJob } from './messages.ts';
import type { Place } from './places.ts';
import { type PlaceResult, reportFailure } from './report.ts';
import type { GivenDocument, IngestLimits, IngestOptions } from './types.ts';

/** What to read of a place, or what became of it already. */
export type Job =
  | { readonly kind: 'read'; readonly job: ReadJob; readonly close: () => void }
  | { readonly kind: 'done'; readonly result: PlaceResult };

const maxMappingBytes = 256 * 1024;

/** What to read: a file is read by the thread itself, an address is fetched here, into a temporary file. */
export async function jobFor(
  place: Place | GivenDocument,
  options: IngestOptions,
  limits: IngestLimits,
): Promise<Job> {
  const { kind, sourceName, marking, mapping } = options;
  const common = {
    maxBytes: limits.maxBytes,
    streamed: { aboveBytes: limits.streamAboveBytes, maxBytes: limits.maxStreamedBytes },
    ...(kind === undefined ? {} : { kind }),
    ...(sourceName === undefined ? {} : { sourceName }),
    ...(marking === undefined ? {} : { marking }),
    ...(mapping === undefined ? {} : { mapping }),
  };
  switch (place.kind) {
    case 'file': {
      const job = { ...common, place: place.path, path: place.path, found: !place.named };
      return place.mapping === undefined || mapping !== undefined
        ? reading(job)
        : withMapping(job, place.mapping);
    }
    case 'document':
      return reading({
        ...common,
        place: place.place,
        ...(place.path === undefined ? { bytes: place.bytes } : { path: place.path }),
        ...(place.modified === undefined ? {} : { modified: place.modified }),
        ...(place.format === undefined ? {} : { kind: place.format }),
        ...(place.sourceName === undefined ? {} : { sourceName: place.sourceName }),
      });
    case 'left-out':
      return { kind: 'done', result: reportFailure(place.path, 'skipped', place.reason) };
    case 'address':
      return fetched(place.url, common, options);
    default:
      return assertNever(place);
  }
}

function reading(job: ReadJob, close: () => void = () => {}): Job {
  return { kind: 'read', job, close };
}

/** The mapping that lies beside a table. */
async function withMapping(job: ReadJob, path: string): Promise<Job> {
  const refused = (why: string): Job => ({
    kind: 'done',
    result: reportFailure(job.place, 'rejected', `its mapping ${path} ${why}`),
  });
  try {
    if (statSync(path).size > maxMappingBytes)
      return refused(`is larger than ${maxMappingBytes / 1024} KB: no mapping needs that`);
    return reading({ ...job, mapping: await readFile(path, 'utf8') });
  } catch (error) {
    return refused(
      `cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'})`,
    );
  }
}

async function fetched(url: URL, common: Omit<ReadJob, 'place'>, options: IngestOptions): Promise<Job> {
  // Loaded when an address is asked for: it costs every other import a part of its start.
  const { displayAddress, fetchDocument } = await import('../support/http-fetch.ts');
  const job: ReadJob = { ...common, place: displayAddress(url) };
  const folder = mkdtempSync(join(tmpdir(), 'threatbrief-'));
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, 'fetched');
  const answer = await fetchDocument(url, {
    maxBytes: Math.max(job.maxBytes, job.streamed?.maxBytes ?? 0),
    allowPrivateAddresses: options.allowPrivateAddresses ?? false,
    toFile: path,
  });
  if (answer.ok) {
    const modified = dateOf(answer.headers['last-modified']);
    return reading({ ...job, path, ...(modified === undefined ? {} : { modified }) }, close);
  }
  close();
  const status = answer.isOutage ? 'unreachable' : 'rejected';
  return { kind: 'done', result: reportFailure(job.place, status, answer.reason) };
}

function dateOf(text: string | undefined): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
