import { boundedDistance } from '../edit-distance.ts';
import { hashFinish, hashStart, hashUnit, tableSize } from '../hash.ts';
import { Postings } from '../postings.ts';

/** Names shorter than this in letters are never matched with a typo. */
const minTypoLetters = 5;
/** From this many letters on two typos are allowed. */
const minTwoTypoLetters = 9;
/** From this many letters on two typos are found where they are asked for. */
const minFaintLetters = 6;
const prefixLength = 7;

export interface TypoMatch {
  readonly key: number;
  readonly distance: number;
}

/** Which names a shortened text comes from, by what is allowed for the names. */
interface VariantLists {
  readonly short: Postings;
  readonly long: Postings;
  readonly faint: Postings;
}

type EachVariant = (postings: Postings, bucket: number, key: number) => void;

/**
 * Finds names at a Damerau-Levenshtein distance of 1 (5 to 8 letters) or 2 (from 9 letters). Digits are equal
 * always. By deletion neighbourhoods (Garbe's symmetric delete): two texts within distance d share a text that each
 * becomes by at most d deletions; long names are entered by their first seven characters only. Names of 6 to 8 letters
 * stand once more in lists of their own for a distance of 2, which `findFaint` reads. The lists are made when they are
 * first needed, or before by `prepare`.
 */
export class TypoIndex {
  readonly #keys: readonly string[];
  readonly #letters: Uint8Array;
  readonly #masks: Uint32Array;
  readonly #seen: Uint32Array;
  readonly #hashes = new Uint32Array(64);
  readonly #hasFaint: boolean;
  #lists: VariantLists | undefined;
  #round = 0;

  /** `hasFaint`: whether `findFaint` will be asked. */
  constructor(keys: readonly string[], hasFaint = true) {
    this.#keys = keys;
    this.#hasFaint = hasFaint;
    this.#letters = new Uint8Array(keys.length);
    this.#masks = new Uint32Array(keys.length);
    this.#seen = new Uint32Array(keys.length);
    keys.forEach((key, at) => {
      this.#letters[at] = letterCount(key);
      this.#masks[at] = letterMask(key);
    });
  }

  /** Makes the lists; cheap when they are made. */
  prepare(): void {
    this.#lists ??= this.#makeLists();
  }

  /** Names within the distance that their length allows, in no order; the equal name is not among them. */
  find(query: string, found: TypoMatch[]): void {
    const { short, long } = (this.#lists ??= this.#makeLists());
    this.#round += 1;
    const mask = letterMask(query);
    const isShort =
      query.length < minTwoTypoLetters + 1 || (hasDigit(mask) && query.length <= maxShortLength);
    if (query.length >= minTypoLetters - 1 && isShort) {
      this.#collect(short, query, query.length, 1, mask, found);
    }
    if (query.length >= minTwoTypoLetters - 2) {
      this.#collect(long, query, Math.min(prefixLength, query.length), 2, mask, found);
    }
  }

  /** Names of 6 to 8 letters at a distance of 2, in no order: chance brings many that near. */
  findFaint(query: string, found: TypoMatch[]): void {
    if (query.length < minFaintLetters - 1 || query.length > minTwoTypoLetters + 1) return;
    const { faint } = (this.#lists ??= this.#makeLists());
    this.#round += 1;
    const length = Math.min(prefixLength, query.length);
    const near: TypoMatch[] = [];
    this.#collect(faint, query, length, 2, letterMask(query), near);
    found.push(...near.filter((match) => match.distance === 2));
  }

  #collect(
    postings: Postings,
    query: string,
    length: number,
    deletions: number,
    mask: number,
    found: TypoMatch[],
  ): void {
    const count = deletionHashes(query, length, deletions, this.#hashes);
    const bucketMask = postings.buckets - 1;
    const items = postings.items;
    for (let variant = 0; variant < count; variant += 1) {
      const bucket = (this.#hashes[variant] ?? 0) & bucketMask;
      const end = postings.end(bucket);
      for (let at = postings.start(bucket); at < end; at += 1) {
        const key = items[at] ?? 0;
        if (this.#seen[key] === this.#round) continue;
        this.#seen[key] = this.#round;
        this.#verify(key, query, deletions, mask, found);
      }
    }
  }

  #verify(key: number, query: string, limit: number, mask: number, found: TypoMatch[]): void {
    const name = this.#keys[key] ?? '';
    const gap = name.length - query.length;
    if (gap > limit || gap < -limit) return;
    const nameMask = this.#masks[key] ?? 0;
    if (bitCount(nameMask & ~mask) > limit || bitCount(mask & ~nameMask) > limit) return;
    const distance = boundedDistance(query, name, limit);
    if (distance === 0 || distance > limit) return;
    if (hasDigit(mask | nameMask) && !haveSameCode(query, name)) return;
    found.push({ key, distance });
  }

  #isShort(key: number): boolean {
    const letters = this.#letters[key] ?? 0;
    if (letters === minTypoLetters - 1) {
      return digitsOf(this.#keys[key] ?? '').length >= minTellingDigits;
    }
    return letters >= minTypoLetters && letters < minTwoTypoLetters;
  }

  #isLong(key: number): boolean {
    return (this.#letters[key] ?? 0) >= minTwoTypoLetters;
  }

  /** Without digits: a misspelt short code is no code. */
  #isFaint(key: number): boolean {
    const letters = this.#letters[key] ?? 0;
    const isInside = letters >= minFaintLetters && letters < minTwoTypoLetters;
    return this.#hasFaint && isInside && letters === (this.#keys[key] ?? '').length;
  }

  #makeLists(): VariantLists {
    let shortCount = 0;
    let longCount = 0;
    let faintCount = 0;
    for (let key = 0; key < this.#keys.length; key += 1) {
      if (this.#isShort(key)) shortCount += (this.#keys[key] ?? '').length + 1;
      else if (this.#isLong(key)) longCount += longVariants;
      if (this.#isFaint(key)) faintCount += longVariants;
    }
    const lists = {
      short: new Postings(tableSize(shortCount / 2)),
      long: new Postings(tableSize(longCount / 2)),
      faint: new Postings(tableSize(faintCount / 2)),
    };
    const all = [lists.short, lists.long, lists.faint];
    this.#eachVariant(lists, (postings, bucket) => postings.count(bucket));
    for (const postings of all) postings.allocate();
    this.#eachVariant(lists, (postings, bucket, at) => postings.add(bucket, at));
    for (const postings of all) postings.seal();
    return lists;
  }

  #eachVariant({ short, long, faint }: VariantLists, act: EachVariant): void {
    for (let key = 0; key < this.#keys.length; key += 1) {
      const name = this.#keys[key] ?? '';
      if (this.#isShort(key)) this.#enter(short, key, Math.min(name.length, maxShortLength), 1, act);
      else if (this.#isLong(key)) this.#enter(long, key, Math.min(prefixLength, name.length), 2, act);
      if (this.#isFaint(key)) this.#enter(faint, key, Math.min(prefixLength, name.length), 2, act);
    }
  }

  #enter(postings: Postings, key: number, length: number, deletions: number, act: EachVariant): void {
    const count = deletionHashes(this.#keys[key] ?? '', length, deletions, this.#hashes);
    for (let variant = 0; variant < count; variant += 1) {
      act(postings, (this.#hashes[variant] ?? 0) & (postings.buckets - 1), key);
    }
  }
}

/** One text, seven with one character deleted, twenty-one with two. */
const longVariants = 29;
/** A short name with many digits is entered by its beginning; longer ones than this have no more letters to miss. */
const maxShortLength = 24;

/** Hashes of the first `length` units of a text with up to `deletions` (1 or 2) of them left out. */
function deletionHashes(text: string, length: number, deletions: number, out: Uint32Array): number {
  let count = 0;
  out[count++] = hashWithout(text, length, -1, -1);
  for (let first = 0; first < length; first += 1) {
    out[count++] = hashWithout(text, length, first, -1);
    if (deletions < 2) continue;
    for (let second = first + 1; second < length; second += 1)
      out[count++] = hashWithout(text, length, first, second);
  }
  return count;
}

function hashWithout(text: string, length: number, first: number, second: number): number {
  let hash = hashStart;
  for (let at = 0; at < length; at += 1) {
    if (at !== first && at !== second) hash = hashUnit(hash, text.charCodeAt(at));
  }
  return hashFinish(hash);
}

function letterCount(key: string): number {
  let count = 0;
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at);
    if (code > 57) count += 1;
  }
  return Math.min(255, count);
}

const digitBit = 1 << 30;
const otherBit = 1 << 29;

/** Which letters a key has, a bit each, with one bit for digits and one for letters of other scripts. */
function letterMask(key: string): number {
  let mask = 0;
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at);
    if (code >= 97 && code <= 122) mask |= 1 << (code - 97);
    else mask |= code >= 48 && code <= 57 ? digitBit : otherBit;
  }
  return mask;
}

function hasDigit(mask: number): boolean {
  return (mask & digitBit) !== 0;
}

/**
 * True when the digits are equal, and so is the letter that a short number at the end follows: SectorD02 is no
 * SectorE02. A number of three digits says enough by itself: "Storn-0978".
 */
function haveSameCode(query: string, name: string): boolean {
  const digits = digitsOf(query);
  if (digits !== digitsOf(name)) return false;
  return digits.length >= minTellingDigits || letterBeforeNumber(query) === letterBeforeNumber(name);
}

const minTellingDigits = 3;

function letterBeforeNumber(key: string): string {
  let at = key.length;
  while (at > 0 && isDigitCode(key.charCodeAt(at - 1))) at -= 1;
  return at === key.length ? '' : key.slice(at - 1, at);
}

function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The digits of a key, runs kept apart by the letters between them. */
export function digitsOf(key: string): string {
  let digits = '';
  let wasDigit = true;
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at);
    const isDigit = code >= 48 && code <= 57;
    if (isDigit) digits += (wasDigit || digits === '' ? '' : '.') + key[at];
    wasDigit = isDigit;
  }
  return digits;
}

function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
