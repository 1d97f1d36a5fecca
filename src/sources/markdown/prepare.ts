import type { SourceDocument } from '../types.ts';
import { documentText, markingTagsIn } from './document.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';

/** A markdown document whose lines still stand where they stood. */
export interface PreparedMarkdown {
  /** The text with empty lines in place of front matter and HTML comments. */
  readonly text: string;
  readonly meta: FrontMatter;
  /** Markings of the document as a whole: of the front matter, and those that comments state. */
  readonly markings: readonly string[];
}

/** Takes front matter and comments off a document. A comment is no content, but what it says of the marking holds. */
export function prepareMarkdown(document: SourceDocument): PreparedMarkdown {
  const whole = documentText(document);
  const lines = whole.split('\n');
  const front = readFrontMatter(lines);
  const body = `${'\n'.repeat(front.lines)}${lines.slice(front.lines).join('\n')}`;
  const comments: string[] = [];
  const text = withoutComments(body, comments);
  const { meta } = front;
  const tags = meta.tags.filter((tag) => /^tlp\s?:/i.test(tag)).map((tag) => tag.toLowerCase());
  return { text, meta, markings: [...meta.markings, ...tags, ...markingTagsIn(comments)] };
}

/** Comments become the line ends that they hold. One that is never closed is text, as browsers have it. */
function withoutComments(text: string, comments: string[]): string {
  const parts: string[] = [];
  let done = 0;
  for (let open = text.indexOf('<!--'); open >= 0; open = text.indexOf('<!--', done)) {
    const close = text.indexOf('-->', open + 4);
    if (close < 0) break;
    const lines = text.slice(open + 4, close).split('\n');
    comments.push(...lines.map((line) => `Marking: ${line}`));
    parts.push(text.slice(done, open), '\n'.repeat(lines.length - 1));
    done = close + 3;
  }
  parts.push(text.slice(done));
  return parts.join('');
}
