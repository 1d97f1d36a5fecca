import { nameKey, parseAttackId } from '../domain/name-key.ts';
import type { EntityRef } from '../domain/record.ts';
import { uuidOf } from '../domain/stix-id.ts';
import type { Tlp } from '../domain/tlp.ts';
import { append, createFamilyTable, type FamilyTable } from './family-table.ts';
import { type Family, familyOf, isVisible, type PreparedRecord } from './prepare.ts';

/** A record that describes something, as the joining rules see it under one ceiling. */
export interface JoinNode {
  readonly index: number;
  readonly prepared: PreparedRecord;
  readonly family: Family;
  readonly uuid: string | undefined;
  /** The object's own ATT&CK ids. */
  readonly attackIds: readonly string[];
  /** ATT&CK ids among its synonyms. */
  readonly claimedIds: readonly string[];
  /** Keys of the names that it carries as its own, each once, the main name first. */
  readonly nameKeys: readonly string[];
  readonly countries: readonly string[];
  readonly similar: readonly SimilarPointer[];
}

/** What a record calls the same as itself. */
export interface SimilarPointer {
  readonly target: EntityRef;
  /** 0–100; 0 where the source states none. */
  readonly likelihood: number;
}

/** Shared by the many nodes that have nothing of a kind. */
const none: readonly never[] = [];

export function createJoinNode(index: number, prepared: PreparedRecord, ceiling: Tlp): JoinNode | undefined {
  const { entity } = prepared.record;
  if (entity === undefined || prepared.family === undefined) return undefined;
  return {
    index,
    prepared,
    family: prepared.family,
    uuid: entity.id === undefined ? mispUuid(entity.externalIds) : uuidOf(entity.id),
    attackIds: attackIdsOf(entity.externalIds),
    claimedIds: entity.claimedIds === undefined ? none : attackIdsOf(entity.claimedIds),
    ...readClaims(prepared, ceiling),
  };
}

function readClaims(
  prepared: PreparedRecord,
  ceiling: Tlp,
): Pick<JoinNode, 'nameKeys' | 'countries' | 'similar'> {
  const { claims, confidence } = prepared.record;
  const nameKeys: string[] = prepared.mainKey === '' ? [] : [prepared.mainKey];
  let countries: string[] | undefined;
  let similar: SimilarPointer[] | undefined;
  for (const claim of claims) {
    if (claim.subject !== undefined || !isVisible(prepared, claim, ceiling)) continue;
    if (claim.predicate === 'name' || (claim.predicate === 'alias' && claim.relation === 'same-as')) {
      const key = nameKey(claim.text);
      if (key !== '' && !nameKeys.includes(key)) nameKeys.push(key);
    } else if (claim.predicate === 'attributed-to' && claim.country !== undefined) {
      countries ??= [];
      countries.push(claim.country);
    } else if (claim.predicate === 'related-to' && claim.relation === 'same-as') {
      similar ??= [];
      similar.push({
        target: claim.target,
        likelihood: claim.likelihood ?? claim.confidence ?? confidence ?? 0,
      });
    }
  }
  return { nameKeys, countries: countries ?? none, similar: similar ?? none };
}

function attackIdsOf(ids: readonly string[]): readonly string[] {
  const found = ids.map(parseAttackId).filter((id) => id !== undefined);
  return found.length === 0 ? none : found;
}

function mispUuid(externalIds: readonly string[]): string | undefined {
  return externalIds
    .find((id) => id.startsWith('misp:'))
    ?.slice('misp:'.length)
    .toLowerCase();
}

/** Finds nodes by what publishers point with: an id, a bare UUID, an ATT&CK id. Names are no pointers here. */
export interface NodeIndex {
  /** Nodes under one UUID, and under one ATT&CK id, by family. */
  readonly uuids: FamilyTable<JoinNode[]>;
  readonly attackIds: FamilyTable<JoinNode[]>;
  /** The first node that the pointer's ids lead to. */
  find(ref: EntityRef): JoinNode | undefined;
}

export function createNodeIndex(nodes: readonly JoinNode[]): NodeIndex {
  const uuids = createFamilyTable<JoinNode[]>();
  const attackIds = createFamilyTable<JoinNode[]>();
  for (const node of nodes) {
    if (node.uuid !== undefined) append(uuids, node.family, node.uuid, node);
    for (const id of node.attackIds) append(attackIds, node.family, id, node);
  }
  return { uuids, attackIds, find: (ref) => findNode(ref, uuids, attackIds) };
}

function findNode(
  ref: EntityRef,
  uuids: FamilyTable<JoinNode[]>,
  attackIds: FamilyTable<JoinNode[]>,
): JoinNode | undefined {
  const uuid = ref.id === undefined ? ref.uuid?.toLowerCase() : uuidOf(ref.id);
  const attackId = ref.externalId === undefined ? undefined : parseAttackId(ref.externalId);
  for (const type of ref.types) {
    const family = familyOf(type);
    const found =
      (uuid === undefined ? undefined : uuids.get(family, uuid)?.[0]) ??
      (attackId === undefined ? undefined : attackIds.get(family, attackId)?.[0]);
    if (found !== undefined) return found;
  }
  return undefined;
}
