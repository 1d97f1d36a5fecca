/** Keys in alphabetical order, for names that begin with a text. */
export class PrefixIndex {
  readonly #keys: readonly string[];
  readonly #sorted: Uint32Array;

  constructor(keys: readonly string[]) {
    this.#keys = keys;
    this.#sorted = Uint32Array.from(keys.keys()).sort((a, b) => compare(keys[a] ?? '', keys[b] ?? ''));
  }

  /**
   * Keys that begin with the prefix, alphabetically, at most `limit`. Unless `mayCutNumber`, none whose number the
   * prefix would cut: "apt3" is no beginning of APT39, but whoever types it may go on.
   */
  find(prefix: string, limit: number, mayCutNumber = false): readonly number[] {
    const found: number[] = [];
    const endsInDigit = !mayCutNumber && isDigit(prefix.charCodeAt(prefix.length - 1));
    for (let at = this.#lowest(prefix); at < this.#sorted.length && found.length < limit; at += 1) {
      const key = this.#sorted[at] ?? 0;
      const name = this.#keys[key] ?? '';
      if (!name.startsWith(prefix)) break;
      if (endsInDigit && isDigit(name.charCodeAt(prefix.length))) continue;
      found.push(key);
    }
    return found;
  }

  #lowest(prefix: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.#keys[this.#sorted[middle] ?? 0] ?? '', prefix) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
