import { SyncFailure } from '../sync-failure.ts';
import type { Connection } from '../types.ts';

/** The options of a TAXII connection, for people. */
export const taxiiOptionHelp: Readonly<Record<string, string>> = {
  collection:
    'ids, titles or aliases of the collections to read, with commas between; absent: all that may be read',
  'api-root': 'address, path or title of the API root to read; absent: all that the server tells of',
  types: 'STIX types to ask for, with commas between, such as intrusion-set,relationship; absent: all',
  'spec-version':
    'STIX versions to ask for, with commas between, such as 2.0,2.1; absent: the newest of each object',
  limit: 'how many objects to ask for at once; absent: 1000',
  auth: 'basic (the default with --user), bearer (the default without) or api-key',
  header: 'the header that carries the key with auth api-key; absent: X-Api-Key',
};

export interface TaxiiOptions {
  /** As the operator wrote it; absent: all. */
  readonly collection?: string;
  readonly apiRoot?: string;
  readonly types: readonly string[];
  readonly specVersions: readonly string[];
  readonly limit: number;
  /** What proves who asks. */
  readonly credentials: Readonly<Record<string, string>>;
}

const defaultLimit = 1000;
/** What objects of other types need to be understood: asked for besides whatever the operator asks for. */
const companionTypes = ['marking-definition', 'identity', 'location'];

/** Reads the options of a connection. Throws `SyncFailure` with the remedy for one that cannot be meant. */
export function readOptions(
  connection: Pick<Connection, 'options' | 'user'>,
  key: string | undefined,
): TaxiiOptions {
  const option = (name: string): string | undefined => {
    const text = connection.options?.[name]?.trim();
    return text === '' ? undefined : text;
  };
  const collection = option('collection');
  const apiRoot = option('api-root');
  const types = words(option('types'), 'types', /^[a-z0-9-]{3,250}$/);
  return {
    ...(collection === undefined ? {} : { collection }),
    ...(apiRoot === undefined ? {} : { apiRoot }),
    types: types.length === 0 ? [] : [...new Set([...types, ...companionTypes])],
    specVersions: words(option('spec-version'), 'spec-version', /^\d\.\d$/),
    limit: limitOf(option('limit')),
    credentials: credentialsOf(option('auth'), option('header'), connection.user, key),
  };
}

function words(text: string | undefined, name: string, shape: RegExp): readonly string[] {
  const found = (text ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
  const odd = found.find((word) => !shape.test(word));
  if (odd !== undefined) throw wrong(`option ${name}: "${odd.slice(0, 60)}" is not understood`);
  return found;
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  const limit = Number(text);
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= 1_000_000) return limit;
  throw wrong('option limit: expected a whole number from 1 to 1000000');
}

function credentialsOf(
  auth: string | undefined,
  header: string | undefined,
  user: string | undefined,
  key: string | undefined,
): Readonly<Record<string, string>> {
  const kind = auth?.toLowerCase() ?? (user === undefined ? 'bearer' : 'basic');
  if (kind !== 'basic' && kind !== 'bearer' && kind !== 'api-key')
    throw wrong('option auth: this is not understood; known: basic, bearer, api-key');
  if (key === undefined) {
    if (user === undefined && auth === undefined) return {};
    throw wrong('no key: name the environment variable that holds it with --key-env');
  }
  // A header ends at a line's end: what comes behind would be another header.
  if (/[^\x20-\x7e\x80-\u{10ffff}]/u.test(key))
    throw wrong('the key holds a line break or another control character: check the variable or file');
  if (kind === 'bearer') return { authorization: `Bearer ${headerText(key)}` };
  if (kind === 'api-key') return { [headerName(header ?? 'x-api-key')]: headerText(key) };
  if (user?.includes(':') === true) throw wrong('the user holds a ":", which the scheme basic cannot carry');
  // Some services take the key as the user, and any password.
  return { authorization: `Basic ${base64(user === undefined ? `${key}:` : `${user}:${key}`)}` };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function headerText(key: string): string {
  if (/^[\x20-\x7e]+$/.test(key)) return key;
  throw wrong('the key holds characters that a header cannot carry: check the variable or file');
}

/** Headers that steer the request itself, or that are sent anyway. */
const takenHeaders =
  /^(?:host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|accept.*|keep-alive)$/;

function headerName(text: string): string {
  const name = text.toLowerCase();
  if (/^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name) && !takenHeaders.test(name)) return name;
  throw wrong('option header: this is no name of a header that may carry a key');
}

function wrong(message: string): SyncFailure {
  return new SyncFailure(`TAXII: ${message}`, { isOutage: false });
}
