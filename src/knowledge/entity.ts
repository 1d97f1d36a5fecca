import { nameKey, parseAttackId } from '../domain/name-key.ts';
import { citedOrganisation, organisationName } from '../domain/organisation.ts';
import { type AliasRelation, aliasRelations } from '../domain/record.ts';
import { isUuid, type StixId } from '../domain/stix-id.ts';
import type { Candidate } from './candidates.ts';
import type { ClaimTable } from './claim-table.ts';
import { type Draft, idsOf } from './draft.ts';
import type { DraftDecision } from './draft-decisions.ts';
import type { JoinNode } from './join-node.ts';
import { compareText } from './prepare.ts';
import type { DraftRefusal } from './shared-names.ts';
import type {
  Claim,
  Entity,
  EntityDecision,
  EntityName,
  JoinEvidence,
  JoinRefusal,
  RecordKey,
} from './types.ts';

const none: readonly never[] = [];

/** What joining found out about one entity. */
export interface EntityParts {
  readonly draft: Draft;
  readonly claims: ClaimTable;
  readonly evidence: readonly Candidate[];
  readonly refusals: readonly DraftRefusal[];
  /** ATT&CK ids among synonyms that were believed although no ATT&CK object of that id is at hand. */
  readonly adoptedIds: readonly string[];
  readonly decisions: readonly DraftDecision[];
}

export function createEntity(parts: EntityParts, nodes: readonly JoinNode[]): Entity {
  const { draft } = parts;
  const records = draft.nodes.map((node) => node.prepared.record);
  return {
    id: draft.id,
    type: draft.type,
    name: draft.name,
    names: createNames(draft, parts.claims),
    externalIds: externalIdsOf(draft, parts.adoptedIds),
    records: draft.nodes.map(recordKey),
    joins: parts.evidence.map((candidate) => toEvidence(candidate, nodes)),
    ...(parts.refusals.length === 0 ? {} : { refusals: refusalsOf(parts, nodes) }),
    ...(parts.decisions.length === 0 ? {} : { decisions: parts.decisions.map(toEntityDecision) }),
    otherIds: otherIdsOf(draft),
    deprecated:
      records.length > 0 && records.every((record) => record.deprecated === true || record.revoked === true),
    mentionedOnly: draft.nodes.length === 0,
  };
}

function recordKey(node: JoinNode): RecordKey {
  return { source: node.prepared.source, externalId: node.prepared.record.externalId };
}

function toEvidence(candidate: Candidate, nodes: readonly JoinNode[]): JoinEvidence {
  const [left, right] = [nodes[candidate.left], nodes[candidate.right]];
  if (left === undefined || right === undefined) throw new Error('evidence without its records');
  return { rule: candidate.rule, left: recordKey(left), right: recordKey(right), detail: candidate.detail };
}

function refusalsOf(parts: EntityParts, nodes: readonly JoinNode[]): readonly JoinRefusal[] {
  const seen = new Set<string>();
  return parts.refusals.flatMap(({ refusal, other, mine }) => {
    // One decision or pointer may speak of several records on either side.
    const said = `${other.id} ${refusal.rule} ${refusal.detail}`;
    if (seen.has(said)) return [];
    seen.add(said);
    const [node, otherNode] = [nodes[mine], nodes[mine === refusal.left ? refusal.right : refusal.left]];
    if (node === undefined || otherNode === undefined) return [];
    const { rule, detail, apart } = refusal;
    return [
      {
        rule,
        record: recordKey(node),
        other: other.id,
        otherRecord: recordKey(otherNode),
        detail,
        ...(apart === undefined ? {} : { apart }),
      },
    ];
  });
}

function toEntityDecision({ decision, others, names }: DraftDecision): EntityDecision {
  const { kind, members, reason, by, date, place, marking } = decision;
  return {
    kind,
    members,
    others: others.map(({ id }) => id),
    ...(names.length === 0 ? {} : { names }),
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by }),
    ...(date === undefined ? {} : { date }),
    ...(place === undefined ? {} : { place }),
    ...(marking === undefined ? {} : { marking }),
  };
}

function otherIdsOf(draft: Draft): readonly StixId[] {
  const [first, ...more] = draft.nodes;
  if (first === undefined) return none;
  const own = idsOf(first);
  if (more.length === 0 && own.length === 1 && own[0] === draft.id) return none;
  const ids = new Set([...own, ...more.flatMap(idsOf)]);
  ids.delete(draft.id);
  return [...ids].sort();
}

function externalIdsOf(draft: Draft, adopted: readonly string[]): readonly string[] {
  const only = draft.nodes.length === 1 && adopted.length === 0 ? draft.nodes[0] : undefined;
  const own = only?.prepared.record.entity?.externalIds;
  if (own !== undefined && own.length < 2) return own;
  const ids = new Map<string, string>();
  for (const id of [...draft.externalIds, ...adopted]) ids.set(id.toLowerCase(), id);
  const first = draft.nodes[0]?.prepared.record.entity?.externalIds ?? [];
  for (const node of draft.nodes) {
    for (const id of node.prepared.record.entity?.externalIds ?? []) ids.set(id.toLowerCase(), id);
  }
  const place = (id: string): number => (parseAttackId(id) === undefined ? 2 : first.includes(id) ? 0 : 1);
  return [...ids.values()].sort((a, b) => place(a) - place(b) || compareText(a, b));
}

interface NameInMaking {
  readonly text: string;
  readonly main: boolean;
  relation: AliasRelation;
  readonly coinedBy: string[];
  readonly citedTo: string[];
  readonly claims: Claim[];
  readonly sources: Set<string>;
  attack: boolean;
}

/** The main name, then the aliases of all sources, merged by key; ids are no names. */
function createNames(draft: Draft, table: ClaimTable): readonly EntityName[] {
  const claims = table.namesOf(draft);
  if (claims.every(({ given }) => given.predicate === 'name' && given.text === draft.name)) {
    return [{ text: draft.name, kind: 'name', relation: 'same-as', coinedBy: none, claims }];
  }
  const names = new Map<string, NameInMaking>();
  const mainKey = nameKey(draft.name);
  names.set(mainKey, newName(draft.name, true, 'same-as'));
  for (const claim of claims) {
    const { given } = claim;
    if (given.predicate !== 'name' && given.predicate !== 'alias') continue;
    const text = given.text.trim();
    const key = nameKey(text);
    if (key === '' || (key !== mainKey && isId(text))) continue;
    const relation = given.predicate === 'alias' ? given.relation : 'same-as';
    const name = names.get(key) ?? newName(text, false, relation);
    names.set(key, name);
    addClaim(name, claim, relation, given.predicate === 'alias' ? given.coinedBy : undefined);
  }
  return [...names.values()]
    .sort(byProminence)
    .map(({ text, main, relation, coinedBy, citedTo, claims: said }) => ({
      text,
      kind: main ? 'name' : 'alias',
      relation,
      coinedBy,
      ...(citedTo.length === 0 ? {} : { citedTo }),
      claims: said,
    }));
}

function newName(text: string, main: boolean, relation: AliasRelation): NameInMaking {
  return { text, main, relation, coinedBy: [], citedTo: [], claims: [], sources: new Set(), attack: false };
}

function addClaim(
  name: NameInMaking,
  claim: Claim,
  relation: AliasRelation,
  coinedBy: string | undefined,
): void {
  name.claims.push(claim);
  name.sources.add(claim.provenance.source);
  name.attack ||= claim.provenance.source.startsWith('attack-');
  if (aliasRelations.indexOf(relation) < aliasRelations.indexOf(name.relation)) name.relation = relation;
  addOrganisation(name.coinedBy, coinedBy);
  const { source, citation } = claim.provenance;
  if (citation !== undefined && source.startsWith('attack-')) {
    addOrganisation(name.citedTo, citedOrganisation(citation));
  }
}

function addOrganisation(known: string[], written: string | undefined): void {
  if (written === undefined) return;
  const name = organisationName(written);
  if (!known.includes(name)) known.push(name);
}

function isId(text: string): boolean {
  return parseAttackId(text) !== undefined || isUuid(text);
}

function byProminence(a: NameInMaking, b: NameInMaking): number {
  return (
    Number(b.main) - Number(a.main) ||
    Number(b.attack) - Number(a.attack) ||
    b.sources.size - a.sources.size ||
    compareText(a.text.toLowerCase(), b.text.toLowerCase()) ||
    compareText(a.text, b.text)
  );
}
