import type { Decision, DecisionProblem } from './decisions.ts';
import type { JoinNode } from './join-node.ts';

/** Two nodes that a decision speaks of. */
export interface DecidedPair {
  readonly left: number;
  readonly right: number;
  readonly decision: Decision;
}

/** A name that an operator takes from the thing whose records carry it. */
export interface PartedName {
  /** As written in the decision. */
  readonly text: string;
  readonly key: string;
  readonly nodes: readonly JoinNode[];
  readonly decision: Decision;
}

export interface AppliedDecisions {
  readonly same: readonly DecidedPair[];
  readonly parted: readonly DecidedPair[];
  readonly names: readonly PartedName[];
  readonly problems: readonly DecisionProblem[];
}

/**
 * Makes pairs of nodes out of decisions, strongest first. What contradicts a stronger decision, even over several
 * steps, is left out and reported: apart is the safe side.
 */
export function applyDecisions(decisions: readonly Decision[], nodeCount: number): AppliedDecisions {
  const problems: DecisionProblem[] = [];
  const names: PartedName[] = [];
  if (decisions.length === 0) return { same: [], parted: [], names, problems };
  const union = createUnion(nodeCount);
  const same: DecidedPair[] = [];
  const parted: DecidedPair[] = [];
  for (const decision of decisions) {
    const pairs = decision.kind === 'different' ? everyTwo(decision) : firstWithOthers(decision);
    for (const [a, b] of pairs) {
      const name = decision.kind === 'different' ? partedName(a, b, decision) : undefined;
      if (name !== undefined) {
        names.push(name);
        continue;
      }
      const problem =
        decision.kind === 'different'
          ? part(a, b, decision, union, same, parted)
          : join(a, b, decision, union, same, parted);
      if (problem !== undefined) problems.push(problem);
    }
  }
  return { same, parted, names, problems };
}

interface Member {
  readonly text: string;
  readonly nodes: readonly JoinNode[];
  readonly aliasKey: string | undefined;
}

function membersOf({ members, nodes, aliasKeys }: Decision): readonly Member[] {
  return members.map((text, index) => ({ text, nodes: nodes[index] ?? [], aliasKey: aliasKeys[index] }));
}

/** Of two members that are one record's, the one that is only a name of it. */
function partedName(a: Member, b: Member, decision: Decision): PartedName | undefined {
  const [alias, other] = a.aliasKey === undefined ? [b, a] : [a, b];
  if (alias.aliasKey === undefined || other.aliasKey !== undefined) return undefined;
  if (!other.nodes.some((node) => alias.nodes.includes(node))) return undefined;
  return { text: alias.text, key: alias.aliasKey, nodes: alias.nodes, decision };
}

function everyTwo(decision: Decision): readonly (readonly [Member, Member])[] {
  const members = membersOf(decision);
  return members.flatMap((left, at) => members.slice(at + 1).map((right) => [left, right] as const));
}

function firstWithOthers(decision: Decision): readonly (readonly [Member, Member])[] {
  const [first, ...others] = membersOf(decision);
  return first === undefined ? [] : others.map((other) => [first, other] as const);
}

function part(
  a: Member,
  b: Member,
  decision: Decision,
  union: Union,
  same: readonly DecidedPair[],
  parted: DecidedPair[],
): DecisionProblem | undefined {
  if (a.nodes.some((node) => b.nodes.includes(node))) {
    const text = `${placeOf(decision)}${quoted(a.text)} and ${quoted(b.text)} are names of one record, so there is nothing to keep apart; name the ids of two records`;
    return { kind: 'alone', text };
  }
  const stronger = same.find(
    (pair) =>
      union.root(pair.left) === union.root(a.nodes[0]?.index ?? -1) &&
      b.nodes.some((node) => union.root(node.index) === union.root(pair.left)),
  );
  if (stronger !== undefined) return conflict(a, b, decision, stronger.decision);
  for (const left of a.nodes) {
    for (const right of b.nodes) parted.push({ left: left.index, right: right.index, decision });
  }
  return undefined;
}

function join(
  a: Member,
  b: Member,
  decision: Decision,
  union: Union,
  same: DecidedPair[],
  parted: readonly DecidedPair[],
): DecisionProblem | undefined {
  const [left, right] = [a.nodes[0], b.nodes[0]];
  if (left === undefined || right === undefined || left === right) return undefined;
  const [rootLeft, rootRight] = [union.root(left.index), union.root(right.index)];
  if (rootLeft === rootRight) return undefined;
  const against = parted.find((pair) => {
    const [one, two] = [union.root(pair.left), union.root(pair.right)];
    return (one === rootLeft && two === rootRight) || (one === rootRight && two === rootLeft);
  });
  if (against !== undefined) return conflict(a, b, decision, against.decision);
  union.unite(left.index, right.index);
  same.push({ left: left.index, right: right.index, decision });
  return undefined;
}

function conflict(a: Member, b: Member, decision: Decision, against: Decision): DecisionProblem {
  const isEqual = decision.rank === against.rank;
  const what = decision.kind === 'same' ? 'the same' : 'different';
  const other = against.kind === 'same' ? 'the same' : 'different';
  const where = against.place === undefined ? 'another decision' : against.place;
  const end = isEqual ? 'they stay apart; remove one of the two' : 'which is the stronger file, so it holds';
  return {
    kind: isEqual ? 'contradiction' : 'overridden',
    text: `${placeOf(decision)}${quoted(a.text)} and ${quoted(b.text)} are called ${what}, but ${other} by ${where}; ${end}`,
  };
}

function placeOf({ place }: Decision): string {
  return place === undefined ? '' : `${place}: `;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

interface Union {
  root(node: number): number;
  unite(a: number, b: number): void;
}

function createUnion(size: number): Union {
  const parents = Int32Array.from({ length: size }, (_, index) => index);
  const root = (node: number): number => {
    let current = node;
    for (let up = parents[current] ?? current; up !== current; up = parents[current] ?? current) {
      parents[current] = parents[up] ?? up;
      current = parents[current] ?? current;
    }
    return current;
  };
  return {
    root,
    unite: (a, b) => {
      parents[root(b)] = root(a);
    },
  };
}
