import { assertNever } from '../../support/assert-never.ts';
import { displayAddress, type Fetched } from '../../support/http-fetch.ts';
import { optionProblem } from '../option-problem.ts';
import { SyncFailure } from '../sync-failure.ts';
import type { Connector, SyncContext, SyncStep } from '../types.ts';
import { type MispAnswer, readMispAnswer } from './answer.ts';
import { type MispQuery, mispOptions, readMispQuery } from './options.ts';
import { type Listing, readMispState, writeMispState } from './state.ts';

/**
 * The REST interface of a MISP instance: `POST /events/restSearch`, page by page, from the time of the last sync on.
 * The key goes into the `Authorization` header. Distribution is respected by the importer `misp-instance`.
 */
export const mispConnector: Connector = {
  kind: 'misp',
  title: 'MISP instance (REST)',
  options: mispOptions,
  checkOptions: (options) => optionProblem(() => readMispQuery({ options })),
  sync,
};

const maxPageBytes = 128 * 1024 * 1024;
/** A server that still has more after so many pages goes on with the next sync. */
const maxPages = 10_000;
/** What is published while a listing runs may carry an earlier time than what was read already. */
const overlapSeconds = 60;

async function* sync(context: SyncContext): AsyncGenerator<SyncStep> {
  const query = readMispQuery(context.connection);
  const endpoint = searchAddress(context.connection.url);
  const shown = displayAddress(endpoint);
  const before = readMispState(context.state, query.key);
  const since = before.since ?? query.since;
  let listing = resume(before.listing, query.limit) ?? beginListing(context, since);
  let { limit } = query;
  const seen = new Set<string>();
  for (let pages = 0; ; pages += 1) {
    const fetched = await fetchPage(context, endpoint, query, listing, limit);
    if (!fetched.ok && isTooLarge(fetched) && limit > 1) {
      limit = limit % 2 === 0 ? limit / 2 : 1;
      continue;
    }
    const answer = answerOf(fetched, shown, context.key);
    // The server's own clock, where it tells it: ours may be ahead of it.
    if (listing.offset === 0 && fetched.ok) listing = { ...listing, startedAt: serverTime(fetched, listing) };
    const isRepeated = answer.count > 0 && seen.has(answer.fingerprint);
    if (isRepeated || pages >= maxPages) {
      const text = isRepeated
        ? 'the server gave a page that it had given before: the listing was ended there'
        : `${maxPages} pages were read: the next sync goes on from there`;
      yield { kind: 'notice', notice: { place: shown, path: '', text } };
      if (!isRepeated) return;
      break;
    }
    seen.add(answer.fingerprint);
    if (answer.count > 0 && fetched.ok) {
      const place = `${shown}#events-${listing.offset + 1}-to-${listing.offset + answer.count}`;
      yield { kind: 'document', place, bytes: fetched.bytes, format: 'misp-instance' };
      // A page that is too much for one document is asked for again in smaller ones; a single event is given up.
      if (context.wasTaken?.(place) === false && limit > 1) {
        limit = limit % 2 === 0 ? limit / 2 : 1;
        continue;
      }
    }
    const latest = query.publishedOnly ? answer.published : answer.changed;
    listing = { ...listing, offset: listing.offset + answer.count, latest: Math.max(listing.latest, latest) };
    if (answer.count < limit) break;
    const state = writeMispState({ query: query.key, listing, ...(since === undefined ? {} : { since }) });
    yield { kind: 'state', state };
  }
  const next = Math.max(
    since ?? 0,
    Math.min(listing.latest, Math.max(0, listing.startedAt - overlapSeconds)),
  );
  yield {
    kind: 'state',
    state: writeMispState({ query: query.key, ...(next === 0 ? {} : { since: next }) }),
  };
}

/** The search under the instance's address, which may stand in a folder of its server. */
function searchAddress(text: string): URL {
  const url = new URL(text);
  url.hash = '';
  url.search = '';
  const folder = url.pathname.replace(/(?<!\/)\/+$/, '').replace(/\/events\/restSearch$/i, '');
  url.pathname = `${folder}/events/restSearch`;
  return url;
}

function beginListing({ clock }: SyncContext, since: number | undefined): Listing {
  const startedAt = Math.floor(clock.now().getTime() / 1000);
  return { offset: 0, startedAt, latest: 0, ...(since === undefined ? {} : { since }) };
}

/**
 * Goes on one page before the place where a listing broke off, at the beginning of a page: what was deleted in the
 * meantime has moved later events up.
 */
function resume(listing: Listing | undefined, limit: number): Listing | undefined {
  if (listing === undefined) return undefined;
  return { ...listing, offset: Math.max(0, Math.floor(listing.offset / limit) - 1) * limit };
}

function fetchPage(
  context: SyncContext,
  endpoint: URL,
  query: MispQuery,
  listing: Listing,
  limit: number,
): Promise<Fetched> {
  const { connection, key } = context;
  const time = query.publishedOnly ? 'publish_timestamp' : 'timestamp';
  const body = {
    returnFormat: 'json',
    page: Math.floor(listing.offset / limit) + 1,
    limit,
    withAttachments: false,
    ...(query.publishedOnly ? { published: true } : {}),
    ...(listing.since === undefined ? {} : { [time]: String(listing.since) }),
    ...(query.tags.length === 0 ? {} : { tags: query.tags }),
    ...(query.organisations.length === 0 ? {} : { org: query.organisations }),
  };
  return context.fetch(endpoint, {
    maxBytes: maxPageBytes,
    headers: {
      accept: 'application/json',
      ...(key === undefined ? {} : { authorization: authorizationOf(connection.user, key) }),
    },
    jsonBody: JSON.stringify(body),
  });
}

/** MISP takes its key as it stands; a server in front of it may want user and password. */
function authorizationOf(user: string | undefined, key: string): string {
  return user === undefined ? key : `Basic ${Buffer.from(`${user}:${key}`, 'utf8').toString('base64')}`;
}

/** Refused although the server said nothing against it: the answer outgrew what one may cost, or its host is barred. */
function isTooLarge(fetched: Fetched & { readonly ok: false }): boolean {
  return !fetched.isOutage && fetched.status === undefined;
}

function answerOf(fetched: Fetched, shown: string, key: string | undefined): MispAnswer & { kind: 'events' } {
  if (!fetched.ok) throw failureOf(fetched);
  const answer = readMispAnswer(fetched.bytes);
  switch (answer.kind) {
    case 'events':
      return answer;
    case 'error': {
      // A server may repeat what it was sent.
      const message = key === undefined ? answer.message : answer.message.replaceAll(key, '(key)');
      throw new SyncFailure(`${shown} answered with an error: ${message}`, { isOutage: false });
    }
    case 'nonsense': {
      const says = `${shown} did not answer as a MISP instance does: ${answer.reason}`;
      throw new SyncFailure(`${says}; is it the address of one?`, { isOutage: false });
    }
    default:
      return assertNever(answer);
  }
}

function failureOf(failure: Fetched & { readonly ok: false }): SyncFailure {
  const { status, reason, isOutage, retryAfterSeconds } = failure;
  const remedy =
    status === 401 || status === 403
      ? '; check that the key is right, that its user may use the interface, and that this machine may use it'
      : '';
  return new SyncFailure(`${reason}${remedy}`, {
    isOutage,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** Epoch seconds by the answer's `Date`; the listing's own where there is none. */
function serverTime(fetched: Fetched & { readonly ok: true }, listing: Listing): number {
  const time = Date.parse(fetched.headers['date'] ?? '');
  return Number.isNaN(time) ? listing.startedAt : Math.floor(time / 1000);
}
