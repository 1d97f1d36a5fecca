/** The text is no JSON as far as a cursor has come; the message names the byte. */
export class Broken extends Error {}

/** Beyond this depth the text is not read further: no element of a real document is nested so. */
const hopelessDepth = 4096;
/** Keys longer than this are in no document that is read. */
const maxKeyBytes = 64 * 1024;

const quote = 0x22;
const backslash = 0x5c;
const nothing = Buffer.alloc(0);

/**
 * Walks over the bytes of a JSON text that comes in pieces, without building anything. What was walked over is
 * forgotten, except what `keep` asks for; a single piece is walked over where it lies.
 */
export class ByteCursor {
  readonly #pieces: Iterator<Uint8Array>;
  readonly #maxKept: number;
  /** What is at hand of the text: `#window[0]` is its byte `#base`. */
  #window: Buffer = nothing;
  #end = 0;
  #base = 0;
  #at = 0;
  /** From where bytes must stay at hand; -1: none need to. */
  #kept = -1;
  /** True when the window is memory of our own, which may be written to. */
  #isOwn = false;

  constructor(pieces: Iterable<Uint8Array>, maxKeptBytes: number) {
    this.#pieces = pieces[Symbol.iterator]();
    this.#maxKept = maxKeptBytes;
  }

  /** How many bytes of the text were walked over. */
  get position(): number {
    return this.#base + this.#at;
  }

  /** The byte under the cursor; undefined at the end of the text. */
  peek(): number | undefined {
    if (this.#at < this.#end || this.#more()) return this.#window[this.#at];
    return undefined;
  }

  skip(): void {
    this.#at += 1;
  }

  /** From here on bytes stay at hand, as long as they are no more than the cursor may keep. */
  keep(): void {
    this.#kept = this.#at;
  }

  /** The bytes since `keep`, and keeps no more; undefined when they were too many. Good until the cursor moves on. */
  kept(): Buffer | undefined {
    const from = this.#kept;
    this.#kept = -1;
    return from === -1 ? undefined : this.#window.subarray(from, this.#at);
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.peek();
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#at += 1;
    }
  }

  expect(byte: number, wanted: string): void {
    if (this.peek() !== byte) throw this.unexpected(wanted);
    this.#at += 1;
  }

  /** The key that begins here, without its escapes undone. */
  key(): string {
    if (this.peek() !== quote) throw this.unexpected('a key in double quotes');
    const start = this.position;
    this.keep();
    this.#skipString();
    const bytes = this.kept();
    if (bytes === undefined || bytes.length > maxKeyBytes) {
      throw new Broken(`a key of more than ${maxKeyBytes} bytes at byte ${start}`);
    }
    return bytes.toString('utf8', 1, bytes.length - 1);
  }

  /** Behind the value that begins here; gives back the deepest level inside it, where `level` is its parent's. */
  skipValue(level: number): number {
    const first = this.peek();
    if (first === quote) {
      this.#skipString();
      return level;
    }
    if (first === 0x7b || first === 0x5b) return this.#skipNested(level);
    const start = this.position;
    for (;;) {
      const byte = this.peek();
      if (byte === undefined || byte === 0x2c || byte === 0x5d || byte === 0x7d || byte <= 0x20) break;
      this.#at += 1;
    }
    if (this.position === start) throw this.unexpected('a value');
    return level;
  }

  unexpected(wanted: string): Broken {
    const byte = this.peek();
    if (byte === undefined)
      return new Broken(`the text ends at byte ${this.position} where ${wanted} was expected`);
    const found = JSON.stringify(String.fromCodePoint(byte));
    return new Broken(`${found} at byte ${this.position} where ${wanted} was expected`);
  }

  #skipNested(level: number): number {
    const start = this.position;
    let depth = level;
    let deepest = level;
    for (;;) {
      if (this.#at >= this.#end && !this.#more())
        throw new Broken(`the text ends inside a value that begins at byte ${start}`);
      // The window changes only in `#more` and inside strings: a walk over what is at hand needs no look at it.
      const window = this.#window;
      const end = this.#end;
      let at = this.#at;
      for (; at < end; at += 1) {
        const byte = window[at];
        if (byte === quote) break;
        if (byte === 0x7b || byte === 0x5b) {
          depth += 1;
          if (depth > deepest) deepest = depth;
          if (depth > hopelessDepth) {
            throw new Broken(`nested more than ${hopelessDepth} levels deep at byte ${this.#base + at + 1}`);
          }
        } else if (byte === 0x7d || byte === 0x5d) {
          depth -= 1;
          if (depth === level) {
            this.#at = at + 1;
            return deepest;
          }
        }
      }
      this.#at = at;
      if (at < end) this.#skipString();
    }
  }

  /** From an opening quote to behind the closing one. */
  #skipString(): void {
    const start = this.position;
    this.#at += 1;
    // Whether the bytes right before the window's unread part are an odd number of backslashes.
    let isEscaped = false;
    for (;;) {
      const from = this.#at;
      const found = this.#window.indexOf(quote, from);
      // Behind the end of what is at hand the window may hold anything.
      const isFound = found >= 0 && found < this.#end;
      const until = isFound ? found : this.#end;
      let slashes = 0;
      while (until - slashes > from && this.#window[until - 1 - slashes] === backslash) slashes += 1;
      const isOdd = slashes % 2 === 1;
      isEscaped = slashes === until - from && isEscaped ? !isOdd : isOdd;
      this.#at = until;
      if (!isFound) {
        if (!this.#more()) throw new Broken(`the text ends inside a string that begins at byte ${start}`);
      } else {
        this.#at += 1;
        if (!isEscaped) return;
        isEscaped = false;
      }
    }
  }

  /** Brings the next piece to hand, behind what is kept; false at the end of the text. */
  #more(): boolean {
    if (this.#kept >= 0 && this.#at - this.#kept > this.#maxKept) this.#kept = -1;
    // The piece at hand is good only until the next is asked for.
    if (!this.#isOwn) this.#moveTo(this.#end - this.#from());
    let next = this.#pieces.next();
    while (next.done !== true && next.value.length === 0) next = this.#pieces.next();
    if (next.done === true) return false;
    const piece = next.value;
    const rest = this.#end - this.#from();
    if (rest === 0) {
      this.#base += this.#at;
      this.#window = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      this.#isOwn = false;
      this.#at = 0;
      this.#end = piece.length;
      if (this.#kept >= 0) this.#kept = 0;
    } else {
      if (this.#window.length - this.#end < piece.length) this.#moveTo(rest + piece.length);
      this.#window.set(piece, this.#end);
      this.#end += piece.length;
    }
    return true;
  }

  /** Where what is needed begins. */
  #from(): number {
    return this.#kept < 0 ? this.#at : this.#kept;
  }

  /**
   * Moves what is needed to the front of a window of our own, with room for twice the bytes given, so that each byte is
   * moved a few times at most.
   */
  #moveTo(bytes: number): void {
    const from = this.#from();
    if (!this.#isOwn || this.#window.length < bytes * 2) {
      const window = Buffer.allocUnsafeSlow(Math.max(bytes * 2, 1024));
      this.#window.copy(window, 0, from, this.#end);
      this.#window = window;
      this.#isOwn = true;
    } else {
      this.#window.copyWithin(0, from, this.#end);
    }
    this.#base += from;
    this.#at -= from;
    this.#end -= from;
    if (this.#kept >= 0) this.#kept = 0;
  }
}
