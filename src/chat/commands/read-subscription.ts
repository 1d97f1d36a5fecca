import { formatDigestFilters, parseDigestFilters } from '../../briefing/digest-filter.ts';
import type { SlotSchedule } from '../../domain/subscription.ts';
import { parseWhen } from '../../schedule/when/parse-when.ts';
import { parseZone } from '../../schedule/when/zones.ts';
import type { SearchIndex } from '../../search/types.ts';
import { checkFilters } from '../check-filters.ts';
import type { ChosenZone } from '../subscriptions.ts';

export type ScheduleReading =
  | {
      readonly kind: 'ok';
      readonly schedule: SlotSchedule;
      /** Whose zone it is, where the text names none. */
      readonly zoneFrom?: ChosenZone['from'];
    }
  | { readonly kind: 'bad'; readonly problem: string };

const defaultWhen = 'daily 08:00';

/** Reads a schedule with its zone, and nothing else; a zone alone is the usual schedule there. */
export function readSchedule(
  text: string,
  chosen: ChosenZone,
  minIntervalMinutes: number,
  usual = defaultWhen,
): ScheduleReading {
  const alone = text === '' ? undefined : parseZone(text);
  if (alone?.ok === true) return readSchedule(usual, { ...chosen, zone: alone.zone }, minIntervalMinutes);
  const read = parseWhen(text === '' ? usual : text, { zone: chosen.zone, minIntervalMinutes });
  if (read.kind === 'bad') return read;
  if (read.rest !== '') return { kind: 'bad', problem: unreadText(read.rest) };
  return { kind: 'ok', schedule: read.schedule, ...(read.namesZone ? {} : { zoneFrom: chosen.from }) };
}

function unreadText(rest: string): string {
  const zone = parseZone(rest);
  const near = zone.ok ? undefined : / Did you mean [^?]{0,300}\?/.exec(zone.problem)?.[0];
  const shown = rest.slice(0, 60);
  return `“${shown}” is no time zone, no filter and no choice that is known.${near ?? ''} Behind the schedule stand a time zone (Europe/Berlin), filters (sector:telecom actor:APT39 -source:x), thread or message, silent or line.`;
}

export type FiltersReading =
  | { readonly kind: 'ok'; readonly filters: string; readonly notes: readonly string[] }
  | { readonly kind: 'bad'; readonly problem: string }
  /** An actor's name that several carry: each as a filter of its own, to choose from. */
  | { readonly kind: 'choice'; readonly name: string; readonly choices: readonly FilterChoice[] };

export interface FilterChoice {
  readonly name: string;
  /** All filters, with this one meant. */
  readonly filters: string;
}

const maxChoices = 8;

/** Reads filters with the names that are known here; an actor's name that several carry is a choice, never a guess. */
export function readFilters(
  text: string,
  index: SearchIndex,
  sources: Iterable<{ readonly name: string; readonly title: string }>,
): FiltersReading {
  const read = parseDigestFilters(text, index);
  if (read.kind === 'bad') return read;
  const parsed = checkFilters(read.filters, sources);
  if (parsed.kind === 'bad') return parsed;
  for (const [position, filter] of parsed.filters.entries()) {
    if (filter.key !== 'actor') continue;
    const found = index.lookup(filter.text, ['intrusion-set']);
    if (found.kind !== 'ambiguous') continue;
    const owners = found.matches.filter(({ entity }) => entity.type === 'intrusion-set');
    if (owners.length < 2) continue;
    const choices = owners.slice(0, maxChoices).map(({ entity }): FilterChoice => {
      const id = entity.externalIds[0];
      // A main name that another carries too would be asked about again.
      const isSure = index.lookup(entity.name, ['intrusion-set']).kind === 'found';
      const meant = { ...filter, text: isSure ? entity.name : (id ?? entity.name) };
      return {
        name: id === undefined ? entity.name : `${entity.name} (${id})`,
        filters: formatDigestFilters(parsed.filters.with(position, meant)),
      };
    });
    return { kind: 'choice', name: filter.text, choices };
  }
  return {
    kind: 'ok',
    filters: formatDigestFilters(parsed.filters),
    notes: [...(read.notes ?? []), ...parsed.notes],
  };
}
