import { parseJson } from './json/parse-json.ts';
import type { Rejection, SourceDocument } from './types.ts';

export type JsonDocument =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'rejection'; readonly rejection: Rejection };

/** Parses a document as JSON. The reason for a rejection quotes nothing of the content. */
export function parseJsonDocument(document: SourceDocument): JsonDocument {
  const result = parseJson(document.bytes);
  return result.ok
    ? { kind: 'value', value: result.value }
    : { kind: 'rejection', rejection: { place: document.place, path: '', reason: result.reason } };
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
