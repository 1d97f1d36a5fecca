import { md5LookupValue, md5OfValueType } from '../../domain/md5-of-value.ts';
import type { RecordIndicator } from '../../domain/record.ts';

/**
 * The MD5 of some value, as an indicator: looked up by `md5:HASH`, so that nobody who asks for the MD5 of a file finds
 * it. Undefined for a text that is no MD5.
 */
export function md5OfValueIndicator(hash: string): RecordIndicator | undefined {
  const lower = hash.trim().toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(lower)) return undefined;
  const value = md5LookupValue(lower);
  return { type: md5OfValueType, value, lookupValues: [value] };
}
