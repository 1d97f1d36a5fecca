import { nameKey } from '../domain/name-key.ts';
import type { Mute } from '../domain/subscription.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { type DigestEvent, digestEvents } from './digest-events.ts';
import { relatedOf } from './digest-facets.ts';
import type { DigestFilter } from './digest-filter.ts';
import type { DigestKindWord } from './digest-filter-keys.ts';
import { type Concern, concernReader } from './digest-interests.ts';
import { kindsOf, matchFilters, type Reason } from './digest-match.ts';
import { newStatements } from './digest-memory.ts';
import { statementsOf } from './digest-statements.ts';
import type { Statement } from './digest-topics.ts';
import type { DigestRequest } from './digest-types.ts';

export const digestSectionIds = ['concerns', 'reports', 'profiles', 'vulnerabilities'] as const;
export type DigestSectionId = (typeof digestSectionIds)[number];

/** An item of a digest before it is worded. */
export interface DigestEntry {
  readonly event: DigestEvent;
  readonly section: DigestSectionId;
  /** What it says that was not said before. */
  readonly statements: readonly Statement[];
  /** True when it was told before: then it says what is new since. */
  readonly isTold: boolean;
  /** What was remembered of it before, under any of its keys. */
  readonly before: readonly string[];
  readonly concerns: readonly Concern[];
  readonly reasons: readonly Reason[];
}

export interface Selection {
  readonly entries: readonly DigestEntry[];
  /** Events that are counted only. */
  readonly rest: readonly DigestEvent[];
  readonly newSources: readonly StoredChange[];
  readonly others: readonly StoredChange[];
  /** How many items mutes leave out. */
  readonly muted: number;
}

type Wanted = Pick<DigestRequest, 'filters' | 'interests' | 'mutes' | 'kind' | 'posted'>;

/** What of a window belongs into a digest, unsorted: by filters, interests and mutes, without what was told before. */
export function selectEvents(
  changes: readonly StoredChange[],
  wanted: Wanted,
  knowledge: Knowledge,
): Selection {
  const { filters, kind } = wanted;
  const { events, newSources, others } = digestEvents(changes, knowledge);
  const mutes = readMutes(wanted.mutes, knowledge);
  const concernsOf = concernReader(wanted.interests, knowledge);
  const entries: DigestEntry[] = [];
  const rest: DigestEvent[] = [];
  let muted = 0;
  for (const whole of events) {
    const event = fromWantedSources(whole, filters);
    if (event === undefined) continue;
    const reasons = matchFilters(event.entity, eventKinds(event), filters, knowledge);
    if (reasons === undefined) continue;
    const concerns = concernsOf(event.entity);
    if (kind === 'watch' && !concerns.some((concern) => concern.kind === 'watched')) continue;
    const heard = mutes.apply(event);
    if (heard === undefined) {
      muted += 1;
      continue;
    }
    const entry = toEntry(heard, { ...wanted, reasons, concerns }, knowledge);
    if (entry === 'told') continue;
    if (entry === 'rest') rest.push(heard);
    else entries.push(entry);
  }
  // Nothing is known of these that a filter on content could look at.
  const isNarrowed =
    kind === 'watch' ||
    filters.some(({ key, exclude }) => !exclude && key !== 'source' && key !== 'kind' && key !== 'tlp');
  const listed = isNarrowed
    ? []
    : newSources.filter(
        ({ source }) =>
          // A source of which the audience may see nothing has no name here.
          knowledge.sources.has(source) && passesSources(source, filters) && !mutes.isMutedSource(source),
      );
  const hasKind = filters.some(({ key, exclude }) => key === 'kind' && !exclude);
  return {
    entries,
    rest,
    newSources: isKindWanted('source', filters) ? listed : [],
    others:
      isNarrowed || hasKind
        ? []
        : others.filter(({ source }) => passesSources(source, filters) && !mutes.isMutedSource(source)),
    muted,
  };
}

/** The events that a window holds, whether they were told before or not: for counting what is withheld. */
export function countEvents(
  changes: readonly StoredChange[],
  wanted: Wanted,
  knowledge: Knowledge,
): readonly DigestEvent[] {
  const { entries, rest } = selectEvents(changes, { ...wanted, posted: new Map() }, knowledge);
  return [...entries.map(({ event }) => event), ...rest];
}

function eventKinds({ kind, entity }: DigestEvent): readonly DigestKindWord[] {
  return kind === 'report' ? ['report'] : ['profile', ...kindsOf(entity)];
}

export function passesSources(source: string, filters: readonly DigestFilter[]): boolean {
  const mine = filters.filter(({ key }) => key === 'source');
  if (mine.length === 0) return true;
  const fits = (filter: DigestFilter): boolean => filter.value === nameKey(source);
  const included = mine.filter(({ exclude }) => !exclude);
  return (
    !mine.some((filter) => filter.exclude && fits(filter)) && (included.length === 0 || included.some(fits))
  );
}

function isKindWanted(kind: DigestKindWord, filters: readonly DigestFilter[]): boolean {
  const mine = filters.filter(({ key }) => key === 'kind');
  const included = mine.filter(({ exclude }) => !exclude);
  return (
    !mine.some(({ exclude, value }) => exclude && value === kind) &&
    (included.length === 0 || included.some(({ value }) => value === kind))
  );
}

/** An event with the changes of the wanted sources and markings only; the same object where that is all of them. */
function fromWantedSources(event: DigestEvent, filters: readonly DigestFilter[]): DigestEvent | undefined {
  const forbidden = filters.filter(({ key, exclude }) => key === 'tlp' && exclude).map(({ value }) => value);
  return keepChanges(
    event,
    ({ source, marking }) => passesSources(source, filters) && !forbidden.includes(marking),
  );
}

function keepChanges(event: DigestEvent, isKept: (change: StoredChange) => boolean): DigestEvent | undefined {
  if (event.changes.every(isKept)) return event;
  const changes = event.changes.filter(isKept);
  return changes.length === 0 ? undefined : { ...event, changes };
}

function readMutes(
  mutes: readonly Mute[],
  knowledge: Knowledge,
): {
  apply(event: DigestEvent): DigestEvent | undefined;
  isMutedSource(source: string): boolean;
} {
  const items = new Set(mutes.filter(({ kind }) => kind === 'item').map(({ target }) => target));
  const sources = new Set(mutes.filter(({ kind }) => kind === 'source').map(({ target }) => nameKey(target)));
  const actors = new Set(
    mutes
      .filter(({ kind }) => kind === 'actor')
      .map(({ target }) => knowledge.entity(target)?.id ?? target.toLowerCase()),
  );
  const isMutedSource = (source: string): boolean => sources.size > 0 && sources.has(nameKey(source));
  return {
    isMutedSource,
    apply(event) {
      if (items.size > 0 && event.keys.some((key) => items.has(key))) return undefined;
      if (actors.size > 0 && isOnlyOnMuted(event, actors, knowledge)) return undefined;
      return sources.size === 0 ? event : keepChanges(event, ({ source }) => !isMutedSource(source));
    },
  };
}

/** A report that names another actor too is told. */
function isOnlyOnMuted({ entity }: DigestEvent, muted: ReadonlySet<string>, knowledge: Knowledge): boolean {
  const actors = relatedOf(entity, knowledge).filter(({ entity: one }) => one.type === 'intrusion-set');
  return actors.length > 0 && actors.every(({ entity: one }) => muted.has(one.id));
}

function toEntry(
  event: DigestEvent,
  {
    reasons,
    concerns,
    posted,
    filters,
    kind,
  }: Wanted & { readonly reasons: readonly Reason[]; readonly concerns: readonly Concern[] },
  knowledge: Knowledge,
): DigestEntry | 'rest' | 'told' {
  const all = statementsOf(event, knowledge);
  const before = posted.size === 0 ? nothing : event.keys.flatMap((key) => posted.get(key) ?? []);
  const statements = newStatements(all, before);
  if (statements.every(({ role }) => role === 'context')) return 'told';
  const isOurs = concerns.length > 0;
  if (!isOurs && kind !== 'watch' && !isWorthALine(event, statements, filters, knowledge)) return 'rest';
  const section = isOurs ? 'concerns' : sectionOf(event);
  return { event, section, statements, isTold: before.length > 0, before, concerns, reasons };
}

const nothing: readonly string[] = [];

function sectionOf({ kind }: DigestEvent): DigestSectionId {
  return kind === 'report' ? 'reports' : kind === 'profile' ? 'profiles' : 'vulnerabilities';
}

/** Actors, their means and what is exploited; of techniques and of small print the number is enough unless asked for. */
function isWorthALine(
  { kind, entity }: DigestEvent,
  statements: readonly Statement[],
  filters: readonly DigestFilter[],
  knowledge: Knowledge,
): boolean {
  if (kind === 'report') return true;
  const own = kindsOf(entity);
  const isAskedFor = filters.some(
    ({ key, value, exclude }) =>
      !exclude &&
      ((key === 'kind' && own.some((word) => word === value)) ||
        key === 'technique' ||
        key === 'uses' ||
        key === 'malware' ||
        key === 'name'),
  );
  if (isAskedFor) return true;
  if (kind === 'vulnerability') {
    const isExploited = statements.some(
      ({ entity: actor, role }) => actor?.type === 'intrusion-set' && role === 'main',
    );
    return isExploited || relatedOf(entity, knowledge).length > 1;
  }
  if (entity.type === 'attack-pattern') return false;
  return entity.type === 'intrusion-set' || statements.some(({ role }) => role === 'main');
}
