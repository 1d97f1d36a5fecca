import { parse } from 'yaml';
import { isJsonObject, ownValue, textsOf } from '../json-document.ts';

/** What the block of YAML at the head of a document says of it. */
export interface FrontMatter {
  readonly title?: string;
  /** As written. */
  readonly date?: string;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  /** Its markings, as tags. */
  readonly markings: readonly string[];
  readonly url?: string;
}

const none: FrontMatter = { tags: [], aliases: [], markings: [] };
const maxLines = 200;
const maxChars = 16_384;

/**
 * Reads the front matter of a document: title, date, tags, aliases, marking and address. `lines` is how many lines it
 * takes; 0 where there is none. A block that is no YAML counts as front matter that says nothing but its markings.
 */
export function readFrontMatter(lines: readonly string[]): {
  readonly meta: FrontMatter;
  readonly lines: number;
} {
  if (lines[0]?.trimEnd() !== '---') return { meta: none, lines: 0 };
  const end = lines.slice(0, maxLines).findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  const block = lines.slice(1, end);
  if (end < 2 || !block.some((line) => /^[A-Za-z_][\w -]{0,40}:(?:\s|$)/.test(line)))
    return { meta: none, lines: 0 };
  return { meta: toFrontMatter(block.join('\n')), lines: end + 1 };
}

function toFrontMatter(text: string): FrontMatter {
  const value = parseYaml(text);
  const read = (...keys: readonly string[]): readonly string[] =>
    keys.flatMap((key) => textsOf(value.get(key)).map((one) => one.slice(0, 500)));
  const [title] = read('title', 'name', 'actor', 'threat actor');
  const [date] = read('date', 'published', 'created');
  const [url] = read('source', 'url', 'link', 'reference').filter((one) => /^https?:\/\//i.test(one));
  const tags = read('tags', 'keywords', 'categories').flatMap(splitWords);
  return {
    ...(title === undefined ? {} : { title }),
    ...(date === undefined ? {} : { date }),
    ...(url === undefined ? {} : { url }),
    tags,
    aliases: read('aliases', 'aka', 'alias', 'also known as').flatMap(splitWords),
    markings: read('tlp', 'marking', 'classification').map(toMarkingTag),
  };
}

function parseYaml(text: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = parse(text.slice(0, maxChars), { maxAliasCount: 0, logLevel: 'silent' });
    if (!isJsonObject(value)) return new Map();
    return new Map(Object.keys(value).map((key) => [key.trim().toLowerCase(), ownValue(value, key)]));
  } catch {
    // What is no YAML still is what its lines say: "tlp: amber" must not be lost for a tab elsewhere.
    return new Map(
      text
        .slice(0, maxChars)
        .split('\n')
        .flatMap((line): [string, string][] => {
          const match = /^([A-Za-z_][\w -]{0,40}):\s+(\S.{0,499})$/.exec(line.trimEnd());
          return match?.[1] === undefined ? [] : [[match[1].toLowerCase(), match[2] ?? '']];
        }),
    );
  }
}

function splitWords(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function toMarkingTag(text: string): string {
  return `tlp:${text
    .trim()
    .replace(/^tlp\s*:?\s*/i, '')
    .toLowerCase()}`;
}
