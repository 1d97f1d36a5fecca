import { hashText, tableSize } from './hash.ts';

/**
 * Numbers texts from 0 in the order of their arrival, and finds the number of a text that lies in a buffer
 * without making a string of it. Open addressing over hashes, verified unit by unit.
 */
export class KeyTable {
  readonly keys: string[] = [];
  #slots = new Int32Array(16);
  #hashes = new Uint32Array(16);

  /** The number of a key, given out now if it is new. */
  add(key: string): number {
    const hash = hashText(key);
    const known = this.#find(hash, (at) => this.keys[at] === key);
    if (known >= 0) return known;
    if ((this.keys.length + 1) * 2 > this.#slots.length) this.#grow();
    this.keys.push(key);
    this.#place(hash, this.keys.length - 1);
    return this.keys.length - 1;
  }

  /** The number of a key, or -1. */
  find(key: string): number {
    return this.#find(hashText(key), (at) => this.keys[at] === key);
  }

  /** The number of the key that equals `units[from .. to)`, whose hash the caller has; -1 when there is none. */
  findUnits(hash: number, units: Uint16Array, from: number, to: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0) return -1;
      if (this.#hashes[slot] === hash && equalsUnits(this.keys[entry - 1] ?? '', units, from, to))
        return entry - 1;
    }
  }

  #find(hash: number, isIt: (at: number) => boolean): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0) return -1;
      if (this.#hashes[slot] === hash && isIt(entry - 1)) return entry - 1;
    }
  }

  #place(hash: number, at: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = at + 1;
    this.#hashes[slot] = hash;
  }

  #grow(): void {
    const size = tableSize(this.keys.length * 2);
    const hashes = this.#hashes;
    const slots = this.#slots;
    this.#slots = new Int32Array(size);
    this.#hashes = new Uint32Array(size);
    for (let slot = 0; slot < slots.length; slot += 1) {
      const entry = slots[slot] ?? 0;
      if (entry !== 0) this.#place(hashes[slot] ?? 0, entry - 1);
    }
  }
}

function equalsUnits(key: string, units: Uint16Array, from: number, to: number): boolean {
  if (key.length !== to - from) return false;
  for (let at = 0; at < key.length; at += 1) if (key.charCodeAt(at) !== units[from + at]) return false;
  return true;
}
