import type { Candidate } from './candidates.ts';
import type { Groups } from './groups.ts';
import { append, type JoinNode, type NodeIndex } from './join-node.ts';

interface Claimant {
  readonly node: JoinNode;
  readonly id: string;
  readonly owner: JoinNode;
  /** 2: equal main names; 1: one's main name is among the other's names; 0: only the id says so. */
  readonly fit: 0 | 1 | 2;
}

/**
 * ATT&CK ids among a record's synonyms. The only id of a record is believed, unless another entry of the same
 * list lays claim to it with a better name; of several ids only the one whose owner fits best by name is.
 */
export function claimedIdCandidates(
  nodes: readonly JoinNode[],
  index: NodeIndex,
  groups: Groups,
): { readonly accepted: readonly Candidate[]; readonly refused: readonly Candidate[] } {
  const claimants = nodes.flatMap((node) => claimantsOf(node, nodes, index, groups));
  const byId = new Map<string, Claimant[]>();
  const byNode = new Map<number, Claimant[]>();
  for (const claimant of claimants) {
    append(byId, `${claimant.node.prepared.list} ${claimant.id}`, claimant);
    append(byNode, claimant.node.index, claimant);
  }
  const accepted: Candidate[] = [];
  const refused: Candidate[] = [];
  for (const claimant of claimants) {
    const rivals = byId.get(`${claimant.node.prepared.list} ${claimant.id}`) ?? [];
    const own = byNode.get(claimant.node.index) ?? [];
    const sound =
      isBestOf(claimant, rivals) && isBestOf(claimant, own) && (own.length === 1 || claimant.fit > 0);
    const detail = `${claimant.id} (${claimant.owner.prepared.record.title}) among the names of ${claimant.node.prepared.record.title}`;
    const { index: by } = claimant.node;
    const pair = { rule: 'same-attack-id', left: claimant.owner.index, right: by, by } as const;
    (sound ? accepted : refused).push({ ...pair, detail });
  }
  return { accepted, refused };
}

function isBestOf(claimant: Claimant, rivals: readonly Claimant[]): boolean {
  return rivals.every((rival) => rival === claimant || rival.fit < claimant.fit);
}

function claimantsOf(
  node: JoinNode,
  nodes: readonly JoinNode[],
  index: NodeIndex,
  groups: Groups,
): readonly Claimant[] {
  return [...new Set(node.claimedIds)].flatMap((id) => {
    const owner = index.byAttackId(node.family, id)[0];
    if (owner === undefined) return [];
    const members = groups.members(owner.index).flatMap((member) => nodes[member] ?? []);
    return [{ node, id, owner, fit: fitOf(node, members) }];
  });
}

function fitOf(node: JoinNode, owners: readonly JoinNode[]): Claimant['fit'] {
  const { mainKey } = node.prepared;
  if (owners.some((owner) => owner.prepared.mainKey === mainKey)) return 2;
  return owners.some((owner) => owner.nameKeys.has(mainKey) || node.nameKeys.has(owner.prepared.mainKey))
    ? 1
    : 0;
}
