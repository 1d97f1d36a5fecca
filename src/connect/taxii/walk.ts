import { displayAddress } from '../../support/http-fetch.ts';
import type { SyncContext, SyncStep } from '../types.ts';
import { type AddedTime, addedAt, earlier, later } from './added.ts';
import { type BundleDraft, createBundle } from './bundle.ts';
import type { TaxiiClient } from './client.ts';
import { createCompanions } from './companions.ts';
import { createDefinitions } from './definitions.ts';
import type { Collection } from './find.ts';
import type { TaxiiOptions } from './options.ts';
import { type ListedPage, listPages } from './pages.ts';
import type { CollectionState, Resume } from './state.ts';

/** What a reading may cost. */
export interface TaxiiLimits {
  /** Of one page. */
  readonly maxPageBytes: number;
  /** A bundle is handed over at the end of the page on which it grows to this size. */
  readonly bundleBytes: number;
  readonly bundleObjects: number;
  /** Of one sync and collection. */
  readonly maxPages: number;
}

/** A bundle is held three times at most: as pieces, as a text, and by its reader. */
export const defaultTaxiiLimits: TaxiiLimits = {
  maxPageBytes: 64 * 1024 * 1024,
  bundleBytes: 16 * 1024 * 1024,
  bundleObjects: 20_000,
  maxPages: 50_000,
};

export interface WalkJob {
  readonly client: TaxiiClient;
  readonly collection: Collection;
  readonly options: TaxiiOptions;
  readonly limits: TaxiiLimits;
  readonly before: CollectionState;
  readonly context: SyncContext;
}

export type WalkStep =
  | Exclude<SyncStep, { readonly kind: 'state' }>
  | { readonly kind: 'progress'; readonly state: CollectionState };

/** What is added while a list is read, or shown late by the server, is asked for again. */
const overlapMs = 10 * 60 * 1000;

/**
 * Reads what a collection has, or what was added since the last reading, and hands it over as bundles. Throws
 * `SyncFailure` when the list cannot be read on; what was handed over stays, and the last `progress` tells where the
 * next reading begins.
 */
export async function* readCollection(job: WalkJob): AsyncGenerator<WalkStep> {
  const { before, collection, context } = job;
  const objects = new URL('objects/', collection.url);
  const { cutoff, resume, ...entry } = before;
  const startedAt = resume?.startedAt ?? addedAt(context.clock.now().getTime() - overlapMs);
  const hand = createHandover(job, objects);
  const state = (changes: { cutoff?: AddedTime; resume?: Resume }): WalkStep => ({
    kind: 'progress',
    state: {
      ...entry,
      ...(cutoff === undefined ? {} : { cutoff }),
      ...changes,
      definitions: hand.definitions(),
    },
  });
  let reached = resume?.reached;
  let isDated = true;
  let isWhole = true;
  for await (const page of listPages(job, objects)) {
    for (const fault of page.faults)
      yield { kind: 'rejection', rejection: { place: placeOf(collection, page.number), ...fault } };
    for (const text of page.notices)
      yield { kind: 'notice', notice: { place: displayAddress(collection.url), path: '', text } };
    isWhole &&= !page.isGap;
    if (page.objects.length > 0 && page.last === undefined) isDated = false;
    reached = later(reached, page.last);
    for (const object of page.objects) {
      hand.take(object, page.number);
      if (hand.isFull(2)) yield* hand.over();
    }
    if (!hand.isFull(1) || page.isLast) continue;
    yield* hand.over();
    if (isWhole && hand.allTaken()) {
      const next = resumeOf(page, startedAt, reached);
      if (next !== undefined) yield state({ resume: next });
    }
  }
  yield* hand.over();
  const done = reached === undefined || !isDated ? undefined : later(cutoff, earlier(reached, startedAt));
  if (isWhole && hand.allTaken()) yield state(done === undefined ? {} : { cutoff: done });
}

/** A later sync can go on only by a word that stays good, or by times that the paging itself goes by. */
function resumeOf(
  page: ListedPage,
  startedAt: AddedTime,
  reached: AddedTime | undefined,
): Resume | undefined {
  const { goesOn } = page;
  if (goesOn === undefined) return undefined;
  const common = { startedAt, ...(reached === undefined ? {} : { reached }) };
  return goesOn.kind === 'next'
    ? { ...common, next: goesOn.next }
    : { ...common, from: earlier(goesOn.from, startedAt) };
}

interface Handover {
  take(object: ListedPage['objects'][number], page: number): void;
  /** True when the bundle has grown to that many times its size. */
  isFull(times: number): boolean;
  /** Hands over the bundle so far, if there is one, completed with what its objects need. */
  over(): AsyncGenerator<WalkStep>;
  /** False when a bundle was refused as a whole. */
  allTaken(): boolean;
  definitions(): CollectionState['definitions'];
}

function createHandover(
  { client, collection, options, limits, before, context }: WalkJob,
  objects: URL,
): Handover {
  const definitions = createDefinitions(before.definitions);
  const companions = createCompanions(client, objects);
  const withIndicators = options.types.length === 0 || options.types.includes('indicator');
  let draft: BundleDraft = createBundle(collection.url.href);
  let allTaken = true;
  return {
    take: (object, page) => {
      definitions.take(object);
      draft.add(object, page);
    },
    isFull: (times) =>
      draft.bytes() >= limits.bundleBytes * times || draft.count() >= limits.bundleObjects * times,
    async *over() {
      if (draft.count() === 0) return;
      const [first, last] = draft.pages();
      const missing = draft.missing(definitions);
      const wanted = withIndicators ? [...missing.definitions, ...missing.indicators] : missing.definitions;
      for (const object of await companions.fetch(wanted)) {
        definitions.take(object);
        draft.add(object, last);
      }
      const place = placeOf(collection, first, last);
      const bytes = draft.finish(definitions);
      draft = createBundle(collection.url.href);
      yield { kind: 'document', place, bytes, format: 'stix', sourceName: before.source };
      if (context.wasTaken?.(place) === false) allTaken = false;
    },
    allTaken: () => allTaken,
    definitions: () => definitions.all(),
  };
}

/** The collection's address and title, and the pages: what stands before the page names the source where nobody else does. */
function placeOf(collection: Collection, first: number, last = first): string {
  const title = collection.title.replace(/[\p{C}/\\?#\s]+/gu, ' ').trim();
  const pages = first === last ? `page ${first}` : `pages ${first} to ${last}`;
  return `${displayAddress(collection.url)}${title}#${pages}`;
}
