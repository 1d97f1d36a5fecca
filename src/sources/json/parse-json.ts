import { exceedsDepth } from './depth.ts';
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
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  const deep = exceedsDepth(bytes, maxDepth);
  if (deep !== undefined) {
    return { ok: false, reason: `nested more than ${maxDepth} levels deep at byte ${deep.at}` };
  }
  const source = typeof text === 'string' ? text : new TextDecoder('utf-8').decode(bytes);
  if (source.trim() === '') return { ok: false, reason: 'empty: expected JSON' };
  try {
    return { ok: true, value: JSON.parse(source) as unknown };
  } catch (error) {
    return { ok: false, reason: explain(error, source) };
  }
}

function explain(error: unknown, source: string): string {
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  const isAtEnd = position !== undefined && Number(position) >= source.trimEnd().length;
  if (isAtEnd || /end of JSON|Unterminated/i.test(message)) {
    return 'JSON that is cut off: expected a whole document; fetch or export it again';
  }
  if (position === undefined) return 'not JSON';
  const before = source.slice(0, Number(position));
  const line = before.split('\n').length;
  return `not JSON: unexpected text at line ${line}, column ${before.length - before.lastIndexOf('\n')}`;
}
