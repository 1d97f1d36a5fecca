import { parseWebAddress } from '../../domain/web-address.ts';

export interface MarkdownLink {
  readonly url: string;
  readonly text: string;
  /** The title in quotes behind the address. */
  readonly title?: string;
  /** Offsets in the text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const maxTextChars = 300;
const maxTargetChars = 2600;

/** The `[text](http… "title")` links of a text, in order. Linear: it walks from one `](` to the next. */
export function linksIn(text: string): readonly MarkdownLink[] {
  const links: MarkdownLink[] = [];
  for (let at = text.indexOf(']('); at >= 0; at = text.indexOf('](', at + 2)) {
    const from = Math.max(links.at(-1)?.end ?? 0, at - maxTextChars);
    const open = text.slice(from, at).lastIndexOf('[');
    const target = text.slice(at + 2, at + 2 + maxTargetChars);
    // Told fast of what is no link; the expression would look at all of it.
    if (!target.includes(')')) continue;
    const match = /^<?(https?:\/\/[^\s<>]{1,2048}?)>?(?:\s{1,5}"([^"\n]{0,500})"\s{0,5})?\)/i.exec(target);
    const url = parseWebAddress(match?.[1] ?? '');
    if (open < 0 || match === null || url === undefined) continue;
    const title = match[2]?.trim() ?? '';
    links.push({
      url,
      text: text.slice(from + open + 1, at),
      ...(title === '' ? {} : { title }),
      start: from + open,
      end: at + 2 + match[0].length,
    });
  }
  return links;
}

/** The text without its markdown links' addresses: the words of a link inside a sentence stay. */
export function withoutLinks(text: string): string {
  let result = '';
  let at = 0;
  for (const link of linksIn(text)) {
    const isOwnLine = isAlone(text, link);
    result += text.slice(at, link.start) + (isOwnLine ? '' : link.text);
    at = link.end;
  }
  return result + text.slice(at);
}

function isAlone(text: string, link: MarkdownLink): boolean {
  const lineStart = text.lastIndexOf('\n', link.start - 1) + 1;
  const lineEnd = text.indexOf('\n', link.end);
  const rest = text.slice(link.end, lineEnd < 0 ? text.length : lineEnd);
  return text.slice(lineStart, link.start).trim() === '' && rest.trim() === '';
}
