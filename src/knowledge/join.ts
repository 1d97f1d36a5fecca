import type { Tlp } from '../domain/tlp.ts';
import {
  type AppliedDecisions,
  applyDecisions,
  type DecidedPair,
  type PartedName,
} from './apply-decisions.ts';
import { type Candidate, equalNameGroups, revokedByCandidates, sameIdCandidates } from './candidates.ts';
import { claimedIdCandidates } from './claimed-ids.ts';
import { attackNames } from './contradiction.ts';
import { type AliasOwners, type Decision, type DecisionProblem, readDecisions } from './decisions.ts';
import { createGroups, type Groups } from './groups.ts';
import { type IdentityDecisions, noDecisions } from './identity.ts';
import { createNodeIndex, type JoinNode, type NodeIndex } from './join-node.ts';
import { joinNamedByBoth } from './named-by-both.ts';
import { compareText } from './prepare.ts';
import { joinSimilar } from './similar.ts';
import { createSimilarity } from './similar-edges.ts';

/** Nodes that are one thing, with what says so and what was refused. */
export interface JoinResult {
  readonly groups: readonly (readonly JoinNode[])[];
  /** By group, as `groups`. */
  readonly evidence: readonly (readonly Candidate[])[];
  readonly refused: readonly Candidate[];
  /** Pairs that an operator's decision joined or keeps apart. */
  readonly decided: Pick<AppliedDecisions, 'same' | 'parted' | 'names'>;
  readonly problems: readonly DecisionProblem[];
}

/**
 * Joins nodes into things by the design's rules, strongest evidence first: an operator's word, one id, one ATT&CK
 * id, revoked-by, an ATT&CK id among synonyms, an equal main name, `similar`, names on both sides. Two different ATT&CK objects never
 * come together, however long the way between them, unless an operator says so. The result depends on the set of nodes only.
 */
export function joinNodes(given: readonly JoinNode[], identity: IdentityDecisions, ceiling: Tlp): JoinResult {
  const read = readDecisions(identity, given, ceiling, () => aliasOwners(given));
  const decided = applyDecisions(read.decisions, given.length);
  const { same, parted, names } = decided;
  const nodes = withoutNames(given, names);
  const index = createNodeIndex(nodes);
  const groups = createGroups(nodes, mergeAnchors(anchorsOf(nodes, index), same), parted);
  const joined: Candidate[] = [];
  const refused: Candidate[] = [];
  const join = (candidates: Iterable<Candidate>): void => {
    for (const candidate of candidates) joinCandidate(candidate, groups, joined, refused);
  };
  join(same.map(operatorCandidate));
  join(sameIdCandidates(index));
  join(revokedByCandidates(nodes, index));
  const claimed = claimedIdCandidates(nodes, index, groups);
  join(claimed.accepted);
  joinEqualNames(nodes, groups, joined, refused);
  const context = { groups, similarity: createSimilarity(nodes, index), attackNames: attackNames(nodes) };
  const similar = joinSimilar(nodes, context);
  joined.push(...similar.joined);
  refused.push(...similar.refused);
  const named = joinNamedByBoth(nodes, context);
  joined.push(...named.joined);
  refused.push(...named.refused);
  refused.push(...claimed.refused.filter((pair) => groups.root(pair.left) !== groups.root(pair.right)));
  refused.push(...parted.map(operatorRefusal));
  const problems = [...read.problems, ...decided.problems];
  return { ...collect(nodes, groups, joined, refused), decided: { same, parted, names }, problems };
}

/** The nodes without the names that an operator took from them. */
function withoutNames(nodes: readonly JoinNode[], names: readonly PartedName[]): readonly JoinNode[] {
  if (names.length === 0) return nodes;
  const taken = new Map<number, Set<string>>();
  for (const { key, nodes: carriers } of names) {
    for (const { index } of carriers) taken.set(index, (taken.get(index) ?? new Set()).add(key));
  }
  return nodes.map((node) => {
    const keys = taken.get(node.index);
    if (keys === undefined) return node;
    return { ...node, nameKeys: node.nameKeys.filter((key) => !keys.has(key)) };
  });
}

function operatorCandidate({ left, right, decision }: DecidedPair): Candidate {
  const detail = `an operator says that they are the same${wordsOf(decision)}`;
  return { rule: 'operator', left, right, by: right, detail };
}

function operatorRefusal({ left, right, decision }: DecidedPair): Candidate {
  const detail = `an operator says that they are not the same${wordsOf(decision)}`;
  return { rule: 'operator', left, right, by: right, detail };
}

/** `: the reason (who, when, where it is written)`, as far as the audience may know. */
function wordsOf({ reason, by, date, place }: Decision): string {
  const circumstances = [by, date, place].filter((part) => part !== undefined).join(', ');
  return `${reason === undefined ? '' : `: ${reason}`}${circumstances === '' ? '' : ` (${circumstances})`}`;
}

/** What carries an alias when no operator decides anything: the groups, each with its best record first. */
function aliasOwners(nodes: readonly JoinNode[]): AliasOwners {
  const { groups } = joinNodes(nodes, noDecisions, 'clear');
  const carriers = new Map<string, (readonly JoinNode[])[]>();
  for (const group of groups) {
    const best = group.toSorted((a, b) => a.prepared.rank - b.prepared.rank);
    for (const key of new Set(group.flatMap((node) => node.nameKeys))) {
      carriers.set(key, [...(carriers.get(key) ?? []), best]);
    }
  }
  return (key) => carriers.get(key) ?? [];
}

function joinCandidate(
  candidate: Candidate,
  groups: Groups,
  joined: Candidate[],
  refused: Candidate[],
): void {
  const { left, right } = candidate;
  const same = groups.root(left) === groups.root(right);
  const reason = same ? undefined : groups.forbidden(left, right);
  if (reason === undefined) {
    groups.unite(left, right);
    joined.push(candidate);
  } else refused.push({ ...candidate, detail: `${candidate.detail}, but ${reason}` });
}

/**
 * Where two ATT&CK objects carry one main name (the sub-technique "Domains"), a record of that name without an
 * id of its own could be either, and is joined to neither.
 */
function joinEqualNames(
  nodes: readonly JoinNode[],
  groups: Groups,
  joined: Candidate[],
  refused: Candidate[],
): void {
  for (const group of equalNameGroups(nodes)) {
    const anchored = group.filter((node) => groups.anchor(node.index) !== undefined);
    const free = group.filter((node) => groups.anchor(node.index) === undefined);
    const anchors = [...new Set(anchored.map((node) => groups.anchor(node.index)))];
    const detail = `both are named ${group[0]?.prepared.record.entity?.name ?? ''}`;
    const [head, ...rest] = anchors.length > 1 ? free : [...anchored, ...free];
    if (head === undefined) continue;
    for (const node of rest) {
      joinCandidate(
        { rule: 'equal-name', left: head.index, right: node.index, by: node.index, detail },
        groups,
        joined,
        refused,
      );
    }
    if (anchors.length > 1 && anchored[0] !== undefined) {
      const reason = `${detail}, but so are several of ATT&CK's (${anchors.join(', ')})`;
      refused.push({
        rule: 'equal-name',
        left: anchored[0].index,
        right: head.index,
        by: head.index,
        detail: reason,
      });
    }
  }
}

/** The ATT&CK id that each node stands for: revoked objects stand for what they were revoked into. */
function anchorsOf(nodes: readonly JoinNode[], index: NodeIndex): readonly (string | undefined)[] {
  return nodes.map((node) => {
    if (node.prepared.record.revokedBy === undefined) return node.attackIds[0];
    const seen = new Set<JoinNode>();
    let current = node;
    while (!seen.has(current)) {
      seen.add(current);
      const { revokedBy } = current.prepared.record;
      const next = revokedBy === undefined ? undefined : index.find(revokedBy);
      if (next === undefined || next.family !== node.family) return current.attackIds[0];
      current = next;
    }
    return [...seen].flatMap((member) => member.attackIds).sort(compareText)[0];
  });
}

/** Makes one ATT&CK object of two that an operator calls the same. */
function mergeAnchors(
  anchors: readonly (string | undefined)[],
  same: readonly DecidedPair[],
): readonly (string | undefined)[] {
  let merged = anchors;
  for (const { left, right } of same) {
    const [keep, give] = [merged[left], merged[right]];
    if (keep === undefined || give === undefined) continue;
    merged = merged.map((anchor) => (anchor === give ? keep : anchor));
  }
  return merged;
}

function collect(
  nodes: readonly JoinNode[],
  groups: Groups,
  joined: readonly Candidate[],
  refused: readonly Candidate[],
): Pick<JoinResult, 'groups' | 'evidence' | 'refused'> {
  const position = new Map<number, number>();
  const members: (readonly JoinNode[])[] = [];
  for (const node of nodes) {
    const root = groups.root(node.index);
    if (position.has(root)) continue;
    position.set(root, members.length);
    members.push(groups.members(root));
  }
  const evidence: Candidate[][] = members.map(() => []);
  for (const candidate of joined) evidence[position.get(groups.root(candidate.left)) ?? 0]?.push(candidate);
  return { groups: members, evidence, refused };
}
