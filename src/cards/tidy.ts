import { defang } from '../domain/indicator.ts';
import { assertNever } from '../support/assert-never.ts';
import { canEncodeActionValue } from './action-value.ts';
import { itemActions } from './build.ts';
import type {
  Action,
  Badge,
  Card,
  Field,
  Item,
  Section,
  SourceNote,
  Span,
  Text,
  TimelineItem,
} from './card.ts';
import { cleanLine, cleanLines } from './clean-text.ts';
import { defangAll, defangUrls } from './defang-text.ts';
import { clipString } from './measure.ts';
import { hostOf, safeUrl } from './safe-url.ts';

/** What a platform shows where a value is empty, since most refuse an empty text. */
export const emptyValue = '—';

const maxDateChars = 40;
const maxIdChars = 80;
const maxFallbackChars = 4_000;
/** As many as Teams shows side by side. */
const maxItemActions = 5;

/** A card whose strings are safe to show as they are, but for the platform's own escaping. */
export interface TidyCard {
  readonly card: Card;
  /** Buttons left out because their link is unsafe or their value too long. */
  readonly lostActions: number;
}

/**
 * Cleans every string of a card (`cleanLine`), defangs what must not become clickable, drops unsafe links from
 * runs and source notes (their words stay), and leaves out what is empty. Every renderer starts from this.
 */
export function tidyCard(card: Card): TidyCard {
  const actions = card.actions.flatMap((action) => tidyAction(action) ?? []);
  const sections = card.sections.map(tidySection);
  const subtitle = card.subtitle === undefined ? undefined : tidyText(card.subtitle);
  const { subtitle: _, evidence, ...rest } = card;
  const tidy: Card = {
    ...rest,
    title: tidyString(card.title) || emptyValue,
    ...(subtitle === undefined || subtitle.length === 0 ? {} : { subtitle }),
    ...(evidence === undefined ? {} : { evidence: clipString(tidyString(evidence), maxIdChars) }),
    badges: card.badges.flatMap((badge) => tidyBadge(badge) ?? []),
    sections,
    sources: card.sources.map(tidySource),
    actions,
    asOf: tidyDate(card.asOf),
    fallbackText: tidyFallback(card.fallbackText) || tidyString(card.title) || emptyValue,
  };
  return { card: tidy, lostActions: card.actions.length - actions.length + lostItemActions(card, sections) };
}

function tidyString(text: string): string {
  return defangUrls(cleanLine(text)).trim();
}

/** Sentences for a notification, which platforms link and cut as they like: defanged whole, and of a length they take. */
function tidyFallback(text: string): string {
  return clipString(defangAll(cleanLine(text.slice(0, 2 * maxFallbackChars))).trim(), maxFallbackChars);
}

/** A date as it is written; no date is longer than a few words. */
function tidyDate(date: string): string {
  return clipString(defangUrls(cleanLine(date)).trim(), maxDateChars) || emptyValue;
}

function tidyBadge(badge: Badge): Badge | undefined {
  const text = tidyString(badge.text);
  return text === '' ? undefined : { ...badge, text };
}

function tidyText(text: Text, clean: (text: string) => string = cleanLine): Text {
  const spans: Span[] = [];
  for (const span of text.map((raw) => tidySpan(raw, clean))) {
    const last = spans.at(-1);
    if (span.text !== '') spans.push(span);
    else if ((span.cites ?? []).length === 0) continue;
    // A run of cites alone belongs to the words before it.
    else if (last === undefined) spans.push({ ...span, text: emptyValue });
    else spans[spans.length - 1] = { ...last, cites: [...(last.cites ?? []), ...(span.cites ?? [])] };
  }
  return spans.every(({ text: words }) => words.trim() === '') ? [] : spans;
}

function tidySpan(span: Span, clean: (text: string) => string): Span {
  const { link: wantedLink, defang: mustDefang, ...rest } = span;
  const words = clean(span.text);
  if (mustDefang === true) return { ...rest, text: defang(words) };
  const link = wantedLink === undefined ? undefined : safeUrl(wantedLink);
  if (link === undefined) return { ...rest, text: defangUrls(words) };
  return { ...rest, text: words.trim() === '' ? hostOf(link) : linkWords(words, link), link };
}

/** A link's words: as they are, unless they look like another address than the one they lead to. */
function linkWords(words: string, link: string): string {
  const written = words.trim();
  return safeUrl(written) === link || `${safeUrl(written)}/` === link ? words : defangUrls(words);
}

function valueOr(text: Text): Text {
  return text.length === 0 ? [{ text: emptyValue }] : text;
}

function tidySection(section: Section): Section {
  const heading = section.heading === undefined ? '' : tidyString(section.heading);
  const base = {
    ...section,
    id: clipString(cleanLine(section.id), maxIdChars),
    ...(heading === '' ? {} : { heading }),
  };
  if (heading === '') delete base.heading;
  switch (base.type) {
    case 'text':
      return {
        ...base,
        paragraphs: base.paragraphs.map((text) => tidyText(text, cleanLines)).filter(isFilled),
      };
    case 'fields':
      return { ...base, fields: base.fields.map(tidyField) };
    case 'list':
      return { ...base, items: base.items.map(tidyItem).filter((item) => isFilled(item.text)) };
    case 'table':
      return tidyTable(base);
    case 'timeline':
      return { ...base, items: base.items.map(tidyTimelineItem) };
    default:
      return assertNever(base);
  }
}

function isFilled(text: Text): boolean {
  return text.length > 0;
}

function tidyField(field: Field): Field {
  return { label: tidyString(field.label) || emptyValue, value: valueOr(tidyText(field.value)) };
}

function tidyItem(item: Item): Item {
  const [action, ...more] = itemActions(item)
    .flatMap((one) => tidyAction(one) ?? [])
    .slice(0, maxItemActions);
  const text = tidyText(item.text);
  if (action === undefined) return { text };
  return {
    text: text.length === 0 ? [{ text: action.label }] : text,
    action,
    ...(more.length === 0 ? {} : { more }),
  };
}

function tidyTimelineItem(item: TimelineItem): TimelineItem {
  return { date: tidyDate(item.date), text: valueOr(tidyText(item.text)) };
}

/** Rows as wide as the widest of them or the heading row, so that no cell lacks a column. */
function tidyTable(section: Extract<Section, { type: 'table' }>): Section {
  const width = Math.max(section.columns.length, ...section.rows.map((row) => row.length), 1);
  const padded = (row: readonly Text[]): readonly Text[] =>
    Array.from({ length: width }, (_, index) => valueOr(tidyText(row[index] ?? [])));
  return {
    ...section,
    columns: Array.from(
      { length: width },
      (_, index) => tidyString(section.columns[index] ?? '') || emptyValue,
    ),
    rows: section.rows.map(padded),
  };
}

function tidySource(note: SourceNote): SourceNote {
  const { url: wanted, ...rest } = note;
  const url = wanted === undefined ? undefined : safeUrl(wanted);
  return {
    ...rest,
    title: tidyString(note.title) || emptyValue,
    ...(url === undefined ? {} : { url }),
    ...(note.date === undefined ? {} : { date: tidyDate(note.date) }),
  };
}

/** Undefined for an action that cannot be offered: an unsafe link, a value too long to carry. */
function tidyAction(action: Action): Action | undefined {
  const label = tidyString(action.label) || emptyValue;
  switch (action.type) {
    case 'link': {
      const url = safeUrl(action.url);
      return url === undefined ? undefined : { ...action, label, url };
    }
    case 'command':
      return canEncodeActionValue(action.value) ? { ...action, label } : undefined;
    default:
      return assertNever(action);
  }
}

function lostItemActions(card: Card, sections: readonly Section[]): number {
  return countItemActions(card.sections) - countItemActions(sections);
}

function countItemActions(sections: readonly Section[]): number {
  return sections.flatMap((section) => (section.type === 'list' ? section.items : [])).flatMap(itemActions)
    .length;
}
