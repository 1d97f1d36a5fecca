import { parseJsonFeed } from 'feedsmith';
import { isJsonObject, ownValue, parseJsonDocument } from '../json-document.ts';
import type { SourceDocument } from '../types.ts';
import { atomFormat, defined, rdfFormat, rssFormat, type XmlFormat } from './from-xml.ts';
import type { FeedHead, FeedItem, ParsedFeed } from './schema.ts';
import { findRoot, partXml, type XmlRoot } from './xml-frame.ts';

const formats: Readonly<Record<string, XmlFormat>> = { rss: rssFormat, rdf: rdfFormat, feed: atomFormat };

/** The larger a feed, the older its end: more than this is no feed of news. */
export const maxFeedBytes = 5 * 1024 * 1024;

/** Feeds hold tens of items; a list of more than this is there to do harm. */
const maxItems = 20_000;

/** Takes a feed apart, or says why it is none. Nothing is fetched, and no entity of a document's own is expanded. */
export function parseFeed(document: SourceDocument): ParsedFeed | string {
  const { bytes } = document;
  if (bytes.length > maxFeedBytes) {
    const size = (bytes.length / (1024 * 1024)).toFixed(1);
    return `a feed of ${size} MB: at most 5 MB are read; ask for a feed with fewer or shorter items`;
  }
  const text = new TextDecoder('utf-8').decode(bytes).replaceAll('\u0000', '');
  if (/^\s*[{[]/.test(text.slice(0, 1_000))) return parseJson(document);
  const root = findRoot(text);
  if (root === undefined) return 'no feed; expected RSS, Atom or JSON Feed';
  if (root.local === 'html') return htmlReason(text);
  if (root.hasEntities) return 'its document type declares entities: such XML is not read';
  const format = Object.hasOwn(formats, root.local) ? formats[root.local] : undefined;
  if (format === undefined) {
    return `XML with the root element "${root.local}": no feed; expected RSS, Atom or JSON Feed`;
  }
  return parseXml(text, root, format);
}

/** A page names its feeds in its head: the first is told, so that it can be given instead. */
function htmlReason(text: string): string {
  const feed =
    /<link\b[^<>]{0,500}type\s{0,3}=\s{0,3}["']?application\/(?:rss\+xml|atom\+xml|feed\+json)[^<>]{0,500}>/i.exec(
      text.slice(0, 200_000),
    )?.[0];
  const address = /\bhref\s{0,3}=\s{0,3}["']?([^"'\s>]{1,500})/i.exec(feed ?? '')?.[1];
  const hint = address === undefined ? 'give the address of its feed' : `it names the feed ${address}`;
  return `an HTML page, no feed: ${hint}`;
}

function parseXml(text: string, root: XmlRoot, format: XmlFormat): ParsedFeed {
  const parts = partXml(text, root, format.item);
  const rootTag = withNamespaces(parts.rootTag, root);
  const frame = parts.frame.startsWith(parts.rootTag)
    ? rootTag + parts.frame.slice(parts.rootTag.length)
    : parts.frame;
  const head = attempt(() => format.head(frame));
  const isLost = head === undefined && /<(?:[\w.-]{1,40}:)?title[\s>]/i.test(frame);
  const wrap = (items: readonly string[]): string => format.wrap(rootTag, root.name, items.join(''));
  return {
    format: root.local,
    head: head ?? {},
    items: readBatches(parts.items.slice(0, maxItems), (items) => format.readItems(wrap(items))),
    notices: [
      ...(isLost ? ['what the feed says of itself cannot be read; its items are'] : []),
      ...tooMany(parts.items.length),
      ...(parts.isCut ? ['the feed is cut off in the middle of an item, which is left out'] : []),
    ],
  };
}

const batchItems = 50;

/** Reads items together, and those of a batch that fails, or lacks one, each for itself. */
function* readBatches(
  items: readonly string[],
  readItems: (items: readonly string[]) => readonly FeedItem[],
): Iterable<FeedItem | { readonly reason: string }> {
  for (let from = 0; from < items.length; from += batchItems) {
    const batch = items.slice(from, from + batchItems);
    const together = batch.every((item) => item !== '') ? attempt(() => readItems(batch)) : undefined;
    if (together?.length === batch.length) yield* together;
    else for (const item of batch) yield readAlone(item, readItems);
  }
}

function readAlone(
  item: string,
  readItems: (items: readonly string[]) => readonly FeedItem[],
): FeedItem | { readonly reason: string } {
  if (item === '') return { reason: 'an item that is not closed' };
  const [read] = attempt(() => readItems([item])) ?? [];
  return read ?? { reason: 'an item that is broken or holds nothing' };
}

/** RSS 1.0 is nothing without its namespaces; some feeds leave them out. */
function withNamespaces(rootTag: string, root: XmlRoot): string {
  if (root.local !== 'rdf' || /\sxmlns\s{0,5}=/i.test(rootTag)) return rootTag;
  const rdf = /xmlns:rdf/i.test(rootTag) ? '' : ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';
  return rootTag.replace(/(?<!\s)\s*\/?>$/, `${rdf} xmlns="http://purl.org/rss/1.0/">`);
}

function tooMany(count: number): readonly string[] {
  return count > maxItems ? [`${count} items: the first ${maxItems} are read`] : [];
}

/** The library throws for what it cannot read. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const jsonFeedVersion = 'https://jsonfeed.org/version/1.1';

function parseJson(document: SourceDocument): ParsedFeed | string {
  const parsed = parseJsonDocument(document);
  if (parsed.kind === 'rejection') return parsed.rejection.reason;
  const { value } = parsed;
  const items = isJsonObject(value) ? ownValue(value, 'items') : undefined;
  if (!isJsonObject(value) || !Array.isArray(items)) {
    return 'JSON, but no JSON Feed; expected an object with "version" and a list "items"';
  }
  const members = Object.entries(value).filter(([key]) => key.toLowerCase() !== 'items');
  const head = attempt(() => headOfJson(Object.fromEntries([...members, ['version', jsonFeedVersion]])));
  return {
    format: 'json',
    head: head ?? {},
    items: (function* () {
      for (const item of items.slice(0, maxItems)) yield readJsonItem(item);
    })(),
    notices: tooMany(items.length),
  };
}

function headOfJson(value: object): FeedHead {
  const feed = parseJsonFeed(value);
  const { title } = feed;
  return defined({
    title: title === undefined ? undefined : ({ text: title, form: 'plain' } as const),
    link: feed.home_page_url,
    self: feed.feed_url,
  });
}

function readJsonItem(value: unknown): FeedItem | { readonly reason: string } {
  if (!isJsonObject(value)) return { reason: 'no item of a JSON Feed; expected an object' };
  const item = attempt(() => parseJsonFeed({ version: jsonFeedVersion, title: '-', items: [value] }))
    ?.items?.[0];
  if (item === undefined) return { reason: 'an item that is broken or holds nothing' };
  const content =
    item.content_text === undefined
      ? item.content_html === undefined
        ? undefined
        : ({ text: item.content_html, form: 'html' } as const)
      : ({ text: item.content_text, form: 'plain' } as const);
  return {
    idMayBeLink: true,
    tags: item.tags ?? [],
    ...defined({
      id: item.id,
      title: item.title === undefined ? undefined : ({ text: item.title, form: 'plain' } as const),
      link: item.url ?? item.external_url,
      published: item.date_published,
      updated: item.date_modified,
      summary: item.summary === undefined ? undefined : ({ text: item.summary, form: 'plain' } as const),
      content,
    }),
  };
}
