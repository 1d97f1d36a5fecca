import { displayAddress } from '../../support/http-fetch.ts';
import { SyncFailure } from '../sync-failure.ts';
import type { Connection } from '../types.ts';
import { notTaxii, type TaxiiClient } from './client.ts';
import type { TaxiiOptions } from './options.ts';
import { apiRootSchema, collectionsSchema, discoverySchema } from './schema.ts';

/** API roots, each with a slash at its end. */
export interface Roots {
  readonly roots: readonly URL[];
  readonly notices: readonly { readonly place: string; readonly text: string }[];
}

/**
 * The API roots behind an address: itself, or those that its discovery tells of, the default first. Throws
 * `SyncFailure` when the address is nothing of TAXII.
 */
export async function rootsOf(
  client: TaxiiClient,
  start: URL,
  connection: Connection,
  options: TaxiiOptions,
): Promise<Roots> {
  const parent = /^(.*\/)collections\/$/.exec(start.pathname)?.[1];
  if (parent !== undefined) return { roots: [new URL(parent, start)], notices: [] };
  const answered = await ask(client, start);
  if (answered.kind === 'root') return { roots: [start], notices: [] };
  const { told, notices } = toldRoots(answered.value, answered.url, connection);
  const roots = options.apiRoot === undefined ? told : await called(options.apiRoot, told, client);
  return { roots, notices };
}

type Answered =
  | { readonly kind: 'root' }
  | { readonly kind: 'discovery'; readonly url: URL; readonly value: unknown };

/** A bare server has its discovery where the standard says (section 4.1), or where older servers put it. */
async function ask(client: TaxiiClient, start: URL): Promise<Answered> {
  const paths = start.pathname === '/' ? ['/taxii2/', '/', '/taxii/'] : [start.pathname];
  let failure: SyncFailure | undefined;
  for (const path of paths) {
    const url = new URL(path, start);
    const answer = await client.getObject(url);
    if (!answer.ok) {
      // Only what is not there is looked for elsewhere: a refusal is one.
      if (answer.status !== 404 && answer.status !== 410) throw answer.failure;
      failure ??= answer.failure;
    } else if (discoverySchema.safeParse(answer.value).success) {
      return { kind: 'discovery', url, value: answer.value };
    } else if (isRoot(answer.value)) {
      return { kind: 'root' };
    } else {
      failure ??= notTaxii(url, answer, 'discovery or an API root');
    }
  }
  throw failure ?? new SyncFailure(`${displayAddress(start)} gave no answer`, { isOutage: true });
}

function isRoot(value: unknown): boolean {
  if (apiRootSchema.safeParse(value).success) return true;
  const list = collectionsSchema.safeParse(value);
  return list.success && list.data.collections !== undefined;
}

/** More than any server has. */
const maxRoots = 50;

function toldRoots(
  value: unknown,
  discovery: URL,
  connection: Connection,
): { told: readonly URL[]; notices: Roots['notices'] } {
  const { api_roots: list, default: first } = discoverySchema.parse(value);
  const told = new Map<string, URL>();
  const notices: { place: string; text: string }[] = [];
  const place = displayAddress(discovery);
  for (const text of [first, ...list].slice(0, maxRoots + 1)) {
    if (typeof text !== 'string' || !URL.canParse(text, discovery)) continue;
    const root = new URL(text, discovery);
    const asked = reachable(root, discovery, connection);
    if (asked.origin !== root.origin && !told.has(asked.href)) {
      const says = `the server calls an API root ${displayAddress(root).slice(0, 200)}; it is asked at ${displayAddress(asked)}, where the server was found`;
      notices.push({ place, text: says });
    }
    told.set(asked.href, asked);
  }
  if (list.length > maxRoots)
    notices.push({ place, text: `${list.length} API roots: the first ${maxRoots} are read` });
  if (told.size === 0)
    throw new SyncFailure(`${place} tells of no API root: ask who runs the server for its address`, {
      isOutage: false,
    });
  return { told: [...told.values()], notices };
}

/**
 * Where to ask for a root. A server behind a proxy often knows itself by another name, and the key goes to nobody whom
 * the operator did not name: another host is asked only when it was allowed, and never without encryption when the
 * connection has it.
 */
function reachable(root: URL, discovery: URL, connection: Connection): URL {
  const isWeaker = discovery.protocol === 'https:' && root.protocol !== 'https:';
  const isAllowed =
    /^https?:$/.test(root.protocol) &&
    !isWeaker &&
    (root.origin === discovery.origin ||
      (connection.allowedHosts ?? []).some((host) => host.toLowerCase() === root.host));
  const asked = isAllowed ? new URL(root) : new URL(discovery);
  asked.pathname = root.pathname.endsWith('/') ? root.pathname : `${root.pathname}/`;
  asked.search = '';
  asked.hash = '';
  asked.username = '';
  asked.password = '';
  return asked;
}

/** The roots that the operator named by address, path or title. */
async function called(name: string, told: readonly URL[], client: TaxiiClient): Promise<readonly URL[]> {
  const key = bare(name);
  const byAddress = told.filter((root) => bare(root.href) === key || bare(root.pathname) === key);
  if (byAddress.length > 0) return byAddress;
  const byTitle: URL[] = [];
  for (const root of told) {
    const answer = await client.getObject(root);
    if (!answer.ok && answer.failure.isOutage) throw answer.failure;
    const read = answer.ok ? apiRootSchema.safeParse(answer.value) : undefined;
    if (read?.success === true && bare(read.data.title ?? '') === key) byTitle.push(root);
  }
  if (byTitle.length > 0) return byTitle;
  const known = told.map(displayAddress).join(', ');
  throw new SyncFailure(`no API root is called "${name.slice(0, 100)}"; known: ${known.slice(0, 1000)}`, {
    isOutage: false,
  });
}

function bare(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^\/+|(?<!\/)\/+$/g, '');
}
