import type { Card, Item, Section } from '../cards/card.ts';
import { clearDay, clearText } from '../cards/clear-text.ts';
import { type Tlp, tlpLabel } from '../domain/tlp.ts';
import type { Entity, Knowledge, Withheld } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { type CiteBook, createCiteBook } from './cites.ts';
import { take } from './composer.ts';
import { changesOf } from './diff-changes.ts';
import { type DiffGroup, type DiffLine, dayAt, groupDiff } from './diff-lines.ts';
import { type StatedGroup, type StatedLine, statedWithin } from './diff-stated.ts';
import type { Span } from './diff-time.ts';
import { detailText } from './digest-changes.ts';
import { questionActions } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { clearName } from './names.ts';
import { counted, plain, shorten, stated } from './text.ts';

export interface DiffInput {
  /** All changes of the window, oldest first. */
  readonly changes: readonly StoredChange[];
  readonly knowledge: Knowledge;
  /** Everything there is: what the ceiling hides is counted in it, and nothing else is told of it. */
  readonly whole: Knowledge;
  readonly ceiling: Tlp;
  readonly window: Span;
  /** Epoch milliseconds of the first import of each source: how far back its changes are recorded. */
  readonly firstImports: ReadonlyMap<string, number>;
  readonly now: Date;
  /** True: nothing is left out, for paging. */
  readonly everything: boolean;
}

/** What changed about one entity, by when it was learned and, where that is not recorded, by when it was stated. */
export interface EntityDiff {
  readonly entity: Entity;
  readonly window: Span;
  readonly learned: readonly DiffGroup[];
  /** Sources that speak of the entity and were first imported after the window began, with that time. */
  readonly unrecorded: ReadonlyMap<string, number>;
  /** Of those sources; empty where imports are recorded for the whole window. */
  readonly stated: readonly StatedGroup[];
  readonly withheld: Withheld;
}

/**
 * Finds what changed about an entity within a window. "Changed" means that an import brought it or took it away; the
 * publishers' own dates step in only for sources whose imports do not reach back to the window's beginning.
 */
export function diffEntity(entity: Entity, input: DiffInput): EntityDiff {
  const { knowledge, window, firstImports } = input;
  const { changes, withheld } = changesOf(entity, input.changes, knowledge, input.whole, input.ceiling);
  const speaking = new Set(entity.records.map(({ source }) => source));
  for (const { provenance } of knowledge.claims(entity.id)) speaking.add(provenance.source);
  const unrecorded = new Map(
    [...speaking].sort().flatMap((source): [string, number][] => {
      const first = firstImports.get(source);
      return first === undefined || first <= window.from ? [] : [[source, first]];
    }),
  );
  return {
    entity,
    window,
    learned: groupDiff(entity, changes, knowledge),
    unrecorded,
    stated: statedWithin(entity, window, new Set(unrecorded.keys()), knowledge),
    withheld,
  };
}

const shownGroups = 6;
const shownLines = 8;

/** The card of `diffEntity`: a list for each day and source, long ones shortened and counted. */
export function diffCard(diff: EntityDiff, input: DiffInput): Card {
  const { entity, window } = diff;
  const { knowledge, now } = input;
  const cites = createCiteBook(knowledge);
  const composer: GroupComposer = { knowledge, cites, whole: input.everything };
  const name = clearName(entity, knowledge) ?? clearText`an actor`;
  return finishCard(
    {
      title: `What changed about ${entity.name}`,
      subtitle: [plain(windowWords(window, now))],
      sections: [
        learnedNote(diff),
        ...groupSections('learned', diff.learned, composer),
        unrecordedNote(diff, knowledge),
        ...groupSections('stated', diff.stated, composer),
      ],
      actions: questionActions(diffQuestion(window, now, entity.id)),
      withheld: diff.withheld,
      notice: clearText`What changed about ${name} since ${clearDay(window.from)}.`,
    },
    knowledge,
    now,
    cites,
  );
}

/** The question that gives the same diff again, with fixed times. */
export function diffQuestion({ from, to }: Span, now: Date, id?: string): string {
  const until = to > now.getTime() ? '' : ` until ${new Date(to - 1).toISOString()}`;
  return `diff ${id === undefined ? '' : `${id} `}since ${new Date(from).toISOString()}${until}`;
}

/** `since 2025-01-01, until 2025-03-31`: days, inclusive. */
export function windowWords({ from, to }: Span, now: Date): string {
  const until = to > now.getTime() ? '' : `, until ${dayAt(to - 1)}`;
  return `since ${dayAt(from)}${until} (UTC)`;
}

function learnedNote({ entity, learned, window }: EntityDiff): Section {
  const count = learned.reduce((sum, { lines }) => sum + lines.length, 0);
  const days = new Set(learned.map(({ day }) => day)).size;
  const sources = new Set(learned.map(({ source }) => source)).size;
  const text =
    count === 0
      ? `No import since ${dayAt(window.from)} brought or took away anything about ${entity.name}.`
      : `Learned from imports: ${counted(count, 'change')} from ${counted(sources, 'source')} on ${counted(days, 'day')}. A day is that of the import, not of the statement.`;
  return { type: 'text', id: 'learned', rank: 0, paragraphs: [[plain(text)]] };
}

/** Says for which sources nothing is recorded of the window's beginning, and what stands in for it. */
function unrecordedNote(
  { unrecorded, stated: dated, window }: EntityDiff,
  knowledge: Knowledge,
): Section | undefined {
  if (unrecorded.size === 0) return undefined;
  const names = [...unrecorded].map(
    ([source, at]) => `${knowledge.sources.get(source)?.title ?? source} (${dayAt(at)})`,
  );
  const shown = names.slice(0, 4).join(', ');
  const more = names.length > 4 ? ` and ${names.length - 4} more` : '';
  const gap = `Imports are not recorded as far back as ${dayAt(window.from)}: first imported were ${shown}${more}. What these changed before is not known here.`;
  const instead =
    dated.length === 0
      ? 'None of their statements is dated within that time.'
      : 'Instead, what they have dated since then. A publisher’s date is that of the last edit: a statement may be older.';
  return { type: 'text', id: 'history', rank: 0, paragraphs: [[plain(gap)], [plain(instead)]] };
}

interface GroupComposer {
  readonly knowledge: Knowledge;
  readonly cites: CiteBook;
  readonly whole: boolean;
}

function groupSections(
  id: 'learned' | 'stated',
  groups: readonly (DiffGroup | StatedGroup)[],
  composer: GroupComposer,
): readonly (Section | undefined)[] {
  const { shown, hidden } = take(composer, groups, shownGroups);
  const rank = id === 'learned' ? 1 : 3;
  const sections = shown.map((group, index): Section => {
    const lines: readonly Line[] = group.lines;
    const { shown: first, total } = take(composer, lines, shownLines);
    const title = composer.knowledge.sources.get(group.source)?.title ?? group.source;
    return {
      type: 'list',
      id: `${id}-${index + 1}`,
      heading: `${id === 'learned' ? 'Learned' : 'Stated'} ${group.day}: ${title}`,
      rank,
      items: first.map((line) => lineItem(line, composer)),
      ...total,
    };
  });
  if (hidden === 0) return sections;
  const rest = groups.slice(shown.length);
  const items = rest.slice(0, shownLines).map((group): Item => {
    const title = composer.knowledge.sources.get(group.source)?.title ?? group.source;
    return {
      text: [
        plain(
          `${group.day} ${title}: ${counted(group.lines.length, id === 'learned' ? 'change' : 'statement')}`,
        ),
      ],
    };
  });
  return [
    ...sections,
    {
      type: 'list',
      id: `${id}-before`,
      heading: 'Before that',
      rank,
      items,
      ...(items.length < rest.length ? { total: rest.length } : {}),
    },
  ];
}

type Line = DiffLine | StatedLine;

const maxLineChars = 200;

function lineItem(line: Line, { cites }: GroupComposer): Item {
  const numbers = 'claims' in line ? cites.cite(line.claims) : citeChanges(line.changes, cites);
  const text = stated(shorten(line.words, maxLineChars), numbers, line.reference);
  return { text: line.marking === 'clear' ? [text] : [text, plain(` (${tlpLabel(line.marking)})`)] };
}

/** Each change is cited as a statement of its source on the day of its import. */
export function citeChanges(changes: readonly StoredChange[], cites: CiteBook): readonly number[] {
  const numbers = changes.map((change) => {
    const reference = detailText(change, 'reference');
    return cites.citeProvenance({
      source: change.source,
      record: change.recordId,
      date: new Date(change.at).toISOString(),
      marking: change.marking,
      confidence: null,
      ...(reference === undefined ? {} : { reference }),
    });
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}
