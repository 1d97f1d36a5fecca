import Fuse from 'fuse.js';

const options = { ignoreLocation: true, includeScore: true, threshold: 1, isCaseSensitive: true } as const;
const maxPatternLength = 32;

/** How many candidates are compared: one comparison costs some microseconds. */
export const maxRanked = 8;

/**
 * Closeness of each candidate to the text by fuse.js, 0 (nothing shared) to 1 (equal), in the order given. Compares
 * folded texts, and both ways round, as fuse.js looks for the pattern anywhere in the text.
 */
export function closeness(text: string, candidates: readonly string[]): readonly number[] {
  const pattern = text.slice(0, maxPatternLength);
  return candidates.map((candidate) => {
    const shown = candidate.slice(0, maxPatternLength * 2);
    const { isMatch, score } = Fuse.match(pattern, shown, options);
    const lengths = Math.min(pattern.length, shown.length) / Math.max(pattern.length, shown.length, 1);
    return isMatch ? (1 - (score ?? 0)) * (0.5 + lengths / 2) : 0;
  });
}
