import type { Span, Text } from '../cards/card.ts';

export function plain(text: string): Span {
  return { text };
}

export function bold(text: string, cites: readonly number[] = []): Span {
  return cites.length === 0 ? { text, style: 'bold' } : { text, style: 'bold', cites };
}

/** A run of recorded text with the numbers of the notes that state it. */
export function stated(text: string, cites: readonly number[], link?: string): Span {
  return {
    text,
    ...(cites.length === 0 ? {} : { cites }),
    ...(link === undefined ? {} : { link }),
  };
}

/** Joins texts as a sentence does: "a, b and c". Empty texts are left out. */
export function joinTexts(parts: readonly Text[], separator = ', ', last = separator): Text {
  const full = parts.filter((part) => part.length > 0);
  return full.flatMap((part, index) => {
    if (index === 0) return part;
    return [plain(index === full.length - 1 ? last : separator), ...part];
  });
}

/** At most `maxChars` characters, cut at a word; the cut is told with the whole length. */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const cut = text.slice(0, maxChars);
  const space = cut.lastIndexOf(' ');
  const kept = (space > maxChars / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, '').trimEnd();
  return `${kept} … (${formatCount(text.length)} characters in all)`;
}

/** With a capital first letter, as a line begins. */
export function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** `24,771` */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3}){1,8}$)/g, ',');
}

/** `1 report`, `3 reports`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The day of an ISO date or date-time; shorter dates stay as they are. */
export function dayOf(isoDate: string): string {
  return isoDate.slice(0, 10);
}
