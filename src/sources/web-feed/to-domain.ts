import type { RecordClaim, RecordMarking, SourceRecord } from '../../domain/record.ts';
import { uuidV5 } from '../../domain/stix-id.ts';
import { parseWebAddress, withoutTracking } from '../../domain/web-address.ts';
import { markingTagsIn } from '../markdown/document.ts';
import { markingOfTags } from '../tags.ts';
import { feedDate } from './dates.ts';
import type { FeedHead, FeedItem } from './schema.ts';
import { clipBytes, plainFeedText, plainTitle, shortText, titleOfText } from './text.ts';

/** What all items of a feed share. */
export interface FeedContext {
  /** Addresses against which relative ones are resolved, the best first. */
  readonly bases: readonly string[];
  /** Who publishes the feed, where the operator named the source otherwise. */
  readonly publisher?: string;
}

export interface ItemResult {
  readonly record: SourceRecord;
  readonly notices: readonly string[];
}

const maxIdChars = 500;
const maxTags = 50;
const maxTagChars = 200;

/** The addresses of a feed that relative ones can be resolved against: its base, its page, its own, where it lay. */
export function basesOf(head: FeedHead, place: string): readonly string[] {
  const own = [place, head.self, head.link, head.base];
  const bases: string[] = [];
  for (const address of own) {
    const resolved = address === undefined ? undefined : resolve(address, bases);
    if (resolved !== undefined) bases.unshift(resolved);
  }
  return bases;
}

/** Turns an item into a report; a text in place of one is the reason why it cannot be kept. */
export function itemToRecord(item: FeedItem, context: FeedContext): ItemResult | string {
  const bases = item.base === undefined ? context.bases : withBase(item.base, context.bases);
  const url = linkOf(item, bases);
  const summary = plainFeedText(item.summary);
  const content = plainFeedText(item.content);
  const text = content === '' ? summary : content;
  const title = plainTitle(item.title) || titleOfText(text) || url;
  if (title === undefined) return 'an item without title, text and link';
  const marking = markingOf(item, text);
  const published = readDate(item.published);
  const updated = readDate(item.updated);
  const created = published.date ?? updated.date;
  const modified = updated.date ?? published.date;
  const description = shortText(summary === '' ? content : summary);
  const tags = tagsOf(item);
  const record: SourceRecord = {
    externalId: idOf(item, url, title, text),
    title,
    entity: { type: 'report', name: title, externalIds: [] },
    ...(url === undefined ? {} : { url }),
    ...(context.publisher === undefined ? {} : { publisher: context.publisher }),
    ...(created === undefined ? {} : { created }),
    ...(modified === undefined ? {} : { modified }),
    ...(marking === undefined ? {} : { marking }),
    claims: [{ predicate: 'name', text: title }, ...(description === '' ? [] : [descriptionOf(description)])],
    ...(tags.length === 0 ? {} : { tags }),
    mentionsIn: clipBytes(wordsOf(title, summary, content)),
  };
  const broken = [published, updated].flatMap(({ broken: written }) => written ?? []);
  return {
    record,
    notices: broken.map((written) => `"${written.slice(0, 60)}" is no date: the item is kept without it`),
  };
}

function descriptionOf(text: string): RecordClaim {
  return { predicate: 'description', text, section: 'report' };
}

/** All of an item's words once: many feeds repeat the summary in the content. */
function wordsOf(title: string, summary: string, content: string): string {
  const isRepeated = content.includes(summary);
  return [title, isRepeated ? '' : summary, content].filter((part) => part !== '').join('\n\n');
}

function withBase(base: string, bases: readonly string[]): readonly string[] {
  const resolved = resolve(base, bases);
  return resolved === undefined ? bases : [resolved, ...bases];
}

/** An address made absolute by the first base that it can be resolved against. */
function resolve(address: string, bases: readonly string[]): string | undefined {
  const trimmed = address.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return parseWebAddress(trimmed);
  if (trimmed === '') return undefined;
  for (const base of bases) {
    if (URL.canParse(trimmed, base)) return parseWebAddress(new URL(trimmed, base).href);
  }
  return undefined;
}

function linkOf(item: FeedItem, bases: readonly string[]): string | undefined {
  const link = item.link === undefined ? undefined : resolve(item.link, bases);
  if (link !== undefined || !item.idMayBeLink) return link;
  return item.id === undefined ? undefined : parseWebAddress(item.id);
}

/** The publisher's id, else the address, else a hash of what the item says. */
function idOf(item: FeedItem, url: string | undefined, title: string, text: string): string {
  const written = item.id?.replace(/[\s\p{Cc}]+/gu, ' ').trim() ?? '';
  const id = written === '' ? url : /^https?:\/\//i.test(written) ? withoutTracking(written) : written;
  if (id === undefined) return `item-${uuidV5(['web-feed', title, text.slice(0, 2_000)].join('\n'))}`;
  return id.length <= maxIdChars ? id : `item-${uuidV5(['web-feed', id].join('\n'))}`;
}

function readDate(written: string | undefined): { readonly date?: string; readonly broken?: string } {
  if (written === undefined || written.trim() === '') return {};
  const date = feedDate(written);
  return date === undefined ? { broken: written.trim() } : { date };
}

function tagsOf(item: FeedItem): readonly string[] {
  const tags = item.tags
    .slice(0, maxTags)
    .map((tag) =>
      tag
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
        .slice(0, maxTagChars),
    )
    .filter((tag) => tag !== '');
  return [...new Set(tags)];
}

/** A category "tlp:amber", a line "TLP:AMBER", and AMBER or RED wherever they are mentioned; the strictest of them. */
function markingOf(item: FeedItem, text: string): RecordMarking | undefined {
  const lines = text.slice(0, 100_000).split('\n');
  return markingOfTags([...item.tags.filter((tag) => /^tlp\s?:/i.test(tag)), ...markingTagsIn(lines)]);
}
