import { parseIndicator, refang } from '../domain/indicator.ts';
import { withoutTracking } from '../domain/web-address.ts';

/** MISP attribute types whose value says something about a thing but does not identify it. */
const descriptiveTypes = new Set([
  'attachment',
  'boolean',
  'comment',
  'counter',
  'cpe',
  'datetime',
  'float',
  'integer',
  'link',
  'mime-type',
  'port',
  'size-in-bytes',
]);

const maxValueChars = 4096;
const maxLookupChars = 512;

/** True for a type of MISP attribute that can be looked for: neither a date, a size, a link nor a remark. */
export function isLookupType(type: string): boolean {
  return !descriptiveTypes.has(type.toLowerCase());
}

/** The value as it is kept: refanged where it is an address, at most 4,096 characters; a link without its tracking. */
export function indicatorValue(type: string, value: string): string {
  const clipped = value.trim().slice(0, maxValueChars);
  if (type.toLowerCase() === 'link') return withoutTracking(refang(clipped));
  return isProse(type, clipped) ? clipped : refang(clipped);
}

/**
 * The values by which an indicator is found: lower case, each half of a composite ("filename|sha256",
 * "domain|ip"), for a URL also its host. Empty for types that identify nothing and for prose. With
 * `hostOfUrl: false` (a page about the thing rather than the thing) a URL is found as a whole only.
 */
export function lookupValuesOf(
  type: string,
  value: string,
  options: { readonly hostOfUrl: boolean } = { hostOfUrl: true },
): readonly string[] {
  if (!isLookupType(type) || isProse(type, value)) return [];
  const values = new Set<string>();
  for (const part of partsOf(type, value)) {
    const parsed = parseIndicator(part);
    if (parsed === undefined) {
      const text = part.trim().toLowerCase();
      if (text !== '' && text.length <= maxLookupChars) values.add(text);
    } else if (parsed.form === 'url' && !options.hostOfUrl) {
      values.add(parsed.value.toLowerCase());
    } else {
      for (const lookup of parsed.lookupValues) values.add(lookup);
    }
  }
  return [...values];
}

/** The halves of a composite; the port of "ip-dst|port" identifies nothing. */
function partsOf(type: string, value: string): readonly string[] {
  const lower = type.toLowerCase();
  if (!lower.includes('|') && lower !== 'malware-sample') return [value];
  const bar = value.lastIndexOf('|');
  if (bar < 0) return [value];
  const left = value.slice(0, bar);
  return lower.endsWith('|port') ? [left] : [left, value.slice(bar + 1)];
}

/** Free text of several lines or of more than a few words: nothing that anyone looks up as it stands. */
function isProse(type: string, value: string): boolean {
  const isFree = ['text', 'comment', 'other', 'yara', 'snort', 'sigma'].includes(type.toLowerCase());
  return isFree && (value.length > 256 || value.includes('\n'));
}
