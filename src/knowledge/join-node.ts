import { nameKey, parseAttackId } from '../domain/name-key.ts';
import type { EntityRef } from '../domain/record.ts';
import { uuidOf } from '../domain/stix-id.ts';
import type { Tlp } from '../domain/tlp.ts';
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
  /** Keys of the names that it carries as its own, the main name first. */
  readonly nameKeys: ReadonlySet<string>;
  readonly countries: ReadonlySet<string>;
  readonly similar: readonly SimilarPointer[];
}

/** What a record calls the same as itself. */
export interface SimilarPointer {
  readonly target: EntityRef;
  /** 0–100; 0 where the source states none. */
  readonly likelihood: number;
}

export function createJoinNode(index: number, prepared: PreparedRecord, ceiling: Tlp): JoinNode | undefined {
  const { entity, claims, confidence } = prepared.record;
  if (entity === undefined) return undefined;
  const nameKeys = new Set([prepared.mainKey]);
  const countries = new Set<string>();
  const similar: SimilarPointer[] = [];
  for (const claim of claims) {
    if (claim.subject !== undefined || !isVisible(prepared, claim, ceiling)) continue;
    if (claim.predicate === 'name') nameKeys.add(nameKey(claim.text));
    else if (claim.predicate === 'alias' && claim.relation === 'same-as') nameKeys.add(nameKey(claim.text));
    else if (claim.predicate === 'attributed-to' && claim.country !== undefined) countries.add(claim.country);
    else if (claim.predicate === 'related-to' && claim.relation === 'same-as') {
      similar.push({
        target: claim.target,
        likelihood: claim.likelihood ?? claim.confidence ?? confidence ?? 0,
      });
    }
  }
  nameKeys.delete('');
  return {
    index,
    prepared,
    family: familyOf(entity.type),
    uuid: entity.id === undefined ? mispUuid(entity.externalIds) : uuidOf(entity.id),
    attackIds: attackIdsOf(entity.externalIds),
    claimedIds: attackIdsOf(entity.claimedIds ?? []),
    nameKeys,
    countries,
    similar,
  };
}

function attackIdsOf(ids: readonly string[]): readonly string[] {
  return ids.map(parseAttackId).filter((id) => id !== undefined);
}

function mispUuid(externalIds: readonly string[]): string | undefined {
  return externalIds
    .find((id) => id.startsWith('misp:'))
    ?.slice('misp:'.length)
    .toLowerCase();
}

/** Finds nodes by what publishers point with: an id, a bare UUID, an ATT&CK id. Names are no pointers here. */
export interface NodeIndex {
  byUuid(family: Family, uuid: string): readonly JoinNode[];
  byAttackId(family: Family, id: string): readonly JoinNode[];
  /** The first node that the pointer's ids lead to. */
  find(ref: EntityRef): JoinNode | undefined;
}

export function createNodeIndex(nodes: readonly JoinNode[]): NodeIndex {
  const uuids = new Map<string, JoinNode[]>();
  const attackIds = new Map<string, JoinNode[]>();
  for (const node of nodes) {
    if (node.uuid !== undefined) append(uuids, `${node.family} ${node.uuid}`, node);
    for (const id of node.attackIds) append(attackIds, `${node.family} ${id}`, node);
  }
  const byUuid = (family: Family, uuid: string): readonly JoinNode[] => uuids.get(`${family} ${uuid}`) ?? [];
  const byAttackId = (family: Family, id: string): readonly JoinNode[] =>
    attackIds.get(`${family} ${id}`) ?? [];
  return { byUuid, byAttackId, find: (ref) => findNode(ref, byUuid, byAttackId) };
}

function findNode(
  ref: EntityRef,
  byUuid: NodeIndex['byUuid'],
  byAttackId: NodeIndex['byAttackId'],
): JoinNode | undefined {
  const uuid = ref.id === undefined ? ref.uuid?.toLowerCase() : uuidOf(ref.id);
  const attackId = ref.externalId === undefined ? undefined : parseAttackId(ref.externalId);
  for (const type of ref.types) {
    const family = familyOf(type);
    const found =
      (uuid === undefined ? undefined : byUuid(family, uuid)[0]) ??
      (attackId === undefined ? undefined : byAttackId(family, attackId)[0]);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
