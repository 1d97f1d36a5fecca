import {
  type AtomFeed,
  parseAtomFeed,
  parseRdfFeed,
  parseRssFeed,
  type RdfFeed,
  type RssFeed,
} from 'feedsmith';
import type { FeedHead, FeedItem, FeedText } from './schema.ts';

/** How one kind of XML feed is read: its frame, and some items put into one. */
export interface XmlFormat {
  readonly item: 'item' | 'entry';
  head(frame: string): FeedHead;
  /** The items of a document in order, without those that hold nothing. Throws for what is broken. */
  readItems(document: string): readonly FeedItem[];
  /** A document that holds only these items. */
  wrap(rootTag: string, rootName: string, items: string): string;
}

type Rss = RssFeed.Item<string>;
type Rdf = RdfFeed.Item<string>;
type Entry = AtomFeed.Entry<string>;

export const rssFormat: XmlFormat = {
  item: 'item',
  head: (frame) => {
    const feed = parseRssFeed(frame);
    const self = feed.atom?.links?.find(({ rel }) => rel === 'self')?.href;
    return headOf(loose(feed.title), feed.link ?? alternate(feed.atom?.links), self, feed.xml?.base);
  },
  readItems: (document) => (parseRssFeed(document).items ?? []).map(fromRss),
  wrap: (rootTag, rootName, items) => `${rootTag}<channel>${items}</channel></${rootName}>`,
};

export const rdfFormat: XmlFormat = {
  item: 'item',
  head: (frame) => {
    const feed = parseRdfFeed(frame);
    return headOf(loose(feed.title), feed.link, feed.rdf?.about, feed.xml?.base);
  },
  readItems: (document) => (parseRdfFeed(document).items ?? []).map(fromRdf),
  wrap: (rootTag, rootName, items) => `${rootTag}<channel></channel>${items}</${rootName}>`,
};

export const atomFormat: XmlFormat = {
  item: 'entry',
  head: (frame) => {
    const feed = parseAtomFeed(frame);
    const self = feed.links?.find(({ rel }) => rel === 'self')?.href;
    return headOf(typed(feed.title), alternate(feed.links), self, feed.xml?.base);
  },
  readItems: (document) => (parseAtomFeed(document).entries ?? []).map(fromAtom),
  wrap: (rootTag, rootName, items) => `${rootTag}${items}</${rootName}>`,
};

function headOf(
  title: FeedText | undefined,
  link: string | undefined,
  self: string | undefined,
  base: string | undefined,
): FeedHead {
  return defined({ title, link, self, base });
}

function fromRss(item: Rss): FeedItem {
  return {
    idMayBeLink: item.guid?.isPermaLink !== false,
    tags: [...(item.categories ?? []).map(({ name }) => name), ...(item.dc?.subjects ?? [])].flatMap(
      (tag) => tag ?? [],
    ),
    ...defined({
      id: item.guid?.value,
      title: loose(item.title ?? item.dc?.titles?.[0]),
      link: item.link ?? alternate(item.atom?.links),
      base: item.xml?.base,
      published: item.pubDate ?? item.atom?.published ?? item.dc?.dates?.[0] ?? item.dcterms?.created?.[0],
      updated: item.atom?.updated ?? item.dcterms?.modified?.[0],
      summary: html(item.description ?? item.itunes?.summary),
      content: html(item.content?.encoded),
    }),
  };
}

function fromRdf(item: Rdf): FeedItem {
  return {
    idMayBeLink: true,
    tags: item.dc?.subjects ?? [],
    ...defined({
      id: item.rdf?.about,
      title: loose(item.title ?? item.dc?.titles?.[0]),
      link: item.link,
      base: item.xml?.base,
      published: item.dc?.dates?.[0],
      updated: item.dcterms?.modified?.[0],
      summary: html(item.description),
      content: html(item.content?.encoded),
    }),
  };
}

function fromAtom(entry: Entry): FeedItem {
  return {
    idMayBeLink: true,
    tags: (entry.categories ?? []).flatMap(({ label, term }) => label ?? term ?? []),
    ...defined({
      id: entry.id,
      title: typed(entry.title),
      link: alternate(entry.links),
      base: entry.xml?.base,
      published: entry.published,
      updated: entry.updated,
      summary: typed(entry.summary) ?? loose(entry.media?.groups?.[0]?.description?.value),
      content: contentOf(entry.content),
    }),
  };
}

/** The link to the page itself: `alternate` or none said, of HTML before others. */
function alternate(
  links: readonly { readonly href?: string; readonly rel?: string; readonly type?: string }[] | undefined,
): string | undefined {
  const pages = (links ?? []).filter(({ rel }) => rel === undefined || rel === 'alternate');
  return (pages.find(({ type }) => type === undefined || type === 'text/html') ?? pages[0])?.href;
}

function contentOf(content: AtomFeed.Content | undefined): FeedText | undefined {
  return content?.value === undefined ? undefined : typed({ value: content.value, type: content.type ?? '' });
}

/** RFC 4287, section 3.1.1: `text` where nothing is said; a media type of text is no markup. */
function typed(text: { readonly value: string; readonly type?: string } | undefined): FeedText | undefined {
  if (text === undefined) return undefined;
  const isMarkup = /html|xml/i.test(text.type ?? '');
  return { text: text.value, form: isMarkup ? 'html' : 'plain' };
}

function html(text: string | undefined): FeedText | undefined {
  return text === undefined ? undefined : { text, form: 'html' };
}

function loose(text: string | undefined): FeedText | undefined {
  return text === undefined ? undefined : { text, form: 'loose' };
}

/** Without the members that are undefined. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
