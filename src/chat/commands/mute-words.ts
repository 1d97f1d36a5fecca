import { parseTime } from '../../briefing/diff-time.ts';
import { type MuteKind, muteKinds } from '../../domain/subscription.ts';
import { instantOf, type ZoneClock, zoneClock } from '../../schedule/when/local-time.ts';

/** What stands behind `mute` or `unmute`. */
export interface MuteWords {
  readonly kind: MuteKind;
  /** A key, a name or an id as typed; empty: which one is asked. */
  readonly target: string;
  /** As typed behind `for` or `until`; absent: until it is lifted. */
  readonly end?: { readonly word: 'for' | 'until'; readonly text: string };
}

/** Parts `actor APT39 for 7 days`; without a kind an actor is meant. */
export function splitMute(text: string): MuteWords {
  const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const kind = muteKinds.find((one) => one === word.toLowerCase().replace(/s$/, ''));
  const body = kind === undefined ? text.trim() : rest.trim();
  const end = /^([\s\S]*?)(?:^|(?<!\s)\s+)(for|until|till)\s+(\S[\s\S]*)$/i.exec(body);
  const isForever = /^(?:ever|good|always)$/i.test(end?.[3] ?? '');
  return {
    kind: kind ?? 'actor',
    target: (end?.[1] ?? body).replace(/(?<!\s)\s+forever$/i, '').trim(),
    ...(end === null || isForever
      ? {}
      : { end: { word: end[2]?.toLowerCase() === 'for' ? 'for' : 'until', text: (end[3] ?? '').trim() } }),
  };
}

export type EndReading =
  /** Epoch milliseconds; null: until it is lifted. */
  { readonly kind: 'ok'; readonly until: number | null } | { readonly kind: 'bad'; readonly problem: string };

const dayMs = 86_400_000;
const longestMs = 10 * 365 * dayMs;
const unitMs: Readonly<Record<string, number>> = {
  h: 3_600_000,
  d: dayMs,
  w: 7 * dayMs,
  m: 30 * dayMs,
  y: 365 * dayMs,
};

/** When a mute ends: `for 7 days`, `for a week`, `until 2027-01-31` (to the end of that day, in the asker's zone). */
export function muteEnd(end: MuteWords['end'], now: Date, zone: string): EndReading {
  if (end === undefined) return { kind: 'ok', until: null };
  const until = end.word === 'for' ? stretchEnd(end.text, now) : dateEnd(end.text, now, zoneClock(zone));
  if (until === undefined) return bad(end.text);
  if (until <= now.getTime()) return { kind: 'bad', problem: `“${end.text.slice(0, 40)}” is over already.` };
  return until - now.getTime() > longestMs ? bad(end.text) : { kind: 'ok', until };
}

function bad(text: string): EndReading {
  return {
    kind: 'bad',
    problem: `“${text.slice(0, 40)}” is no end that is read. Write “for 12 hours”, “for 7 days”, “for 2 weeks” or “until 2027-01-31”; without one it holds until it is lifted.`,
  };
}

function stretchEnd(text: string, now: Date): number | undefined {
  const match = /^(?:(\d{1,4})\s*|an?\s+|one\s+)(h|hours?|d|days?|w|weeks?|months?|years?)$/i.exec(text);
  const unit = unitMs[match?.[2]?.[0]?.toLowerCase() ?? ''];
  if (match === null || unit === undefined) return undefined;
  const count = Number(match[1] ?? 1);
  return count < 1 ? undefined : now.getTime() + count * unit;
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Days begin at midnight as the asker's clocks show it. */
function dateEnd(text: string, now: Date, clock: ZoneClock): number | undefined {
  const lower = text.toLowerCase();
  const wall = clock.wallAt(now.getTime());
  const today = Math.floor(wall / dayMs) * dayMs;
  if (lower === 'tomorrow') return instantOf(today + dayMs, clock);
  const weekday = weekdays.findIndex((day) => lower.length >= 3 && day.startsWith(lower));
  // Until Monday: it is told on Monday again.
  if (weekday >= 0)
    return instantOf(today + (((weekday - new Date(wall).getUTCDay() + 6) % 7) + 1) * dayMs, clock);
  if (!/^\d{4}/.test(lower)) return undefined;
  const read = parseTime(lower, now);
  if (read.kind === 'bad') return undefined;
  const namesZone = /\d(?:z|[+-]\d{2}:?\d{2})$/.test(lower) && /\d[t ]\d/.test(lower);
  return namesZone ? read.span.to : instantOf(read.span.to, clock);
}
