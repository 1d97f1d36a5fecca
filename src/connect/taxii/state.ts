import { z } from 'zod';
import type { SyncState } from '../types.ts';
import { type AddedTime, parseAdded } from './added.ts';

/** Where an interrupted reading of a collection goes on. */
export interface Resume {
  /** The server's own word for the next page; only of servers that give each page another. */
  readonly next?: string;
  /** For servers that have none: what was added from here on is still to be read, this time included. */
  readonly from?: AddedTime;
  /** When the reading began. */
  readonly startedAt: AddedTime;
  /** The latest time of adding that was seen. */
  readonly reached?: AddedTime;
}

/** What is known of a collection. */
export interface CollectionState {
  readonly url: string;
  /** What was asked for: something else is another list. */
  readonly filter: string;
  readonly source: string;
  /** Everything that was added up to here was read; absent: the next reading is of everything. */
  readonly cutoff?: AddedTime;
  readonly resume?: Resume;
  readonly definitions: readonly Readonly<Record<string, unknown>>[];
}

const time = z
  .string()
  .optional()
  .transform((text) => parseAdded(text));

const collectionSchema = z.object({
  url: z.string(),
  filter: z.string(),
  source: z.string().min(1),
  cutoff: time,
  resume: z
    .object({ next: z.string().optional(), from: time, startedAt: time, reached: time })
    .optional()
    .catch(undefined),
  definitions: z.array(z.record(z.string(), z.unknown())).catch([]),
});

const stateSchema = z.object({ collections: z.array(z.unknown()).catch([]) });

/** Reads a kept state, by the address of the collection. What it does not understand, it forgets: that is read anew. */
export function readState(state: SyncState): Map<string, CollectionState> {
  const parsed = stateSchema.safeParse(state);
  const collections = (parsed.success ? parsed.data.collections : []).flatMap((one) => {
    const read = collectionSchema.safeParse(one);
    return read.success ? [toCollection(read.data)] : [];
  });
  return new Map(collections.map((collection) => [collection.url, collection]));
}

function toCollection(read: z.output<typeof collectionSchema>): CollectionState {
  const { url, filter, source, cutoff, resume, definitions } = read;
  const kept = resume === undefined ? undefined : toResume(resume);
  return {
    url,
    filter,
    source,
    definitions,
    ...(cutoff === undefined ? {} : { cutoff }),
    ...(kept === undefined ? {} : { resume: kept }),
  };
}

function toResume(read: NonNullable<z.output<typeof collectionSchema>['resume']>): Resume | undefined {
  const { next, from, startedAt, reached } = read;
  if (startedAt === undefined || (next === undefined && from === undefined)) return undefined;
  return {
    startedAt,
    ...(next === undefined ? {} : { next }),
    ...(from === undefined ? {} : { from }),
    ...(reached === undefined ? {} : { reached }),
  };
}

/** Characters of definitions that a state may hold, of each collection and of all: what is left out can be asked for. */
const maxCharsEach = 256 * 1024;
const maxCharsAll = 4 * 1024 * 1024;

export function writeState(collections: ReadonlyMap<string, CollectionState>): SyncState {
  let left = maxCharsAll;
  const written = [...collections.values()].map((collection) => {
    const definitions = withinChars(collection.definitions, Math.min(left, maxCharsEach));
    left -= definitions.chars;
    return { ...collection, definitions: definitions.kept };
  });
  return { collections: written };
}

/** Markings before all: a name that is missing is only missing. */
function withinChars(
  all: CollectionState['definitions'],
  maxChars: number,
): { kept: CollectionState['definitions']; chars: number } {
  const isMarking = (one: Readonly<Record<string, unknown>>): boolean => one['type'] === 'marking-definition';
  const ordered = [...all.filter(isMarking), ...all.filter((one) => !isMarking(one))];
  let chars = 0;
  const kept = ordered.filter((one) => {
    const size = JSON.stringify(one).length;
    if (chars + size > maxChars) return false;
    chars += size;
    return true;
  });
  return { kept, chars };
}
