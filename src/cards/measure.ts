import type { Span, Text } from './card.ts';
import { citeLabel } from './format.ts';

/**
 * Length as the strictest platform may count it: an emoji (and anything else outside the basic plane) as its
 * UTF-8 bytes, other characters as one (Slack: lengths may be counted in bytes for emoji).
 */
export function measure(text: string): number {
  // Two UTF-16 units are four bytes, a pictograph of one unit is three: two more either way.
  const wide = text.match(/[\u{10000}-\u{10ffff}]|\p{Extended_Pictographic}/gu)?.length ?? 0;
  return text.length + 2 * wide;
}

/** Length of a text with its cites. */
export function measureText(text: Text): number {
  let length = 0;
  for (const span of text) length += measureSpan(span);
  return length;
}

function measureSpan(span: Span): number {
  return measure(span.text) + citeLabel(span.cites).length;
}

/** The first characters of `text` that measure at most `max`, ending in `…`; the whole text when it fits. */
export function clipString(text: string, max: number): string {
  if (text.length <= max && measure(text) <= max) return text;
  let length = 1;
  let end = 0;
  for (const character of text) {
    length += measure(character);
    if (length > max) break;
    end += character.length;
  }
  return `${text.slice(0, end).replace(/(?<!\s|\u200d|\ufe0f)(?:\s|\u200d|\ufe0f)+$/u, '')}…`;
}

/** A text clipped to `max`, with how many characters went; cites beyond the cut go with it. */
export function clipText(text: Text, max: number): { readonly text: Text; readonly cut: number } {
  if (measureText(text) <= max) return { text, cut: 0 };
  const kept: Span[] = [];
  let room = max;
  for (const span of text) {
    const size = measureSpan(span);
    if (size > room - 1) {
      kept.push({ ...withoutCites(span), text: clipString(`${span.text}…`, room) });
      break;
    }
    kept.push(span);
    room -= size;
  }
  return { text: kept, cut: lengthOf(text) - lengthOf(kept) + 1 };
}

function lengthOf(text: Text): number {
  return text.reduce((sum, span) => sum + span.text.length + citeLabel(span.cites).length, 0);
}

function withoutCites(span: Span): Span {
  const { cites: _, ...rest } = span;
  return rest;
}
