import type { Candidate } from './candidates.ts';
import { type ContradictionContext, contradiction } from './contradiction.ts';
import { append, createFamilyTable } from './family-table.ts';
import type { Groups } from './groups.ts';
import type { JoinNode } from './join-node.ts';
import { titleOf } from './similar-edges.ts';

/**
 * Joins an entry of a vendor's list to the one actor whose record carries the entry's main name as its own, when
 * the entry in turn carries a name of that actor: each side names the other. One shared alias is not enough, nor
 * is a main name that two actors carry, nor anything that contradicts it. Applied last.
 */
export function joinNamedByBoth(
  nodes: readonly JoinNode[],
  context: ContradictionContext,
): { readonly joined: readonly Candidate[]; readonly refused: readonly Candidate[] } {
  const { groups } = context;
  const carriers = createFamilyTable<JoinNode[]>();
  for (const node of nodes) {
    if (node.family !== 'intrusion-set') continue;
    for (const key of node.nameKeys) append(carriers, node.family, key, node);
  }
  const joined: Candidate[] = [];
  const refused: Candidate[] = [];
  for (const node of nodes) {
    if (node.family !== 'intrusion-set' || groups.anchor(node.index) !== undefined) continue;
    const owner = onlyOwner(node, carriers.get(node.family, node.prepared.mainKey) ?? [], groups);
    const shared = owner === undefined ? undefined : sharedName(node, owner, groups);
    if (owner === undefined || shared === undefined) continue;
    const detail = `${titleOf(owner)} is also called ${titleOf(node)}, and both carry the name ${shared}`;
    const candidate: Candidate = {
      rule: 'named-by-both',
      left: Math.min(owner.index, node.index),
      right: Math.max(owner.index, node.index),
      by: node.index,
      detail,
    };
    const reason = contradiction(owner.index, node.index, context, false);
    if (reason === undefined) {
      groups.unite(owner.index, node.index);
      joined.push(candidate);
    } else refused.push({ ...candidate, detail: `${detail}, but ${reason}` });
  }
  return { joined, refused };
}

/** The carrier of a name in the only group other than the node's own that carries it. */
function onlyOwner(node: JoinNode, carriers: readonly JoinNode[], groups: Groups): JoinNode | undefined {
  const own = groups.root(node.index);
  const others = carriers.filter((carrier) => groups.root(carrier.index) !== own);
  const [first] = others;
  if (first === undefined) return undefined;
  const root = groups.root(first.index);
  return others.every((carrier) => groups.root(carrier.index) === root) ? first : undefined;
}

/** A name other than the entry's main one that the entry and the owner's group both carry, as the entry writes it. */
function sharedName(node: JoinNode, owner: JoinNode, groups: Groups): string | undefined {
  const theirs = new Set(groups.members(owner.index).flatMap(({ nameKeys }) => nameKeys));
  return node.nameKeys.find((key) => key !== node.prepared.mainKey && theirs.has(key));
}
