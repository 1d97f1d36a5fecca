import type { Entity, Knowledge } from '../knowledge/types.ts';
import { oldReportDay } from './digest-age.ts';
import type { DigestEntry } from './digest-select.ts';
import { isNewThroughout } from './digest-statements.ts';

/**
 * What matters most first: what is watched, what concerns us, actors, those that nobody knew before, what several sources
 * tell, what is newest. Old reports that are only new here come last, unless they concern us.
 */
export function rankEntries(entries: readonly DigestEntry[], knowledge: Knowledge): readonly DigestEntry[] {
  const weighed = entries.map((entry) => ({
    entry,
    weight: weightOf(entry, knowledge),
    newest: newestOf(entry),
  }));
  return weighed
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        b.newest - a.newest ||
        a.entry.event.entity.name.localeCompare(b.entry.event.entity.name, 'en') ||
        (a.entry.event.key < b.entry.event.key ? -1 : 1),
    )
    .map(({ entry }) => entry);
}

const typeWeights: Readonly<Partial<Record<Entity['type'], number>>> = {
  report: 60,
  'intrusion-set': 60,
  vulnerability: 50,
  campaign: 40,
  malware: 20,
  tool: 20,
};

function weightOf(
  { event, section, statements, concerns, reasons }: DigestEntry,
  knowledge: Knowledge,
): number {
  const watched = concerns.some(({ kind }) => kind === 'watched') ? 1_000 : 0;
  const main = statements.filter(({ role }) => role === 'main').length;
  const named = statements.filter(
    ({ role, entity }) => role === 'named' && entity?.type !== 'attack-pattern',
  );
  const actors = named.filter(({ entity }) => entity?.type === 'intrusion-set').length;
  const sources = new Set(event.changes.map(({ source }) => source)).size;
  return (
    watched +
    100 * Math.min(concerns.length, 4) +
    10 * Math.min(reasons.length, 4) +
    (typeWeights[event.entity.type] ?? 0) +
    (main > 0 ? 30 : 0) +
    (event.entity.type === 'intrusion-set' && isNewThroughout(event) ? 20 : 0) -
    (section === 'reports' && oldReportDay(event, knowledge) !== undefined ? 80 : 0) +
    20 * Math.min(actors, 2) +
    Math.min((main + named.length) / 3, 10) +
    4 * Math.min(sources, 5)
  );
}

function newestOf({ event }: DigestEntry): number {
  return event.changes.reduce((newest, { at }) => Math.max(newest, at), 0);
}
