/** A word of a text, lower-case and without brackets, with where it stands. Commas and ampersands are words. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The same text with quotation marks, dashes, blanks and wide letters as keyboards have them. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\s\u200b-\u200f\ufeff]+/g, ' ')
    .trim();
}

export function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[,&]|[^\s,&]+/g)].map(({ 0: raw, index }) => ({
    text: raw
      .toLowerCase()
      .replace(/^[("']+/, '')
      .replace(/(?<![)"';])[)"';]+$/, '')
      .replace(/(?<!\b[ap]\.m)\.$/, ''),
    start: index,
    end: index + raw.length,
  }));
}

/** Goes over words from left to right; what is not understood is left standing. */
export interface Reader {
  /** The word that comes next, or one behind it; empty at the end. */
  peek(ahead?: number): string;
  take(count?: number): void;
  /** Takes the next word when it is one of these. */
  takeIf(words: ReadonlySet<string>): boolean;
  readonly position: number;
  /** Goes back to an earlier position. */
  back(position: number): void;
}

export function createReader(words: readonly Word[]): Reader {
  let position = 0;
  return {
    peek: (ahead = 0) => words[position + ahead]?.text ?? '',
    take: (count = 1) => {
      position += count;
    },
    takeIf: (wanted) => {
      const isTaken = wanted.has(words[position]?.text ?? '');
      if (isTaken) position += 1;
      return isTaken;
    },
    get position() {
      return position;
    },
    back: (to) => {
      position = to;
    },
  };
}
