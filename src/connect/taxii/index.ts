import { slug } from '../../sources/stix/text.ts';
import { displayAddress } from '../../support/http-fetch.ts';
import { optionProblem } from '../option-problem.ts';
import { SyncFailure } from '../sync-failure.ts';
import type { Connection, Connector, SyncContext, SyncStep } from '../types.ts';
import { createClient } from './client.ts';
import { type Collection, type Found, findCollections } from './find.ts';
import { readOptions, type TaxiiOptions, taxiiOptionHelp } from './options.ts';
import { type CollectionState, readState, writeState } from './state.ts';
import { defaultTaxiiLimits, readCollection, type TaxiiLimits } from './walk.ts';

/** Reads the collections of TAXII 2.1 servers as STIX bundles: all of them once, then what was added. */
export function createTaxiiConnector(limits: TaxiiLimits = defaultTaxiiLimits): Connector {
  return {
    kind: 'taxii',
    title: 'TAXII 2.1 server',
    options: taxiiOptionHelp,
    // Any key will do: it is the options that are looked at.
    checkOptions: (options) => optionProblem(() => readOptions({ options }, 'key')),
    sync: (context) => sync(context, limits),
  };
}

export const taxiiConnector: Connector = createTaxiiConnector();

async function* sync(context: SyncContext, limits: TaxiiLimits): AsyncGenerator<SyncStep> {
  const { connection } = context;
  const options = readOptions(connection, context.key);
  const client = createClient(context, options.credentials);
  const found = await findCollections(client, connection, options);
  yield* told(found);
  const states = readState(context.state);
  const names = sourceNames(found.collections, states, connection);
  const failures: { collection: Collection; failure: SyncFailure }[] = [];
  for (const collection of found.collections) {
    const source = names.get(collection.url.href) ?? connection.name;
    const before = stateOf(collection, source, filterOf(options), states);
    try {
      for await (const step of readCollection({
        client,
        collection,
        options,
        limits,
        before,
        context,
      })) {
        if (step.kind === 'progress') {
          states.set(collection.url.href, step.state);
          yield { kind: 'state', state: writeState(states) };
        } else yield step;
      }
    } catch (error) {
      if (!(error instanceof SyncFailure)) throw error;
      failures.push({ collection, failure: error });
      if (mustStop(failures)) break;
    }
  }
  yield* settle(failures, found.collections.length);
  yield { kind: 'state', state: writeState(states) };
}

function* told({ faults, notices }: Found): Generator<SyncStep> {
  for (const { place, reason } of faults) yield { kind: 'rejection', rejection: { place, path: '', reason } };
  for (const { place, text } of notices) yield { kind: 'notice', notice: { place, path: '', text } };
}

/** A server that asks to wait, or fails twice, is left alone; one that refuses a collection may give the next. */
function mustStop(failures: readonly { readonly failure: SyncFailure }[]): boolean {
  const outages = failures.filter(({ failure }) => failure.isOutage);
  return outages.length > 1 || outages.some(({ failure }) => failure.retryAfterSeconds !== undefined);
}

/** An outage ends the sync as one; collections that are refused while others were read are told and counted. */
function* settle(
  failures: readonly { readonly collection: Collection; readonly failure: SyncFailure }[],
  count: number,
): Generator<SyncStep> {
  const outage = failures.find(({ failure }) => failure.isOutage);
  const [first] = failures;
  if (outage !== undefined) throw outage.failure;
  if (first !== undefined && failures.length === count) throw first.failure;
  for (const { collection, failure } of failures) {
    const place = displayAddress(collection.url);
    yield { kind: 'rejection', rejection: { place, path: '', reason: failure.message } };
  }
}

/** What was asked for: another question has another answer, and is asked from the beginning. */
function filterOf({ types, specVersions }: TaxiiOptions): string {
  return [types.join(','), specVersions.join(',')].join(';');
}

function stateOf(
  { url }: Collection,
  source: string,
  filter: string,
  states: ReadonlyMap<string, CollectionState>,
): CollectionState {
  const before = states.get(url.href);
  if (before !== undefined && before.filter === filter && before.source === source) return before;
  return { url: url.href, filter, source, definitions: before?.definitions ?? [] };
}

/**
 * The source of each collection: the connection's, else one of its own, named by its title. A name once given stays; two
 * collections of one title are told apart by their ids.
 */
function sourceNames(
  collections: readonly Collection[],
  states: ReadonlyMap<string, CollectionState>,
  { sourceName }: Connection,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set([...states.values()].map(({ source }) => source));
  for (const { url, id, title } of collections) {
    const before = states.get(url.href)?.source;
    const plain = `stix-${slug(title) || slug(id) || 'collection'}`;
    const own = taken.has(plain) ? `${plain}-${slug(id).slice(0, 8)}` : plain;
    const name = sourceName ?? before ?? own;
    names.set(url.href, name);
    taken.add(name);
  }
  return names;
}
