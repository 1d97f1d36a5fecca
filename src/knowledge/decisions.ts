import { nameKey, parseAttackId } from '../domain/name-key.ts';
import { isUuid, parseStixId, uuidOf } from '../domain/stix-id.ts';
import { isAllowed, type Tlp } from '../domain/tlp.ts';
import { append, createFamilyTable } from './family-table.ts';
import {
  type DecisionKind,
  type IdentityDecisions,
  type RankedDecision,
  rankedDecisions,
  wordsMarking,
} from './identity.ts';
import { createNodeIndex, type JoinNode, type NodeIndex } from './join-node.ts';
import type { Family } from './prepare.ts';

/** A decision as far as an audience may know it, with the nodes that its members stand for. */
export interface Decision {
  readonly kind: DecisionKind;
  readonly rank: number;
  /** Those members that stand for something here, as written. */
  readonly members: readonly string[];
  /** The nodes of each member, as `members`. */
  readonly nodes: readonly (readonly JoinNode[])[];
  /** Keys of the members that are no record's id or main name, only a name that one thing carries; as `members`. */
  readonly aliasKeys: readonly (string | undefined)[];
  readonly reason?: string;
  readonly by?: string;
  readonly date?: string;
  readonly place?: string;
  readonly marking?: Tlp;
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
  ceiling: Tlp,
  aliasOwners: () => AliasOwners,
): ReadDecisions {
  const ranked = rankedDecisions(identity).filter(({ marking }) => isAllowed(marking ?? 'clear', ceiling));
  if (ranked.length === 0) return nothing;
  const find = createMemberFinder(nodes, createNodeIndex(nodes), aliasOwners);
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
  | { readonly kind: 'found'; readonly nodes: readonly JoinNode[]; readonly aliasKey?: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly JoinNode[] };

function readDecision(
  group: RankedDecision,
  find: FindMember,
  ceiling: Tlp,
): { readonly decision?: Decision; readonly problems: readonly DecisionProblem[] } {
  const at = group.place === undefined ? '' : `${group.place}: `;
  const family = familyOfMembers(group.members, find);
  const problems: DecisionProblem[] = [];
  const found: { member: string; nodes: readonly JoinNode[]; aliasKey: string | undefined }[] = [];
  for (const member of group.members) {
    const result = find(member, family);
    if (result.kind === 'found') found.push({ member, nodes: result.nodes, aliasKey: result.aliasKey });
    else problems.push(memberProblem(at, member, result, family, find));
  }
  if (found.length < 2) {
    if (problems.length > 0) return { problems };
    return { problems: [{ kind: 'alone', text: `${at}a decision needs two members; add another` }] };
  }
  const isWhole = found.length === group.members.length;
  const isTold = isWhole && (group.marking !== undefined || isAllowed(wordsMarking, ceiling));
  const { kind, rank, reason, by, date, place, marking } = group;
  return {
    problems,
    decision: {
      kind,
      rank,
      members: found.map(({ member }) => member),
      nodes: found.map((one) => one.nodes),
      aliasKeys: found.map((one) => one.aliasKey),
      ...(isTold && reason !== undefined ? { reason } : {}),
      ...(isTold && by !== undefined ? { by } : {}),
      ...(date === undefined ? {} : { date }),
      ...(place === undefined ? {} : { place }),
      ...(marking === undefined ? {} : { marking }),
    },
  };
}

/** The kind of thing that most members are; actors where several kinds fit alike. */
function familyOfMembers(members: readonly string[], find: FindMember): Family {
  let best: Family = families[0];
  let most = 0;
  for (const family of families) {
    const count = members.filter((member) => find(member, family).kind === 'found').length;
    if (count > most) [best, most] = [family, count];
    if (count === members.length) break;
  }
  return best;
}

function memberProblem(
  at: string,
  member: string,
  found: Exclude<Found, { kind: 'found' }>,
  family: Family,
  find: FindMember,
): DecisionProblem {
  if (found.kind === 'ambiguous') {
    const candidates = found.candidates.slice(0, 6).map(candidateText).join('; ');
    const text = `${at}${quoted(member)} is a name of several things; write the id of the one that is meant: ${candidates}`;
    return { kind: 'ambiguous', text };
  }
  const elsewhere = families.find((other) => other !== family && find(member, other).kind !== 'unknown');
  if (elsewhere !== undefined) {
    const text = `${at}${quoted(member)} is of another kind (${elsewhere}) than the other members (${family}) and is left out; name things of one kind`;
    return { kind: 'mixed', text };
  }
  const text = `${at}${quoted(member)} is nothing that is known here; check its spelling, or use an id (G0087, misp:UUID)`;
  return { kind: 'unknown', text };
}

function candidateText({ prepared, uuid, attackIds }: JoinNode): string {
  const id = attackIds[0] ?? (uuid === undefined ? prepared.record.externalId : `misp:${uuid}`);
  return `${prepared.record.title} of ${prepared.list} (${id})`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

type FindMember = (member: string, family: Family) => Found;

/** In the order in which a name that fits several is taken. */
const families: readonly [Family, ...Family[]] = [
  'intrusion-set',
  'software',
  'campaign',
  'attack-pattern',
  'vulnerability',
  'report',
];

/** An id leads to every record of that id, a name to every record that has it as its main name, else to its carrier. */
function createMemberFinder(
  nodes: readonly JoinNode[],
  index: NodeIndex,
  aliasOwners: () => AliasOwners,
): FindMember {
  const named = createFamilyTable<JoinNode[]>();
  for (const node of nodes) append(named, node.family, node.prepared.mainKey, node);
  let owners: AliasOwners | undefined;
  return (member, family) => {
    const byId = nodesById(member, family, index);
    if (byId.length > 0) return { kind: 'found', nodes: byId };
    const key = nameKey(member);
    if (key === '') return { kind: 'unknown' };
    const main = named.get(family, key) ?? [];
    if (main.length > 0) return isOneThing(main) ? { kind: 'found', nodes: main } : ambiguous(main);
    owners ??= aliasOwners();
    const groups = owners(key).filter(([best]) => best?.family === family);
    const [only, ...others] = groups;
    if (only === undefined) return { kind: 'unknown' };
    return others.length === 0
      ? { kind: 'found', nodes: only, aliasKey: key }
      : ambiguous(groups.flatMap(([best]) => best ?? []));
  };
}

function ambiguous(candidates: readonly JoinNode[]): Found {
  return { kind: 'ambiguous', candidates };
}

/** Equal main names of one kind are one thing by the rules, unless they are two ATT&CK objects. */
function isOneThing(nodes: readonly JoinNode[]): boolean {
  return new Set(nodes.flatMap((node) => node.attackIds.slice(0, 1))).size < 2;
}

function nodesById(member: string, family: Family, index: NodeIndex): readonly JoinNode[] {
  const text = member.trim().replace(/^misp:/i, '');
  const stixId = parseStixId(text);
  const uuid = stixId === undefined ? (isUuid(text) ? text.toLowerCase() : '') : uuidOf(stixId);
  const attackId = parseAttackId(text) ?? '';
  return index.uuids.get(family, uuid) ?? index.attackIds.get(family, attackId) ?? [];
}
