const openings = '([{（';
const closings = ')]}）';

/**
 * The parts of a list that was written into one text: "ACTINIUM, PRIMITIVE BEAR (CrowdStrike, 2018)" gives two. A
 * separator inside brackets or double quotes parts nothing, unless brackets or quotes are left open; nor does a comma
 * between digits ("1,000 Lanterns"). Quotes around a whole part are dropped; empty parts are left out. Linear.
 */
export function splitList(text: string, separator = ','): readonly string[] {
  return (cut(text, separator, true) ?? cut(text, separator, false) ?? []).flatMap((part) => {
    const trimmed = part.trim();
    const bare = /^"[^"]*"$/.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed;
    return bare === '' ? [] : [bare];
  });
}

/** Undefined where brackets or quotes do not match. */
function cut(text: string, separator: string, heeding: boolean): readonly string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (heeding && char === '"') quoted = !quoted;
    else if (heeding && !quoted && openings.includes(char)) depth += 1;
    else if (heeding && !quoted && closings.includes(char)) depth -= 1;
    if (depth < 0) return undefined;
    if (depth > 0 || quoted || !text.startsWith(separator, at) || isInNumber(text, at, separator)) continue;
    parts.push(text.slice(start, at));
    start = at + separator.length;
    at = start - 1;
  }
  if (depth !== 0 || quoted) return undefined;
  return [...parts, text.slice(start)];
}

function isInNumber(text: string, at: number, separator: string): boolean {
  return separator === ',' && isDigit(text[at - 1]) && isDigit(text[at + 1]);
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}
