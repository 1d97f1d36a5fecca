import type { Candidate } from './candidates.ts';
import type { Groups } from './groups.ts';
import { append, type JoinNode, type NodeIndex } from './join-node.ts';

/** "Likely" in the words of estimative language: from here on a `similar` counts as the same. */
export const likely = 55;

interface SimilarEdge extends Candidate {
  readonly likelihood: number;
  /** How many lists call one of the two by the other's main name. */
  readonly backing: number;
  /** True when one is named by the ATT&CK object of the other. */
  readonly backedByAttack: boolean;
}

interface Outcome {
  readonly joined: readonly Candidate[];
  readonly refused: readonly Candidate[];
}

/**
 * Joins what publishers call similar with a likelihood of "likely" or more. A curator's list says so generously,
 * so a pointer is refused where its two ends contradict one another, and where one end is similar to several
 * that contradict one another, unless ATT&CK's own entry for one of them carries the name.
 */
export function joinSimilar(nodes: readonly JoinNode[], index: NodeIndex, groups: Groups): Outcome {
  const similarity = createSimilarity(nodes, index);
  const edges = similarity.edges
    .filter((edge) => groups.root(edge.left) !== groups.root(edge.right))
    .map((edge) => withBacking(edge, nodes, groups))
    .sort(byStrength);
  const joined: Candidate[] = similarity.edges.filter(
    (edge) => groups.root(edge.left) === groups.root(edge.right),
  );
  const refused: Candidate[] = [];
  const around = new Map<number, SimilarEdge[]>();
  for (const edge of edges) {
    append(around, edge.left, edge);
    append(around, edge.right, edge);
  }
  const context: Context = { nodes, groups, around, similarity, owners: attackNames(nodes) };
  for (const edge of edges) {
    const reason =
      groups.root(edge.left) === groups.root(edge.right)
        ? undefined
        : (contradiction(edge.left, edge.right, context) ?? rivalry(edge, context));
    if (reason === undefined) {
      groups.unite(edge.left, edge.right);
      joined.push(edge);
    } else refused.push({ ...edge, detail: `${edge.detail}, but ${reason}` });
  }
  return { joined, refused };
}

interface Similarity {
  readonly edges: readonly (Candidate & { readonly likelihood: number })[];
  has(a: number, b: number): boolean;
}

function createSimilarity(nodes: readonly JoinNode[], index: NodeIndex): Similarity {
  const best = new Map<string, Candidate & { likelihood: number }>();
  for (const node of nodes) {
    for (const pointer of node.similar) {
      const target = index.find(pointer.target);
      if (target === undefined || target === node || target.family !== node.family) continue;
      const [left, right] = node.index < target.index ? [node, target] : [target, node];
      const key = `${left.index} ${right.index}`;
      if (pointer.likelihood < likely || pointer.likelihood <= (best.get(key)?.likelihood ?? -1)) continue;
      const detail = `${node.prepared.record.title} is similar to ${target.prepared.record.title} (likelihood ${pointer.likelihood})`;
      best.set(key, {
        rule: 'similar',
        left: left.index,
        right: right.index,
        detail,
        likelihood: pointer.likelihood,
      });
    }
  }
  return {
    edges: [...best.values()],
    has: (a, b) => best.has(a < b ? `${a} ${b}` : `${b} ${a}`),
  };
}

interface Context {
  readonly nodes: readonly JoinNode[];
  readonly groups: Groups;
  readonly around: ReadonlyMap<number, readonly SimilarEdge[]>;
  readonly similarity: Similarity;
  /** The ATT&CK objects that carry a name, by family and key. */
  readonly owners: ReadonlyMap<string, readonly JoinNode[]>;
}

function attackNames(nodes: readonly JoinNode[]): ReadonlyMap<string, readonly JoinNode[]> {
  const owners = new Map<string, JoinNode[]>();
  for (const node of nodes) {
    if (node.attackIds.length === 0) continue;
    for (const key of node.nameKeys) append(owners, `${node.family} ${key}`, node);
  }
  return owners;
}

function membersOf(node: number, { nodes, groups }: Pick<Context, 'nodes' | 'groups'>): readonly JoinNode[] {
  return groups.members(node).flatMap((member) => nodes[member] ?? []);
}

function names(a: JoinNode, b: JoinNode): boolean {
  return a.nameKeys.has(b.prepared.mainKey);
}

function withBacking(
  edge: Candidate & { readonly likelihood: number },
  nodes: readonly JoinNode[],
  groups: Groups,
): SimilarEdge {
  const [left, right] = [edge.left, edge.right].map((node) => membersOf(node, { nodes, groups }));
  const lists = new Set<string>();
  let backedByAttack = false;
  for (const a of left ?? []) {
    for (const b of right ?? []) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        if (!names(from, to)) continue;
        lists.add(from.prepared.list);
        backedByAttack ||= from.attackIds.length > 0;
      }
    }
  }
  return { ...edge, backing: lists.size, backedByAttack };
}

function byStrength(a: SimilarEdge, b: SimilarEdge): number {
  return (
    Number(b.backedByAttack) - Number(a.backedByAttack) ||
    b.backing - a.backing ||
    b.likelihood - a.likelihood ||
    a.left - b.left ||
    a.right - b.right
  );
}

/** Why two groups cannot be one thing by similarity alone; undefined where nothing speaks against it. */
function contradiction(a: number, b: number, context: Context): string | undefined {
  const [left, right] = [membersOf(a, context), membersOf(b, context)];
  return (
    context.groups.forbidden(a, b) ??
    differentCountries(left, right) ??
    keptApart(left, right, context) ??
    namedElsewhere(left, b, context) ??
    namedElsewhere(right, a, context)
  );
}

function differentCountries(left: readonly JoinNode[], right: readonly JoinNode[]): string | undefined {
  const [ours, theirs] = [countriesOf(left), countriesOf(right)];
  if (ours.length === 0 || theirs.length === 0 || ours.some((country) => theirs.includes(country)))
    return undefined;
  return `they are attributed to different countries (${ours.join(', ')}; ${theirs.join(', ')})`;
}

function countriesOf(side: readonly JoinNode[]): readonly string[] {
  return [...new Set(side.flatMap((node) => [...node.countries]))].sort();
}

/** One list has an entry on each side and neither calls the other the same. */
function keptApart(
  left: readonly JoinNode[],
  right: readonly JoinNode[],
  context: Context,
): string | undefined {
  for (const a of left) {
    for (const b of right) {
      if (a.prepared.list !== b.prepared.list || a.prepared.mainKey === b.prepared.mainKey) continue;
      if (names(a, b) || names(b, a) || context.similarity.has(a.index, b.index)) continue;
      return `${a.prepared.list} keeps ${a.prepared.record.title} and ${b.prepared.record.title} apart`;
    }
  }
  return undefined;
}

/** The other side is an ATT&CK object, and ATT&CK gives a main name of this side to a different one. */
function namedElsewhere(side: readonly JoinNode[], other: number, context: Context): string | undefined {
  const anchor = context.groups.anchor(other);
  if (anchor === undefined) return undefined;
  for (const node of side) {
    const owners = context.owners.get(`${node.family} ${node.prepared.mainKey}`) ?? [];
    const anchors = owners.map((owner) => context.groups.anchor(owner.index));
    if (anchors.length > 0 && !anchors.includes(anchor)) {
      return `ATT&CK gives the name ${node.prepared.record.title} to ${anchors.join(' and ')}`;
    }
  }
  return undefined;
}

/** Another thing that one end is similar to, which contradicts the other end and is as well backed. */
function rivalry(edge: SimilarEdge, context: Context): string | undefined {
  if (edge.backedByAttack) return undefined;
  for (const [end, partner] of [
    [edge.left, edge.right],
    [edge.right, edge.left],
  ] as const) {
    for (const other of groupEdges(end, context)) {
      const far = otherEnd(other, end, context);
      if (far === undefined || context.groups.root(far) === context.groups.root(partner)) continue;
      if (contradiction(end, far, context) !== undefined) continue;
      if (contradiction(far, partner, context) === undefined) continue;
      return `${titleOf(end, context)} is similar to ${titleOf(far, context)} as well, which is another`;
    }
  }
  return undefined;
}

function groupEdges(node: number, { groups, around }: Context): readonly SimilarEdge[] {
  return groups.members(node).flatMap((member) => around.get(member) ?? []);
}

/** The node at the far end of an edge of a group; undefined where both ends have come together. */
function otherEnd(edge: SimilarEdge, node: number, { groups }: Context): number | undefined {
  const root = groups.root(node);
  if (groups.root(edge.left) !== root) return edge.left;
  return groups.root(edge.right) === root ? undefined : edge.right;
}

function titleOf(node: number, { nodes }: Context): string {
  return nodes[node]?.prepared.record.title ?? '';
}
