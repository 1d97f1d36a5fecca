import type { Action, Item, Span, Text } from './card.ts';

/** A text of one plain run. */
export function text(words: string): Text {
  return [{ text: words }];
}

/** Runs one after the other; a bare string is a plain run. */
export function runs(...parts: readonly (string | Span)[]): Text {
  return parts.map((part) => (typeof part === 'string' ? { text: part } : part));
}

export function bold(words: string): Span {
  return { text: words, style: 'bold' };
}

/** A run that links; the renderer drops the link when it is not http or https. */
export function link(words: string, url: string): Span {
  return { text: words, link: url };
}

/** A run with the numbers of its source notes. */
export function cited(words: string, cites: readonly number[]): Span {
  return { text: words, cites };
}

/** An indicator: in fixed width, and never clickable. */
export function indicator(value: string): Span {
  return { text: value, style: 'code', defang: true };
}

/** All buttons and links of an item, in order. */
export function itemActions({ action, more = [] }: Item): readonly Action[] {
  return action === undefined ? more : [action, ...more];
}
