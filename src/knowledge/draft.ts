import type { EntityType } from '../domain/entity-type.ts';
import { derivedStixId, type StixId, stixIdFromUuid } from '../domain/stix-id.ts';
import type { JoinNode } from './join-node.ts';
import { compareText } from './prepare.ts';

/**
 * An entity in the making. Claims are kept as number triples until someone asks for them: the position of the
 * record among the visible ones, the position of the claim in it (negative: see `ClaimTable`), and the draft at
 * the other end (-1 for none).
 */
export interface Draft {
  readonly position: number;
  readonly id: StixId;
  readonly type: EntityType;
  readonly name: string;
  /** The best first: whose name and id the entity takes. Empty for what is only mentioned. */
  readonly nodes: readonly JoinNode[];
  /** Ids of what is only mentioned: a CVE id. */
  readonly externalIds: readonly string[];
  readonly asSubject: number[];
  readonly asObject: number[];
}

/** One draft for each group of nodes. No two drafts share an id. */
export function createDrafts(
  groups: readonly (readonly number[])[],
  nodes: readonly JoinNode[],
): readonly Draft[] {
  const taken = new Set<StixId>();
  return groups.flatMap((group, position) => {
    const members = group.flatMap((index) => nodes[index] ?? []).sort(byRank);
    const entity = members[0]?.prepared.record.entity;
    if (entity === undefined) return [];
    const id = freeId(members, taken);
    if (id === undefined) return [];
    taken.add(id);
    return [createDraft(position, id, entity.type, entity.name, members)];
  });
}

/** The best id that no other draft took: records of one id may have been parted by an operator. */
function freeId(members: readonly JoinNode[], taken: ReadonlySet<StixId>): StixId | undefined {
  const own = members.flatMap(({ prepared: { source, record } }) =>
    record.entity === undefined ? [] : [derivedStixId(record.entity.type, source, record.externalId)],
  );
  return [...members.flatMap(idsOf), ...own].find((candidate) => !taken.has(candidate));
}

export function createDraft(
  position: number,
  id: StixId,
  type: EntityType,
  name: string,
  nodes: readonly JoinNode[],
  externalIds: readonly string[] = [],
): Draft {
  return { position, id, type, name, nodes, externalIds, asSubject: [], asObject: [] };
}

function byRank(a: JoinNode, b: JoinNode): number {
  return (
    a.prepared.rank - b.prepared.rank ||
    compareText(a.prepared.source, b.prepared.source) ||
    compareText(a.prepared.record.externalId, b.prepared.record.externalId)
  );
}

/** The ids that a record's entity may go by: the publisher's, else one made of the MISP uuid; at last our own. */
export function idsOf(node: JoinNode): readonly StixId[] {
  const { entity, externalId } = node.prepared.record;
  if (entity === undefined) return [];
  const given = entity.id ?? (node.uuid === undefined ? undefined : stixIdFromUuid(entity.type, node.uuid));
  return given === undefined ? [derivedStixId(entity.type, node.prepared.source, externalId)] : [given];
}

/** The id of something that no source describes, by the family and name under which it is mentioned. */
export function mentionId(type: EntityType, key: string): StixId {
  return derivedStixId(type, 'mention', key);
}
