import { type IndicatorForm, parseIndicator } from '../domain/indicator.ts';
import { isHostEnding } from './host-endings.ts';

/** An indicator inside a text. Offsets are UTF-16 positions in the text as given. */
export interface IndicatorSpot {
  readonly kind: 'indicator';
  readonly start: number;
  readonly end: number;
  readonly form: IndicatorForm;
  /** Refanged. */
  readonly value: string;
  /** Values to look it up by, lower case; for a URL also its host. */
  readonly lookupValues: readonly string[];
}

/** Longer runs without a blank are no indicator. */
const maxChunk = 4_096;
/** Longer runs than this are tried as one thing only. */
const maxParted = 512;
/** Borders above ASCII. */
const blankOrQuote = /[\s“”«»„，。、；（）]/;
const scheme = /(?:h(?:tt|xx)ps?|fx?t?p)(?:\[?:\]?\/\/|\[:\/\/\])/i;
const defanged = /[[({](?:\.|dot|:|@|at|:\/\/)[\])}]|\\\.|^h(?:xx)ps?|^fxp/i;

/**
 * Hashes, addresses, hosts, URLs and e-mail addresses in a text, defanged or not, left to right, not overlapping. One
 * pass, linear in the length of the text. A host that is written plainly counts only with an ending that hosts have:
 * `setup.exe` is none.
 */
export function spotIndicators(text: string): readonly IndicatorSpot[] {
  const spots: IndicatorSpot[] = [];
  const plain = narrowed(text);
  for (let start = 0; start < plain.length; ) {
    let end = start;
    let hasSign = false;
    for (; end < plain.length; end += 1) {
      const code = plain.charCodeAt(end);
      if (isBorder(code)) break;
      hasSign ||= isSign(code);
    }
    const length = end - start;
    const mayHold = (hasSign && length >= minLength) || length >= minHash;
    if (mayHold && length <= maxChunk) inChunk(plain.slice(start, end), start, spots);
    start = end + 1;
  }
  return spots;
}

const minLength = 4;
const minHash = 32;

/** Full-width letters, digits and signs as ASCII ones, so that every position stays. */
function narrowed(text: string): string {
  return fullWidth.test(text)
    ? text.replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    : text;
}

const fullWidth = /[\uff01-\uff5e]/;

function isBorder(code: number): boolean {
  if (code <= 32) return true;
  if (code < 128) return code === 34 || code === 60 || code === 62 || code === 96 || code === 124;
  return blankOrQuote.test(String.fromCharCode(code));
}

/** A dot, a colon or a bracket: an indicator that is no hash has one, however it is defanged. */
function isSign(code: number): boolean {
  return code === 46 || code === 58 || code === 91 || code === 40 || code === 123;
}

function inChunk(chunk: string, offset: number, spots: IndicatorSpot[]): void {
  const from = chunk.includes('//') ? chunk.search(scheme) : -1;
  if (from >= 0) {
    add(trimmed(chunk, from, chunk.length), chunk, offset, spots);
    return;
  }
  const whole = trimmed(chunk, 0, chunk.length);
  // Most words have their only sign at their end.
  if (whole.to - whole.from < minHash && !signs.test(chunk.slice(whole.from, whole.to))) return;
  if (add(whole, chunk, offset, spots) || chunk.length > maxParted) return;
  for (const part of partsOf(chunk)) add(trimmed(chunk, part.from, part.to), chunk, offset, spots);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const opening = "([{'*_~#‘-";
const closing = ")]}'*_~.,;:!?…’-";

/** A span without quotes, brackets and full stops around it. A bracket that is opened inside stays. */
function trimmed(chunk: string, start: number, stop: number): Span {
  let from = start;
  let to = stop;
  while (from < to && opening.includes(chunk[from] ?? '') && !isDefangedDot(chunk, from)) from += 1;
  while (to > from) {
    const last = chunk[to - 1] ?? '';
    if (!closing.includes(last) || (isBracket(last) && isOpenedInside(chunk, from, to - 1))) break;
    to -= 1;
  }
  return { from, to };
}

function isDefangedDot(chunk: string, at: number): boolean {
  return chunk[at + 1] === '.' || chunk[at + 1] === ':';
}

function isBracket(unit: string): boolean {
  return unit === ')' || unit === ']' || unit === '}';
}

function isOpenedInside(chunk: string, from: number, close: number): boolean {
  const open = chunk[close] === ')' ? '(' : chunk[close] === ']' ? '[' : '{';
  let depth = 0;
  for (let at = Math.max(from, close - maxBracketed); at < close; at += 1) {
    if (chunk[at] === open) depth += 1;
    else if (chunk[at] === chunk[close] && depth > 0) depth -= 1;
  }
  return depth > 0;
}

const maxBracketed = 512;
const signs = /[.:[({]/;

/** `sha256:…`, `c2=host:443/path`, `host,host`: the parts behind such signs; what follows a slash is a path. */
function partsOf(chunk: string): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  let isPath = false;
  for (let at = 0; at <= chunk.length; at += 1) {
    const unit = chunk[at] ?? ',';
    const isDefanging = chunk[at - 1] === '[' && (chunk[at + 1] === ']' || chunk[at + 1] === '/');
    if (!',;:=/'.includes(unit) || isDefanging) continue;
    if (!isPath && at - from >= minLength) spans.push({ from, to: at });
    isPath = unit === '/' || (isPath && unit !== ',' && unit !== ';');
    from = at + 1;
  }
  return spans;
}

function add({ from, to }: Span, chunk: string, offset: number, spots: IndicatorSpot[]): boolean {
  if (to - from < minLength) return false;
  const written = chunk.slice(from, to);
  const parsed = parseIndicator(written);
  if (parsed === undefined) return false;
  if (parsed.form === 'domain' && !isHost(written, parsed.value)) return false;
  if (parsed.form === 'ipv6' && !isIpv6(parsed.value)) return false;
  const { form, value, lookupValues } = parsed;
  spots.push({ kind: 'indicator', start: offset + from, end: offset + to, form, value, lookupValues });
  return true;
}

/** Eight groups, or fewer with one gap: `10:30:45` is a time. */
function isIpv6(value: string): boolean {
  const groups = value.split(':');
  if (groups.some((group) => group.length > 4 && !group.includes('.'))) return false;
  const wanted = value.includes('.') ? 7 : 8;
  const gaps = value.split('::').length - 1;
  return gaps === 0
    ? groups.length === wanted
    : gaps === 1 && groups.length <= wanted + 1 && value.length > 3;
}

/** A defanged host is one; another needs an ending of hosts, not written as the beginning of a sentence. */
function isHost(written: string, value: string): boolean {
  if (defanged.test(written)) return true;
  const ending = written.slice(written.lastIndexOf('.') + 1);
  const isOneCase = ending === ending.toLowerCase() || written === written.toUpperCase();
  return isOneCase && isHostEnding(value.slice(value.lastIndexOf('.') + 1));
}
