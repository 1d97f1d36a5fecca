import type { Entity, JoinEvidence, RecordKey } from '../knowledge/types.ts';

/** The joins that lead from one record of an entity to another, in order; empty for the record itself. */
export type JoinChain = readonly JoinEvidence[];

/** What each rule means, for people. */
export const ruleWords: Readonly<Record<JoinEvidence['rule'] | 'shared-alias', string>> = {
  operator: 'an operator’s decision',
  'same-id': 'one STIX id or MISP uuid',
  'same-attack-id': 'one ATT&CK id',
  'revoked-by': 'revoked in favour of the other by its publisher',
  'equal-name': 'equal main names',
  similar: 'called similar with a likelihood of “likely” or more',
  'named-by-both': 'each side carries the other’s name',
  'shared-alias': 'a shared alias, which alone joins nothing',
};

/** The strongest evidence first, where several lead to the same record. */
const ruleOrder: readonly JoinEvidence['rule'][] = [
  'operator',
  'same-id',
  'same-attack-id',
  'revoked-by',
  'equal-name',
  'similar',
  'named-by-both',
];

/**
 * The shortest chain of joins from a record of the entity to the record that lends it its name; by the strongest
 * evidence where several are as short. Undefined for a record that no join leads to.
 */
export function chainToHead(entity: Entity, from: RecordKey): JoinChain | undefined {
  const [head] = entity.records;
  return head === undefined ? undefined : chainBetween(entity, from, head);
}

export function chainBetween(entity: Entity, from: RecordKey, to: RecordKey): JoinChain | undefined {
  const edges = edgesOf(entity);
  const target = keyOf(to);
  const cameBy = new Map<string, { readonly before: string; readonly edge: JoinEvidence } | undefined>([
    [keyOf(from), undefined],
  ]);
  for (const at of cameBy.keys()) {
    if (at === target) break;
    for (const edge of edges.get(at) ?? []) {
      const next = keyOf(edge.left) === at ? keyOf(edge.right) : keyOf(edge.left);
      if (!cameBy.has(next)) cameBy.set(next, { before: at, edge });
    }
  }
  if (!cameBy.has(target)) return undefined;
  const chain: JoinEvidence[] = [];
  for (let step = cameBy.get(target); step !== undefined; step = cameBy.get(step.before)) {
    chain.unshift(step.edge);
  }
  return chain;
}

function edgesOf(entity: Entity): ReadonlyMap<string, readonly JoinEvidence[]> {
  const edges = new Map<string, JoinEvidence[]>();
  for (const rule of ruleOrder) {
    for (const edge of entity.joins) {
      if (edge.rule !== rule) continue;
      for (const end of [edge.left, edge.right]) {
        const known = edges.get(keyOf(end));
        if (known === undefined) edges.set(keyOf(end), [edge]);
        else known.push(edge);
      }
    }
  }
  return edges;
}

export function keyOf({ source, externalId }: RecordKey): string {
  return `${source}\n${externalId}`;
}
