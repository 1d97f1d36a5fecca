import { nameKey, parseAttackId } from '../domain/name-key.ts';
import { isUuid, parseStixId, uuidOf } from '../domain/stix-id.ts';
import { isAllowed, type Tlp } from '../domain/tlp.ts';
import {
  type DecisionKind,
  type IdentityDecisions,
  type RankedDecision,
  rankedDecisions,
} from './identity.ts';
import type { JoinNode, NodeIndex } from './join-node.ts';
import type { Family } from './prepare.ts';

/** A decision as far as an audience may know it, with the nodes that its members stand for. */
export interface Decision {
  readonly kind: DecisionKind;
  readonly rank: number;
  /** Those members that stand for something here, as written. */
  readonly members: readonly string[];
  /** The nodes of each member, as `members`. */
  readonly nodes: readonly (readonly JoinNode[])[];
  readonly reason?: string;
  readonly by?: string;
  readonly date?: string;
  readonly place?: string;
}

/** What became of a decision that could not be followed, or not wholly. */
export interface DecisionProblem {
  readonly kind: 'unknown' | 'ambiguous' | 'alone' | 'mixed' | 'contradiction' | 'overridden';
  /** One sentence with the place, what is wrong, and what to do. */
  readonly text: string;
}

export interface ReadDecisions {
  readonly decisions: readonly Decision[];
  readonly problems: readonly DecisionProblem[];
}

/** Finds the group of nodes that an alias leads to; asked for names that are no record's main name. */
export type AliasOwners = (key: string) => readonly (readonly JoinNode[])[];

const nothing: ReadDecisions = { decisions: [], problems: [] };

/**
 * Finds what the members of each decision stand for. A member that stands for nothing costs itself only; a name that
 * two things carry is refused with the candidates. `reason` and `by` are told from GREEN on, or from the decision's
 * own marking on, and only where the audience may know all members.
 */
export function readDecisions(
  identity: IdentityDecisions,
  nodes: readonly JoinNode[],
  index: NodeIndex,
  ceiling: Tlp,
  aliasOwners: () => AliasOwners,
): ReadDecisions {
  const ranked = rankedDecisions(identity).filter(({ marking }) => isAllowed(marking ?? 'clear', ceiling));
  if (ranked.length === 0) return nothing;
  const find = createMemberFinder(nodes, index, aliasOwners);
  const decisions: Decision[] = [];
  const problems: DecisionProblem[] = [];
  for (const group of ranked) {
    const read = readDecision(group, find, ceiling);
    problems.push(...read.problems);
    if (read.decision !== undefined) decisions.push(read.decision);
  }
  return { decisions, problems };
}

type Found =
  | { readonly kind: 'found'; readonly nodes: readonly JoinNode[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly JoinNode[] };

function readDecision(
  group: RankedDecision,
  find: (member: string) => Found,
  ceiling: Tlp,
): { readonly decision?: Decision; readonly problems: readonly DecisionProblem[] } {
  const at = group.place === undefined ? '' : `${group.place}: `;
  const problems: DecisionProblem[] = [];
  const found: { member: string; nodes: readonly JoinNode[] }[] = [];
  for (const member of group.members) {
    const result = find(member);
    if (result.kind === 'found') found.push({ member, nodes: result.nodes });
    else problems.push(memberProblem(at, member, result));
  }
  const [first] = found;
  const family = first?.nodes[0]?.family;
  const other = found.find(({ nodes }) => nodes[0]?.family !== family);
  if (other !== undefined) {
    const text = `${at}${quoted(first?.member ?? '')} and ${quoted(other.member)} are different kinds of thing (${family ?? ''}, ${other.nodes[0]?.family ?? ''}); the decision is left out, name things of one kind`;
    return { problems: [...problems, { kind: 'mixed', text }] };
  }
  if (found.length < 2) {
    if (problems.length === 0 && group.members.length > 1) return { problems };
    const text = `${at}fewer than two members of the decision are known, so it does nothing`;
    return { problems: [...problems, { kind: 'alone', text }] };
  }
  const isWhole = found.length === group.members.length;
  const isTold = isWhole && (group.marking !== undefined || isAllowed('green', ceiling));
  const { kind, rank, reason, by, date, place } = group;
  return {
    problems,
    decision: {
      kind,
      rank,
      members: found.map(({ member }) => member),
      nodes: found.map((one) => one.nodes),
      ...(isTold && reason !== undefined ? { reason } : {}),
      ...(isTold && by !== undefined ? { by } : {}),
      ...(date === undefined ? {} : { date }),
      ...(place === undefined ? {} : { place }),
    },
  };
}

function memberProblem(
  at: string,
  member: string,
  found: Exclude<Found, { kind: 'found' }>,
): DecisionProblem {
  if (found.kind === 'unknown') {
    const text = `${at}${quoted(member)} is nothing that is known here; check its spelling, or use an id (G0087, misp:UUID)`;
    return { kind: 'unknown', text };
  }
  const candidates = found.candidates.slice(0, 6).map(candidateText).join('; ');
  const text = `${at}${quoted(member)} is a name of several things; write the id of the one that is meant: ${candidates}`;
  return { kind: 'ambiguous', text };
}

function candidateText({ prepared, uuid, attackIds }: JoinNode): string {
  const id = attackIds[0] ?? (uuid === undefined ? prepared.record.externalId : `misp:${uuid}`);
  return `${prepared.record.title} of ${prepared.list} (${id})`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/** An id leads to every record of that id, a name to every record that has it as its main name, else to its carrier. */
function createMemberFinder(
  nodes: readonly JoinNode[],
  index: NodeIndex,
  aliasOwners: () => AliasOwners,
): (member: string) => Found {
  const families: readonly Family[] = [...new Set(nodes.map((node) => node.family))];
  const named = Map.groupBy(nodes, ({ prepared }) => prepared.mainKey);
  let owners: AliasOwners | undefined;
  return (member) => {
    const byId = nodesById(member, families, index);
    if (byId.length > 0) return { kind: 'found', nodes: byId };
    const key = nameKey(member);
    if (key === '') return { kind: 'unknown' };
    const main = named.get(key) ?? [];
    if (main.length > 0) return isOneThing(main) ? { kind: 'found', nodes: main } : ambiguous(main);
    owners ??= aliasOwners();
    const groups = owners(key);
    const [only, ...others] = groups;
    if (only === undefined) return { kind: 'unknown' };
    return others.length === 0
      ? { kind: 'found', nodes: only }
      : ambiguous(groups.flatMap(([best]) => best ?? []));
  };
}

function ambiguous(candidates: readonly JoinNode[]): Found {
  return { kind: 'ambiguous', candidates };
}

/** Equal main names of one family are one thing by the rules, unless they are two ATT&CK objects. */
function isOneThing(nodes: readonly JoinNode[]): boolean {
  const attackIds = new Set(nodes.flatMap((node) => node.attackIds.slice(0, 1)));
  return new Set(nodes.map((node) => node.family)).size === 1 && attackIds.size < 2;
}

function nodesById(member: string, families: readonly Family[], index: NodeIndex): readonly JoinNode[] {
  const text = member.trim().replace(/^misp:/i, '');
  const stixId = parseStixId(text);
  const uuid = stixId === undefined ? (isUuid(text) ? text.toLowerCase() : '') : uuidOf(stixId);
  const attackId = parseAttackId(text) ?? '';
  for (const family of families) {
    const found = index.uuids.get(family, uuid) ?? index.attackIds.get(family, attackId);
    if (found !== undefined) return found;
  }
  return [];
}
