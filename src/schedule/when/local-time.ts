/** What the clocks of a zone show at a time. */
export interface ZoneClock {
  /** As the epoch milliseconds at which clocks in UTC show the same, to the second. */
  wallAt(atMs: number): number;
}

/** The clocks of an IANA zone. Throws for a zone that is not known. */
export function zoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return {
    wallAt: (atMs) => {
      const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
      const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
      const date = [part('year'), part('month') - 1, part('day')] as const;
      return Date.UTC(...date, part('hour'), part('minute'), part('second'));
    },
  };
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/**
 * When the clocks show a wall time: the first of two such moments when they are put back. For a time that they leave
 * out the first moment behind the gap; where that is the next day already, the last minute before the gap; undefined
 * when the whole day is left out.
 */
export function instantOf(wall: number, clock: ZoneClock): number | undefined {
  const offsetAt = (atMs: number): number => clock.wallAt(atMs) - atMs;
  const before = wall - offsetAt(wall - dayMs);
  const after = wall - offsetAt(wall + dayMs);
  const moments = [before, after].filter((atMs) => clock.wallAt(atMs) === wall);
  if (moments.length > 0) return Math.min(...moments);
  const change = changeBetween(Math.min(before, after), Math.max(before, after), offsetAt);
  return [change, change - minuteMs].find((atMs) => dayOf(clock.wallAt(atMs)) === dayOf(wall));
}

/** The first moment, to the second, with the offset that holds at the end. */
function changeBetween(startMs: number, endMs: number, offsetAt: (atMs: number) => number): number {
  const offset = offsetAt(endMs);
  let [low, high] = [startMs, endMs];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (offsetAt(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

function dayOf(wall: number): number {
  return Math.floor(wall / dayMs);
}
