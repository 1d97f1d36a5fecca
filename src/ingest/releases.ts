/**
 * Orders two releases as publishers number them: `17.1` before `18.1`, `348` before `349`, days by date. Negative
 * when `a` is older; undefined when the two cannot be compared.
 */
export function compareReleases(a: string | undefined, b: string | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return 0;
  const left = parts(a);
  const right = parts(b);
  if (left === undefined || right === undefined || left.isDay !== right.isDay) return undefined;
  for (let index = 0; index < Math.max(left.numbers.length, right.numbers.length); index += 1) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parts(
  release: string,
): { readonly isDay: boolean; readonly numbers: readonly number[] } | undefined {
  const text = release.trim().replace(/^v/i, '');
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!isDay && !/^\d+(?:\.\d+)*$/.test(text)) return undefined;
  return { isDay, numbers: text.split(isDay ? '-' : '.').map(Number) };
}
