import type { Span, Text } from '../card.ts';
import { citeLabel } from '../format.ts';

/** Characters that Teams' markdown may read as markup; a backslash before them shows them as they are. */
const markdownCharacters = /[\\*_[\]()!<>~`]/g;
/** What makes a list or a heading at a line's start, as far as the characters above do not. */
const listMark = /^([^\S\r\n\u2028\u2029]*)([-+#])/gm;
const numberMark = /^([^\S\r\n\u2028\u2029]*\d{1,9})\./gm;

/**
 * Data as markdown that shows exactly the data: `APT_1 [x](https://…)` comes out as written, with no link, no
 * image, no list.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(markdownCharacters, '\\$&').replace(listMark, '$1\\$2').replace(numberMark, '$1\\.');
}

/** Words for places that show no markdown at all, in which no link or image syntax is left. */
export function plainWords(text: string): string {
  return text.replaceAll('](', '] (').replaceAll('<', '‹').replaceAll('>', '›');
}

/** A text as markdown: runs in bold or italic, links, cites behind them. */
export function markdownText(text: Text): string {
  return text.map(markdownSpan).join('');
}

function markdownSpan(span: Span): string {
  const cites = citeLabel(span.cites);
  return `${styledSpan(span)}${cites === '' ? '' : ` ${escapeMarkdown(cites)}`}`;
}

function styledSpan(span: Span): string {
  const words = span.text.trim();
  if (words === '') return span.text;
  const before = span.text.slice(0, span.text.length - span.text.trimStart().length);
  const after = span.text.slice(span.text.trimEnd().length);
  const styled = wrapStyle(escapeMarkdown(words), span.style);
  return `${before}${span.link === undefined ? styled : `[${styled}](${span.link})`}${after}`;
}

/** Teams has no fixed-width markdown, so an indicator stands as it is: defanged words need no style. */
function wrapStyle(words: string, style: Span['style']): string {
  if (style === 'bold') return `**${words}**`;
  if (style === 'italic') return `_${words}_`;
  return words;
}
