import { readFileSync, statSync } from 'node:fs';
import { displayAddress, type FetchOptions } from '../../support/http-fetch.ts';
import { toSyncFailure } from '../fetch-failure.ts';
import { SyncFailure } from '../sync-failure.ts';
import type { Connection, Connector, SyncContext, SyncState, SyncStep } from '../types.ts';
import { type Page, pagesIn, type UrlState } from './state.ts';

/** Reads one address, or several below one, each again only when the server says that it changed. */
export const urlConnector: Connector = {
  kind: 'url',
  title: 'Web address',
  options: {
    paths: 'several addresses in place of one: paths below the url, or whole addresses, separated by blanks',
    header: 'the name of the header that carries the key; without it the key is sent as a bearer token',
  },
  sync,
};

async function* sync(context: SyncContext): AsyncGenerator<SyncStep> {
  const { connection } = context;
  const headers = credentialHeaders(context);
  const before = pagesIn(context.state);
  const now = new Map<string, Page>();
  const failures: SyncFailure[] = [];
  const addresses = addressesOf(connection);
  for (const url of addresses) {
    const place = displayAddress(url);
    const page = before.get(place);
    const file = context.newFile?.();
    const toFile = file === undefined ? {} : { toFile: file };
    const fetched = await context.fetch(url, { headers, ...validatorsOf(page), ...toFile });
    if (!fetched.ok) {
      const failure = toSyncFailure(fetched);
      // The others may still answer: only when none of them does, or this was the only one, there is nothing more to do.
      if (addresses.length === 1) throw failure;
      failures.push(failure);
      if (page !== undefined) now.set(place, page);
      continue;
    }
    if (fetched.notModified) {
      if (page !== undefined) now.set(place, page);
      continue;
    }
    yield { kind: 'document', place, ...contentOf(fetched, file), ...modifiedOf(fetched.headers) };
    // What was refused is fetched again, so that the fault is told until it is mended.
    if (context.wasTaken?.(place) !== false) now.set(place, pageOf(fetched.headers));
    yield { kind: 'state', state: stateOf(before, now) };
  }
  yield { kind: 'state', state: stateOf(new Map(), now) };
  const [first] = failures;
  if (first !== undefined) throw summaryOf(first, failures, addresses.length);
}

/** Larger answers stay in their file. */
const maxHeldBytes = 16 * 1024 * 1024;

function contentOf(
  { bytes }: { readonly bytes: Uint8Array },
  file: string | undefined,
): { bytes: Uint8Array; path?: string } {
  if (file === undefined) return { bytes };
  return statSync(file).size > maxHeldBytes ? { bytes, path: file } : { bytes: readFileSync(file) };
}

function modifiedOf(headers: Readonly<Record<string, string>>): { modified?: string } {
  const time = Date.parse(headers['last-modified'] ?? '');
  return Number.isNaN(time) ? {} : { modified: new Date(time).toISOString() };
}

/** Every address once, in the order given. */
function addressesOf({ url, options }: Connection): readonly URL[] {
  const paths = options?.['paths']?.split(/\s+/).filter((path) => path !== '') ?? [];
  if (paths.length === 0) return [new URL(url)];
  const base = new URL(url);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  const unique = new Map(paths.map((path) => [resolve(path, base).href, resolve(path, base)] as const));
  return [...unique.values()];
}

function resolve(path: string, base: URL): URL {
  if (URL.canParse(path, base)) return new URL(path, base);
  throw new SyncFailure(
    `the option paths holds "${path}", which is no address; remove the source and add it anew`,
    {
      isOutage: false,
    },
  );
}

/** User and password, a header of the server's own, or a bearer token. */
function credentialHeaders({ connection, key }: SyncContext): Readonly<Record<string, string>> {
  if (key === undefined) return {};
  const { user, options } = connection;
  if (user !== undefined) {
    return { authorization: `Basic ${Buffer.from(`${user}:${key}`, 'utf8').toString('base64')}` };
  }
  const header = options?.['header'];
  return header === undefined ? { authorization: `Bearer ${key}` } : { [header.toLowerCase()]: key };
}

function validatorsOf(page: Page | undefined): Pick<FetchOptions, 'validators'> {
  return page === undefined ? {} : { validators: page };
}

function pageOf(headers: Readonly<Record<string, string>>): Page {
  const { etag, 'last-modified': lastModified } = headers;
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

/** What is known of every address: what was learnt now goes before what was known. */
function stateOf(before: ReadonlyMap<string, Page>, now: ReadonlyMap<string, Page>): SyncState {
  const state: UrlState = {
    pages: [...new Map([...before, ...now])].map(([place, page]) => ({ place, ...page })),
  };
  return { ...state };
}

function summaryOf(first: SyncFailure, all: readonly SyncFailure[], count: number): SyncFailure {
  if (all.length === 1) return first;
  const waits = all.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
  return new SyncFailure(
    `${all.length} of ${count} addresses could not be read, the first: ${first.message}`,
    {
      isOutage: all.some(({ isOutage }) => isOutage),
      ...(waits.length === 0 ? {} : { retryAfterSeconds: Math.max(...waits) }),
    },
  );
}
