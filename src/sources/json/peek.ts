/** What the beginning of a JSON text shows of its top level, read without parsing the rest. */
export type JsonPeek =
  | {
      readonly kind: 'object';
      /** The members seen so far: short values as parsed, longer or unfinished ones as their first 2,000 characters. */
      readonly members: ReadonlyMap<string, JsonGlimpse>;
    }
  | { readonly kind: 'array'; readonly first: JsonGlimpse }
  | { readonly kind: 'other' };

/** A value as far as it was seen: `value` when it is a scalar, `start` its beginning as text. */
export interface JsonGlimpse {
  readonly value: string | number | boolean | null | undefined;
  readonly start: string;
}

const glimpseChars = 2000;

/**
 * Looks at the top level of a JSON text whose end may be missing. Never throws; stops at the first thing that is
 * not JSON and tells what was seen until there.
 */
export function peekJson(head: string): JsonPeek {
  let at = skipSpace(head, 0);
  const opening = head[at];
  if (opening === '[') return { kind: 'array', first: glimpse(head, skipSpace(head, at + 1)).glimpse };
  if (opening !== '{') return { kind: 'other' };
  const members = new Map<string, JsonGlimpse>();
  at = skipSpace(head, at + 1);
  while (head[at] === '"') {
    const keyEnd = stringEnd(head, at);
    if (keyEnd < 0) break;
    const key = head.slice(at + 1, keyEnd);
    at = skipSpace(head, keyEnd + 1);
    if (head[at] !== ':') break;
    const { glimpse: value, end } = glimpse(head, skipSpace(head, at + 1));
    members.set(key, value);
    at = skipSpace(head, end);
    if (head[at] !== ',') break;
    at = skipSpace(head, at + 1);
  }
  return { kind: 'object', members };
}

function glimpse(head: string, start: number): { glimpse: JsonGlimpse; end: number } {
  const end = valueEnd(head, start);
  const text = head.slice(start, Math.min(end, start + glimpseChars));
  return { glimpse: { value: scalar(head, start, end), start: text }, end };
}

function scalar(head: string, start: number, end: number): JsonGlimpse['value'] {
  if (head[start] === '{' || head[start] === '[' || end - start > glimpseChars) return undefined;
  try {
    const value: unknown = JSON.parse(head.slice(start, end));
    return typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      value === null
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}

/** Behind the value, or the length of the text when the value is not finished in it. */
function valueEnd(head: string, start: number): number {
  let depth = 0;
  for (let at = start; at < head.length; at += 1) {
    const char = head[at];
    if (char === '"') {
      const end = stringEnd(head, at);
      if (end < 0) return head.length;
      at = end;
      if (depth === 0) return at + 1;
    } else if (char === '{' || char === '[') {
      depth += 1;
    } else if (char === '}' || char === ']') {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (char === ',' && depth === 0) {
      return at;
    }
  }
  return head.length;
}

function stringEnd(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const found = text.indexOf('"', from);
    if (found < 0) return -1;
    let slashes = 0;
    while (text[found - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return found;
    from = found + 1;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}
