import type { Rejection, SourceDocument } from './types.ts';

export type JsonResult =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'rejection'; readonly rejection: Rejection };

/** Parses a document as JSON. The reason for a rejection quotes nothing of the content. */
export function parseJsonDocument(document: SourceDocument): JsonResult {
  const rejected = (reason: string): JsonResult => ({
    kind: 'rejection',
    rejection: { place: document.place, path: '', reason },
  });
  if (document.bytes.length === 0) return rejected('the file is empty; expected JSON');
  try {
    const text = new TextDecoder('utf-8').decode(document.bytes);
    return { kind: 'value', value: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const position = /at position (\d+)/.exec(error.message)?.[1];
    const isCutOff = /end of JSON|Unterminated/i.test(error.message);
    if (isCutOff) return rejected('the JSON is cut off; expected a whole document: fetch or export it again');
    const where = position === undefined ? '' : ` at character ${position}`;
    return rejected(`not valid JSON${where}; expected a whole JSON document`);
  }
}

/** True for a JSON object: neither null nor a list. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads an own property, so that `__proto__` and `constructor` in data mean nothing. */
export function ownValue(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The texts of a value that is a text, a number, or a list of them: trimmed, none empty. */
export function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts: string[] = [];
  for (const item of list) {
    if (typeof item === 'number' || typeof item === 'string') {
      const text = String(item).trim();
      if (text !== '') texts.push(text);
    }
  }
  return texts;
}
