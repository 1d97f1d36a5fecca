import { randomInt } from 'node:crypto';

/** More bytes than any name has: names are clipped at 500 characters. */
const maxTextBytes = 0xffff;
const chunkBytes = 1024 * 1024;

/** Short texts in few large pieces of memory: a string of its own for each of a million names takes three times as much. */
export class TextPool {
  readonly #chunks: Buffer[] = [];
  #used = chunkBytes;

  /** Keeps a text; gives back where it stands, and how many bytes it has. */
  add(text: string): { readonly at: number; readonly bytes: number } {
    const bytes = Math.min(Buffer.byteLength(text, 'utf8'), maxTextBytes);
    if (this.#used + bytes > chunkBytes) {
      this.#chunks.push(Buffer.alloc(chunkBytes));
      this.#used = 0;
    }
    const last = this.#chunks.length - 1;
    this.#chunks[last]?.write(text, this.#used, bytes, 'utf8');
    const at = last * chunkBytes + this.#used;
    this.#used += bytes;
    return { at, bytes };
  }

  get(at: number, bytes: number): string {
    const offset = at % chunkBytes;
    return this.#chunks[Math.floor(at / chunkBytes)]?.toString('utf8', offset, offset + bytes) ?? '';
  }
}

type Numbers = Uint32Array | Float64Array | Uint16Array | Uint8Array;
type NumbersKind = typeof Uint32Array | typeof Float64Array | typeof Uint16Array | typeof Uint8Array;

/** A list of numbers that grows, in a typed array. */
export class NumberColumn {
  readonly #kind: NumbersKind;
  #values: Numbers;

  constructor(kind: NumbersKind) {
    this.#kind = kind;
    this.#values = new kind(1024);
  }

  /** 0 where nothing was set. */
  get(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const Kind = this.#kind;
      const grown = new Kind(Math.max(index + 1, Math.ceil(this.#values.length * 1.5)));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[index] = value;
  }
}

/**
 * Numbers for ids, from 0 in the order in which they come, some 30 bytes an id: the ids themselves are not kept, but
 * 64 bits of hash. That two of a million differ and are taken for one is less likely than one in ten million.
 */
export class IdTable {
  #slots = new Int32Array(2048);
  readonly #low = new NumberColumn(Uint32Array);
  readonly #high = new NumberColumn(Uint32Array);
  #size = 0;
  /** Drawn anew for each table, so that nobody can make ids that all stand in one place of it. */
  readonly #seeds = [randomInt(2 ** 32), randomInt(2 ** 32)] as const;

  get size(): number {
    return this.#size;
  }

  /** The number of an id, or -1. */
  find(id: string): number {
    const { low, high } = hash(id, this.#seeds);
    return (this.#slots[this.#slotOf(low, high)] ?? 0) - 1;
  }

  /** The number of an id, which is given it now where it has none. */
  number(id: string): number {
    const { low, high } = hash(id, this.#seeds);
    const slot = this.#slotOf(low, high);
    const known = this.#slots[slot] ?? 0;
    if (known !== 0) return known - 1;
    const next = this.#size;
    this.#low.set(next, low);
    this.#high.set(next, high);
    this.#slots[slot] = next + 1;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return next;
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = (low ^ high) & mask; ; slot = (slot + 1) & mask) {
      const found = this.#slots[slot] ?? 0;
      if (found === 0 || (this.#low.get(found - 1) === low && this.#high.get(found - 1) === high))
        return slot;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#size; number += 1) {
      this.#slots[this.#slotOf(this.#low.get(number), this.#high.get(number))] = number + 1;
    }
  }
}

/** Two independent halves: FNV-1a, and a multiply-and-rotate of MurmurHash3's kind, with its finaliser. */
function hash(id: string, seeds: readonly [number, number]): { readonly low: number; readonly high: number } {
  let [low, high] = seeds;
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ Math.imul(code, 0xcc9e2d51), 0x1b873593);
    high = (high << 13) | (high >>> 19);
  }
  high ^= high >>> 16;
  high = Math.imul(high, 0x85ebca6b);
  high ^= high >>> 13;
  return { low: low >>> 0, high: high >>> 0 };
}
