import { foldCodePoint, separator } from './fold.ts';
import { skipListMark, skipMarkup } from './markup.ts';

export const tokenKinds = { letters: 0, digits: 1, ideograph: 2 } as const;

/** How a token stands to the one before it. */
export const joints = {
  /** Blank, dash, slash, quote or another separator between them. */
  apart: 0,
  /** A border of letters and digits or of scripts inside one word. */
  inWord: 1,
  /** A dot or an at sign with no blank: a domain, a file name, an address. */
  dotted: 2,
  /** A dash with no blank. */
  dashed: 3,
  /** A comma, colon, semicolon, question or exclamation mark. */
  parted: 4,
} as const;

/** Stands between two numbers when tokens are glued, so that "3 8" never reads as 38. */
export const numberBorder = 1;

/**
 * The tokens of a text in flat arrays that are reused from text to text. `chars` holds the folded letters and
 * digits of all tokens without gaps: tokens i to j glued are `chars[charStart[i] .. charEnd[j])`.
 */
export class Tokens {
  count = 0;
  /** How many texts were read. */
  round = 0;
  /** How many tokens begin with a small ASCII letter: none in a text of capitals only. */
  smallStarts = 0;
  chars = new Uint16Array(512);
  charStart = new Int32Array(128);
  charEnd = new Int32Array(128);
  /** UTF-16 positions in the text as given. */
  sourceStart = new Int32Array(128);
  sourceEnd = new Int32Array(128);
  kind = new Uint8Array(128);
  joint = new Uint8Array(128);
  readonly #folds = new Map<number, string>();
  #length = 0;

  /** Reads a text anew. What stands beyond `maxLength` UTF-16 units is ignored. */
  read(text: string, maxLength: number): void {
    this.count = 0;
    this.round += 1;
    this.smallStarts = 0;
    this.#length = 0;
    const end = Math.min(text.length, maxLength);
    let open = false;
    let joint: number = joints.apart;
    let position = skipListMark(text);
    while (position < end) {
      const code = text.charCodeAt(position);
      if (code < 128) {
        const folded = asciiFolds[code] ?? 0;
        if (folded !== 0) {
          const kind = folded < 58 ? tokenKinds.digits : tokenKinds.letters;
          if (!open || this.kind[this.count - 1] !== kind) {
            this.#open(position, kind, open ? joints.inWord : joint);
            open = true;
            if (code >= 97) this.smallStarts += 1;
          }
          this.#push(folded);
          position += 1;
          this.sourceEnd[this.count - 1] = position;
          continue;
        }
        if (open || isParting(code)) joint = jointOf(code);
        else if (joint !== joints.parted) joint = joints.apart;
        open = false;
        position = isMarkup(code) ? skipMarkup(text, position, end) : position + 1;
        continue;
      }
      const codePoint = text.codePointAt(position) ?? 0;
      const size = codePoint > 0xffff ? 2 : 1;
      const folded = this.#fold(codePoint);
      if (folded === separator) {
        open = false;
        joint = joints.apart;
      } else if (folded !== '') {
        open = this.#append(folded, codePoint, position, open, joint);
        this.sourceEnd[this.count - 1] = position + size;
      } else if (open) {
        this.sourceEnd[this.count - 1] = position + size;
      }
      position += size;
    }
    if (this.count > 0) this.charEnd[this.count - 1] = this.#length;
  }

  /** The glued tokens as a text. */
  glued(from: number, to: number): string {
    let text = '';
    for (let at = this.charStart[from] ?? 0; at < (this.charEnd[to] ?? 0); at += 1) {
      text += String.fromCharCode(this.chars[at] ?? 0);
    }
    return text;
  }

  #append(folded: string, codePoint: number, position: number, wasOpen: boolean, joint: number): boolean {
    let open = wasOpen;
    for (let at = 0; at < folded.length; at += 1) {
      const code = folded.charCodeAt(at);
      const kind = kindOf(code, codePoint);
      if (!open || kind === tokenKinds.ideograph || this.kind[this.count - 1] !== kind) {
        this.#open(position, kind, open ? joints.inWord : joint);
        open = true;
      }
      this.#push(code);
    }
    return open;
  }

  #fold(codePoint: number): string {
    const known = this.#folds.get(codePoint);
    if (known !== undefined) return known;
    const folded = foldCodePoint(codePoint);
    if (this.#folds.size < maxCachedFolds) this.#folds.set(codePoint, folded);
    return folded;
  }

  #open(position: number, kind: number, joint: number): void {
    if (this.count > 0) {
      this.charEnd[this.count - 1] = this.#length;
      if (kind === tokenKinds.digits && this.kind[this.count - 1] === tokenKinds.digits)
        this.#push(numberBorder);
    }
    if (this.count === this.kind.length) this.#growTokens();
    this.charStart[this.count] = this.#length;
    this.sourceStart[this.count] = position;
    this.sourceEnd[this.count] = position;
    this.kind[this.count] = kind;
    this.joint[this.count] = joint;
    this.count += 1;
  }

  #push(code: number): void {
    if (this.#length === this.chars.length) this.chars = grown(this.chars, new Uint16Array(this.#length * 2));
    this.chars[this.#length] = code;
    this.#length += 1;
  }

  #growTokens(): void {
    const size = this.kind.length * 2;
    this.charStart = grown(this.charStart, new Int32Array(size));
    this.charEnd = grown(this.charEnd, new Int32Array(size));
    this.sourceStart = grown(this.sourceStart, new Int32Array(size));
    this.sourceEnd = grown(this.sourceEnd, new Int32Array(size));
    this.kind = grown(this.kind, new Uint8Array(size));
    this.joint = grown(this.joint, new Uint8Array(size));
  }
}

function isParting(code: number): boolean {
  return code === 44 || code === 58 || code === 59 || code === 33 || code === 63;
}

/** `<`, `&` and `]` may begin something that is no text. */
function isMarkup(code: number): boolean {
  return code === 60 || code === 38 || code === 93;
}

function jointOf(code: number): number {
  if (code === 46 || code === 64) return joints.dotted;
  if (isParting(code)) return joints.parted;
  return code === 45 ? joints.dashed : joints.apart;
}

const maxCachedFolds = 4096;

/** For each ASCII code the folded code, 0 for a separator. */
const asciiFolds: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  if ((code >= 48 && code <= 57) || (code >= 97 && code <= 122)) return code;
  return code >= 65 && code <= 90 ? code + 32 : 0;
});

function kindOf(foldedCode: number, codePoint: number): number {
  if (foldedCode >= 48 && foldedCode <= 57) return tokenKinds.digits;
  return isIdeograph(codePoint) ? tokenKinds.ideograph : tokenKinds.letters;
}

/** Scripts written without blanks between words: each character is a token, so that windows may begin anywhere. */
function isIdeograph(codePoint: number): boolean {
  return (
    (codePoint >= 0x3040 && codePoint <= 0x30ff) ||
    (codePoint >= 0x3400 && codePoint <= 0x9fff) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0x20000 && codePoint <= 0x3ffff)
  );
}

function grown<T extends Uint8Array | Uint16Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
