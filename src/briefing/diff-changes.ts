import { nameKey } from '../domain/name-key.ts';
import type { StixId } from '../domain/stix-id.ts';
import { isAllowed, strictest, type Tlp } from '../domain/tlp.ts';
import type { Entity, Knowledge, Withheld } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { readChangePointer } from './diff-pointers.ts';
import { detailText } from './digest-changes.ts';
import { nameOwners } from './name-owners.ts';
import { recordOwner } from './record-owners.ts';

/** A change with how it touches the entity that is asked about. */
export interface RelevantChange {
  readonly change: StoredChange;
  /**
   * `own`: the entity or one of its records changed; `about`: another thing's statement on it (a campaign that is
   * attributed to it, such a campaign itself); `report`: a report that names it.
   */
  readonly role: 'own' | 'about' | 'report';
}

/** Changes that concern an entity, among all of a window. What `ceiling` forbids is only counted. */
export interface ChangesOf {
  readonly changes: readonly RelevantChange[];
  readonly withheld: Withheld;
}

/**
 * Finds the changes about one entity: of its own records, of relationships of which it is either end, of reports that
 * name it or named it. A record that is gone is known by its ids, else by its name where only this entity carries it.
 * @param whole everything there is, so that hidden changes about the entity can be counted; nothing else is told of them
 */
export function changesOf(
  entity: Entity,
  changes: readonly StoredChange[],
  knowledge: Knowledge,
  whole: Knowledge,
  ceiling: Tlp,
): ChangesOf {
  const visible: RelevantChange[] = [];
  const hidden: StoredChange[] = [];
  const find = createFinder(entity, knowledge);
  const everything = whole.entity(entity.id);
  const findHidden = everything === undefined ? undefined : createFinder(everything, whole);
  for (const change of changes) {
    if (isAllowed(change.marking, ceiling)) {
      const role = find(change);
      if (role !== undefined) visible.push({ change, role });
    } else if (findHidden?.(change) !== undefined) hidden.push(change);
  }
  return { changes: visible, withheld: withheldOf(hidden) };
}

/** Changes above a ceiling, by the records that they are of. */
export function withheldOf(hidden: readonly StoredChange[]): Withheld {
  const records = new Set(hidden.map(({ source, recordId }) => `${source}\n${recordId}`));
  return { count: records.size, highest: strictest(hidden.map(({ marking }) => marking)) ?? null };
}

function createFinder(
  entity: Entity,
  knowledge: Knowledge,
): (change: StoredChange) => RelevantChange['role'] | undefined {
  const reports = new Set<StixId>();
  const campaigns = new Set<StixId>();
  for (const { object } of knowledge.claims(entity.id, 'reported-in')) {
    if (object !== undefined) reports.add(object);
  }
  for (const { subject } of knowledge.claimsAbout(entity.id, 'attributed-to')) campaigns.add(subject);
  const isMe = (pointer: unknown): boolean => pointsTo(pointer, entity, knowledge);
  return (change) => {
    const { detail } = change;
    if (change.kind === 'source-new') return undefined;
    if (detail['subject'] !== undefined) {
      if (isMe(detail['subject'])) return 'own';
      return isMe(detail['target']) ? 'about' : undefined;
    }
    const owner = recordOwner(knowledge, { source: change.source, externalId: change.recordId });
    if (owner === entity) return 'own';
    if (owner !== undefined && reports.has(owner.id)) return 'report';
    if (owner !== undefined && campaigns.has(owner.id) && detail['predicate'] === undefined) return 'about';
    if (isMe(detail['target'])) return 'about';
    if ([...listOf(detail['added']), ...listOf(detail['withdrawn'])].some(isAboutMe)) return 'report';
    return owner === undefined && wasMine(change, entity, knowledge) ? 'own' : undefined;
  };

  function isAboutMe(claim: unknown): boolean {
    if (typeof claim !== 'object' || claim === null) return false;
    const { subject, target } = claim as Readonly<Record<string, unknown>>;
    return isMe(subject) || isMe(target);
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A pointer without any id means the one thing that carries its name, as the resolver reads it. */
function pointsTo(pointer: unknown, entity: Entity, knowledge: Knowledge): boolean {
  const { ids, name, types } = readChangePointer(pointer);
  if (ids.length > 0) {
    const found = ids.map((id) => knowledge.entity(id)).find((one) => one !== undefined);
    if (found !== undefined) return found === entity;
  }
  return name !== undefined && types.includes(entity.type) && isOnlyOwner(name, entity, knowledge);
}

/** A record that is there no longer, or that the audience knows by another record. */
function wasMine(change: StoredChange, entity: Entity, knowledge: Knowledge): boolean {
  const { ids, name, type } = readChangePointer(change.detail['entity']);
  const found = ids.map((id) => knowledge.entity(id)).find((one) => one !== undefined);
  if (found !== undefined) return found === entity;
  if (type !== undefined && type !== entity.type) return false;
  const text = name ?? (detailText(change, 'predicate') === undefined ? undefined : change.title);
  return text !== undefined && isOnlyOwner(text, entity, knowledge);
}

function isOnlyOwner(name: string, entity: Entity, knowledge: Knowledge): boolean {
  const owners = nameOwners(knowledge).get(nameKey(name)) ?? [];
  const sameKind = owners.filter(({ entity: owner }) => owner.type === entity.type);
  return sameKind.length === 1 && sameKind[0]?.entity === entity;
}
