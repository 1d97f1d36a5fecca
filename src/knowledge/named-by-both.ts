import type { Candidate } from './candidates.ts';
import { type ContradictionContext, contradiction } from './contradiction.ts';
import type { Groups } from './groups.ts';
import type { JoinNode } from './join-node.ts';
import { coreKey, names, titleOf } from './similar-edges.ts';

/** More rounds than this never bring anything: each joins at least one entry that the next may build on. */
const maxRounds = 4;

/**
 * Joins an entry of a vendor's list to the actor whose record carries the entry's main name as its own, when the entry
 * in turn carries another name of that actor: each side names the other. Where several actors carry the name, the one
 * whose ATT&CK object does is meant, for three entries that all name one another would else be none. One shared alias
 * is not enough, nor is a main name that two carry alike, nor anything that contradicts it, nor that one list's entry
 * carries the name of another entry of the same list, which does not answer: aliases copied from one to the next. Main names are compared
 * without a "Group" at their end. Applied last.
 */
export function joinNamedByBoth(
  nodes: readonly JoinNode[],
  context: ContradictionContext,
): { readonly joined: readonly Candidate[]; readonly refused: readonly Candidate[] } {
  const actors = nodes.filter((node) => node.family === 'intrusion-set');
  const carriers = carriersByName(actors);
  const joined: Candidate[] = [];
  for (let round = 1; ; round += 1) {
    const found = joinOnce(actors, carriers, context);
    joined.push(...found.joined);
    if (found.joined.length === 0 || round === maxRounds) return { joined, refused: found.refused };
  }
}

type Carriers = ReadonlyMap<string, readonly JoinNode[]>;

function carriersByName(actors: readonly JoinNode[]): Carriers {
  const carriers = new Map<string, JoinNode[]>();
  for (const node of actors) {
    for (const key of new Set(node.nameKeys.map(coreKey))) {
      const list = carriers.get(key);
      if (list === undefined) carriers.set(key, [node]);
      else list.push(node);
    }
  }
  return carriers;
}

function joinOnce(
  actors: readonly JoinNode[],
  carriers: Carriers,
  context: ContradictionContext,
): { readonly joined: readonly Candidate[]; readonly refused: readonly Candidate[] } {
  const { groups } = context;
  const joined: Candidate[] = [];
  const refused: Candidate[] = [];
  for (const node of actors) {
    if (groups.anchor(node.index) !== undefined) continue;
    const owner = ownerOf(node, carriers.get(coreKey(node.prepared.mainKey)) ?? [], groups);
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
    const reason = contradiction(owner.index, node.index, context, false) ?? unanswered(node, owner, groups);
    if (reason === undefined) {
      groups.unite(owner.index, node.index);
      joined.push(candidate);
    } else refused.push({ ...candidate, detail: `${detail}, but ${reason}` });
  }
  return { joined, refused };
}

/**
 * The carrier of a name in the only group other than the node's own that carries it; of several groups, in the only
 * one in which an ATT&CK object itself does.
 */
function ownerOf(node: JoinNode, carriers: readonly JoinNode[], groups: Groups): JoinNode | undefined {
  const own = groups.root(node.index);
  const others = carriers.filter((carrier) => groups.root(carrier.index) !== own);
  return onlyGroup(others, groups) ?? onlyGroup(others.filter(isAttackObject), groups);
}

function isAttackObject({ attackIds, prepared }: JoinNode): boolean {
  return attackIds.length > 0 && prepared.source.startsWith('attack-');
}

function onlyGroup(carriers: readonly JoinNode[], groups: Groups): JoinNode | undefined {
  const [first] = carriers;
  if (first === undefined) return undefined;
  const root = groups.root(first.index);
  return carriers.every((carrier) => groups.root(carrier.index) === root) ? first : undefined;
}

/** A name other than the entry's main one that the entry and the owner's group both carry, as the entry writes it. */
function sharedName(node: JoinNode, owner: JoinNode, groups: Groups): string | undefined {
  const theirs = new Set(groups.members(owner.index).flatMap(({ nameKeys }) => nameKeys.map(coreKey)));
  const main = coreKey(node.prepared.mainKey);
  return node.nameKeys.find((key) => coreKey(key) !== main && theirs.has(coreKey(key)));
}

/** A number that a publisher gives until a name is found: an entry that carries it is what became of it. */
const provisional = /^(?:storm|dev|unc|uac|temp)\d+$/;

/** Two entries of one list, of which only one carries the other's main name. */
function unanswered(node: JoinNode, owner: JoinNode, groups: Groups): string | undefined {
  for (const a of groups.members(node.index)) {
    for (const b of groups.members(owner.index)) {
      if (a.prepared.list !== b.prepared.list || names(a, b) === names(b, a)) continue;
      const named = names(a, b) ? b : a;
      if (provisional.test(named.prepared.mainKey)) continue;
      const namer = named === a ? b : a;
      return `${a.prepared.list} has both, and ${titleOf(named)} does not carry the name ${titleOf(namer)}`;
    }
  }
  return undefined;
}
