import { parseWindow, type Span } from '../../briefing/diff-time.ts';
import { instantOf, zoneClock } from '../../schedule/when/local-time.ts';
import { messageCard, usageCard } from '../message-cards.ts';
import { zoneOf } from '../reader-zone.ts';
import { textSection } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { type Command, defineCommand } from './types.ts';
import { namedReply } from './with-names.ts';

interface HandoverInput {
  readonly since: string;
  readonly until?: string;
}

const defaultSince = '12h';
const dayMs = 86_400_000;
const maxDays = 31;

export const handoverCommand: Command = defineCommand<HandoverInput>({
  name: 'handover',
  summary: 'What the team looked up and shared in a shift, what changed about it, which digests came.',
  usage: 'handover [12h | since 18:00 | since DATE [until DATE]]',
  examples: ['handover', 'handover 8h', 'handover since 18:00', 'handover since yesterday'],
  parse: (rest) => {
    const text = rest.replace(/\s+/g, ' ').trim();
    const parts = /^(?:since |for |of )?(.*?)(?: until (.*))?$/is.exec(text);
    const since = parts?.[1] === undefined || parts[1] === '' ? defaultSince : parts[1];
    const until = parts?.[2];
    return { kind: 'ok', input: { since, ...(until === undefined ? {} : { until }) } };
  },
  run: async (input, context) => {
    const { handovers, place, person, whole, desk } = context;
    const { now } = await desk.contextAt(place.ceiling);
    if (handovers === undefined) return told('What the team looks up is not kept here.', now);
    const zone = await zoneOf(context);
    const window = readWindow(input, now, zone);
    if (typeof window === 'string') {
      return { card: usageCard(handoverCommand, window, now), audience: 'asker' };
    }
    const { card, named } = await handovers.handover({ window, zone, place, person, whole, desk });
    return namedReply(card, named, context);
  },
});

function told(text: string, now: Date): Reply {
  return { card: messageCard('Handover', [textSection('what', text)], now), audience: 'asker' };
}

/** The window, or what is wrong with it. */
function readWindow({ since, until }: HandoverInput, now: Date, zone: string): Span | string {
  const timed = clockTime(since, now, zone) ?? since;
  const ended = until === undefined ? undefined : (clockTime(until, now, zone) ?? until);
  const parsed = parseWindow(timed, ended, now);
  if (parsed.kind === 'bad') return parsed.problem;
  const { window } = parsed;
  return window.to - window.from > maxDays * dayMs
    ? `A handover reaches back at most ${maxDays} days; "diff since DATE" reaches further.`
    : window;
}

/** `18:00` as the last moment at which the clocks of the zone showed it, in ISO 8601. */
function clockTime(text: string, now: Date, zone: string): string | undefined {
  const match = /^(?:at )?(\d{1,2})[:.h](\d{2})(?: ?(?:o'clock|uhr))?$/i.exec(text.trim());
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || hour > 23 || minute > 59) return undefined;
  const clock = zoneClock(zone);
  const today = Math.floor(clock.wallAt(now.getTime()) / dayMs) * dayMs;
  for (const day of [today, today - dayMs, today - 2 * dayMs]) {
    const at = instantOf(day + (hour * 60 + minute) * 60_000, clock);
    if (at !== undefined && at <= now.getTime()) return new Date(at).toISOString();
  }
  return undefined;
}
