import { nameKey, parseAttackId } from '../domain/name-key.ts';
import { isUuid, parseStixId, uuidOf } from '../domain/stix-id.ts';
import type { IdentityDecisions } from './identity.ts';
import { append, type JoinNode, type NodeIndex } from './join-node.ts';
import type { JoinEvidence } from './types.ts';

/** Two nodes that a rule would make one. */
export interface Candidate {
  readonly rule: JoinEvidence['rule'];
  readonly left: number;
  readonly right: number;
  /** The node whose record says so. */
  readonly by: number;
  readonly detail: string;
}

/** Nodes that carry one STIX id or MISP uuid, and nodes that are one ATT&CK object. */
export function sameIdCandidates(nodes: readonly JoinNode[]): readonly Candidate[] {
  const uuids = new Map<string, JoinNode[]>();
  const attackIds = new Map<string, JoinNode[]>();
  for (const node of nodes) {
    if (node.uuid !== undefined) append(uuids, `${node.family} ${node.uuid}`, node);
    for (const id of node.attackIds) append(attackIds, `${node.family} ${id}`, node);
  }
  return [
    ...[...uuids].flatMap(([key, group]) => chain('same-id', group, `the same id ${afterBlank(key)}`)),
    ...[...attackIds].flatMap(([key, group]) =>
      chain('same-attack-id', group, `both are ${afterBlank(key)}`),
    ),
  ];
}

function afterBlank(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

/** Candidates between the first of a group and each of the others. */
function chain(rule: Candidate['rule'], group: readonly JoinNode[], detail: string): readonly Candidate[] {
  const [first, ...rest] = group;
  if (first === undefined) return [];
  return rest.map((node) => ({ rule, left: first.index, right: node.index, by: node.index, detail }));
}

/** A revoked object and what its publisher replaced it with. */
export function revokedByCandidates(nodes: readonly JoinNode[], index: NodeIndex): readonly Candidate[] {
  return nodes.flatMap((node) => {
    const { revokedBy } = node.prepared.record;
    const target = revokedBy === undefined ? undefined : index.find(revokedBy);
    if (target === undefined || target.family !== node.family) return [];
    const detail = `${node.prepared.record.title} was revoked in favour of ${target.prepared.record.title}`;
    return [{ rule: 'revoked-by', left: node.index, right: target.index, by: node.index, detail }];
  });
}

/** Nodes of one family whose main names have one key. Titles of reports are no names. */
export function equalNameGroups(nodes: readonly JoinNode[]): readonly (readonly JoinNode[])[] {
  const groups = new Map<string, JoinNode[]>();
  for (const node of nodes) {
    const { mainKey } = node.prepared;
    if (mainKey === '' || node.family === 'report' || node.family === 'indicator') continue;
    append(groups, `${node.family} ${mainKey}`, node);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The operator's decisions as pairs of nodes; ids that lead to nothing, or to several things, are left out. */
export function operatorPairs(
  groups: IdentityDecisions['same'],
  nodes: readonly JoinNode[],
  index: NodeIndex,
): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (const group of groups) {
    const found = group.map((id) => nodeOf(id, nodes, index)).filter((node) => node !== undefined);
    for (const [position, left] of found.entries()) {
      for (const right of found.slice(position + 1)) {
        if (left.index !== right.index && left.family === right.family) pairs.push([left.index, right.index]);
      }
    }
  }
  return pairs;
}

function nodeOf(id: string, nodes: readonly JoinNode[], index: NodeIndex): JoinNode | undefined {
  const text = id.trim().replace(/^misp:/i, '');
  const stixId = parseStixId(text);
  const uuid = stixId === undefined ? (isUuid(text) ? text.toLowerCase() : undefined) : uuidOf(stixId);
  const attackId = parseAttackId(text);
  const families = new Set(nodes.map((node) => node.family));
  for (const family of families) {
    const found = (uuid === undefined ? [] : index.byUuid(family, uuid))[0];
    const attack = (attackId === undefined ? [] : index.byAttackId(family, attackId))[0];
    if (found !== undefined || attack !== undefined) return found ?? attack;
  }
  const key = nameKey(text);
  const named = nodes.filter((node) => node.prepared.mainKey === key);
  return new Set(named.map((node) => node.family)).size === 1 ? named[0] : undefined;
}
