import { editDistance } from '../../support/edit-distance.ts';

const maxShown = 3;

/** Zones whose key is within two slips of a text, nearest first. */
export function nearZones(key: string, names: ReadonlyMap<string, string>): readonly string[] {
  if (key.length < 4 || key.length > 40) return [];
  const near = new Map<string, number>();
  for (const [name, zone] of names) {
    if (Math.abs(name.length - key.length) > maxSlips) continue;
    const slips = editDistance(key, name);
    if (slips <= maxSlips && slips < (near.get(zone) ?? maxSlips + 1)) near.set(zone, slips);
  }
  return [...near]
    .sort((a, b) => a[1] - b[1])
    .slice(0, maxShown)
    .map(([zone]) => zone);
}

const maxSlips = 2;
