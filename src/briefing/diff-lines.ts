import { entityTypeLabels } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import { strictest, type Tlp } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { RelevantChange } from './diff-changes.ts';
import { readChangePointer } from './diff-pointers.ts';
import { referenceWords, relationPhrases } from './diff-words.ts';
import { changeValue, changeWords, detailText } from './digest-changes.ts';
import { labelOf } from './labels.ts';
import { recordOwner } from './record-owners.ts';
import { counted } from './text.ts';

/** One thing that became different, in words, with the changes of one source and day that say so. */
export interface DiffLine {
  readonly words: string;
  /** The strictest marking among its changes. */
  readonly marking: Tlp;
  /** The document that states it, where the changes name one. */
  readonly reference?: string;
  readonly changes: readonly StoredChange[];
}

/** What one source changed on one day. */
export interface DiffGroup {
  /** ISO day of the import, UTC. */
  readonly day: string;
  readonly source: string;
  /** The strictest marking among its changes. */
  readonly marking: Tlp;
  readonly lines: readonly DiffLine[];
}

/** Changes as lines, by day (the newest first) and source; the same words once; what weighs most comes first. */
export function groupDiff(
  entity: Entity,
  changes: readonly RelevantChange[],
  knowledge: Knowledge,
): readonly DiffGroup[] {
  const groups = Map.groupBy(changes, ({ change }) => `${dayAt(change.at)}\n${change.source}`);
  return [...groups]
    .map(([key, members]): DiffGroup => {
      const [day = '', source = ''] = key.split('\n');
      const marking = strictestOf(members.map(({ change }) => change));
      return { day, source, marking, lines: linesOf(entity, members, knowledge) };
    })
    .sort((a, b) => compare(b.day, a.day) || b.lines.length - a.lines.length || compare(a.source, b.source));
}

export function dayAt(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function strictestOf(changes: readonly StoredChange[]): Tlp {
  return strictest(changes.map(({ marking }) => marking)) ?? 'clear';
}

function linesOf(
  entity: Entity,
  members: readonly RelevantChange[],
  knowledge: Knowledge,
): readonly DiffLine[] {
  const lines = new Map<string, { words: string; weight: number; changes: StoredChange[] }>();
  for (const member of members) {
    const words = wordsOf(entity, member, knowledge);
    const key = nameKey(words) || words;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { words, weight: weightOf(member), changes: [member.change] });
    else line.changes.push(member.change);
  }
  return [...lines.values()]
    .sort((a, b) => a.weight - b.weight)
    .map(({ words, changes }): DiffLine => {
      const [reference] = changes.flatMap((change) => linkOf(change) ?? []);
      const line = { words, marking: strictestOf(changes), changes };
      return reference === undefined ? line : { ...line, reference };
    });
}

/** Where a change can be read: the document that states it; of a reference its own address. */
function linkOf(change: StoredChange): string | undefined {
  return detailText(change, 'predicate') === 'reference'
    ? detailText(change, 'value')
    : detailText(change, 'reference');
}

/** What a change says about the entity, in a few words. */
function wordsOf(entity: Entity, { change, role }: RelevantChange, knowledge: Knowledge): string {
  switch (role) {
    case 'own':
      return ownWords(entity, change, knowledge);
    case 'report':
      return reportWords(entity, change, knowledge);
    case 'about': {
      const subject = subjectLabel(change, knowledge);
      return change.kind === 'entity-new'
        ? `new: ${subject}`
        : `${subject}: ${changedWords(change, knowledge)}`;
    }
    default:
      return assertNever(role);
  }
}

function ownWords(entity: Entity, change: StoredChange, knowledge: Knowledge): string {
  const name = readChangePointer(change.detail['entity']).name ?? change.title;
  switch (change.kind) {
    case 'entity-new':
      return `new record “${name}”${joinedBecause(entity, change)}`;
    case 'entity-back':
      return `the record “${name}” is back${joinedBecause(entity, change)}`;
    case 'entity-gone':
      return `the record “${name}” is gone`;
    case 'revoked':
      return `the record “${name}” was ${endedWords(change, knowledge)}`;
    case 'claim-added':
    case 'claim-withdrawn':
      return changedWords(change, knowledge);
    case 'report-new':
    case 'report-changed':
    case 'source-new':
      return changeWords(change, knowledge);
    default:
      return assertNever(change.kind);
  }
}

/** Why the record is part of the entity, where the entity has other records as well. */
function joinedBecause({ joins }: Entity, { source, recordId }: StoredChange): string {
  const evidence = joins.find(({ left, right }) =>
    [left, right].some((key) => key.source === source && key.externalId === recordId),
  );
  return evidence === undefined ? '' : `, taken for the same: ${evidence.detail}`;
}

/** `revoked in favour of OilRig`, `revoked`, `deprecated`. */
function endedWords(change: StoredChange, knowledge: Knowledge): string {
  const reason = detailText(change, 'reason') ?? 'revoked';
  const { ids, name } = readChangePointer(change.detail['into']);
  if (ids.length === 0 && name === undefined) return reason;
  const into = ids.map((id) => knowledge.entity(id)).find((one) => one !== undefined);
  const label = into === undefined ? name : recordName(into, ids);
  return label === undefined
    ? `${reason} in favour of something that is not known here`
    : `${reason} in favour of ${label}`;
}

function recordName(entity: Entity, ids: readonly string[]): string {
  const id = ids.find((one) => /^[A-Z]{1,3}\d{4}/.test(one));
  return id === undefined || labelOf(entity).includes(id) ? labelOf(entity) : `${labelOf(entity)} (${id})`;
}

function changedWords(change: StoredChange, knowledge: Knowledge): string {
  const relation = detailText(change, 'relation');
  const predicate = detailText(change, 'predicate');
  const no = change.kind === 'claim-withdrawn' ? 'no longer: ' : '';
  if (predicate === 'alias' && relation !== undefined && relation !== 'same-as') {
    return `${no}${relationPhrases[relation] ?? relation} “${changeValue(change, knowledge)}”`;
  }
  if (predicate === 'related-to' && relation !== undefined) {
    return `${no}${relationPhrases[relation] ?? relation} ${changeValue(change, knowledge)}`;
  }
  if (predicate === 'reference') return `${no}${referenceWords(changeValue(change, knowledge))}`;
  if (predicate === 'description') return no === '' ? 'its description was rewritten' : `${no}a description`;
  const negated = change.detail['negated'] === true ? 'not observed: ' : '';
  return negated === '' ? changeWords(change, knowledge) : `${no}${negated}${changeValue(change, knowledge)}`;
}

function reportWords(entity: Entity, change: StoredChange, knowledge: Knowledge): string {
  const report = `report “${change.title}”`;
  switch (change.kind) {
    case 'report-new':
    case 'entity-new':
      return `named in the new ${report}${indicatorWords(change)}`;
    case 'report-changed': {
      const named = namedWords(entity, change, knowledge);
      const parts = [named, indicatorWords(change).slice(2)].filter((part) => part !== '');
      return `${report} changed${parts.length === 0 ? '' : `: ${parts.join('; ')}`}`;
    }
    case 'entity-gone':
      return `the ${report} that named it is gone`;
    case 'entity-back':
      return `the ${report} that names it is back`;
    case 'revoked':
      return `the ${report} was ${endedWords(change, knowledge)}`;
    case 'claim-added':
    case 'claim-withdrawn':
    case 'source-new':
      return `${report}: ${changeWords(change, knowledge)}`;
    default:
      return assertNever(change.kind);
  }
}

/** Whether a report began or ceased to name the entity. */
function namedWords(entity: Entity, change: StoredChange, knowledge: Knowledge): string {
  const has = (key: string): boolean => {
    const claims: unknown = change.detail[key];
    return Array.isArray(claims) && claims.some((claim) => isAbout(claim, entity, knowledge));
  };
  const [added, withdrawn] = [has('added'), has('withdrawn')];
  if (added === withdrawn) return '';
  return added ? 'now says something of it' : 'no longer says something of it';
}

function isAbout(claim: unknown, entity: Entity, knowledge: Knowledge): boolean {
  if (typeof claim !== 'object' || claim === null) return false;
  const { ids, name } = readChangePointer((claim as Readonly<Record<string, unknown>>)['subject']);
  const found = ids.map((id) => knowledge.entity(id)).find((one) => one !== undefined);
  if (found !== undefined) return found === entity;
  return name !== undefined && entity.names.some((own) => nameKey(own.text) === nameKey(name));
}

/** `, 12 indicators`, `, 12 indicators, before 13`, or nothing. */
function indicatorWords({ detail }: StoredChange): string {
  const { indicators, formerIndicators } = detail;
  if (typeof indicators !== 'number') return '';
  const before = typeof formerIndicators === 'number' ? `, ${formerIndicators} before` : '';
  return `, ${counted(indicators, 'indicator')}${before}`;
}

/** Who makes a statement on the entity: `Campaign Operation X`. */
function subjectLabel(change: StoredChange, knowledge: Knowledge): string {
  const { ids, name } = readChangePointer(change.detail['subject']);
  const found =
    ids.map((id) => knowledge.entity(id)).find((one) => one !== undefined) ??
    recordOwner(knowledge, { source: change.source, externalId: change.recordId });
  if (found === undefined) return name ?? readChangePointer(change.detail['entity']).name ?? 'another record';
  return `${entityTypeLabels[found.type].one.toLowerCase()} ${labelOf(found)}`;
}

/** What an analyst reads first: what became of the profile, then names and attribution, links last. */
function weightOf({ change, role }: RelevantChange): number {
  if (role === 'report') return 2;
  const predicate = detailText(change, 'predicate');
  if (predicate === undefined) return 0;
  return 3 + predicateWeight(predicate) + (role === 'about' ? 0.5 : 0);
}

/** The place of a predicate among the lines of a group: names and attribution first, links last. */
export function predicateWeight(predicate: string): number {
  const place = predicateOrder.indexOf(predicate);
  return place === -1 ? predicateOrder.length : place;
}

const predicateOrder: readonly string[] = [
  'name',
  'alias',
  'attributed-to',
  'related-to',
  'motivation',
  'targets-sector',
  'targets-region',
  'active-since',
  'last-seen',
  'exploits',
  'uses',
  'reported-in',
  'detail',
  'tactic',
  'platform',
  'reference',
  'description',
];
