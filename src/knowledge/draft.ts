import type { EntityType } from '../domain/entity-type.ts';
import { derivedStixId, type StixId, stixIdFromUuid } from '../domain/stix-id.ts';
import type { JoinNode } from './join-node.ts';
import { compareText, familyOf } from './prepare.ts';

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
  /** Those of `asSubject` that give a name or an alias. */
  readonly naming: number[];
  readonly asObject: number[];
}

/** One draft for each group of nodes. No two drafts share an id. */
export function createDrafts(groups: readonly (readonly JoinNode[])[]): readonly Draft[] {
  const taken = new Set<StixId>();
  return groups.flatMap((group, position) => {
    const members = group.toSorted(byRank);
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
  for (const idOf of [givenIdOf, derivedIdOf]) {
    for (const node of members) {
      const id = idOf(node);
      if (id !== undefined && !taken.has(id)) return id;
    }
  }
  return undefined;
}

export function createDraft(
  position: number,
  id: StixId,
  type: EntityType,
  name: string,
  nodes: readonly JoinNode[],
  externalIds: readonly string[] = [],
): Draft {
  return { position, id, type, name, nodes, externalIds, asSubject: [], naming: [], asObject: [] };
}

function byRank(a: JoinNode, b: JoinNode): number {
  return (
    a.prepared.rank - b.prepared.rank ||
    b.nameKeys.length - a.nameKeys.length ||
    compareText(a.prepared.source, b.prepared.source) ||
    compareText(a.prepared.record.externalId, b.prepared.record.externalId)
  );
}

/** The publisher's id of a record's entity, else one made of the MISP uuid; undefined where it gave neither. */
function givenIdOf(node: JoinNode): StixId | undefined {
  const { entity } = node.prepared.record;
  if (entity === undefined) return undefined;
  return entity.id ?? (node.uuid === undefined ? undefined : stixIdFromUuid(entity.type, node.uuid));
}

/** Our own id for what a publisher gave none. */
function derivedIdOf(node: JoinNode): StixId | undefined {
  const { entity, externalId } = node.prepared.record;
  return entity === undefined ? undefined : derivedStixId(entity.type, node.prepared.source, externalId);
}

/** The ids that a record's entity goes by, or went by before a publisher's id was known. */
export function idsOf(node: JoinNode): readonly StixId[] {
  const given = givenIdOf(node);
  const derived = node.prepared.record.entity?.id === undefined ? derivedIdOf(node) : undefined;
  return [given, derived].filter((id) => id !== undefined);
}

/**
 * The id of something that no source describes, by the key under which it is mentioned. Its UUID does not tell the
 * type, so that it stays when another type turns out to be right.
 */
export function mentionId(type: EntityType, key: string): StixId {
  return derivedStixId(type, `mention of ${familyOf(type)}`, key);
}
