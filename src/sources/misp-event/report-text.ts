const maxReportChars = 100_000;

/** A pointer of MISP's own markdown to another part of the event: `@[attribute](uuid)`, `@![object](uuid)`, `@[tag](x)`. */
const pointer =
  /@!?\[(attribute|object|galaxymatrix|suggestion|eventreport|tag|mesh)\]\(([^)\n]{0,1024})\)/gi;

/**
 * The text of an event report without its markup: headings, lists, emphasis, tables, code fences and pictures leave
 * their words. A pointer to an attribute or object leaves nothing, since that may be marked stricter than the report;
 * a pointer to a tag leaves the tag's value. Linear in the length; at most 100,000 characters.
 */
export function reportText(markdown: string): string {
  const text = markdown
    .slice(0, maxReportChars)
    .replace(/\r\n?/g, '\n')
    .replaceAll('\u0000', '')
    .replace(pointer, (_whole, kind: string, target: string) =>
      kind.toLowerCase() === 'tag' ? tagWords(target) : '',
    )
    .replace(/!\[([^\][\n]{0,300})\]\([^()\n]{0,2048}\)/g, '$1')
    .replace(/\[([^\][\n]{1,500})\]\((https?:\/\/[^()\s]{1,2048})(?:[^\S\n][^()\n]{0,299})?\)/g, '$1 ($2)');
  return text
    .split('\n')
    .map(plainLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** `misp-galaxy:threat-actor="NAME"` as NAME. */
function tagWords(tag: string): string {
  const equals = tag.indexOf('=');
  return (equals < 0 ? tag : tag.slice(equals + 1)).replaceAll('"', '').trim();
}

function plainLine(line: string): string {
  if (/^\s{0,3}(?:```|~~~)/.test(line) || /^[\s|:=_*-]{3,}$/.test(line.slice(0, 200))) return '';
  return line
    .replace(/^\s{0,8}(?:#{1,6}\s|>\s?|[*+-]\s|\d{1,3}[.)]\s)/, (mark) =>
      /[*+-]\s|\d/.test(mark) ? '- ' : '',
    )
    .replaceAll('**', '')
    .replaceAll('__', '')
    .replaceAll('`', '')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)|(?<=\S)\*(?![\p{L}\p{N}*])/gu, '')
    .replaceAll('|', ' ')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}
