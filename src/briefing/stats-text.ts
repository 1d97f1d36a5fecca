import { tlpLabel } from '../domain/tlp.ts';
import type { Stats } from './stats.ts';
import { counted, formatCount } from './text.ts';

const shownNames = 20;

/** The numbers as lines for a terminal: a heading for each block, one count a line. */
export function renderStats(stats: Stats): string {
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    ['Entities', [...lines(stats.entities), row('only named by others', stats.mentionedOnly)]],
    [
      `Records: ${formatCount(stats.records)} of ${counted(stats.sources.length, 'source')}`,
      stats.sources.map(({ source, version, records, marking }) =>
        row(`${source}${version === null ? '' : ` ${version}`}, ${tlpLabel(marking)}`, records),
      ),
    ],
    ['Statements by predicate', lines(stats.claims)],
    ['Statements by marking', lines(stats.claimsByMarking, (key) => `TLP:${key.toUpperCase()}`)],
    ['Joins by rule', lines(stats.joins)],
    ['Joins refused, by rule', lines(stats.refusals)],
    ['Entities shown as overlapping', [row('pairs', stats.overlaps)]],
    ['Disagreements', lines(stats.disagreements)],
    ['Operator decisions', lines(stats.decisions)],
    ['Names found in reports', [row('mentions', stats.spotted)]],
    [
      `Names of several actors: ${formatCount(stats.sharedNames.total)}`,
      shortened(
        stats.sharedNames.names.map(({ name, owners }) => `  ${name}: ${owners.join(', ')}`),
        shownNames,
      ),
    ],
    [
      `Pointers that lead nowhere: ${formatCount(stats.unresolved.pointers)} by ${counted(stats.unresolved.texts, 'text')}`,
      [
        row('by a uuid of no imported entry', stats.unresolved.byUuid.pointers),
        ...stats.unresolved.top.map(({ text, count }) => row(text, count)),
      ],
    ],
    [
      `Names in tags that several carry: ${formatCount(stats.ambiguous.length)}`,
      stats.ambiguous.map(
        ({ text, count, candidates }) =>
          `${row(text, count)}  ${candidates.map(({ name }) => name).join(' or ')}`,
      ),
    ],
  ];
  return blocks.map(([heading, body]) => [heading, ...body].join('\n')).join('\n\n');
}

function lines(
  counts: Readonly<Record<string, number>>,
  label = (key: string): string => key,
): readonly string[] {
  return Object.entries(counts).map(([key, count]) => row(label(key), count));
}

const labelWidth = 44;

function row(label: string, count: number): string {
  return `  ${label.slice(0, labelWidth).padEnd(labelWidth)} ${formatCount(count).padStart(9)}`;
}

function shortened(all: readonly string[], limit: number): readonly string[] {
  return all.length <= limit
    ? all
    : [...all.slice(0, limit), `  and ${formatCount(all.length - limit)} more: --json has all of them`];
}
