import type { EntityType } from '../domain/entity-type.ts';
import type { StixId } from '../domain/stix-id.ts';
import { isAllowed, type Tlp } from '../domain/tlp.ts';
import { type ClaimTable, createClaimTable } from './claim-table.ts';
import { createDrafts, type Draft } from './draft.ts';
import { arePartedBy, decisionsByDraft, takenNames } from './draft-decisions.ts';
import { createEntity } from './entity.ts';
import { createFinder, type Finder } from './finder.ts';
import type { IdentityDecisions } from './identity.ts';
import { type JoinResult, joinNodes } from './join.ts';
import { createJoinNode, type JoinNode } from './join-node.ts';
import { createRecordFinder } from './known-record.ts';
import type { PreparedRecord } from './prepare.ts';
import { createIdTables, createNameTables, createResolver, type Resolver } from './resolver.ts';
import { refusalsByDraft, sharedNames } from './shared-names.ts';
import type { Entity, KnowledgeStatistics, KnownRecord, RecordKey } from './types.ts';

const none: readonly never[] = [];

/** Everything about one ceiling except what it withholds. */
export interface BuiltKnowledge {
  readonly entities: ReadonlyMap<StixId, Entity>;
  readonly statistics: KnowledgeStatistics;
  readonly claims: ClaimTable;
  readonly draft: Finder;
  readonly record: (key: RecordKey) => KnownRecord | undefined;
}

/** Joins the records that the ceiling allows and attaches their claims. */
export function buildKnowledge(
  prepared: readonly PreparedRecord[],
  ceiling: Tlp,
  identity: IdentityDecisions,
): BuiltKnowledge {
  const records = prepared.filter((item) => isAllowed(item.marking, ceiling));
  const { nodes, recordOf } = createNodes(records, ceiling);
  const joined = joinNodes(nodes, identity, ceiling);
  const described = createDrafts(joined.groups);
  const draftOf: (Draft | undefined)[] = records.map(() => undefined);
  for (const draft of described) {
    for (const node of draft.nodes) draftOf[recordOf[node.index] ?? -1] = draft;
  }
  const names = createNameTables(described);
  const ids = createIdTables(described);
  const resolver = createResolver(described, names, ids);
  const draftOfNode = (node: number): Draft | undefined => draftOf[recordOf[node] ?? -1];
  const taken = takenNames(joined.decided.names, draftOfNode);
  const claims = createClaimTable(records, draftOf, resolver, ceiling, taken);
  const refused = [...joined.refused, ...sharedNames(names)];
  const decisions = decisionsByDraft(joined.decided, draftOfNode);
  for (const { left, right, by } of refused) {
    const [leftDraft, rightDraft] = [draftOfNode(left), draftOfNode(right)];
    if (leftDraft === undefined || rightDraft === undefined || leftDraft === rightDraft) continue;
    // An operator who keeps two apart means no overlap either; what a source says of the two stays.
    if (arePartedBy(decisions.get(leftDraft), rightDraft)) continue;
    claims.addOverlap(leftDraft, rightDraft, recordOf[by] ?? -1);
  }
  const refusals = refusalsByDraft(refused, draftOfNode);
  const adopted = adoptedIds(described, new Set(nodes.flatMap((node) => node.attackIds)));
  const entities = new Map<StixId, Entity>();
  for (const draft of resolver.drafts) {
    const parts = {
      draft,
      claims,
      evidence: joined.evidence[draft.position] ?? none,
      refusals: refusals.get(draft) ?? none,
      adoptedIds: adopted.get(draft) ?? none,
      decisions: decisions.get(draft) ?? none,
    };
    entities.set(draft.id, createEntity(parts, nodes));
  }
  return {
    entities,
    claims,
    statistics: statisticsOf(entities, records.length, claims.size, joined, resolver),
    draft: createFinder(resolver.drafts, ids, adopted),
    record: createRecordFinder(records),
  };
}

function createNodes(
  records: readonly PreparedRecord[],
  ceiling: Tlp,
): { readonly nodes: readonly JoinNode[]; readonly recordOf: readonly number[] } {
  const nodes: JoinNode[] = [];
  const recordOf: number[] = [];
  for (const [position, item] of records.entries()) {
    const node = createJoinNode(nodes.length, item, ceiling);
    if (node === undefined) continue;
    nodes.push(node);
    recordOf.push(position);
  }
  return { nodes, recordOf };
}

/** ATT&CK ids among synonyms where no ATT&CK object has them: believed when only one thing lays claim to one. */
function adoptedIds(
  drafts: readonly Draft[],
  owned: ReadonlySet<string>,
): ReadonlyMap<Draft, readonly string[]> {
  const claimants = new Map<string, Set<Draft>>();
  for (const draft of drafts) {
    for (const node of draft.nodes) {
      for (const id of node.claimedIds) {
        if (!owned.has(id)) claimants.set(id, (claimants.get(id) ?? new Set()).add(draft));
      }
    }
  }
  const result = new Map<Draft, string[]>();
  for (const [id, [draft, ...others]] of claimants) {
    if (draft !== undefined && others.length === 0) result.set(draft, [...(result.get(draft) ?? []), id]);
  }
  return result;
}

function statisticsOf(
  entities: ReadonlyMap<StixId, Entity>,
  records: number,
  claims: number,
  { refused, decided, problems }: JoinResult,
  resolver: Resolver,
): KnowledgeStatistics {
  const types: Partial<Record<EntityType, number>> = {};
  const joinsByRule: Record<string, number> = {};
  let joins = 0;
  for (const entity of entities.values()) {
    types[entity.type] = (types[entity.type] ?? 0) + 1;
    for (const { rule } of entity.joins) {
      joins += 1;
      joinsByRule[rule] = (joinsByRule[rule] ?? 0) + 1;
    }
  }
  const refusals = refused.filter(({ rule }) => rule !== 'operator').length;
  const followed = new Set(
    [...decided.same, ...decided.parted, ...decided.names].map(({ decision }) => decision),
  ).size;
  const told = [...new Set(problems.map(({ text }) => text))];
  return {
    entities: types,
    records,
    claims,
    joins,
    joinsByRule,
    refusals,
    ...(followed === 0 && told.length === 0 ? {} : { decisions: { followed, problems: told } }),
    unresolved: resolver.unresolved,
    ambiguous: resolver.ambiguous,
  };
}
