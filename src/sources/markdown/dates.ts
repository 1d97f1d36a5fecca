const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A day as documents write it: "2019-01-29", "2019/01/29", "29 January 2019", "January 29, 2019"; undefined for none. */
export function looseDay(text: string | undefined): string | undefined {
  const written = text?.trim().slice(0, 60) ?? '';
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d])/.exec(written);
  if (iso !== null) return toDay(iso[1], Number(iso[2]), iso[3]);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\.?\s+(\p{L}{3})\p{L}{0,6}\.?,?\s+(\d{4})(?!\d)/iu.exec(
    written,
  );
  if (dayFirst !== null) return toDay(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const monthFirst = /^(\p{L}{3})\p{L}{0,6}\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/iu.exec(written);
  return monthFirst === null ? undefined : toDay(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]);
}

function monthOf(word: string | undefined): number {
  return months.indexOf((word ?? '').toLowerCase()) + 1;
}

function toDay(year: string | undefined, month: number, day: string | undefined): string | undefined {
  if (Number(year) < 1970 || Number(year) > 2099 || month < 1 || month > 12) return undefined;
  const days = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  if (Number(day) < 1 || Number(day) > days) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(Number(day)).padStart(2, '0')}`;
}
