/** What a date may look like, for people. */
export const dateHelp = 'A date is a year, a month (2024-03), a day, or a time before now (30d, 6m, 2y).';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A date of any precision in ISO form, or a length of time before now (`P30D`): "2024", "2024-03-01", "march 2024",
 * "30d", "last 2 years". Undefined for anything else, and outside the years 1970 to 2100.
 */
export function readDate(text: string): string | undefined {
  const value = text
    .trim()
    .toLowerCase()
    .replace(/^(?:the year|year) (?=\S)/, '');
  if (/^p[1-9]\d{0,2}[dwmy]$/.test(value)) return value.toUpperCase();
  const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(value);
  if (iso !== null) return isoDate(Number(iso[1]), iso[2], iso[3]);
  const named = /^([a-z]{3,9})\.?,? (\d{4})$/.exec(value);
  if (named !== null) {
    const month = months.indexOf((named[1] ?? '').slice(0, 3));
    return month === -1 ? undefined : isoDate(Number(named[2]), String(month + 1), undefined);
  }
  const length =
    /^(?:the )?(?:(?:last|past|previous) )?(\d{1,3}|a|one|two|three|four|five|six|ten)? ?(d|days?|w|weeks?|m|mo|months?|y|yr|yrs|years?)(?: ago)?$/.exec(
      value,
    );
  if (length === null || (length[1] === undefined && !/last|past|previous/.test(value))) return undefined;
  const count = counts[length[1] ?? 'a'] ?? Number(length[1]);
  const unit = (length[2] ?? 'd').charAt(0).toUpperCase();
  return Number.isFinite(count) && count > 0 ? `P${count}${unit}` : undefined;
}

const counts: Readonly<Record<string, number>> = {
  a: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
};

function isoDate(year: number, month: string | undefined, day: string | undefined): string | undefined {
  if (year < 1970 || year > 2100) return undefined;
  if (month === undefined) return String(year);
  const [m, d] = [Number(month), Number(day ?? '1')];
  const last = new Date(Date.UTC(year, m, 0)).getUTCDate();
  if (m < 1 || m > 12 || d < 1 || d > last) return undefined;
  const start = `${year}-${String(m).padStart(2, '0')}`;
  return day === undefined ? start : `${start}-${String(d).padStart(2, '0')}`;
}

/** A span of dates, both ends included; each a date of any precision, or a length of time before now. */
export interface DateRange {
  readonly from?: string;
  readonly to?: string;
}

/** Reads `2022`, `2020..2022`, `2020..`, `..2022`; undefined for anything else and for a span that ends before it begins. */
export function readRange(text: string): DateRange | undefined {
  const value = text.trim();
  const dots = value.indexOf('..');
  if (dots === -1) {
    const only = readDate(value);
    if (only === undefined) return undefined;
    // "the last two years" lasts until now.
    return only.startsWith('P') ? { from: only } : { from: only, to: only };
  }
  const [start, end] = [value.slice(0, dots).trim(), value.slice(dots + 2).trim()];
  const from = start === '' ? undefined : readDate(start);
  const to = end === '' ? undefined : readDate(end);
  if ((start !== '' && from === undefined) || (end !== '' && to === undefined)) return undefined;
  if (from === undefined && to === undefined) return undefined;
  if (
    from !== undefined &&
    to !== undefined &&
    /^\d/.test(from) &&
    /^\d/.test(to) &&
    from.slice(0, to.length) > to
  )
    return undefined;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** The first date of the same precision that lies behind a date: "after 2020" begins with 2021. */
export function nextDate(date: string): string {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return String(year + 1);
  if (day === undefined) return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 7);
  return new Date(Date.UTC(year, month - 1, day + 1)).toISOString().slice(0, 10);
}

/** The last date of the same precision that lies before a date: "before 2020" ends with 2019. */
export function previousDate(date: string): string {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return String(year - 1);
  if (day === undefined) return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
  return new Date(Date.UTC(year, month - 1, day - 1)).toISOString().slice(0, 10);
}
