/**
 * Lists of numbers, one list a bucket, in two flat arrays. Filled in two passes over the same pairs: `count` for
 * each, then `add` for each, then read with `start`, `end` and `items`.
 */
export class Postings {
  readonly buckets: number;
  items = new Uint32Array(0);
  readonly #offsets: Uint32Array;
  #cursor: Uint32Array | undefined;

  constructor(buckets: number) {
    this.buckets = buckets;
    this.#offsets = new Uint32Array(buckets + 1);
  }

  count(bucket: number): void {
    this.#offsets[bucket + 1] = (this.#offsets[bucket + 1] ?? 0) + 1;
  }

  /** Ends the counting pass. */
  allocate(): void {
    for (let bucket = 0; bucket < this.buckets; bucket += 1) {
      this.#offsets[bucket + 1] = (this.#offsets[bucket + 1] ?? 0) + (this.#offsets[bucket] ?? 0);
    }
    this.items = new Uint32Array(this.#offsets[this.buckets] ?? 0);
    this.#cursor = this.#offsets.slice(0, this.buckets);
  }

  add(bucket: number, item: number): void {
    if (this.#cursor === undefined) throw new Error('postings: allocate before adding');
    const at = this.#cursor[bucket] ?? 0;
    this.items[at] = item;
    this.#cursor[bucket] = at + 1;
  }

  /** Ends the filling pass; the lists are read-only from here on. */
  seal(): void {
    this.#cursor = undefined;
  }

  start(bucket: number): number {
    return this.#offsets[bucket] ?? 0;
  }

  end(bucket: number): number {
    return this.#offsets[bucket + 1] ?? 0;
  }
}
