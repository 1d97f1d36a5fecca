import { hashFinish, hashStart, hashUnit } from '../hash.ts';
import { Postings } from '../postings.ts';

const bucketCount = 1 << 15;
/** A trigram that more names share than this says little. */
const maxPostings = 4_096;

/** Names by the three-letter pieces they share with a text: a wide net, for suggestions only. */
export class TrigramIndex {
  readonly #keys: readonly string[];
  readonly #postings = new Postings(bucketCount);
  readonly #shared: Uint8Array;

  constructor(keys: readonly string[]) {
    this.#keys = keys;
    this.#shared = new Uint8Array(keys.length);
    for (const key of keys) eachTrigram(key, (bucket) => this.#postings.count(bucket));
    this.#postings.allocate();
    keys.forEach((key, at) => eachTrigram(key, (bucket) => this.#postings.add(bucket, at)));
    this.#postings.seal();
  }

  /** Keys that share the largest part of their trigrams with the text (Dice, at least `floor`), best first. */
  find(text: string, floor: number, limit: number): readonly number[] {
    const touched: number[] = [];
    eachTrigram(text, (bucket) => {
      const start = this.#postings.start(bucket);
      const end = this.#postings.end(bucket);
      if (end - start > maxPostings) return;
      for (let at = start; at < end; at += 1) {
        const key = this.#postings.items[at] ?? 0;
        const shared = this.#shared[key] ?? 0;
        if (shared === 0) touched.push(key);
        if (shared < 255) this.#shared[key] = shared + 1;
      }
    });
    const scored: { key: number; score: number }[] = [];
    for (const key of touched) {
      const shared = Math.min(this.#shared[key] ?? 0, text.length);
      this.#shared[key] = 0;
      const score = (2 * shared) / (text.length + (this.#keys[key] ?? '').length);
      if (score >= floor) scored.push({ key, score });
    }
    scored.sort((a, b) => b.score - a.score || a.key - b.key);
    return scored.slice(0, limit).map(({ key }) => key);
  }
}

/** Trigrams of a text with one blank in front, so that beginnings count. */
function eachTrigram(text: string, act: (bucket: number) => void): void {
  for (let at = 0; at < text.length - 1; at += 1) {
    const before = at === 0 ? 32 : text.charCodeAt(at - 1);
    const hash = hashUnit(
      hashUnit(hashUnit(hashStart, before), text.charCodeAt(at)),
      text.charCodeAt(at + 1),
    );
    act(hashFinish(hash) & (bucketCount - 1));
  }
}
