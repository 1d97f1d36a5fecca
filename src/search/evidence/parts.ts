import { hashUnits, tableSize } from '../hash.ts';
import { KeyTable } from '../key-table.ts';
import { maxNameLength, type NameTable, ownerType } from '../name-table.ts';
import { joints, Tokens, tokenKinds } from '../normalize/tokens.ts';
import { Postings } from '../postings.ts';
import { TypoIndex, type TypoMatch } from './typos.ts';

const minWordLetters = 4;

/**
 * Names of several words by each of their words, and by all of them in any order. Words are what blanks and
 * punctuation part: "apt39" is one.
 */
export class PartIndex {
  readonly #names: NameTable;
  readonly #words = new KeyTable();
  readonly #byWord: Postings;
  readonly #byOrder: Postings;
  /** Words of actors' names. */
  readonly #actorWords: readonly string[];
  readonly #misspelt: TypoIndex;
  /** Per owner: where its words begin in `#spelled`, which holds their numbers. */
  readonly #spelledFrom: Uint32Array;
  readonly #spelled: Uint32Array;
  readonly #tokens = new Tokens();

  constructor(names: NameTable) {
    this.#names = names;
    const owners: number[] = [];
    const wordsOf: number[][] = [];
    const orders: number[] = [];
    const spelled: number[] = [];
    const actorWords = new Set<number>();
    this.#spelledFrom = new Uint32Array(names.ownerText.length + 1);
    names.ownerText.forEach((text, owner) => {
      this.#spelledFrom[owner] = spelled.length;
      if ((names.wordCount[names.ownerKey[owner] ?? 0] ?? 0) < 2) return;
      const spans = this.#read(text);
      if (spans.length < 2) return;
      owners.push(owner);
      const words = spans.map((span) => this.#words.add(span.text));
      spelled.push(...words);
      if (ownerType(names, owner) === 'intrusion-set') for (const word of words) actorWords.add(word);
      wordsOf.push([...new Set(words.filter((_, at) => spans[at] !== undefined && this.#isWord(spans[at])))]);
      orders.push(orderHash(this.#tokens, withoutThe(spans)));
    });
    this.#spelledFrom[names.ownerText.length] = spelled.length;
    this.#spelled = Uint32Array.from(spelled);
    this.#actorWords = [...actorWords].map((word) => this.#words.keys[word] ?? '');
    this.#misspelt = new TypoIndex(this.#actorWords);
    this.#byWord = new Postings(this.#words.keys.length);
    for (const words of wordsOf) for (const word of words) this.#byWord.count(word);
    this.#byWord.allocate();
    this.#byOrder = new Postings(tableSize(orders.length / 2));
    for (const order of orders) this.#byOrder.count(order & (this.#byOrder.buckets - 1));
    this.#byOrder.allocate();
    owners.forEach((owner, at) => {
      for (const word of wordsOf[at] ?? []) this.#byWord.add(word, owner);
      this.#byOrder.add((orders[at] ?? 0) & (this.#byOrder.buckets - 1), owner);
    });
    this.#byWord.seal();
    this.#byOrder.seal();
  }

  /** Makes the lists that misspelt words are found by; cheap when they are made. */
  prepare(): void {
    this.#misspelt.prepare();
  }

  /** Keys of names that have exactly these words in another order; "the" is left out of both. */
  inAnyOrder(words: readonly string[], hash: number): readonly number[] {
    const wanted = [...words].sort().join(' ');
    const bucket = hash & (this.#byOrder.buckets - 1);
    const keys = new Set<number>();
    for (let at = this.#byOrder.start(bucket); at < this.#byOrder.end(bucket); at += 1) {
      const owner = this.#byOrder.items[at] ?? 0;
      const own = this.wordsOf(owner).filter((word) => word !== 'the');
      if (own.sort().join(' ') === wanted) keys.add(this.#names.ownerKey[owner] ?? 0);
    }
    return [...keys];
  }

  /** How many names have this word among others. */
  count(word: string): number {
    const at = this.#words.find(word);
    return at < 0 ? 0 : this.#byWord.end(at) - this.#byWord.start(at);
  }

  /** Owners of names that have this word among others, at most `limit`. */
  owners(word: string, limit: number): readonly number[] {
    const at = this.#words.find(word);
    if (at < 0) return [];
    const start = this.#byWord.start(at);
    return [...this.#byWord.items.subarray(start, Math.min(this.#byWord.end(at), start + limit))];
  }

  /** The words of an owner's name, where it has several; else none. */
  wordsOf(owner: number): string[] {
    const words: string[] = [];
    const end = this.#spelledFrom[owner + 1] ?? 0;
    for (let at = this.#spelledFrom[owner] ?? 0; at < end; at += 1) {
      words.push(this.#words.keys[this.#spelled[at] ?? 0] ?? '');
    }
    return words;
  }

  /** Words of actors' names at most two slips from a word of six letters or more, one from a shorter one; itself, too. */
  near(word: string): readonly string[] {
    const found: TypoMatch[] = [];
    this.#misspelt.find(word, found);
    this.#misspelt.findFaint(word, found);
    const near = found.map(({ key }) => this.#actorWords[key] ?? '');
    return this.count(word) > 0 ? [word, ...near] : near;
  }

  #read(text: string): readonly WordSpan[] {
    this.#tokens.read(text, maxNameLength);
    return wordSpans(this.#tokens, 0, this.#tokens.count - 1);
  }

  #isWord(span: WordSpan): boolean {
    return span.text.length >= minWordLetters || this.#tokens.kind[span.from] === tokenKinds.ideograph;
  }
}

/** A word: one token, or several that a border inside the word parts. */
export interface WordSpan {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The words of tokens `from` to `to`. */
export function wordSpans(tokens: Tokens, from: number, to: number): readonly WordSpan[] {
  const spans: WordSpan[] = [];
  for (let at = from; at <= to; ) {
    let end = at;
    while (end < to && tokens.joint[end + 1] === joints.inWord) end += 1;
    spans.push({ from: at, to: end, text: tokens.glued(at, end) });
    at = end + 1;
  }
  return spans;
}

/** The words without the article. */
export function withoutThe(spans: readonly WordSpan[]): readonly WordSpan[] {
  return spans.filter((span) => span.text !== 'the');
}

/** A hash of the words that does not depend on their order. */
export function orderHash(tokens: Tokens, spans: readonly WordSpan[]): number {
  let sum = 0;
  for (const { from, to } of spans) {
    sum = (sum + hashUnits(tokens.chars, tokens.charStart[from] ?? 0, tokens.charEnd[to] ?? 0)) >>> 0;
  }
  return sum;
}
