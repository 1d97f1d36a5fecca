import type { DecidedPair } from './apply-decisions.ts';
import type { JoinNode } from './join-node.ts';

/** Nodes on their way to entities: a union–find that knows what must never come together. */
export interface Groups {
  root(node: number): number;
  /** The ATT&CK object that a node's group stands for, if any: a group never has two. */
  anchor(node: number): string | undefined;
  members(node: number): readonly JoinNode[];
  /** Why the two groups must not be one; undefined where nothing forbids it. */
  forbidden(a: number, b: number): string | undefined;
  /** Joins two groups; the caller has asked `forbidden` first. */
  unite(a: number, b: number): void;
}

/**
 * @param anchors the ATT&CK id that each node stands for, with revoked ones replaced by what they were revoked
 *   into; undefined for nodes without an own ATT&CK id
 * @param parted pairs of nodes that an operator keeps apart
 */
export function createGroups(
  nodes: readonly JoinNode[],
  anchors: readonly (string | undefined)[],
  parted: readonly DecidedPair[],
): Groups {
  const strangers = strangersOf(parted);
  const parents = nodes.map((_, index) => index);
  const members: (readonly JoinNode[])[] = nodes.map((node) => [node]);
  const groupAnchors = [...anchors];
  const root = (node: number): number => {
    let current = node;
    for (let parent = parents[current] ?? current; parent !== current; parent = parents[current] ?? current) {
      parents[current] = parents[parent] ?? parent;
      current = parents[current] ?? current;
    }
    return current;
  };
  const anchor = (node: number): string | undefined => groupAnchors[root(node)];
  return {
    root,
    anchor,
    members: (node) => members[root(node)] ?? [],
    forbidden: (a, b) => {
      const [rootA, rootB] = [root(a), root(b)];
      if (areStrangers(members[rootA] ?? [], rootB, root, strangers)) return 'an operator keeps them apart';
      const [anchorA, anchorB] = [groupAnchors[rootA], groupAnchors[rootB]];
      if (anchorA === undefined || anchorB === undefined || anchorA === anchorB) return undefined;
      return `ATT&CK keeps ${[anchorA, anchorB].sort().join(' and ')} apart`;
    },
    unite: (a, b) => {
      const [rootA, rootB] = [root(a), root(b)];
      if (rootA === rootB) return;
      const [keep, give] = rootA < rootB ? [rootA, rootB] : [rootB, rootA];
      parents[give] = keep;
      members[keep] = [...(members[keep] ?? []), ...(members[give] ?? [])].sort((x, y) => x.index - y.index);
      members[give] = [];
      groupAnchors[keep] ??= groupAnchors[give];
    },
  };
}

function strangersOf(parted: readonly DecidedPair[]): ReadonlyMap<number, readonly number[]> {
  const strangers = new Map<number, number[]>();
  const add = (node: number, other: number): void => {
    const known = strangers.get(node);
    if (known === undefined) strangers.set(node, [other]);
    else known.push(other);
  };
  for (const { left, right } of parted) {
    add(left, right);
    add(right, left);
  }
  return strangers;
}

/** True when someone in one group is to be kept apart from someone in the other. */
function areStrangers(
  group: readonly JoinNode[],
  otherRoot: number,
  root: (node: number) => number,
  strangers: ReadonlyMap<number, readonly number[]>,
): boolean {
  if (strangers.size === 0) return false;
  return group.some((node) => strangers.get(node.index)?.some((other) => root(other) === otherRoot) === true);
}
