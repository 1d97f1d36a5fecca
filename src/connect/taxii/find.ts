import { displayAddress } from '../../support/http-fetch.ts';
import { SyncFailure } from '../sync-failure.ts';
import type { Connection } from '../types.ts';
import { notTaxii, type TaxiiClient } from './client.ts';
import type { TaxiiOptions } from './options.ts';
import { rootsOf } from './roots.ts';
import { collectionSchema, collectionsSchema } from './schema.ts';

/** A collection that may be read. */
export interface Collection {
  /** With a slash at its end. */
  readonly url: URL;
  readonly id: string;
  /** For people: the title, else the id. */
  readonly title: string;
  readonly alias: string | undefined;
  readonly canRead: boolean;
}

export interface Found {
  readonly collections: readonly Collection[];
  /** What could not be asked or understood while something else could, each with its address. */
  readonly faults: readonly { readonly place: string; readonly reason: string }[];
  readonly notices: readonly { readonly place: string; readonly text: string }[];
}

/**
 * The collections behind an address, whatever it is: a server, its discovery, an API root, a list of collections or one
 * of them. Throws `SyncFailure` when none can be had.
 */
export async function findCollections(
  client: TaxiiClient,
  connection: Connection,
  options: TaxiiOptions,
): Promise<Found> {
  const start = folderOf(new URL(connection.url));
  const single = /^(.*\/collections\/[^/]+\/)(?:objects\/|manifest\/)?$/.exec(start.pathname)?.[1];
  if (single !== undefined) return oneCollection(client, new URL(single, start));
  const { roots, notices } = await rootsOf(client, start, connection, options);
  const faults: { place: string; reason: string }[] = [];
  const failures: SyncFailure[] = [];
  const all = new Map<string, Collection>();
  for (const root of roots) {
    const listed = await listCollections(client, root);
    if (listed instanceof SyncFailure) {
      if (listed.isOutage) throw listed;
      failures.push(listed);
      continue;
    }
    for (const collection of listed.collections.slice(0, Math.max(0, maxCollections - all.size)))
      all.set(collection.url.href, collection);
    faults.push(...listed.faults);
    if (all.size >= maxCollections) break;
  }
  const collections = await choose([...all.values()], roots, client, options);
  const [first] = failures;
  if (collections.length === 0 && first !== undefined) throw first;
  faults.push(...failures.map(({ message }) => ({ place: displayAddress(start), reason: message })));
  if (collections.length === 0)
    throw failure(`${displayAddress(start)} has no collection that may be read with this user and key`);
  return { collections, faults, notices };
}

/** Without query and fragment, with a slash at the end. */
function folderOf(url: URL): URL {
  const folder = new URL(url);
  folder.search = '';
  folder.hash = '';
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder;
}

async function oneCollection(client: TaxiiClient, url: URL): Promise<Found> {
  const collection = await readCollection(client, url);
  if (collection instanceof SyncFailure) throw collection;
  if (!collection.canRead) throw unreadable(collection);
  return { collections: [collection], faults: [], notices: [] };
}

async function readCollection(client: TaxiiClient, url: URL): Promise<Collection | SyncFailure> {
  const answer = await client.getObject(url);
  if (!answer.ok) return answer.failure;
  const collection = toCollection(answer.value, url);
  return collection ?? notTaxii(url, answer, 'a collection');
}

/** A server with more collections than this is none that people look after. */
const maxCollections = 2000;

async function listCollections(
  client: TaxiiClient,
  root: URL,
): Promise<{ collections: Collection[]; faults: { place: string; reason: string }[] } | SyncFailure> {
  const url = new URL('collections/', root);
  const answer = await client.getObject(url);
  if (!answer.ok) return answer.failure;
  const parsed = collectionsSchema.safeParse(answer.value);
  if (!parsed.success) return notTaxii(url, answer, 'a list of collections');
  const listed = parsed.data.collections ?? [];
  const faults: { place: string; reason: string }[] = [];
  const collections = listed.slice(0, maxCollections).flatMap((value, index) => {
    const read = collectionSchema.safeParse(value);
    const collection = read.success ? toCollection(value, new URL(`${read.data.id}/`, url)) : undefined;
    if (collection === undefined)
      faults.push({
        place: displayAddress(url),
        reason: `collections[${index}]: expected a collection with an id`,
      });
    return collection ?? [];
  });
  if (listed.length > maxCollections)
    faults.push({
      place: displayAddress(url),
      reason: `${listed.length} collections: the first ${maxCollections} are read`,
    });
  return { collections, faults: faults.slice(0, 20) };
}

function toCollection(value: unknown, url: URL): Collection | undefined {
  const read = collectionSchema.safeParse(value);
  if (!read.success) return undefined;
  const { id, title, alias, can_read: canRead } = read.data;
  return { url, id, title: title || id, alias, canRead: canRead !== false };
}

/** Those that the operator named, else all that may be read. */
async function choose(
  all: readonly Collection[],
  roots: readonly URL[],
  client: TaxiiClient,
  { collection: wanted }: TaxiiOptions,
): Promise<readonly Collection[]> {
  if (wanted === undefined) return all.filter(({ canRead }) => canRead);
  const whole = all.filter((one) => isCalled(one, wanted));
  // A title may hold a comma itself.
  const names = whole.length > 0 ? [wanted] : wanted.split(',').filter((name) => name.trim() !== '');
  const chosen = new Map<string, Collection>();
  for (const name of names) {
    const named = all.filter((one) => isCalled(one, name));
    const found = named.length > 0 ? named : await unlisted(name.trim(), roots, client);
    const readable = found.filter(({ canRead }) => canRead);
    const [first] = found;
    if (first === undefined) throw unknown(name.trim(), all);
    if (readable.length === 0) throw unreadable(first);
    for (const one of readable) chosen.set(one.url.href, one);
  }
  return [...chosen.values()];
}

function isCalled({ id, title, alias }: Collection, name: string): boolean {
  const key = name.trim().toLowerCase();
  // The beginning of an id, as people quote it.
  const isBegun = /^[0-9a-f-]{8,}$/.test(key) && id.toLowerCase().startsWith(key);
  return isBegun || [id, title, alias].some((one) => one?.toLowerCase() === key);
}

/** A server may not list what it gives to whoever knows the id. */
async function unlisted(
  id: string,
  roots: readonly URL[],
  client: TaxiiClient,
): Promise<readonly Collection[]> {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return [];
  for (const root of roots) {
    const found = await readCollection(client, new URL(`collections/${id}/`, root));
    if (!(found instanceof SyncFailure)) return [found];
    if (found.isOutage) throw found;
  }
  return [];
}

function unknown(name: string, all: readonly Collection[]): SyncFailure {
  const titles = all.filter(({ canRead }) => canRead).map(({ title }) => `"${title.slice(0, 100)}"`);
  const known = titles.length === 0 ? 'none may be read' : `known: ${titles.slice(0, 20).join(', ')}`;
  const more = titles.length > 20 ? `, and ${titles.length - 20} more` : '';
  return failure(`no collection is called "${name.slice(0, 100)}"; ${known}${more}`);
}

function unreadable({ title }: Collection): SyncFailure {
  return failure(
    `the collection "${title.slice(0, 100)}" may not be read with this user and key: ask who runs the server`,
  );
}

function failure(message: string): SyncFailure {
  return new SyncFailure(message, { isOutage: false });
}
