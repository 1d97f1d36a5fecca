/** An ISO date-time from MISP's epoch seconds (as text or number); undefined for 0, and outside 1980 to 2100. */
export function isoTime(seconds: string | undefined): string | undefined {
  if (seconds === undefined || !/^\d{9,11}$/.test(seconds)) return undefined;
  const milliseconds = Number(seconds) * 1000;
  return milliseconds < 315_532_800_000 || milliseconds > 4_102_444_800_000
    ? undefined
    : new Date(milliseconds).toISOString();
}

/** A plain ISO date between 1980 and 2099; undefined for anything else. */
export function isoDay(text: string | undefined): string | undefined {
  const day = /^\s*((?:19[89]\d|20\d\d)-\d{2}-\d{2})(?:[T ].{0,30})?\s*$/.exec(text?.slice(0, 40) ?? '')?.[1];
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : undefined;
}
