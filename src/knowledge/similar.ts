import type { Candidate } from './candidates.ts';
import { type ContradictionContext, contradiction } from './contradiction.ts';
import type { Groups } from './groups.ts';
import type { JoinNode } from './join-node.ts';
import { createEdges, type SimilarEdge, titleOf } from './similar-edges.ts';

interface Context extends ContradictionContext {
  readonly nodes: readonly JoinNode[];
  readonly around: ReadonlyMap<number, readonly SimilarEdge[]>;
}

/**
 * Joins what publishers call similar with a likelihood of "likely" or more. Curated lists say so generously, so
 * a pointer is refused where its two ends contradict one another, and where one end is similar to several that
 * contradict one another, unless one of those is settled by name and the others are not.
 */
export function joinSimilar(
  nodes: readonly JoinNode[],
  shared: ContradictionContext,
): { readonly joined: readonly Candidate[]; readonly refused: readonly Candidate[] } {
  const { similarity, groups } = shared;
  const edges = createEdges(similarity, groups);
  const joined: Candidate[] = similarity.pairs.filter(
    (pair) => groups.root(pair.left) === groups.root(pair.right),
  );
  const refused: Candidate[] = [];
  const context: Context = { ...shared, nodes, around: edgesByNode(edges) };
  for (const edge of edges) {
    const reason = objection(edge, context);
    if (reason === undefined) {
      groups.unite(edge.left, edge.right);
      joined.push(edge);
    } else refused.push({ ...edge, detail: `${edge.detail}, but ${reason}` });
  }
  return { joined, refused };
}

function edgesByNode(edges: readonly SimilarEdge[]): ReadonlyMap<number, readonly SimilarEdge[]> {
  const around = new Map<number, SimilarEdge[]>();
  for (const edge of edges) {
    for (const node of [edge.left, edge.right]) {
      const known = around.get(node);
      if (known === undefined) around.set(node, [edge]);
      else known.push(edge);
    }
  }
  return around;
}

function objection(edge: SimilarEdge, context: Context): string | undefined {
  if (context.groups.root(edge.left) === context.groups.root(edge.right)) return undefined;
  return contradiction(edge.left, edge.right, context, edge.settled) ?? rivalry(edge, context);
}

/** Another thing that one end is similar to, which contradicts the other end and is as well borne out by names. */
function rivalry(edge: SimilarEdge, context: Context): string | undefined {
  const { groups, nodes } = context;
  for (const [end, partner] of [
    [edge.left, edge.right],
    [edge.right, edge.left],
  ] as const) {
    for (const other of groups.members(end).flatMap(({ index }) => context.around.get(index) ?? [])) {
      const far = farEnd(other, end, groups);
      if (far === undefined || (edge.settled && !other.settled)) continue;
      if (groups.root(far) === groups.root(partner)) continue;
      if (contradiction(end, far, context, other.settled) !== undefined) continue;
      if (contradiction(far, partner, context, false) === undefined) continue;
      const [here, there] = [nodes[end], nodes[far]];
      if (here === undefined || there === undefined) continue;
      return `${titleOf(here)} is similar to ${titleOf(there)} as well, which is another`;
    }
  }
  return undefined;
}

/** The node at the far end of an edge of a group; undefined where both ends have come together. */
function farEnd(edge: SimilarEdge, node: number, groups: Groups): number | undefined {
  const root = groups.root(node);
  if (groups.root(edge.left) !== root) return edge.left;
  return groups.root(edge.right) === root ? undefined : edge.right;
}
