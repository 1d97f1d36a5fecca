import { createHash } from 'node:crypto';

/** The type of an indicator of which no more than the MD5 of its value is known. */
export const md5OfValueType = 'md5-of-value';

/** The look-up value of an MD5 of some value: no MD5 of a file looks like it. */
export function md5LookupValue(hash: string): string {
  return `md5:${hash.toLowerCase()}`;
}

/**
 * The look-up values by which a value is found in lists of hashes, as MISP makes them: the MD5 of the value in UTF-8,
 * of each half of a composite on its own. Hashes, domains and addresses are lower case in MISP, file names and paths
 * are as written, so both writings are hashed.
 */
export function md5LookupValues(value: string, lookupValues: readonly string[]): readonly string[] {
  const texts = new Set([value.trim(), ...lookupValues]);
  return [...texts].map((text) => md5LookupValue(createHash('md5').update(text, 'utf8').digest('hex')));
}
