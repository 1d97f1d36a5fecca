import { boundedDistance } from '../search/edit-distance.ts';

/** A wording with what it stands for. */
export interface Wording {
  /** Lower case. */
  readonly text: string;
  /** Two wordings of one thing have one key. */
  readonly key: string;
}

/**
 * The wording that a mistyped text most likely means: one typo from four letters on, two from nine; of two that are
 * equally near the one with the same first letter. Undefined where nothing is near or several things are equally near.
 */
export function nearestWording<Found extends Wording>(
  text: string,
  wordings: Iterable<Found>,
  minLetters = 4,
): Found | undefined {
  const lower = text.toLowerCase();
  if (lower.length < minLetters || lower.length > 60) return undefined;
  const limit = lower.length >= 9 ? 2 : 1;
  let best: Found | undefined;
  let bestDistance = limit + 1;
  let isTied = false;
  for (const wording of wordings) {
    if (wording.text.length < 4) continue;
    const distance = boundedDistance(lower, wording.text, Math.min(limit, bestDistance));
    if (distance > limit || distance > bestDistance) continue;
    if (distance < bestDistance) {
      best = wording;
      bestDistance = distance;
      isTied = false;
    } else if (best !== undefined && best.key !== wording.key) {
      // People mistype the first letter least.
      const [wins, holds] = [wording.text[0] === lower[0], best.text[0] === lower[0]];
      if (wins && !holds) best = wording;
      isTied = wins === holds || (isTied && !(wins && !holds));
    }
  }
  return isTied ? undefined : best;
}
