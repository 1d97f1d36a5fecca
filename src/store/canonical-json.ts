/**
 * JSON with sorted keys and without undefined members, so that equal data has one text and one hash. Otherwise as
 * `JSON.stringify`: numbers that are not finite become null. Data only: no dates, no cycles.
 *
 * @example canonicalJson({ b: 1, a: ['x', undefined] }) // '{"a":["x",null],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) return objectJson(value);
  return 'null';
}

function objectJson(value: object): string {
  let members = '';
  for (const [key, member] of Object.entries(value).sort(byKey)) {
    if (member !== undefined) members += `${members === '' ? '' : ','}${quote(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

// Surrogates take the slow way: JSON.stringify escapes the lone ones.
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

function quote(text: string): string {
  return needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`;
}
