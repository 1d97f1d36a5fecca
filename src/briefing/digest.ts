import type { Action, Card, Section } from '../cards/card.ts';
import { clearDay, clearText } from '../cards/clear-text.ts';
import { isAllowed, type Tlp } from '../domain/tlp.ts';
import type { Knowledge, Withheld } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { createCiteBook } from './cites.ts';
import { type EntityChanges, groupChanges } from './digest-changes.ts';
import { type DigestFilter, formatDigestFilters } from './digest-filter.ts';
import { shownFilters } from './digest-filter-shown.ts';
import {
  actorItem,
  type DigestComposer,
  type DigestItem,
  profileItem,
  reportItem,
  restText,
  sourceItem,
} from './digest-items.ts';
import { type DigestKind, whyMatched } from './digest-match.ts';
import { passesSources } from './digest-select.ts';
import { withheldFilters, withheldOf } from './digest-withheld.ts';
import { askAction, questionActions } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { counted, dayOf, plain } from './text.ts';

export interface DigestInput {
  /** All changes of the window, oldest first. */
  readonly changes: readonly StoredChange[];
  readonly knowledge: Knowledge;
  /** The strictest marking that the place may see; absent: the knowledge's own ceiling. */
  readonly ceiling?: Tlp;
  /** Epoch milliseconds, `from <= at < to`. */
  readonly window: { readonly from: number; readonly to: number };
  readonly filters: readonly DigestFilter[];
  readonly now: Date;
  /** True: nothing is left out, for paging. */
  readonly whole?: boolean;
}

const limits = { report: 5, profile: 5, actor: 5, source: 3 } as const;
const headings: Readonly<Record<DigestKind, string>> = {
  report: 'New and changed reports',
  profile: 'Changed profiles',
  actor: 'New actors',
  source: 'New sources',
};

/**
 * What changed in a window, for these filters: reports with their actors, changed profiles with what changed, new
 * actors, new sources, and the rest counted. News of several sources on one entity is one item. A change above the
 * ceiling is only counted. An empty window says so.
 */
export function composeDigest(input: DigestInput): Card {
  const { knowledge, window, filters, now } = input;
  const whole = input.whole === true;
  const ceiling = input.ceiling ?? knowledge.ceiling;
  const wanted = input.changes.filter(({ source }) => passesSources(source, filters));
  const allowed = wanted.filter((change) => isAllowed(change.marking, ceiling));
  const cites = createCiteBook(knowledge);
  const composer: DigestComposer = { knowledge, cites };
  const items = digestItems(allowed, filters, composer);
  const sections = (['report', 'profile', 'actor', 'source'] as const).map((kind) =>
    listSection(kind, items, composer, whole),
  );
  const isEmpty = items.length === 0;
  // Of what the place may see alone, so that the hint tells nothing of what is withheld.
  const isAnyTold = input.changes.some(({ marking }) => isAllowed(marking, ceiling));
  const days = Math.max(1, Math.round((window.to - window.from) / 86_400_000));
  const written = formatDigestFilters(filters);
  cites.noteMarking(shownFilters(filters, knowledge).marking);
  const from = dayOf(new Date(window.from).toISOString());
  return finishCard(
    {
      title: 'Digest',
      subtitle: [plain(`${counted(days, 'day')} since ${from}${written === '' ? '' : ` · ${written}`}`)],
      sections: isEmpty ? nothingSections(from, written, !isAnyTold) : [...sections, restSection(items)],
      actions: isEmpty
        ? emptyActions(days, written, isAnyTold)
        : questionActions(`digest ${days}${written === '' ? '' : ` ${written}`}`),
      withheld: hiddenIn(input, ceiling),
      notice: clearText`What changed since ${clearDay(window.from)}.`,
    },
    knowledge,
    now,
    cites,
  );
}

function hiddenIn({ changes, filters, knowledge }: DigestInput, ceiling: Tlp): Withheld {
  const narrowing = withheldFilters(filters, knowledge);
  const hidden = changes.filter(
    (change) => !isAllowed(change.marking, ceiling) && passesSources(change.source, narrowing),
  );
  const records = new Set(hidden.map(({ source, recordId }) => `${source}\n${recordId}`));
  return withheldOf(
    records.size,
    hidden.map(({ marking }) => marking),
  );
}

function digestItems(
  changes: readonly StoredChange[],
  filters: readonly DigestFilter[],
  { knowledge }: DigestComposer,
): readonly DigestItem[] {
  const { byEntity, newSources, others } = groupChanges(changes, knowledge);
  const items: DigestItem[] = [];
  for (const group of byEntity) {
    const kind = kindOf(group);
    const why = whyMatched(group.entity, kind ?? 'profile', filters, knowledge);
    if (why === undefined) continue;
    items.push(kind === undefined ? { kind: 'rest', ...group } : { kind, why, ...group });
  }
  // Nothing is known of these that a filter on content could look at.
  const isNarrowed = filters.some(({ key, exclude }) => !exclude && key !== 'source' && key !== 'kind');
  if (!isNarrowed && others.length > 0) items.push({ kind: 'rest', entity: undefined, changes: others });
  if (!isNarrowed && isKindWanted('source', filters)) {
    // A source of which the audience may see nothing has no name here.
    const known = newSources.filter(({ source }) => knowledge.sources.has(source));
    items.push(...known.map((change): DigestItem => ({ kind: 'source', change })));
  }
  return items;
}

function isKindWanted(kind: DigestKind, filters: readonly DigestFilter[]): boolean {
  const mine = filters.filter(({ key }) => key === 'kind');
  const included = mine.filter(({ exclude }) => !exclude);
  return (
    !mine.some(({ exclude, value }) => exclude && value === kind) &&
    (included.length === 0 || included.some(({ value }) => value === kind))
  );
}

/** A report, an actor that is new, or a profile that changed; anything else that is new is only counted. */
function kindOf({ entity, changes }: EntityChanges): Exclude<DigestKind, 'source'> | undefined {
  if (entity.type === 'report') return 'report';
  const isNew = changes.some(({ kind }) => kind === 'entity-new');
  if (entity.type === 'intrusion-set')
    return isNew && entity.records.length === newRecords(changes) ? 'actor' : 'profile';
  return isNew ? undefined : 'profile';
}

function newRecords(changes: readonly StoredChange[]): number {
  const records = changes
    .filter(({ kind }) => kind === 'entity-new')
    .map((one) => `${one.source}\n${one.recordId}`);
  return new Set(records).size;
}

function listSection(
  kind: DigestKind,
  items: readonly DigestItem[],
  composer: DigestComposer,
  whole: boolean,
): Section | undefined {
  const mine = items.filter((item) => item.kind === kind).sort(compareItems);
  if (mine.length === 0) return undefined;
  const shown = whole ? mine : mine.slice(0, limits[kind]);
  return {
    type: 'list',
    id: `${kind}s`,
    heading: headings[kind],
    rank: kind === 'report' ? 1 : 2,
    items: shown.map((item) => toItem(item, composer)),
    ...(shown.length < mine.length ? { total: mine.length } : {}),
  };
}

function toItem(item: DigestItem, composer: DigestComposer): ReturnType<typeof reportItem> {
  switch (item.kind) {
    case 'report':
      return reportItem(item, composer);
    case 'profile':
      return profileItem(item, composer);
    case 'actor':
      return actorItem(item, composer);
    case 'source':
      return sourceItem(item.change, composer);
    case 'rest':
      return { text: [] };
    default:
      return assertNever(item);
  }
}

/** Actors before software and techniques, then what more sources tell, then the newest. */
function compareItems(a: DigestItem, b: DigestItem): number {
  return weight(b) - weight(a) || newest(b) - newest(a);
}

function weight(item: DigestItem): number {
  if (item.kind === 'source' || item.entity === undefined) return 0;
  const sources = new Set(item.changes.map(({ source }) => source)).size;
  return (item.entity.type === 'intrusion-set' ? 100 : 0) + sources;
}

function newest(item: DigestItem): number {
  return item.kind === 'source' ? item.change.at : Math.max(...item.changes.map(({ at }) => at));
}

/** That nothing is new; where nothing that may be told was imported at all, what would bring news. */
function nothingSections(from: string, written: string, isNothingTold: boolean): readonly Section[] {
  const text = `Nothing changed since ${from}${written === '' ? '' : ` for ${written}`}.`;
  const nothing: Section = { type: 'text', id: 'nothing', rank: 0, paragraphs: [[plain(text)]] };
  if (!isNothingTold) return [nothing];
  const hint =
    'Nothing that was imported in this time is to be told here, and what came with threatbrief counts as known. News come with what ' +
    'the operator imports (threatbrief ingest) or connects (threatbrief sources add circl-osint --sync).';
  return [nothing, { type: 'text', id: 'news', rank: 1, paragraphs: [[plain(hint)]] }];
}

/** Without the filters where these leave nothing of what changed; else a longer time and the state of the sources. */
function emptyActions(days: number, written: string, isAnyTold: boolean): readonly Action[] {
  const longer = days < 30 ? [askAction('30 Days', `digest 30${written === '' ? '' : ` ${written}`}`)] : [];
  const wider = written !== '' && isAnyTold ? [askAction('Without Filters', `digest ${days}`)] : [];
  return [...wider, ...longer, askAction('Sources', 'sources')];
}

function restSection(items: readonly DigestItem[]): Section | undefined {
  const text = restText(items);
  return text === undefined ? undefined : { type: 'text', id: 'rest', rank: 3, paragraphs: [[plain(text)]] };
}
