import { displayAddress } from '../../support/http-fetch.ts';
import { SyncFailure } from '../sync-failure.ts';
import { type AddedTime, justBefore, later, writeAdded } from './added.ts';
import type { TaxiiAnswer } from './client.ts';
import type { TaxiiOptions } from './options.ts';
import type { Page } from './page.ts';
import type { CollectionState } from './state.ts';
import { createTimePaging } from './time-paging.ts';

/** How a list goes on behind a page. */
export interface Onward {
  readonly faults: Page['faults'];
  readonly notices: readonly string[];
  readonly isLast: boolean;
  /** True when objects may be missing behind it that no request could get. */
  readonly isGap: boolean;
  /** What a later reading can begin with in place of the next page; absent where nothing is sure. */
  readonly goesOn?:
    | { readonly kind: 'next'; readonly next: string }
    | { readonly kind: 'from'; readonly from: AddedTime };
}

/** The place in a server's list, and the ways in which servers let one move on. */
export interface Cursor {
  /** What to ask for next. */
  address(): URL;
  /** True when it stands elsewhere now, and asking again may help. */
  recover(failed: TaxiiAnswer & { readonly ok: false }): boolean;
  /** Moves behind a page. Throws `SyncFailure` when the server turns in a circle. */
  onward(page: Page, last: AddedTime | undefined): Onward;
}

interface Position {
  readonly after: AddedTime | undefined;
  readonly next?: string;
}

/** Pages with nothing on them, one after another, before "there is more" is no longer believed. */
const maxEmptyPages = 5;

/**
 * By `next`, where the server gives one. Within a reading its value may be the same with every page (the server then
 * remembers where we are), so only the page's content tells whether a list goes on or turns in a circle; and only a
 * value that changes from page to page is worth keeping for another day. A server that says "more" without `next` is
 * asked from the last time of adding on, that time included, because objects that were added together share it.
 */
export function createCursor(objects: URL, options: TaxiiOptions, before: CollectionState): Cursor {
  const begin: Position = { after: before.cutoff };
  let position = firstPosition(before);
  let limit: number | undefined = options.limit;
  let previousNext = position.next;
  let isResumed = before.resume !== undefined;
  let pages = 0;
  let emptyPages = 0;
  let reached: AddedTime | undefined;
  let isCircling = false;
  const seen = new Set<string>();
  const byTime = createTimePaging();

  function recover({ status, isTooLarge }: TaxiiAnswer & { readonly ok: false }): boolean {
    if (isResumed && isForgotten(status)) {
      // The server no longer knows the word that was kept: all of it again.
      position = begin;
    } else if (status === 400 && limit !== undefined && pages === 0) {
      limit = undefined;
    } else if (isTooLarge && (limit ?? 2) > 1) {
      limit = Math.max(1, Math.floor((limit ?? 400) / 4));
      // A server that remembers where we are has gone past the page that was not read.
      if (position.next !== undefined) position = begin;
    } else {
      return false;
    }
    isResumed = false;
    previousNext = undefined;
    seen.clear();
    return true;
  }

  function onward(page: Page, last: AddedTime | undefined): Onward {
    isResumed = false;
    pages += 1;
    reached = later(reached, last);
    const count = page.objects.length;
    emptyPages = count === 0 ? emptyPages + 1 : 0;
    const { faults } = page;
    if (!(page.more ?? (page.next !== undefined && count > 0)))
      return { faults, notices: [], isLast: true, isGap: false };
    if (emptyPages > 0 && (emptyPages >= maxEmptyPages || page.next === undefined)) {
      const text = 'the server says that there is more, and gives nothing: taken for the end';
      return { faults, notices: [text], isLast: true, isGap: false };
    }
    const isRepeated = count > 0 && seen.has(page.fingerprint);
    seen.add(page.fingerprint);
    if (page.next === undefined || isCircling) return onwardByTime(page, last);
    if (!isRepeated) return onwardByNext(page.next, faults);
    if (reached === undefined) throw inCircles(objects);
    isCircling = true;
    return onwardByTime(page, reached);
  }

  function onwardByNext(next: string, faults: Page['faults']): Onward {
    const isKept = previousNext !== undefined && previousNext !== next;
    previousNext = next;
    position = { after: position.after, next };
    const goesOn = isKept ? ({ kind: 'next', next } as const) : undefined;
    return { faults, notices: [], isLast: false, isGap: false, ...(goesOn === undefined ? {} : { goesOn }) };
  }

  function onwardByTime(page: Page, last: AddedTime | undefined): Onward {
    const step = byTime.after(page.objects.length, last, limit);
    const faults = step.fault === undefined ? page.faults : [...page.faults, step.fault];
    const isGap = step.fault !== undefined;
    if (step.kind === 'end') {
      if (step.isCircle) throw inCircles(objects);
      return { faults, notices: [], isLast: true, isGap };
    }
    ({ limit } = step);
    position = { after: step.after };
    const goesOn = step.from === undefined ? undefined : ({ kind: 'from', from: step.from } as const);
    return { faults, notices: [], isLast: false, isGap, ...(goesOn === undefined ? {} : { goesOn }) };
  }

  return { address: () => addressOf(objects, position, limit, options), recover, onward };
}

function firstPosition({ cutoff, resume }: CollectionState): Position {
  if (resume?.from !== undefined) return { after: justBefore(resume.from) };
  return { after: cutoff, ...(resume?.next === undefined ? {} : { next: resume.next }) };
}

function addressOf(objects: URL, position: Position, limit: number | undefined, options: TaxiiOptions): URL {
  const url = new URL(objects);
  const { searchParams } = url;
  if (limit !== undefined) searchParams.set('limit', String(limit));
  if (position.after !== undefined) searchParams.set('added_after', writeAdded(position.after));
  if (options.types.length > 0) searchParams.set('match[type]', options.types.join(','));
  if (options.specVersions.length > 0)
    searchParams.set('match[spec_version]', options.specVersions.join(','));
  if (position.next !== undefined) searchParams.set('next', position.next);
  return url;
}

function isForgotten(status: number | undefined): boolean {
  return status === 400 || status === 404 || status === 410 || status === 422;
}

function inCircles(objects: URL): SyncFailure {
  return new SyncFailure(
    `${displayAddress(objects)} gives the same page again and again: what comes behind it cannot be had`,
    { isOutage: false },
  );
}
