/** FNV-1a over 16-bit units: begin with `hashStart`, add each unit, finish before use as a table position. */
export const hashStart = 0x811c9dc5;

export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** Spreads the bits (the finaliser of MurmurHash3), as an unsigned 32-bit number. */
export function hashFinish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

export function hashText(text: string): number {
  let hash = hashStart;
  for (let at = 0; at < text.length; at += 1) hash = hashUnit(hash, text.charCodeAt(at));
  return hashFinish(hash);
}

/** The hash of `units[from .. to)`: equal to `hashText` of the same units. */
export function hashUnits(units: Uint16Array, from: number, to: number): number {
  let hash = hashStart;
  for (let at = from; at < to; at += 1) hash = hashUnit(hash, units[at] ?? 0);
  return hashFinish(hash);
}

/** The power of two that holds `count` entries at most half full. */
export function tableSize(count: number): number {
  let size = 16;
  while (size < count * 2) size *= 2;
  return size;
}
