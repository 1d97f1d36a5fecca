import type { SourceRecord } from '../../domain/record.ts';
import type { SourceInfo } from '../../domain/source.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { peekJson } from '../json/peek.ts';
import { slug } from '../stix/text.ts';
import { unknownMarkingNotice } from '../tags.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { parseFeed } from './parse.ts';
import type { FeedHead } from './schema.ts';
import { plainTitle } from './text.ts';
import { basesOf, itemToRecord } from './to-domain.ts';
import { findRoot } from './xml-frame.ts';

/** Web feeds in all their formats: each item is a report, the names in its words are found at import. */
export const webFeedImporter: Importer = {
  kind: 'web-feed',
  title: 'web feed: RSS, Atom or JSON Feed',
  detect,
  read,
  mentions: true,
};

const rssNamespace = /purl\.org\/rss\/1\.0|(?:netscape\.com|netscape\.com:80)\/(?:rdf\/simple|publish)/i;

function detect(head: string, place: string): number {
  const start = head.trimStart();
  if (start.startsWith('{')) return detectJson(head);
  if (!start.startsWith('<')) return 0;
  const root = findRoot(head);
  switch (root?.local ?? '') {
    case 'rss':
      return 0.95;
    case 'rdf':
      return rssNamespace.test(head)
        ? 0.95
        : /<channel[\s>]/i.test(head) && /<item[\s>]/i.test(head)
          ? 0.7
          : 0;
    case 'feed':
      if (/www\.w3\.org\/2005\/Atom|purl\.org\/atom\/ns/i.test(head)) return 0.95;
      return /<(?:\w{1,20}:)?entry[\s>]/i.test(head) ? 0.7 : 0;
    case 'html':
      // Taken where a feed was meant, so that the reason can name the page's feed.
      return /^https?:\/\//i.test(place) ? 0.5 : 0;
    default:
      return 0;
  }
}

function detectJson(head: string): number {
  const seen = peekJson(head);
  if (seen.kind !== 'object') return 0;
  const version = seen.members.get('version')?.value;
  if (typeof version === 'string' && /jsonfeed\.org\/version\//i.test(version)) return 0.95;
  const hasItems = seen.members.get('items')?.start.startsWith('[') === true;
  return hasItems && (seen.members.has('home_page_url') || seen.members.has('feed_url')) ? 0.7 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const feed = parseFeed(document);
  if (typeof feed === 'string') {
    yield { kind: 'rejection', rejection: { place, path: '', reason: feed } };
    return;
  }
  const title = plainTitle(feed.head.title);
  const bases = basesOf(feed.head, place);
  yield { kind: 'source', source: sourceOf(feed.head, title, bases, options), complete: false };
  for (const text of feed.notices) yield { kind: 'notice', notice: { place, path: '', text } };
  const publisher =
    options.sourceName === undefined || title === '' ? {} : { publisher: title.slice(0, 100) };
  const kept = new Map<string, SourceRecord>();
  let repeated = 0;
  let index = -1;
  for (const item of feed.items) {
    index += 1;
    const path = `item[${index}]`;
    const result = 'reason' in item ? item.reason : itemToRecord(item, { bases, ...publisher });
    if (typeof result === 'string') {
      yield { kind: 'rejection', rejection: { place, path, reason: result } };
      continue;
    }
    const { record } = result;
    for (const text of result.notices) yield { kind: 'notice', notice: { place, path, text } };
    if (record.marking?.unknown === true) {
      yield { kind: 'notice', notice: { place, path, text: unknownMarkingNotice(record.marking) } };
    }
    const before = kept.get(record.externalId);
    if (before !== undefined) repeated += 1;
    if (before === undefined || isNewer(record, before)) kept.set(record.externalId, record);
  }
  if (index < 0) yield { kind: 'notice', notice: { place, path: '', text: 'the feed has no items' } };
  if (repeated > 0) {
    const text = `${repeated} ${repeated === 1 ? 'item has the id' : 'items have ids'} of another item: the newest of each is kept`;
    yield { kind: 'notice', notice: { place, path: '', text } };
  }
  for (const record of kept.values()) yield { kind: 'record', record };
}

/** Feeds list the newest first: of items with one id and one date, or without, the first is the newest. */
function isNewer(record: SourceRecord, than: SourceRecord): boolean {
  return (record.modified ?? '') > (than.modified ?? '');
}

/** Titles that many feeds have: their source is named by the host too. */
const commonTitles = new Set(
  'blog blogs news rss feed rss-feed atom posts articles home latest latest-news updates security security-blog press press-releases all untitled'.split(
    ' ',
  ),
);

function sourceOf(
  head: FeedHead,
  title: string,
  bases: readonly string[],
  options: ImportOptions,
): SourceInfo {
  const host = hostOf([head.link, head.self, ...bases]);
  const words = slug(title);
  const name = words === '' || commonTitles.has(words) ? slug(`${host} ${words}`) : words;
  return {
    name: options.sourceName ?? `feed-${name || 'unknown'}`,
    kind: 'web-feed',
    title: title.slice(0, 100) || host || options.sourceName || 'A web feed',
    licence:
      'none stated in the feed: its texts are their publisher’s; titles, links and short summaries are kept',
    defaultMarking: options.defaultMarking ?? 'green',
    reliability: 'F',
  };
}

function hostOf(addresses: readonly (string | undefined)[]): string {
  for (const address of addresses) {
    const url = address === undefined ? undefined : parseWebAddress(address);
    if (url !== undefined) return new URL(url).hostname.replace(/^www\./, '');
  }
  return '';
}
