import type { Span, Text } from '../card.ts';
import { citeLabel } from '../format.ts';
import { clipString } from '../measure.ts';
import { slackLimits, withHeadroom } from './limits.ts';
import type {
  PlainText,
  SlackRichText,
  SlackRichTextElement,
  SlackRichTextPart,
  SlackRichTextSection,
  SlackTextStyle,
} from './types.ts';

/**
 * Slack's tokens (`<!channel>`, `<@U1>`, `<#C1>`) mean nothing in plain and rich text, but a message that is
 * forwarded, exported or copied may be read again as mrkdwn: so they are broken wherever data stands.
 */
export function breakTokens(text: string): string {
  return text.replace(/<(?=[!@#])/g, '‹');
}

/** Escapes for `mrkdwn` and the top-level `text`: `&` first, then the brackets (Slack's rule). */
export function escapeMrkdwn(text: string): string {
  return breakTokens(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A `plain_text` object of at most `maxChars` less the headroom; never read as markup, `:emoji:` included. */
export function slackPlainText(text: string, maxChars: number): PlainText {
  return { type: 'plain_text', text: clipString(breakTokens(text), withHeadroom(maxChars)), emoji: false };
}

/** The message's `text`: escaped, and short enough after the escaping. */
export function slackFallback(text: string): string {
  const max = withHeadroom(slackLimits.fallbackChars);
  let clipped = clipString(text, max);
  while (escapeMrkdwn(clipped).length > max) clipped = clipString(clipped, Math.floor(clipped.length * 0.8));
  return escapeMrkdwn(clipped);
}

export function richText(elements: readonly SlackRichTextPart[]): SlackRichText {
  return { type: 'rich_text', elements };
}

export function richSection(elements: readonly SlackRichTextElement[]): SlackRichTextSection {
  return { type: 'rich_text_section', elements };
}

/**
 * Lines as one section with line breaks inside, as Slack's own composer writes them: sections that follow one
 * another are not set apart everywhere. Empty for no lines.
 */
export function richLines(
  lines: readonly (readonly SlackRichTextElement[])[],
  lineBreak: '\n' | '\n\n' = '\n',
): readonly SlackRichTextSection[] {
  if (lines.length === 0) return [];
  return [richSection(lines.flatMap((line, index) => (index === 0 ? line : [run(lineBreak), ...line])))];
}

export function richList(items: readonly (readonly SlackRichTextElement[])[]): SlackRichTextPart {
  return { type: 'rich_text_list', style: 'bullet', elements: items.map(richSection) };
}

export function run(text: string, style?: SlackTextStyle): SlackRichTextElement {
  return { type: 'text', text: breakTokens(text), ...(style === undefined ? {} : { style }) };
}

/** A text as rich text elements: runs, links, and the cites behind them. */
export function richElements(text: Text): readonly SlackRichTextElement[] {
  return text.flatMap((span) => {
    const cites = citeLabel(span.cites);
    return cites === '' ? [element(span)] : [element(span), run(` ${cites}`)];
  });
}

function element(span: Span): SlackRichTextElement {
  const style: SlackTextStyle | undefined = span.style === undefined ? undefined : { [span.style]: true };
  if (span.link === undefined) return run(span.text, style);
  const text = breakTokens(span.text);
  return { type: 'link', url: span.link, text, ...(style === undefined ? {} : { style }) };
}
