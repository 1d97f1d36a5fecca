/**
 * Where reading goes on after a `<`, `&` or `]` at `position`: past the address of a chat platform's link
 * (`<https://x|label>` leaves the label, `<https://x>` the address without its scheme), past a mention's or
 * channel's mark, past an HTML tag's name, past an HTML entity, past the address of a markdown link. Else one
 * character on.
 */
export function skipMarkup(text: string, position: number, end: number): number {
  switch (text.charCodeAt(position)) {
    case 38:
      return skipHtmlEntity(text, position, end);
    case 93:
      return skipTarget(text, position, end);
    default:
      return skipAngle(text, position, end);
  }
}

/** Where a text begins that may be an entry of a numbered list: "1. Tick". */
export function skipListMark(text: string): number {
  const first = text.charCodeAt(0);
  if (first > 57 || (first < 48 && first !== 32)) return 0;
  return listMark.exec(text.slice(0, maxListMark))?.[0].length ?? 0;
}

const listMark = /^\s{0,8}\d{1,3}[.)]\s(?=\s*[^\s\d])/;
const maxListMark = 16;

/** The address in `[label](https://x)`, which is no part of what a person reads. */
function skipTarget(text: string, position: number, end: number): number {
  if (text.charCodeAt(position + 1) !== 40) return position + 1;
  const start = text.slice(position + 2, position + 10);
  if (!/^(?:https?:|mailto:|\/|#)/i.test(start)) return position + 1;
  const limit = Math.min(end, position + maxLinkLength);
  for (let at = position + 2; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 41) return at + 1;
    if (code <= 32 || code === 93) return position + 1;
  }
  return position + 1;
}

const maxEntityLength = 10;
const maxLinkLength = 2_048;

function skipHtmlEntity(text: string, position: number, end: number): number {
  const limit = Math.min(end, position + maxEntityLength);
  for (let at = position + 1; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 59) return at > position + 1 ? at + 1 : position + 1;
    if (code !== 35 && !isAsciiAlphanumeric(code)) break;
  }
  return position + 1;
}

function skipAngle(text: string, position: number, end: number): number {
  const next = text.charCodeAt(position + 1);
  const isMention = next === 64 || next === 35 || next === 33;
  const isTag = next === 47 || isAsciiAlphanumeric(next);
  if (!isMention && !isTag) return position + 1;
  const limit = Math.min(end, position + maxLinkLength);
  let scheme = -1;
  for (let at = position + 1; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 124) return at + 1;
    if (code === 62) return closed(text, position, at, isMention, scheme);
    if (code === 60 || code === 10) return position + 1;
    if (code === 58 && scheme < 0) scheme = at;
  }
  return position + 1;
}

const htmlTag = /^<\/?(?:a|at|b|br|code|del|div|em|i|li|ol|p|pre|s|span|strong|u|ul)(?:\s[^<>]*)?\/?>$/i;

function closed(text: string, open: number, close: number, isMention: boolean, scheme: number): number {
  if (isMention) return close + 1;
  if (scheme > 0) return scheme + 1;
  return htmlTag.test(text.slice(open, close + 1)) ? close + 1 : open + 1;
}

function isAsciiAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
