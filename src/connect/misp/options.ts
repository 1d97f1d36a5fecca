import type { Connection } from '../../domain/connection.ts';
import { SyncFailure } from '../sync-failure.ts';

/** What a connection asks an instance for. */
export interface MispQuery {
  readonly tags: readonly string[];
  readonly organisations: readonly string[];
  /** True: only what its creator published. */
  readonly publishedOnly: boolean;
  /** Events in one answer. */
  readonly limit: number;
  /** Epoch seconds before which nothing is asked for in the first sync. */
  readonly since?: number;
  /** One text for one choice: another one begins anew. */
  readonly key: string;
}

export const mispOptions: Readonly<Record<string, string>> = {
  published: 'yes (the default): only published events; any: drafts too',
  tags: 'tags with commas between them: only events with one of them; `!` in front leaves events with that tag out',
  org: 'names or UUIDs of creators with commas between them',
  since: 'a date, YYYY-MM-DD: nothing that was last published before it',
  limit: 'events in one answer, 1 to 500; default 32',
};

const defaultLimit = 32;

/** Reads the options of a connection. Throws `SyncFailure` for a value that means nothing. */
export function readMispQuery(connection: Pick<Connection, 'options'>): MispQuery {
  const { published = 'yes', tags = '', org = '', since = '', limit = '' } = connection.options ?? {};
  const choice = published.trim().toLowerCase();
  if (choice !== 'yes' && choice !== 'any') throw wrongOption('published', 'yes or any');
  const count = limit.trim() === '' ? defaultLimit : Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > 500)
    throw wrongOption('limit', 'a number from 1 to 500');
  const day = since.trim();
  const from = day === '' ? undefined : Date.parse(day);
  if (from !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(from)))
    throw wrongOption('since', 'a date such as 2024-01-31');
  const query = { tags: listOf(tags), organisations: listOf(org), publishedOnly: choice === 'yes' };
  return {
    ...query,
    limit: count,
    ...(from === undefined ? {} : { since: from / 1000 }),
    key: JSON.stringify([query.tags, query.organisations, choice, day]),
  };
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function wrongOption(name: string, expected: string): SyncFailure {
  return new SyncFailure(`the option "${name}" is not understood: expected ${expected}`, { isOutage: false });
}
