const firstDelayMs = 5_000;
const longestDelayMs = 10 * 60_000;
const longestAskedMs = 24 * 3_600_000;

/**
 * How long to wait before the next try, in milliseconds: 5 seconds after the first, doubled with each up to 10 minutes,
 * a fifth more or less by `random` (0 to 1), so that many do not come back together; and at least what the platform
 * asked for, up to a day.
 */
export function backOffMs(attempts: number, random: number, retryAfterMs = 0): number {
  const doubled = firstDelayMs * 2 ** Math.min(Math.max(attempts - 1, 0), 20);
  const waited = Math.min(doubled, longestDelayMs) * (0.8 + 0.4 * random);
  return Math.round(Math.max(waited, askedMs(retryAfterMs, random)));
}

/** What a platform asked for, up to a day, and a little more, so that those who wait do not come all at once. */
export function askedMs(retryAfterMs: number, random: number): number {
  const asked = Number.isFinite(retryAfterMs) ? Math.max(retryAfterMs, 0) : 0;
  return Math.round(Math.min(asked, longestAskedMs) * (1 + 0.1 * random));
}
