import type { EntityType } from '../domain/entity-type.ts';
import { parseStixId, type StixId, uuidOf } from '../domain/stix-id.ts';
import { isAllowed, type Tlp } from '../domain/tlp.ts';
import { type ClaimTable, createClaimTable } from './claim-table.ts';
import { createDrafts, type Draft, mentionId } from './draft.ts';
import { createEntity } from './entity.ts';
import type { IdentityDecisions } from './identity.ts';
import { joinNodes } from './join.ts';
import { append, createJoinNode, type JoinNode } from './join-node.ts';
import { familyOf, type PreparedRecord } from './prepare.ts';
import { createResolver, type Resolver } from './resolver.ts';
import { refusalsByDraft, sharedNames } from './shared-names.ts';
import type { Entity, KnowledgeStatistics } from './types.ts';

const none: readonly never[] = [];

/** Everything about one ceiling except what it withholds. */
export interface BuiltKnowledge {
  readonly entities: ReadonlyMap<StixId, Entity>;
  readonly statistics: KnowledgeStatistics;
  readonly claims: ClaimTable;
  draft(id: string): Draft | undefined;
}

/** Joins the records that the ceiling allows and attaches their claims. */
export function buildKnowledge(
  prepared: readonly PreparedRecord[],
  ceiling: Tlp,
  identity: IdentityDecisions,
): BuiltKnowledge {
  const records = prepared.filter((item) => isAllowed(item.marking, ceiling));
  const { nodes, recordOf } = createNodes(records, ceiling);
  const joined = joinNodes(nodes, identity);
  const described = createDrafts(joined.groups, nodes);
  const draftOf: (Draft | undefined)[] = records.map(() => undefined);
  for (const draft of described) {
    for (const node of draft.nodes) draftOf[recordOf[node.index] ?? -1] = draft;
  }
  const resolver = createResolver(described);
  const claims = createClaimTable(records, draftOf, resolver, ceiling);
  const draftOfNode = (node: number): Draft | undefined => draftOf[recordOf[node] ?? -1];
  const refused = [...joined.refused, ...sharedNames(described)];
  for (const { left, right, by } of refused) {
    const [leftDraft, rightDraft] = [draftOfNode(left), draftOfNode(right)];
    if (leftDraft === undefined || rightDraft === undefined || leftDraft === rightDraft) continue;
    claims.addOverlap(leftDraft, rightDraft, recordOf[by] ?? -1);
  }
  const refusals = refusalsByDraft(refused, draftOfNode);
  const adopted = adoptedIds(described);
  const entities = new Map<StixId, Entity>();
  for (const draft of resolver.drafts) {
    const parts = {
      draft,
      claims,
      evidence: joined.evidence[draft.position] ?? none,
      refusals: refusals.get(draft) ?? none,
      adoptedIds: adopted.get(draft) ?? none,
    };
    entities.set(draft.id, createEntity(parts, nodes));
  }
  return {
    entities,
    claims,
    statistics: statisticsOf(entities, records.length, claims.size, joined.refused.length, resolver),
    draft: createFinder(resolver.drafts, entities),
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
function adoptedIds(drafts: readonly Draft[]): ReadonlyMap<Draft, readonly string[]> {
  const owned = new Set<string>();
  const claimants = new Map<string, Set<Draft>>();
  for (const draft of drafts) {
    for (const node of draft.nodes) {
      for (const id of node.attackIds) owned.add(`${node.family} ${id}`);
      for (const id of node.claimedIds) {
        const key = `${node.family} ${id}`;
        claimants.set(key, (claimants.get(key) ?? new Set()).add(draft));
      }
    }
  }
  const result = new Map<Draft, string[]>();
  for (const [key, [draft, ...others]] of claimants) {
    if (draft === undefined || others.length > 0 || owned.has(key)) continue;
    append(result, draft, key.slice(key.indexOf(' ') + 1));
  }
  return result;
}

/** Finds a draft by any id that it answers to, in any case. */
function createFinder(
  drafts: readonly Draft[],
  entities: ReadonlyMap<StixId, Entity>,
): (id: string) => Draft | undefined {
  const byId = new Map<string, Draft>();
  const set = (id: string, draft: Draft): void => {
    if (!byId.has(id)) byId.set(id, draft);
  };
  for (const draft of drafts) {
    byId.set(draft.id, draft);
    set(uuidOf(draft.id), draft);
  }
  for (const draft of drafts) {
    const entity = entities.get(draft.id);
    for (const id of entity?.otherIds ?? []) {
      set(id, draft);
      set(uuidOf(id), draft);
    }
    for (const id of entity?.externalIds ?? []) set(id.toLowerCase(), draft);
  }
  let mentions: ReadonlyMap<string, Draft> | undefined;
  return (id) => {
    const key = id.trim().toLowerCase();
    const found = byId.get(key) ?? byId.get(key.replace(/^misp:/, ''));
    if (found !== undefined || parseStixId(key) === undefined) return found;
    mentions ??= formerMentions(drafts);
    return mentions.get(key);
  };
}

/** The ids under which described things went while they were only mentioned. */
function formerMentions(drafts: readonly Draft[]): ReadonlyMap<string, Draft> {
  const result = new Map<string, Draft>();
  for (const draft of drafts) {
    for (const node of draft.nodes) {
      const types: readonly EntityType[] =
        familyOf(draft.type) === 'software' ? ['malware', 'tool'] : [draft.type];
      for (const key of node.nameKeys) {
        for (const type of types) {
          const id = mentionId(type, key);
          if (!result.has(id)) result.set(id, draft);
        }
      }
    }
  }
  return result;
}

function statisticsOf(
  entities: ReadonlyMap<StixId, Entity>,
  records: number,
  claims: number,
  refusals: number,
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
  return { entities: types, records, claims, joins, joinsByRule, refusals, unresolved: resolver.unresolved };
}
