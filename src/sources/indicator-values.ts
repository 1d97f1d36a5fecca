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

/**
 * The halves of a composite; the port of "ip-dst|port" identifies nothing, nor does a short value of a registry key
 * ("1"). A key holds no bar, a file name may; so either half may hold the bars that are left over.
 */
function partsOf(type: string, value: string): readonly string[] {
  const lower = type.toLowerCase();
  if (lower === 'as') return [/^\d{1,10}$/.test(value.trim()) ? `AS${value.trim()}` : value];
  if (lower.startsWith('mac-')) return [value.replaceAll('-', ':')];
  if (!lower.includes('|') && lower !== 'malware-sample') return [value];
  const isKey = lower === 'regkey|value';
  const bar = isKey ? value.indexOf('|') : value.lastIndexOf('|');
  if (bar < 0) return [value];
  const [left, right] = [value.slice(0, bar), value.slice(bar + 1)];
  if (lower.endsWith('|port')) return [left];
  return isKey && right.trim().length < minRegistryValueChars ? [left] : [left, right];
}

const minRegistryValueChars = 5;
const ruleTypes = new Set('yara snort suricata sigma bro zeek stix2-pattern kusto-query'.split(' '));

/** A rule, or free text of several lines or of more than a few words: nothing that anyone looks up as it stands. */
function isProse(type: string, value: string): boolean {
  const lower = type.toLowerCase();
  if (ruleTypes.has(lower)) return true;
  const isFree = lower === 'text' || lower === 'comment' || lower === 'other';
  return isFree && (value.length > 256 || value.includes('\n'));
}
