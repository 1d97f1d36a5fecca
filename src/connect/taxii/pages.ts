import { displayAddress } from '../../support/http-fetch.ts';
import { SyncFailure } from '../sync-failure.ts';
import { type AddedTime, parseAdded } from './added.ts';
import type { TaxiiAnswer, TaxiiClient } from './client.ts';
import { createCursor, type Onward } from './cursor.ts';
import type { Collection } from './find.ts';
import type { TaxiiOptions } from './options.ts';
import { type Page, parsePage } from './page.ts';
import type { CollectionState } from './state.ts';

/** A page of a collection's objects, and how the list goes on. */
export interface ListedPage extends Onward {
  /** From 1, of this reading. */
  readonly number: number;
  readonly objects: Page['objects'];
  /** The latest time of adding on it; absent where the server tells none. */
  readonly last?: AddedTime;
}

interface Job {
  readonly client: TaxiiClient;
  readonly collection: Collection;
  readonly options: TaxiiOptions;
  readonly limits: { readonly maxPageBytes: number; readonly maxPages: number };
  readonly before: CollectionState;
}

/** The pages of a collection in the server's order. Throws `SyncFailure` when one cannot be had. */
export async function* listPages(job: Job, objects: URL): AsyncGenerator<ListedPage> {
  const { before, limits, client, options } = job;
  const cursor = createCursor(objects, options, before);
  for (let number = 1; ; ) {
    if (number > limits.maxPages) {
      yield {
        ...nothing(number),
        notices: [`${limits.maxPages} pages were read; the next sync goes on`],
        isGap: true,
      };
      return;
    }
    const answer = await client.get(cursor.address(), limits.maxPageBytes);
    if (answer.ok) {
      const page = readPage(answer, objects, number);
      const last = parseAdded(answer.headers['x-taxii-date-added-last']);
      const onward = cursor.onward(page, last);
      yield { number, objects: page.objects, ...(last === undefined ? {} : { last }), ...onward };
      if (onward.isLast) return;
      number += 1;
    } else if (!cursor.recover(answer)) {
      if (answer.status !== 404 || !(await isThere(job))) throw answer.failure;
      yield nothing(number);
      return;
    }
  }
}

function nothing(number: number): ListedPage {
  return { number, objects: [], faults: [], notices: [], isLast: true, isGap: false };
}

/** Some servers say "not found" of a collection to which nothing was added. */
async function isThere({ client, collection, before }: Job): Promise<boolean> {
  if (before.cutoff === undefined) return false;
  const answer = await client.getObject(collection.url);
  return answer.ok && answer.value !== undefined;
}

function readPage(answer: TaxiiAnswer & { readonly ok: true }, objects: URL, number: number): Page {
  const page = parsePage(answer.bytes);
  if (typeof page !== 'string') return page;
  const isWeb = /text\/html/i.test(answer.headers['content-type'] ?? '');
  const reason = isWeb ? 'a web page' : page;
  throw new SyncFailure(`${displayAddress(objects)}: page ${number} is no TAXII envelope: ${reason}`, {
    isOutage: true,
  });
}
