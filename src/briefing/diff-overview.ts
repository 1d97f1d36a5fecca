import type { Card, Item, Section } from '../cards/card.ts';
import { clearDay, clearText } from '../cards/clear-text.ts';
import { type EntityType, entityTypeLabels } from '../domain/entity-type.ts';
import { isAllowed } from '../domain/tlp.ts';
import type { Knowledge, Withheld } from '../knowledge/types.ts';
import type { ChangeKind, StoredChange } from '../store/types.ts';
import { createCiteBook } from './cites.ts';
import { take } from './composer.ts';
import { citeChanges, type DiffInput, diffQuestion, windowWords } from './diff.ts';
import { withheldOf } from './diff-changes.ts';
import { type DiffGroup, dayAt, groupDiff } from './diff-lines.ts';
import { readChangePointer } from './diff-pointers.ts';
import { type EntityChanges, groupChanges } from './digest-changes.ts';
import { questionActions } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { bold, counted, formatCount, plain, shorten, stated } from './text.ts';

/** What one source changed within a window. */
export interface SourceDiff {
  readonly source: string;
  readonly title: string;
  /** ISO days of the imports, the newest first. */
  readonly days: readonly string[];
  /** How many changes of each kind; new entities by type. */
  readonly kinds: Readonly<Partial<Record<ChangeKind, number>>>;
  readonly newEntities: Readonly<Partial<Record<EntityType, number>>>;
  /** Whom it changed: actors first, then what changed most. */
  readonly entities: readonly EntityChanges[];
  /** What it had and is known no longer, by name. */
  readonly gone: readonly string[];
  readonly changes: readonly StoredChange[];
}

/** Everything that changed within a window, by source, the one that touched most actors first. */
export interface OverallDiff {
  readonly window: DiffInput['window'];
  readonly sources: readonly SourceDiff[];
  readonly unrecorded: ReadonlyMap<string, number>;
  readonly withheld: Withheld;
}

export function diffAll(input: DiffInput): OverallDiff {
  const { knowledge, ceiling, window, firstImports } = input;
  const allowed = input.changes.filter(
    (change) =>
      isAllowed(change.marking, ceiling) &&
      // A source of which the audience may see nothing has no name here.
      (change.kind !== 'source-new' || knowledge.sources.has(change.source)),
  );
  const hidden = input.changes.filter((change) => !isAllowed(change.marking, ceiling));
  const bySource = Map.groupBy(allowed, ({ source }) => source);
  const sources = [...bySource].map(([source, changes]) => sourceDiff(source, changes, knowledge));
  const unrecorded = [...firstImports].filter(
    ([source, at]) => at > window.from && knowledge.sources.has(source),
  );
  return {
    window,
    sources: sources.sort(
      (a, b) =>
        actorsOf(b) - actorsOf(a) || b.changes.length - a.changes.length || (a.source < b.source ? -1 : 1),
    ),
    unrecorded: new Map(unrecorded.sort(([a], [b]) => (a < b ? -1 : 1))),
    withheld: withheldOf(hidden),
  };
}

function actorsOf({ entities }: SourceDiff): number {
  return entities.filter(({ entity }) => entity.type === 'intrusion-set').length;
}

function sourceDiff(source: string, changes: readonly StoredChange[], knowledge: Knowledge): SourceDiff {
  const kinds: Partial<Record<ChangeKind, number>> = {};
  const newEntities: Partial<Record<EntityType, number>> = {};
  for (const change of changes) {
    kinds[change.kind] = (kinds[change.kind] ?? 0) + 1;
    if (change.kind !== 'entity-new' && change.kind !== 'report-new') continue;
    const type = typeOf(change);
    if (type !== undefined) newEntities[type] = (newEntities[type] ?? 0) + 1;
  }
  const weight = ({ entity, changes: list }: EntityChanges): number =>
    (entity.type === 'intrusion-set' ? 1_000_000 : 0) + list.length;
  return {
    source,
    title: knowledge.sources.get(source)?.title ?? source,
    days: [...new Set(changes.map(({ at }) => dayAt(at)))].sort().reverse(),
    kinds,
    newEntities,
    entities: groupChanges(changes, knowledge).byEntity.toSorted((a, b) => weight(b) - weight(a)),
    gone: goneNames(changes, knowledge),
    changes,
  };
}

function typeOf(change: StoredChange): EntityType | undefined {
  const { type } = readChangePointer(change.detail['entity']);
  return typeNames.find((one) => one === type);
}

const typeNames = Object.keys(entityTypeLabels) as readonly EntityType[];

const shownSources = 6;
const shownEntities = 6;

/** The card of `diffAll`: a list for each source with its counts and whom it changed most. */
export function overallCard(diff: OverallDiff, input: DiffInput): Card {
  const { knowledge, now } = input;
  const cites = createCiteBook(knowledge);
  const composer = { whole: input.everything };
  const { shown, hidden } = take(composer, diff.sources, shownSources);
  const sections = shown.map((source, index): Section => {
    const { shown: first } = take(composer, source.entities, shownEntities);
    const items: Item[] = first.map(({ entity, changes }) => ({
      text: [
        bold(labelOf(entity)),
        stated(`: ${summaryOf({ entity, changes }, knowledge)}`, citeChanges(changes, cites)),
      ],
      action: {
        type: 'command',
        label: 'Changes',
        value: { verb: 'ask', question: diffQuestion(diff.window, now, entity.id) },
      },
    }));
    const gone = take(composer, source.gone, shownGone);
    const names = gone.shown.map((name) => shorten(name, 80)).join(', ');
    const more = gone.hidden === 0 ? '' : ` and ${formatCount(gone.hidden)} more`;
    const heads = [countsOf(source), ...(names === '' ? [] : [`known no longer: ${names}${more}`])].map(
      (text): Item => ({ text: [plain(text)] }),
    );
    return {
      type: 'list',
      id: `source-${index + 1}`,
      heading: `${source.title}, ${source.days.join(', ')}`,
      rank: index === 0 ? 1 : 2,
      items: [...heads, ...items],
      ...(first.length < source.entities.length ? { total: source.entities.length + heads.length } : {}),
    };
  });
  const rest = diff.sources.slice(shown.length);
  return finishCard(
    {
      title: 'What changed',
      subtitle: [plain(windowWords(diff.window, now))],
      sections: [
        noteSection(diff),
        ...sections,
        hidden === 0
          ? undefined
          : {
              type: 'list',
              id: 'other-sources',
              heading: 'Other sources',
              rank: 3,
              items: rest.map((source) => ({ text: [plain(`${source.title}: ${countsOf(source)}`)] })),
            },
      ],
      actions: questionActions(diffQuestion(diff.window, now)),
      withheld: diff.withheld,
      notice: clearText`What changed since ${clearDay(diff.window.from)}.`,
    },
    knowledge,
    now,
    cites,
  );
}

function noteSection({ sources, window, unrecorded }: OverallDiff): Section {
  const count = sources.reduce((sum, { changes }) => sum + changes.length, 0);
  const text =
    count === 0
      ? `No import since ${dayAt(window.from)} changed anything.`
      : `Learned from imports: ${counted(count, 'change')} from ${counted(sources.length, 'source')}. A day is that of the import, not of the statement.`;
  const times = [...unrecorded.values()];
  const gap =
    times.length === 0
      ? []
      : [
          [
            plain(
              `Imports are not recorded as far back as ${dayAt(window.from)}: of ${counted(times.length, 'source')} the first is of ${dayAt(Math.min(...times))} or later. What changed before is not known here; ask about one actor for what its sources have dated since then.`,
            ),
          ],
        ];
  return { type: 'text', id: 'note', rank: 0, paragraphs: [[plain(text)], ...gap] };
}

/** `3 new actors, 12 new malware, 40 statements added, 5 withdrawn`. */
function countsOf({ newEntities, kinds }: SourceDiff): string {
  const entities = Object.entries(newEntities).map(([type, count]) => {
    const label = entityTypeLabels[type as EntityType];
    return `${formatCount(count)} new ${(count === 1 ? label.one : label.many).toLowerCase()}`;
  });
  const others = kindWords.flatMap(([kind, one, many]) => {
    const count = kinds[kind] ?? 0;
    return count === 0 ? [] : [counted(count, one, many)];
  });
  return [...entities, ...others].join(', ') || 'a new source without anything to show';
}

const kindWords: readonly (readonly [ChangeKind, string, string])[] = [
  ['revoked', 'revoked or deprecated', 'revoked or deprecated'],
  ['entity-gone', 'record gone', 'records gone'],
  ['entity-back', 'record back', 'records back'],
  ['claim-added', 'statement added', 'statements added'],
  ['claim-withdrawn', 'statement withdrawn', 'statements withdrawn'],
  ['report-changed', 'report changed', 'reports changed'],
];

/** Names of what a source had and nothing here is known as any longer: no line of an entity can tell of them. */
function goneNames(changes: readonly StoredChange[], knowledge: Knowledge): readonly string[] {
  const names = changes.flatMap(({ kind, detail, title }) => {
    if (kind !== 'entity-gone') return [];
    const { ids, name } = readChangePointer(detail['entity']);
    return ids.some((id) => knowledge.entity(id) !== undefined) ? [] : [name ?? title];
  });
  return [...new Set(names)].sort();
}

const shownGone = 12;
const maxSummaryChars = 160;

/** The first changes of an entity in words, the rest counted. */
function summaryOf({ entity, changes }: EntityChanges, knowledge: Knowledge): string {
  const groups: readonly DiffGroup[] = groupDiff(
    entity,
    changes.map((change) => ({ change, role: entity.type === 'report' ? 'report' : 'own' })),
    knowledge,
  );
  const lines = groups.flatMap((group) => group.lines);
  const first = lines.slice(0, 2).map(({ words }) => shorten(words, maxSummaryChars / 2));
  const more = lines.length > 2 ? [`+${lines.length - 2} more`] : [];
  return [...first, ...more].join('; ');
}
