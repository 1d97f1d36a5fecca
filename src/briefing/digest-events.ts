import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { detailText, entityOfChange, firstEntity, groupChanges, idsIn } from './digest-changes.ts';
import { type DigestEventKind, itemKey } from './digest-key.ts';
import { sameReports } from './digest-same-report.ts';

/** What happened to one thing in a window, from every source. */
export interface DigestEvent {
  readonly kind: DigestEventKind;
  /** The key under which it is remembered. */
  readonly key: string;
  /** Every key under which it may have been remembered before: those of all that it is the same as. */
  readonly keys: readonly string[];
  readonly entity: Entity;
  /** The entity and others that changed with it: the same report from another source. */
  readonly members: readonly Entity[];
  /** Oldest first. */
  readonly changes: readonly StoredChange[];
}

export interface DigestEvents {
  readonly events: readonly DigestEvent[];
  readonly newSources: readonly StoredChange[];
  /** Changes of what is not in the knowledge any more, or whose subject could not be told. */
  readonly others: readonly StoredChange[];
}

const known = new WeakMap<readonly StoredChange[], WeakMap<Knowledge, DigestEvents>>();

/**
 * The events of a window: changes of one entity are one, so are those of one report from several sources, and who
 * exploits a vulnerability is news of the vulnerability. Computed once for a list of changes and a knowledge object, since many
 * subscriptions are composed from the same.
 */
export function digestEvents(changes: readonly StoredChange[], knowledge: Knowledge): DigestEvents {
  const byKnowledge = known.get(changes) ?? new WeakMap<Knowledge, DigestEvents>();
  known.set(changes, byKnowledge);
  const existing = byKnowledge.get(knowledge);
  if (existing !== undefined) return existing;
  const found = findEvents(changes, knowledge);
  byKnowledge.set(knowledge, found);
  return found;
}

function findEvents(changes: readonly StoredChange[], knowledge: Knowledge): DigestEvents {
  const exploits = new Map<Entity, StoredChange[]>();
  const plain: StoredChange[] = [];
  for (const change of changes) {
    const exploited = exploitedIn(change, knowledge);
    if (exploited === undefined) plain.push(change);
    else pushTo(exploits, exploited, change);
  }
  const { byEntity, newSources, others } = groupChanges(plain, knowledge);
  const reports = new Map<string, { members: Entity[]; changes: StoredChange[]; all: readonly Entity[] }>();
  const events: DigestEvent[] = [];
  for (const { entity, changes: own } of byEntity) {
    if (entity.type === 'report') {
      const all = sameReports(entity, knowledge);
      const id = all[0]?.id ?? entity.id;
      const group = reports.get(id) ?? { members: [], changes: [], all };
      reports.set(id, group);
      group.members.push(entity);
      group.changes.push(...own);
    } else if (entity.type === 'vulnerability') {
      for (const change of own) pushTo(exploits, entity, change);
    } else {
      events.push(entityEvent('profile', entity, own));
    }
  }
  for (const group of reports.values()) events.push(reportEvent(group, knowledge));
  for (const [entity, own] of exploits) events.push(entityEvent('vulnerability', entity, own.sort(byTime)));
  return { events, newSources, others };
}

function pushTo(groups: Map<Entity, StoredChange[]>, entity: Entity, change: StoredChange): void {
  const list = groups.get(entity);
  if (list === undefined) groups.set(entity, [change]);
  else list.push(change);
}

function byTime(a: StoredChange, b: StoredChange): number {
  return a.at - b.at || a.id - b.id;
}

/** The vulnerability of which a change says that somebody exploits it. */
function exploitedIn(change: StoredChange, knowledge: Knowledge): Entity | undefined {
  const predicate = detailText(change, 'predicate');
  if (predicate !== 'exploits' && predicate !== 'uses') return undefined;
  if (change.detail['negated'] === true) return undefined;
  const target = firstEntity(idsIn(change.detail['target']), knowledge);
  return target?.type === 'vulnerability' && entityOfChange(change, knowledge) !== undefined
    ? target
    : undefined;
}

function entityEvent(kind: DigestEventKind, entity: Entity, changes: readonly StoredChange[]): DigestEvent {
  const keys = [entity.id, ...entity.otherIds].map((id) => itemKey(kind, id));
  return {
    kind,
    key: itemKey(kind, entity.id),
    keys: [...new Set(keys)],
    entity,
    members: [entity],
    changes,
  };
}

function reportEvent(
  group: { members: readonly Entity[]; changes: StoredChange[]; all: readonly Entity[] },
  knowledge: Knowledge,
): DigestEvent {
  const named = (entity: Entity): number => knowledge.claimsAbout(entity.id, 'reported-in').length;
  const members = group.members.toSorted((a, b) => named(b) - named(a) || (a.id < b.id ? -1 : 1));
  const [entity = group.all[0]] = members;
  // A group is never empty.
  if (entity === undefined) throw new Error('a report that is none');
  const ids = group.all.flatMap(({ id, otherIds }) => [id, ...otherIds]);
  const keys = [...new Set(ids.map((id) => itemKey('report', id)))];
  const key = itemKey('report', group.all[0]?.id ?? entity.id);
  return { kind: 'report', key, keys, entity, members, changes: group.changes.sort(byTime) };
}
