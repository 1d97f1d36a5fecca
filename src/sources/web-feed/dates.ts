const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Hours from UTC of the zones that RFC 822 names, and of those that feeds write besides. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  wet: 0,
  west: 1,
  bst: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  jst: 9,
  kst: 9,
};

const rfc822 =
  /^(?:[\p{L}.]{2,12},?\s+)?(\d{1,2})[\s-]+(\p{L}{3})\p{L}{0,6}\.?[\s,-]+(\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?\s*([+-]\d{2}:?\d{2}|\p{L}{1,5})?(?:\s*\([^)]{0,40}\))?$/iu;
const iso =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T\s]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,12})?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?)?$/i;
const monthFirst =
  /^(?:\p{L}{2,12},?\s+)?(\p{L}{3})\p{L}{0,6}\.?\s+(\d{1,2}),?\s+(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(\p{L}{1,5})?$/iu;

const firstYear = 1990;
const lastYear = 2099;

/**
 * The date of a feed as ISO 8601 in UTC, `2026-03-03T09:00:00.000Z`, or the day alone where no time is given. Reads
 * RFC 822 (two-digit years and named zones too) and ISO 8601; a time without a zone is taken for UTC. Undefined for
 * what is no date, and outside the years 1990 to 2099.
 */
export function feedDate(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 60) return undefined;
  const standard = iso.exec(trimmed);
  if (standard !== null) {
    const [, year, month, day, hour, minute, second, zone] = standard;
    return toIso(year, Number(month) - 1, day ?? '01', hour, minute, second, zone);
  }
  const mail = rfc822.exec(trimmed);
  if (mail !== null) {
    const [, day, month, year, hour, minute, second, zone] = mail;
    return toIso(year, monthOf(month), day, hour, minute, second, zone);
  }
  const [whole, month, day, year, hour, minute, second, zone] = monthFirst.exec(trimmed) ?? [];
  return whole === undefined ? undefined : toIso(year, monthOf(month), day, hour, minute, second, zone);
}

function monthOf(word: string | undefined): number {
  return months.indexOf((word ?? '').slice(0, 3).toLowerCase());
}

function toIso(
  year: string | undefined,
  month: number,
  day: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  zone: string | undefined,
): string | undefined {
  const written = Number(year);
  // RFC 2822, section 4.3: two digits below 50 are of this century.
  const fullYear = year?.length === 2 ? written + (written < 50 ? 2000 : 1900) : written;
  const offset = offsetMinutes(zone);
  if (fullYear < firstYear || fullYear > lastYear || month < 0 || offset === undefined) return undefined;
  const [hours, minutes, seconds] = [
    Number(hour ?? 0),
    Number(minute ?? 0),
    Math.min(59, Number(second ?? 0)),
  ];
  if (hours > 24 || minutes > 59) return undefined;
  const date = new Date(Date.UTC(fullYear, month, Number(day), hours, minutes - offset, seconds));
  const days = new Date(Date.UTC(fullYear, month + 1, 0)).getUTCDate();
  if (month > 11 || Number(day) < 1 || Number(day) > days) return undefined;
  return hour === undefined
    ? `${fullYear}-${String(month + 1).padStart(2, '0')}-${String(Number(day)).padStart(2, '0')}`
    : date.toISOString();
}

function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined) return 0;
  const numeric = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (numeric !== null) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
    return numeric[1] === '-' ? -minutes : minutes;
  }
  const name = zone.toLowerCase();
  return Object.hasOwn(zones, name) ? (zones[name] ?? 0) * 60 : undefined;
}
