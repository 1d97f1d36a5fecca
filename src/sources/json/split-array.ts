/**
 * A cut through a JSON text that costs one pass over its bytes and builds nothing: where the members of the top
 * object stand, and where each element of one array member stands. What is inside an element is left to
 * `JSON.parse`, an element at a time, so that one bad or huge element costs only itself.
 */

export interface SplitLimits {
  /** Deepest nesting that is taken, counted from the top object (1). */
  readonly maxDepth: number;
  /** Largest element of the array in bytes. */
  readonly maxElementBytes: number;
}

/** 64 levels and 4 MB an object: no publisher comes near, and a hostile file is refused in milliseconds (measured). */
export const defaultSplitLimits: SplitLimits = { maxDepth: 64, maxElementBytes: 4 * 1024 * 1024 };

/** Beyond this depth the text is not read further: no element of a real document is nested so. */
const hopelessDepth = 4096;

export type SplitItem =
  /** A member of the top object other than the array, `bytes[start, end)`. */
  | { readonly kind: 'member'; readonly key: string; readonly start: number; readonly end: number }
  /** The array begins (it may be empty). */
  | { readonly kind: 'array' }
  | { readonly kind: 'element'; readonly index: number; readonly start: number; readonly end: number }
  /** An element beyond the limits; the next ones still come. */
  | { readonly kind: 'refused'; readonly index: number; readonly reason: string }
  /** The text is no whole JSON object; nothing comes after it. */
  | { readonly kind: 'broken'; readonly reason: string };

const quote = 0x22;
const backslash = 0x5c;

class Broken extends Error {}

/**
 * Yields the top object's members and the elements of its member `arrayKey` in the order of the text. A text that
 * is cut off, is no object, or is nested beyond reason ends with `broken`, whose reason names the byte.
 */
export function* splitArray(
  bytes: Uint8Array,
  arrayKey: string,
  limits: SplitLimits = defaultSplitLimits,
): Generator<SplitItem> {
  try {
    yield* topObject(new Cursor(bytes), arrayKey, limits);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    yield { kind: 'broken', reason: error.message };
  }
}

function* topObject(cursor: Cursor, arrayKey: string, limits: SplitLimits): Generator<SplitItem> {
  cursor.skipSpace();
  if (cursor.peek() !== 0x7b) throw cursor.unexpected('an object "{"');
  cursor.at += 1;
  cursor.skipSpace();
  if (cursor.peek() !== 0x7d) {
    for (;;) {
      cursor.skipSpace();
      const key = cursor.key();
      cursor.skipSpace();
      cursor.expect(0x3a, '":" after a key');
      cursor.skipSpace();
      if (key === arrayKey && cursor.peek() === 0x5b) {
        yield { kind: 'array' };
        yield* elements(cursor, limits);
      } else {
        const start = cursor.at;
        const depth = cursor.skipValue(1);
        if (depth > limits.maxDepth)
          throw new Broken(`"${key}" is nested ${depth} levels deep, at most ${limits.maxDepth} are read`);
        yield { kind: 'member', key, start, end: cursor.at };
      }
      cursor.skipSpace();
      if (cursor.peek() !== 0x2c) break;
      cursor.at += 1;
    }
  }
  cursor.expect(0x7d, '"," or "}"');
  cursor.skipSpace();
  if (cursor.at < cursor.bytes.length) throw cursor.unexpected('nothing after the end of the object');
}

function* elements(cursor: Cursor, limits: SplitLimits): Generator<SplitItem> {
  cursor.at += 1;
  cursor.skipSpace();
  if (cursor.peek() === 0x5d) {
    cursor.at += 1;
    return;
  }
  for (let index = 0; ; index += 1) {
    cursor.skipSpace();
    const start = cursor.at;
    const depth = cursor.skipValue(2);
    const size = cursor.at - start;
    if (depth > limits.maxDepth) {
      yield {
        kind: 'refused',
        index,
        reason: `nested ${depth} levels deep, at most ${limits.maxDepth} are read`,
      };
    } else if (size > limits.maxElementBytes) {
      yield { kind: 'refused', index, reason: `${size} bytes, at most ${limits.maxElementBytes} are read` };
    } else {
      yield { kind: 'element', index, start, end: cursor.at };
    }
    cursor.skipSpace();
    if (cursor.peek() !== 0x2c) break;
    cursor.at += 1;
  }
  cursor.expect(0x5d, '"," or "]"');
}

class Cursor {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  peek(): number | undefined {
    return this.bytes[this.at];
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.at += 1;
    }
  }

  expect(byte: number, wanted: string): void {
    if (this.bytes[this.at] !== byte) throw this.unexpected(wanted);
    this.at += 1;
  }

  key(): string {
    if (this.peek() !== quote) throw this.unexpected('a key in double quotes');
    const start = this.at + 1;
    this.skipString();
    return this.bytes.toString('utf8', start, Math.min(this.at - 1, start + 200));
  }

  /** From an opening quote to behind the closing one. */
  skipString(): void {
    const start = this.at;
    let from = start + 1;
    for (;;) {
      const found = this.bytes.indexOf(quote, from);
      if (found < 0) throw new Broken(`the text ends inside a string that begins at byte ${start}`);
      let slashes = 0;
      while (this.bytes[found - 1 - slashes] === backslash) slashes += 1;
      from = found + 1;
      if (slashes % 2 === 0) break;
    }
    this.at = from;
  }

  /** Behind the value that begins here; gives back the deepest level inside it, where `level` is its parent's. */
  skipValue(level: number): number {
    const first = this.peek();
    if (first === quote) {
      this.skipString();
      return level;
    }
    if (first === 0x7b || first === 0x5b) return this.skipNested(level);
    const start = this.at;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined || byte === 0x2c || byte === 0x5d || byte === 0x7d || byte <= 0x20) break;
      this.at += 1;
    }
    if (this.at === start) throw this.unexpected('a value');
    return level;
  }

  private skipNested(level: number): number {
    const start = this.at;
    let depth = level;
    let deepest = level;
    const end = this.bytes.length;
    for (;;) {
      if (this.at >= end) throw new Broken(`the text ends inside a value that begins at byte ${start}`);
      const byte = this.bytes[this.at];
      if (byte === quote) {
        this.skipString();
        continue;
      }
      this.at += 1;
      if (byte === 0x7b || byte === 0x5b) {
        depth += 1;
        if (depth > deepest) deepest = depth;
        if (depth > hopelessDepth)
          throw new Broken(`nested more than ${hopelessDepth} levels deep at byte ${this.at}`);
      } else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1;
        if (depth === level) return deepest;
      }
    }
  }

  unexpected(wanted: string): Broken {
    if (this.at >= this.bytes.length)
      return new Broken(`the text ends at byte ${this.at} where ${wanted} was expected`);
    const found = JSON.stringify(String.fromCodePoint(this.bytes[this.at] ?? 0));
    return new Broken(`${found} at byte ${this.at} where ${wanted} was expected`);
  }
}
