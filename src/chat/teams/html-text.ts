/**
 * The text of a message of Teams, which may be HTML: tags are taken out, entities decoded. Breaks of lines and paragraphs
 * stay as line breaks. A link's address stands behind its words where they differ, since it may be what is asked about.
 * Linear in the input's length.
 */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  let at = 0;
  let address: string | undefined;
  let words = '';
  // Looked for once, however many tags begin before it.
  let close = -2;
  const say = (text: string): void => {
    const decoded = decodeEntities(text);
    parts.push(decoded);
    if (address !== undefined) words += decoded;
  };
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    say(html.slice(at, open));
    if (close !== -1 && close < open) close = html.indexOf('>', open);
    const tag = readTag(html, open, close);
    if (tag === undefined) {
      say('<');
      at = open + 1;
      continue;
    }
    at = tag.end;
    if (hidden.has(tag.name) && !tag.isEnd) at = endOf(html, tag.name, at);
    else if (tag.name === 'a' && !tag.isEnd) {
      address = hrefOf(tag.inside);
      words = '';
    } else if (tag.name === 'a') {
      if (address !== undefined && !words.includes(address)) parts.push(` (${address})`);
      address = undefined;
    } else if (breaking.has(tag.name)) parts.push('\n');
    else if (tag.name === 'td' || tag.name === 'th') parts.push(' ');
  }
  say(html.slice(at));
  return parts
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\s]*/g, '\n')
    .trim();
}

const breaking: ReadonlySet<string> = new Set(
  'p br div li ul ol tr table blockquote pre hr h1 h2 h3 h4 h5 h6'.split(' '),
);
const hidden: ReadonlySet<string> = new Set(['script', 'style']);
const maxTagChars = 4_000;

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly inside: string;
  readonly end: number;
}

/** The tag at `open`, with the next `>` at `close`; undefined where it is a `<` of the text. */
function readTag(html: string, open: number, close: number): Tag | undefined {
  if (close < 0 || close - open > maxTagChars) return undefined;
  const head = /^<(\/?)([a-z][a-z0-9]{0,20})(?=[\s/>])/i.exec(html.slice(open, open + 24));
  if (head === null) return undefined;
  return {
    name: (head[2] ?? '').toLowerCase(),
    isEnd: head[1] === '/',
    inside: html.slice(open + head[0].length, close),
    end: close + 1,
  };
}

/** Behind the end of an element whose inside is no text; the end of all where it is never closed. */
function endOf(html: string, name: string, from: number): number {
  const found = new RegExp(`</${name}`, 'gi');
  found.lastIndex = from;
  const match = found.exec(html);
  if (match === null) return html.length;
  const close = html.indexOf('>', match.index);
  return close < 0 ? html.length : close + 1;
}

function hrefOf(inside: string): string | undefined {
  const href = /\bhref\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})')/i.exec(inside);
  const address = decodeEntities(href?.[1] ?? href?.[2] ?? '');
  return /^https?:/i.test(address) ? address : undefined;
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};

/** Entities of HTML as the characters they stand for; what is none stays as it is. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (all, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) {
        const key = name.toLowerCase();
        return Object.hasOwn(entities, key) ? (entities[key] ?? all) : all;
      }
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : all;
    },
  );
}
