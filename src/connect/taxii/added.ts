/**
 * Times at which a server took its objects, as `X-TAXII-Date-Added-*` and `added_after` carry them: RFC 3339 in UTC with
 * up to nine places behind the second. Compared as text in one form, because a `Date` drops what is behind the
 * millisecond, and with it objects.
 */
export type AddedTime = string & { readonly __brand: 'AddedTime' };

const pattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?Z$/i;

/** Reads a header's value; undefined when it is no time. */
export function parseAdded(text: string | undefined): AddedTime | undefined {
  const trimmed = text?.trim().toUpperCase() ?? '';
  if (trimmed.length > 60) return undefined;
  const [, seconds, fraction = ''] = pattern.exec(trimmed) ?? [];
  if (seconds !== undefined)
    return Number.isNaN(Date.parse(`${seconds}Z`)) ? undefined : brand(seconds, fraction);
  // Another zone than UTC, which the standard does not allow.
  const time = /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:?\d\d$/.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(time) ? undefined : addedAt(time);
}

/** The time of a clock. */
export function addedAt(milliseconds: number): AddedTime {
  const iso = new Date(milliseconds).toISOString();
  return brand(iso.slice(0, 19), iso.slice(20, 23));
}

/**
 * A time to ask from so that everything of `time` comes again: servers give what was added after the time they are
 * asked for, and some know milliseconds only.
 */
export function justBefore(time: AddedTime): AddedTime {
  return addedAt(Math.max(0, Date.parse(`${time.slice(0, 23)}Z`) - 1));
}

export function earlier(a: AddedTime, b: AddedTime): AddedTime {
  return a < b ? a : b;
}

export function later(a: AddedTime | undefined, b: AddedTime | undefined): AddedTime | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? b : a;
}

function brand(seconds: string, fraction: string): AddedTime {
  return `${seconds}.${fraction.padEnd(9, '0')}Z` as AddedTime;
}

/** As a request carries it: microseconds, as servers write them, and no more than they can read. */
export function writeAdded(time: AddedTime): string {
  return `${time.slice(0, 26)}Z`;
}
