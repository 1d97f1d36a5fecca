import type { Candidate } from './candidates.ts';
import type { Groups } from './groups.ts';
import type { JoinNode, NodeIndex } from './join-node.ts';

/** "Likely" in the words of estimative language: from here on a `similar` counts as the same. */
export const likely = 55;

/** A `similar` of one record for another, of enough likelihood. */
export interface SimilarPair extends Candidate {
  readonly likelihood: number;
}

/** All `similar` pointers between two records of one family, one for each pair: the likeliest. */
export interface Similarity {
  readonly pairs: readonly SimilarPair[];
  has(a: number, b: number): boolean;
}

export function createSimilarity(nodes: readonly JoinNode[], index: NodeIndex): Similarity {
  const best = new Map<number, SimilarPair>();
  const pairKey = (a: number, b: number): number => Math.min(a, b) * nodes.length + Math.max(a, b);
  for (const node of nodes) {
    for (const pointer of node.similar) {
      if (pointer.likelihood < likely) continue;
      const target = index.find(pointer.target);
      if (target === undefined || target === node || target.family !== node.family) continue;
      const [left, right] = node.index < target.index ? [node, target] : [target, node];
      const key = pairKey(left.index, right.index);
      if (pointer.likelihood <= (best.get(key)?.likelihood ?? -1)) continue;
      const detail = `${titleOf(node)} is similar to ${titleOf(target)} (likelihood ${pointer.likelihood})`;
      const pair = { rule: 'similar', left: left.index, right: right.index, by: node.index, detail } as const;
      best.set(key, { ...pair, likelihood: pointer.likelihood });
    }
  }
  return { pairs: [...best.values()], has: (a, b) => best.has(pairKey(a, b)) };
}

export function titleOf(node: JoinNode): string {
  return node.prepared.record.title;
}

/** A pair whose records stand in two groups still, with how well the names of the two bear it out. */
export interface SimilarEdge extends SimilarPair {
  /** How many lists call one of the two by the other's main name. */
  readonly backing: number;
  /**
   * True when the ATT&CK object on one side carries the main name of the other, or the main names differ only in
   * a word such as "Group".
   */
  readonly settled: boolean;
}

export function createEdges(similarity: Similarity, groups: Groups): readonly SimilarEdge[] {
  return similarity.pairs
    .filter((pair) => groups.root(pair.left) !== groups.root(pair.right))
    .map((pair) => withBacking(pair, groups.members(pair.left), groups.members(pair.right)))
    .sort(byStrength);
}

/** True when `a` carries the main name of `b`. */
export function names(a: JoinNode, b: JoinNode): boolean {
  return a.nameKeys.includes(b.prepared.mainKey);
}

function withBacking(pair: SimilarPair, left: readonly JoinNode[], right: readonly JoinNode[]): SimilarEdge {
  const lists = new Set<string>();
  let settled = false;
  for (const a of left) {
    for (const b of right) {
      settled ||= coreKey(a.prepared.mainKey) === coreKey(b.prepared.mainKey);
      if (names(a, b)) lists.add(a.prepared.list);
      if (names(b, a)) lists.add(b.prepared.list);
      settled ||= (names(a, b) && a.attackIds.length > 0) || (names(b, a) && b.attackIds.length > 0);
    }
  }
  return { ...pair, backing: lists.size, settled };
}

/** A name's key without a general word at its end: `turla` of "Turla Group". Short rests are kept whole. */
export function coreKey(key: string): string {
  const core = key.replace(/(?:group|team|gang)$/, '');
  return core.length < 4 ? key : core;
}

function byStrength(a: SimilarEdge, b: SimilarEdge): number {
  return (
    Number(b.settled) - Number(a.settled) ||
    b.backing - a.backing ||
    b.likelihood - a.likelihood ||
    a.left - b.left ||
    a.right - b.right
  );
}
