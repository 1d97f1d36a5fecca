import { editDistance } from '../support/edit-distance.ts';

/** The known name that is closest to a mistyped one; undefined when none is near (more than a third differs). */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(name, candidate);
    if (best === undefined || distance < best.distance) best = { name: candidate, distance };
  }
  if (best === undefined || best.distance > Math.max(name.length, best.name.length) / 3) return undefined;
  return best.name;
}
