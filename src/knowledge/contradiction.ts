import { append, createFamilyTable, type FamilyTable } from './family-table.ts';
import type { Groups } from './groups.ts';
import type { JoinNode } from './join-node.ts';
import { names, type Similarity, titleOf } from './similar-edges.ts';

/** What `contradiction` looks at. */
export interface ContradictionContext {
  readonly groups: Groups;
  readonly similarity: Similarity;
  /** The ATT&CK objects that carry a name, by family and key. */
  readonly attackNames: FamilyTable<JoinNode[]>;
}

export function attackNames(nodes: readonly JoinNode[]): FamilyTable<JoinNode[]> {
  const owners = createFamilyTable<JoinNode[]>();
  for (const node of nodes) {
    if (node.attackIds.length === 0) continue;
    for (const key of node.nameKeys) append(owners, node.family, key, node);
  }
  return owners;
}

/**
 * Why two groups cannot be one thing by similarity alone; undefined where nothing speaks against it.
 * @param settled the names bear the similarity out so well that two countries are a disagreement, not a
 *   contradiction
 */
export function contradiction(
  a: number,
  b: number,
  context: ContradictionContext,
  settled: boolean,
): string | undefined {
  const left = context.groups.members(a);
  const right = context.groups.members(b);
  return (
    context.groups.forbidden(a, b) ??
    (settled ? undefined : differentCountries(left, right)) ??
    differentNumbers(left, right) ??
    keptApart(left, right, context.similarity) ??
    namedElsewhere(left, b, context) ??
    namedElsewhere(right, a, context)
  );
}

function differentCountries(left: readonly JoinNode[], right: readonly JoinNode[]): string | undefined {
  const [ours, theirs] = [countriesOf(left), countriesOf(right)];
  if (ours.length === 0 || theirs.length === 0 || ours.some((country) => theirs.includes(country))) {
    return undefined;
  }
  return `they are attributed to different countries (${ours.join(', ')}; ${theirs.join(', ')})`;
}

function countriesOf(side: readonly JoinNode[]): readonly string[] {
  return [...new Set(side.flatMap((node) => node.countries))].sort();
}

/** Main names that differ in their number alone ("GC01", "GC02"), where neither side carries the other's name. */
function differentNumbers(left: readonly JoinNode[], right: readonly JoinNode[]): string | undefined {
  const ours = new Map(
    left.flatMap((node) => (/\d/.test(node.prepared.mainKey) ? [[shape(node), node]] : [])),
  );
  for (const b of ours.size === 0 ? [] : right) {
    const a = ours.get(shape(b));
    if (a === undefined || numbersOf(a) === numbersOf(b) || names(a, b) || names(b, a)) continue;
    return `${titleOf(a)} and ${titleOf(b)} differ in their number`;
  }
  return undefined;
}

function shape({ prepared }: JoinNode): string {
  return prepared.mainKey.replace(/\d+/g, '#');
}

function numbersOf({ prepared }: JoinNode): string {
  return (prepared.mainKey.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, '')).join(' ');
}

/** One list has an entry on each side and neither calls the other the same. */
function keptApart(
  left: readonly JoinNode[],
  right: readonly JoinNode[],
  similarity: Similarity,
): string | undefined {
  for (const a of left) {
    for (const b of right) {
      if (a.prepared.list !== b.prepared.list || a.prepared.mainKey === b.prepared.mainKey) continue;
      if (names(a, b) || names(b, a) || similarity.has(a.index, b.index)) continue;
      return `${a.prepared.list} keeps ${titleOf(a)} and ${titleOf(b)} apart`;
    }
  }
  return undefined;
}

/** The other side is an ATT&CK object, and ATT&CK gives a main name of this side to a different one. */
function namedElsewhere(
  side: readonly JoinNode[],
  other: number,
  { groups, attackNames: owned }: ContradictionContext,
): string | undefined {
  const anchor = groups.anchor(other);
  if (anchor === undefined) return undefined;
  for (const node of side) {
    const owners = owned.get(node.family, node.prepared.mainKey) ?? [];
    const anchors = new Set(owners.map((owner) => groups.anchor(owner.index)));
    if (anchors.size > 0 && !anchors.has(anchor)) {
      return `ATT&CK gives the name ${titleOf(node)} to ${[...anchors].join(' and ')}`;
    }
  }
  return undefined;
}
