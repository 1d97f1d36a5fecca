import { defaultSplitLimits } from './split-array.ts';

export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  /** `reason` says what is wrong and where, in one line without the document's text. */
  | { readonly ok: false; readonly reason: string };

/**
 * Parses a whole JSON text (UTF-8 bytes or a string). Depth is counted before anything is built, so that a text of
 * nothing but brackets is refused at once. For documents small enough to be held twice; larger ones go through
 * `splitArray`.
 */
export function parseJson(text: string | Uint8Array, maxDepth = defaultSplitLimits.maxDepth): JsonResult {
  const source =
    typeof text === 'string'
      ? text
      : Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('utf8');
  if (source.trim() === '') return { ok: false, reason: 'empty: expected JSON' };
  const shape = bracketShape(source, maxDepth);
  if (shape.deepest > maxDepth) {
    return { ok: false, reason: `nested more than ${maxDepth} levels deep at character ${shape.at}` };
  }
  try {
    return { ok: true, value: JSON.parse(source) };
  } catch (error) {
    return { ok: false, reason: explain(error, source, shape.open) };
  }
}

interface BracketShape {
  readonly deepest: number;
  readonly at: number;
  /** Brackets or a string still open at the end of the text. */
  readonly open: boolean;
}

function bracketShape(source: string, maxDepth: number): BracketShape {
  let depth = 0;
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(source, at);
      if (end < 0) return { deepest: depth, at, open: true };
      at = end;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > maxDepth) return { deepest: depth, at, open: true };
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
  return { deepest: 0, at: source.length, open: depth > 0 };
}

function endOfString(source: string, start: number): number {
  for (let from = start + 1; ; ) {
    const found = source.indexOf('"', from);
    if (found < 0) return -1;
    let slashes = 0;
    while (source.charCodeAt(found - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return found;
    from = found + 1;
  }
}

function explain(error: unknown, source: string, open: boolean): string {
  if (open)
    return `JSON that is cut off: the text ends after ${source.length} characters with a value still open`;
  const message = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return 'not JSON';
  const before = source.slice(0, Number(position));
  const line = before.split('\n').length;
  return `not JSON: unexpected text at line ${line}, column ${before.length - before.lastIndexOf('\n')}`;
}
