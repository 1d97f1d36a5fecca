import type { LockedPackage } from './lock.ts';

/** What may be shipped with the product: permissive, without conditions on the product's own source. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
]);
/** Weak copyleft, in tools that build and test and are never shipped. */
const allowedInTools: ReadonlySet<string> = new Set(['MPL-2.0']);

/** A sentence for each package whose licence is not on the list, or is not told. */
export function licenceProblems(packages: readonly LockedPackage[]): readonly string[] {
  return packages.flatMap(({ name, version, license, dev = false, link = false }) => {
    if (link) return [];
    const what = `${name} ${version ?? ''}`.trim();
    if (license === undefined)
      return [`${what} names no licence; look at its files, then leave it out or name it`];
    return isAllowed(license, dev) ? [] : [`${what} has the licence ${license}, which is not on the list`];
  });
}

/** An SPDX expression of names, AND, OR and brackets around the whole: one alternative is enough, all of its parts. */
function isAllowed(expression: string, isTool: boolean): boolean {
  const bare = expression.trim().replace(/^\(([^()]*)\)$/, '$1');
  return bare.split(' OR ').some((choice) =>
    choice.split(' AND ').every((part) => {
      const name = part.trim();
      return allowed.has(name) || (isTool && allowedInTools.has(name));
    }),
  );
}
