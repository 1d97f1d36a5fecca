/**
 * Traffic Light Protocol 2.0 (FIRST, August 2022), lowest first. `clear < green < amber < amber+strict < red`.
 */
export const tlpLevels = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;

export type Tlp = (typeof tlpLevels)[number];

/** Where a marking of unknown meaning lands: never wider than the strictest shareable level (design: Marking). */
export const unknownMarkingLevel: Tlp = 'amber+strict';

const tlpNames: ReadonlyMap<string, Tlp> = new Map([
  ['clear', 'clear'],
  ['white', 'clear'],
  ['green', 'green'],
  ['amber', 'amber'],
  ['amber+strict', 'amber+strict'],
  ['amber-strict', 'amber+strict'],
  ['amber strict', 'amber+strict'],
  ['red', 'red'],
]);

/**
 * Reads a level from a TLP tag or word: `tlp:white`, `TLP:AMBER+STRICT`, `tlp:"red"`, `green`. Undefined when the text is no
 * TLP marking at all; `{ tlp: 'amber+strict', unknown: true }` for `tlp:` followed by something TLP 2.0 does not
 * define (`tlp:ex:chr`, `tlp:unclear`).
 */
export function parseTlp(text: string): { readonly tlp: Tlp; readonly unknown: boolean } | undefined {
  const lower = text.trim().toLowerCase();
  const hasPrefix = lower.startsWith('tlp:');
  const known = tlpNames.get(hasPrefix ? unquoted(lower.slice(4).trim()) : lower);
  if (known !== undefined) return { tlp: known, unknown: false };
  return hasPrefix ? { tlp: unknownMarkingLevel, unknown: true } : undefined;
}

function unquoted(text: string): string {
  return /^"[^"]*"$/.test(text) ? text.slice(1, -1).trim() : text;
}

/** True when something marked `tlp` may be shown where the ceiling is `ceiling`. */
export function isAllowed(tlp: Tlp, ceiling: Tlp): boolean {
  return tlpLevels.indexOf(tlp) <= tlpLevels.indexOf(ceiling);
}

/** The stricter of two levels. */
export function stricter(a: Tlp, b: Tlp): Tlp {
  return tlpLevels.indexOf(a) >= tlpLevels.indexOf(b) ? a : b;
}

/** The strictest of several levels; undefined for none. */
export function strictest(levels: Iterable<Tlp>): Tlp | undefined {
  let result: Tlp | undefined;
  for (const level of levels) result = result === undefined ? level : stricter(result, level);
  return result;
}

/** `TLP:AMBER+STRICT`, as TLP 2.0 prescribes it in writing. */
export function tlpLabel(tlp: Tlp): string {
  return `TLP:${tlp.toUpperCase()}`;
}
