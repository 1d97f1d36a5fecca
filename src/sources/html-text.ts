import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Elements whose content is no text for a reader; hidden up to their closing tag. */
const hiddenElements = new Set(['script', 'style', 'template', 'iframe', 'noembed', 'noframes', 'svg']);

/** Elements that stand apart from what is before and behind them by an empty line. */
const paragraphs = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table article section figure hr'.split(' '),
);

/** Elements that begin and end a line. */
const lines = new Set(
  'div br li dt dd tr caption figcaption header footer main nav aside address title option'.split(' '),
);

const cells = new Set(['td', 'th']);

/**
 * The text of a piece of HTML as a person reads it: paragraphs apart by an empty line, list items ("- ") and line
 * breaks as lines, blanks made one, entities decoded, no script and no style. Markup that is broken or cut off costs
 * itself only; plain text comes back as it is, but for its blanks. Reads tags, not trees, so that the time is linear
 * in the length whatever is nested or left open. Nothing is fetched, and no address is taken from an attribute.
 */
export function htmlToText(html: string): string {
  const sink = new TextSink();
  let hidden = '';
  let tag = '';
  const nothing = (): void => undefined;
  const open = (): void => {
    if (hidden === '' && hiddenElements.has(tag)) hidden = tag;
    else if (hidden === '') sink.mark(tag, tag === 'li' ? '- ' : '');
  };
  const callbacks: TokenizerCallbacks = {
    ontext: (start, end) => {
      if (hidden === '') sink.text(html.slice(start, end));
    },
    ontextentity: (codePoint) => {
      if (hidden === '') sink.text(String.fromCodePoint(codePoint));
    },
    onopentagname: (start, end) => {
      tag = html.slice(start, Math.min(end, start + 20)).toLowerCase();
    },
    onopentagend: open,
    onselfclosingtag: () => {
      // `<svg/>` has no content to hide; `<script/>` is no empty element in HTML.
      if (hidden !== '' || tag !== 'svg') open();
    },
    onclosetag: (start, end) => {
      const name = html.slice(start, Math.min(end, start + 20)).toLowerCase();
      if (hidden === name) hidden = '';
      else if (hidden === '') sink.mark(name, '');
    },
    onattribdata: nothing,
    onattribentity: nothing,
    onattribend: nothing,
    onattribname: nothing,
    oncdata: nothing,
    oncomment: nothing,
    ondeclaration: nothing,
    onend: nothing,
    onprocessinginstruction: nothing,
  };
  const tokenizer = new Tokenizer({}, callbacks);
  tokenizer.write(html);
  tokenizer.end();
  return sink.result();
}

/** Text as it comes, with breaks and blanks held back until something stands behind them. */
class TextSink {
  private readonly parts: string[] = [];
  private gap: '' | ' ' | '\n' | '\n\n' = '';
  private lead = '';

  mark(tag: string, lead: string): void {
    if (paragraphs.has(tag)) this.gap = '\n\n';
    else if (lines.has(tag)) this.gap = this.gap === '\n\n' ? '\n\n' : '\n';
    else if (cells.has(tag) && this.gap === '') this.gap = ' ';
    if (lead !== '') this.lead = lead;
  }

  text(raw: string): void {
    const words = raw.replace(/[\s\p{Cc}]+/gu, ' ');
    if (words.startsWith(' ') && this.gap === '') this.gap = ' ';
    const trimmed = words.trim();
    if (trimmed === '') return;
    if (this.parts.length > 0) this.parts.push(this.gap);
    this.parts.push(this.lead, trimmed);
    this.lead = '';
    this.gap = words.endsWith(' ') ? ' ' : '';
  }

  result(): string {
    return this.parts.join('');
  }
}
