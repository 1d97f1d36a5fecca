import { append, createFamilyTable } from './family-table.ts';
import type { JoinNode, NodeIndex } from './join-node.ts';
import type { JoinEvidence } from './types.ts';

/** Two nodes that a rule would make one. */
export interface Candidate {
  readonly rule: JoinEvidence['rule'];
  readonly left: number;
  readonly right: number;
  /** The node whose record says so. */
  readonly by: number;
  readonly detail: string;
}

/** Nodes that carry one STIX id or MISP uuid, and nodes that are one ATT&CK object. */
export function* sameIdCandidates({ uuids, attackIds }: NodeIndex): Iterable<Candidate> {
  for (const group of uuids.values()) {
    if (group.length > 1) yield* chain('same-id', group, `the same id ${group[0]?.uuid ?? ''}`);
  }
  for (const group of attackIds.values()) {
    if (group.length < 2) continue;
    const shared =
      group[0]?.attackIds.filter((id) => group.every((node) => node.attackIds.includes(id))) ?? [];
    yield* chain('same-attack-id', group, `both are ${shared.join(', ')}`);
  }
}

/** Candidates between the first of a group and each of the others. */
function* chain(
  rule: Candidate['rule'],
  [first, ...rest]: readonly JoinNode[],
  detail: string,
): Iterable<Candidate> {
  if (first === undefined) return;
  for (const node of rest) yield { rule, left: first.index, right: node.index, by: node.index, detail };
}

/** A revoked object and what its publisher replaced it with. */
export function* revokedByCandidates(nodes: readonly JoinNode[], index: NodeIndex): Iterable<Candidate> {
  for (const node of nodes) {
    const { revokedBy } = node.prepared.record;
    const target = revokedBy === undefined ? undefined : index.find(revokedBy);
    if (target === undefined || target.family !== node.family) continue;
    const detail = `${node.prepared.record.title} was revoked in favour of ${target.prepared.record.title}`;
    yield { rule: 'revoked-by', left: node.index, right: target.index, by: node.index, detail };
  }
}

/** Nodes of one family whose main names have one key. Titles of reports are no names. */
export function* equalNameGroups(nodes: readonly JoinNode[]): Iterable<readonly JoinNode[]> {
  const groups = createFamilyTable<JoinNode[]>();
  for (const node of nodes) {
    const { mainKey } = node.prepared;
    if (mainKey === '' || node.family === 'report' || node.family === 'indicator') continue;
    append(groups, node.family, mainKey, node);
  }
  for (const group of groups.values()) if (group.length > 1) yield group;
}
