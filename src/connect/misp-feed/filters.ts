import type { Connection } from '../../domain/connection.ts';
import { SyncFailure } from '../sync-failure.ts';
import type { ManifestEntry } from './manifest.ts';

/** Which events of a feed are fetched, by what the manifest tells of them. */
export interface FeedFilters {
  /** True when the event itself is fetched. */
  readonly wants: (entry: ManifestEntry) => boolean;
  /** True: of the other events a summary is kept, with the hashes of their values. */
  readonly summaries: boolean;
  /** One text for one choice, to notice when an operator changes it. */
  readonly key: string;
}

export const feedOptions: Readonly<Record<string, string>> = {
  since: 'a date, YYYY-MM-DD: events of earlier dates are not fetched',
  tags: 'words with commas between them: only events are fetched whose tags in the manifest hold one of them',
  hashes:
    'yes: of events that are not fetched, titles, tags and the hashes of their values are kept; default no',
};

/** Reads the options of a connection. Throws `SyncFailure` for a value that means nothing. */
export function readFeedFilters(connection: Pick<Connection, 'options'>): FeedFilters {
  const { since = '', tags = '', hashes = 'no' } = connection.options ?? {};
  const day = since.trim();
  if (day !== '' && !(/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))))
    throw wrongOption('since', 'a date such as 2024-01-31');
  const wanted = tags
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
  const choice = hashes.trim().toLowerCase();
  if (choice !== 'yes' && choice !== 'no') throw wrongOption('hashes', 'yes or no');
  return {
    wants: (entry) =>
      (day === '' || entry.date === '' || entry.date >= day) &&
      (wanted.length === 0 ||
        entry.tags.some((tag) => wanted.some((word) => tag.toLowerCase().includes(word)))),
    summaries: choice === 'yes',
    key: JSON.stringify([day, wanted, choice]),
  };
}

function wrongOption(name: string, expected: string): SyncFailure {
  return new SyncFailure(`the option "${name}" is not understood: expected ${expected}`, { isOutage: false });
}
