import { htmlToText } from '../html-text.ts';
import type { FeedText } from './schema.ts';

const maxTitleChars = 500;
const maxTitleSource = 5_000;
const maxSummaryChars = 1_000;
const maxMentionBytes = 100 * 1024;
/** HTML is mostly markup: of more than this nothing could be kept anyway. */
const maxHtmlChars = 1_000_000;

/** Elements that titles carry; anything else in angle brackets is part of the title's words. */
const titleMarkup =
  /<\/?(?:b|i|u|em|strong|span|sup|sub|small|mark|code|font|a|p|div|br|wbr|img|h[1-6])(?:\s[^<>]{0,500})?\/?>/gi;
const entity = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});/i;

/** A text as people read it, on one line or with its paragraphs. */
export function plainFeedText(text: FeedText | undefined): string {
  if (text === undefined) return '';
  const clipped = text.text.slice(0, maxHtmlChars);
  return text.form === 'html' || /<[a-z/][^<>]{0,500}>/i.test(clipped.slice(0, 50_000))
    ? htmlToText(clipped)
    : clipped.trim();
}

/**
 * A title as one line of plain text, at most 500 characters. RSS does not say whether a title is plain or HTML: usual
 * markup goes, entities that were escaped twice are read, and other angle brackets stay words.
 */
export function plainTitle(text: FeedText | undefined): string {
  if (text === undefined) return '';
  const clipped = text.text.slice(0, maxTitleSource);
  const words =
    text.form === 'html' ? htmlToText(clipped) : text.form === 'loose' ? looseTitle(clipped) : clipped;
  return words
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, maxTitleChars);
}

function looseTitle(text: string): string {
  const bare = text.replace(titleMarkup, '');
  return entity.test(bare) ? htmlToText(bare.replaceAll('<', '&lt;')) : bare;
}

/** The beginning of a text, for a short description: whole words, at most 1,000 characters. */
export function shortText(text: string, maxChars = maxSummaryChars): string {
  if (text.length <= maxChars) return text;
  const clipped = text.slice(0, maxChars - 1);
  const blank = Math.max(clipped.lastIndexOf(' '), clipped.lastIndexOf('\n'));
  return `${clipped.slice(0, blank > maxChars / 2 ? blank : clipped.length).trimEnd()}…`;
}

/** The first line of a text as a title, for an item that has none. */
export function titleOfText(text: string): string {
  const [line = ''] = text.split('\n', 1);
  const [sentence = ''] = /^.{10,150}?[.!?](?=\s|$)/u.exec(line) ?? [];
  return sentence === '' ? shortText(line, 120) : sentence;
}

/** At most 100 KB in UTF-8, without half a character at the end. */
export function clipBytes(text: string): string {
  if (text.length * 3 <= maxMentionBytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxMentionBytes));
  return text.slice(0, read);
}
