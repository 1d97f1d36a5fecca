import type { Candidate } from './candidates.ts';
import type { Groups } from './groups.ts';
import type { JoinNode, NodeIndex } from './join-node.ts';

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
  const claimants = nodes.flatMap((node) => claimantsOf(node, index, groups));
  const byId = Map.groupBy(claimants, ({ node, id }) => `${node.prepared.list} ${id}`);
  const byNode = Map.groupBy(claimants, ({ node }) => node.index);
  const accepted: Candidate[] = [];
  const refused: Candidate[] = [];
  for (const claimant of claimants) {
    const { node, id, owner, fit } = claimant;
    const rivals = byId.get(`${node.prepared.list} ${id}`) ?? [];
    const own = byNode.get(node.index) ?? [];
    const sound = isBestOf(claimant, rivals) && isBestOf(claimant, own) && (own.length === 1 || fit > 0);
    const detail = `${id} (${owner.prepared.record.title}) among the names of ${node.prepared.record.title}`;
    const candidate = { left: owner.index, right: node.index, by: node.index, detail };
    (sound ? accepted : refused).push({ rule: 'same-attack-id', ...candidate });
  }
  return { accepted, refused };
}

function isBestOf(claimant: Claimant, rivals: readonly Claimant[]): boolean {
  return rivals.every((rival) => rival === claimant || rival.fit < claimant.fit);
}

const nobody: readonly Claimant[] = [];

function claimantsOf(node: JoinNode, index: NodeIndex, groups: Groups): readonly Claimant[] {
  if (node.claimedIds.length === 0) return nobody;
  return [...new Set(node.claimedIds)].flatMap((id) => {
    const owner = index.attackIds.get(node.family, id)?.[0];
    if (owner === undefined) return nobody;
    return [{ node, id, owner, fit: fitOf(node, groups.members(owner.index)) }];
  });
}

function fitOf(node: JoinNode, owners: readonly JoinNode[]): Claimant['fit'] {
  const { mainKey } = node.prepared;
  if (owners.some((owner) => owner.prepared.mainKey === mainKey)) return 2;
  const isNamed = owners.some(
    (owner) => owner.nameKeys.includes(mainKey) || node.nameKeys.includes(owner.prepared.mainKey),
  );
  return isNamed ? 1 : 0;
}
