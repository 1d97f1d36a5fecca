import type { FormOption } from '../../cards/form.ts';
import { zoneClock } from '../../schedule/when/local-time.ts';
import { modernNames } from '../../schedule/when/zone-names.ts';
import { knownZone, parseZone } from '../../schedule/when/zones.ts';
import type { CommandContext } from '../commands/types.ts';
import { optionOf } from './form-values.ts';

const usual = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
];

/** Time zones that fit what is typed, the person's own and the workspace's first; each with what its clocks show. */
export async function zoneOptions(
  text: string,
  limit: number,
  { subscriptions, asker, place, settings }: CommandContext,
  now: Date,
): Promise<readonly FormOption[]> {
  const chosen = await subscriptions?.zoneFor(asker, place.workspace);
  const { zone: workspaceZone } = await settings.of(place.workspace);
  const first = [chosen?.zone, workspaceZone].filter((zone) => zone !== undefined);
  const typed = text.slice(0, 100).trim().toLowerCase().replace(/\s+/g, '_');
  const named = typed === '' ? undefined : parseZone(text.slice(0, 100));
  const offered =
    typed === ''
      ? [...first, ...usual]
      : [...(named?.ok === true ? [named.zone] : []), ...fitting([...first, ...zoneNames()], typed)];
  return [...new Set(offered)].slice(0, limit).flatMap((zone) => zoneOption(zone, now) ?? []);
}

/** `Europe/Berlin (now 23:00)`; undefined for what is no zone. */
export function zoneOption(text: string, now: Date): FormOption | undefined {
  const zone = knownZone(text);
  if (zone === undefined) return undefined;
  const time = new Date(zoneClock(zone).wallAt(now.getTime())).toISOString().slice(11, 16);
  return optionOf(zone, `${zone} (now ${time})`);
}

/** Cities that begin so, then regions that do, then what has it anywhere. */
function fitting(zones: readonly string[], typed: string): readonly string[] {
  const rankOf = (zone: string): number => {
    const lower = zone.toLowerCase();
    if (lower.slice(lower.lastIndexOf('/') + 1).startsWith(typed)) return 0;
    return lower.startsWith(typed) ? 1 : lower.includes(typed) ? 2 : 3;
  };
  return zones
    .map((zone) => ({ zone, rank: rankOf(zone) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ zone }) => zone);
}

let names: readonly string[] | undefined;

function zoneNames(): readonly string[] {
  names ??= ['UTC', ...Intl.supportedValuesOf('timeZone').map((zone) => modernNames.get(zone) ?? zone)];
  return names;
}
