import { AppError } from '../support/app-error.ts';
import { errorProperty, StoreSetupError, StoreUnavailableError } from './errors.ts';

/** `PostgreSQL at HOST:PORT/NAME`: a database URL without user and password. */
export function describeDatabaseUrl(url: string): string {
  if (!URL.canParse(url)) return 'PostgreSQL';
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? (hostname === '' ? 'localhost' : decodeURIComponent(hostname));
  return `PostgreSQL at ${host}${port === '' ? '' : `:${port}`}${pathname === '/' ? '' : pathname}`;
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

type Meaning = readonly [code: string, kind: 'outage' | 'setup', what: string];

/** By SQLSTATE (PostgreSQL, appendix A), the longest prefix first. */
const meanings: readonly (readonly [sqlState: string, meaning: Meaning])[] = [
  ['53100', ['store-full', 'outage', 'its disk is full; nothing was changed; free some space and try again']],
  [
    '53300',
    ['store-busy', 'outage', 'it takes no more connections; raise max_connections, or run fewer replicas'],
  ],
  [
    '55P03',
    [
      'store-locked',
      'outage',
      'another process holds the lock for too long; wait for its import to end and try again',
    ],
  ],
  ['28P01', ['store-refused', 'setup', 'it refuses the password in DATABASE_URL']],
  ['28', ['store-refused', 'setup', 'it refuses the user in DATABASE_URL; check the user, and pg_hba.conf']],
  [
    '3D000',
    ['store-missing', 'setup', 'it has no database of that name; create it, or correct DATABASE_URL'],
  ],
  [
    '42501',
    [
      'store-not-allowed',
      'setup',
      'the user in DATABASE_URL may not do this; give it rights to create tables in its schema and temporary tables',
    ],
  ],
  ['25006', ['store-read-only', 'outage', 'it takes no writes; point DATABASE_URL at the primary server']],
  ['25P03', ['store-unreachable', 'outage', 'it ended a transaction of ours that stood still; try again']],
  ['40', ['store-locked', 'outage', 'another process was in the way; try again']],
  ['57', ['store-unreachable', 'outage', 'it is starting, stopping or ended our connection; try again']],
  ['08', ['store-unreachable', 'outage', 'the connection was lost; try again']],
  ['53', ['store-full', 'outage', 'it is out of resources; look at its log']],
  ['58', ['store-io', 'outage', 'it cannot read or write its files; look at its log']],
  ['XX', ['store-damaged', 'outage', 'it reports an internal error; look at its log']],
];

/** What an error of `pg` means for the operator; errors of other kinds come back unchanged. */
export function translatePostgresError(error: unknown, place: string): unknown {
  if (error instanceof AppError) return error;
  const code = String(errorProperty(error, 'code') ?? '');
  const options = { facts: { place, postgres: code }, cause: error };
  if (unreachable.has(code) || isLostConnection(error)) {
    return new StoreUnavailableError(
      'store-unreachable',
      `${place} cannot be reached (${code === '' ? messageOf(error) : code}); check DATABASE_URL, the network, and that the server runs`,
      options,
    );
  }
  const meaning = meanings.find(([prefix]) => code.length === 5 && code.startsWith(prefix))?.[1];
  if (meaning === undefined) return error;
  const [ownCode, kind, what] = meaning;
  const message = `${place}: ${what} (${code})`;
  return kind === 'outage'
    ? new StoreUnavailableError(ownCode, message, options)
    : new StoreSetupError(ownCode, message, options);
}

/** pg and its pool give these no code (pg 8.23, pg-pool 3: lib/client.js, index.js). */
const lostConnectionMessages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Client has encountered a connection error',
];

function isLostConnection(error: unknown): boolean {
  return lostConnectionMessages.some((text) => messageOf(error).startsWith(text));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
