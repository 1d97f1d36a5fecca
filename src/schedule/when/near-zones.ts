const maxShown = 3;

/** Zones whose key is within two slips of a text, nearest first. */
export function nearZones(key: string, names: ReadonlyMap<string, string>): readonly string[] {
  if (key.length < 4 || key.length > 40) return [];
  const near = new Map<string, number>();
  for (const [name, zone] of names) {
    if (Math.abs(name.length - key.length) > maxSlips) continue;
    const slips = slipsBetween(key, name);
    if (slips <= maxSlips && slips < (near.get(zone) ?? maxSlips + 1)) near.set(zone, slips);
  }
  return [...near]
    .sort((a, b) => a[1] - b[1])
    .slice(0, maxShown)
    .map(([zone]) => zone);
}

const maxSlips = 2;

/** Letters to add, leave out or change to make one text of the other (Levenshtein). */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
