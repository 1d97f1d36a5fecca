import type { Predicate } from '../domain/record.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import type { ConditionLeaf } from '../questions/condition.ts';
import type { Disagreement } from './disagreements.ts';
import { newestDate, sourceCount } from './facts.ts';
import type { Evidence, Listed } from './list-evaluate.ts';
import { listIndexOf } from './list-index.ts';
import { rarityOf } from './rarity.ts';

/** One line of a list. */
export interface ListedEntity {
  readonly entity: Entity;
  readonly evidence: readonly Evidence[];
  /** Every claim that made it match, each once. */
  readonly claims: readonly Claim[];
  /** Where sources contradict what made it match. */
  readonly disputes: readonly Disagreement[];
  /** True where no source describes it, or it is only called so by way of overlap or dispute. */
  readonly isWeak: boolean;
}

/**
 * The listed, best first: what nobody disputes and somebody describes before the rest; then how many of the conditions
 * hold, how many sources say so, how rare what they use is, how recent it is, and at last the name.
 */
export function rankListed(listed: Listed, knowledge: Knowledge): readonly ListedEntity[] {
  // Counted over all actors at its first use: only where something is used.
  const weight = (id: StixId): number => rarityOf(knowledge).weight(id);
  return [...listed]
    .flatMap(([id, evidence]) => {
      const entity = knowledge.entities.get(id);
      return entity === undefined ? [] : [toRanked(entity, evidence, knowledge, weight)];
    })
    .sort(compareRanked)
    .map(({ line }) => line);
}

interface Ranked {
  readonly line: ListedEntity;
  readonly isBelow: boolean;
  readonly holds: number;
  readonly sources: number;
  readonly rarity: number;
  readonly newest: string;
}

function toRanked(
  entity: Entity,
  evidence: readonly Evidence[],
  knowledge: Knowledge,
  weight: (id: StixId) => number,
): Ranked {
  const claims = [...new Set(evidence.flatMap(claimsOf))];
  const disputes = disputesOf(entity, evidence, knowledge);
  const isWeak = entity.mentionedOnly || evidence.some(isWeakName);
  const used = new Set(
    claims.flatMap(({ predicate, object }) => (predicate === 'uses' && object !== undefined ? [object] : [])),
  );
  return {
    line: { entity, evidence, claims, disputes, isWeak },
    isBelow: disputes.length > 0 || isWeak,
    holds: evidence.reduce((sum, one) => sum + (one.kind === 'leaf' ? 1 : one.users.length), 0),
    sources: sourceCount(claims),
    rarity: Math.max(0, ...[...used].map(weight)),
    newest: newestDate(claims),
  };
}

function compareRanked(a: Ranked, b: Ranked): number {
  return (
    Number(a.isBelow) - Number(b.isBelow) ||
    b.holds - a.holds ||
    b.sources - a.sources ||
    b.rarity - a.rarity ||
    b.newest.localeCompare(a.newest) ||
    compareText(a.line.entity.name, b.line.entity.name) ||
    compareText(a.line.entity.id, b.line.entity.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Every claim of a piece of evidence; for actors behind a thing also why they fit. */
export function claimsOf(evidence: Evidence): readonly Claim[] {
  return evidence.kind === 'leaf'
    ? evidence.claims
    : evidence.users.flatMap((user) => [...user.claims, ...user.evidence.flatMap(claimsOf)]);
}

/** A name that only overlaps with the entity, or that is disputed. */
function isWeakName(evidence: Evidence): boolean {
  return (
    evidence.kind === 'leaf' &&
    evidence.leaf.kind === 'name' &&
    evidence.claims.every(({ given }) => given.predicate === 'alias' && given.relation !== 'same-as')
  );
}

/** Which conditions a disagreement is about, and the predicate in which records would have to differ. */
const disputed: readonly (readonly [Disagreement['kind'], Predicate, readonly ConditionLeaf['kind'][]])[] = [
  ['attribution', 'attributed-to', ['country', 'origin-region']],
  ['targets-sector', 'targets-sector', ['sector']],
  ['motivation', 'motivation', ['motivation']],
  ['active-since', 'active-since', ['since']],
  ['exploits', 'exploits', ['uses']],
];

function disputesOf(
  entity: Entity,
  evidence: readonly Evidence[],
  knowledge: Knowledge,
): readonly Disagreement[] {
  const leaves = new Set(evidence.flatMap((one) => (one.kind === 'leaf' ? [one.leaf.kind] : [])));
  const kinds = disputed
    .filter(
      ([, predicate, about]) =>
        about.some((leaf) => leaves.has(leaf)) && mayDiffer(entity, predicate, knowledge),
    )
    .map(([kind]) => kind);
  if (kinds.length === 0) return [];
  return listIndexOf(knowledge)
    .disagreements(entity)
    .filter(({ kind }) => kinds.includes(kind));
}

/** Records disagree only where two of them say different things: a check that spares most the whole search. */
function mayDiffer({ id }: Entity, predicate: Predicate, knowledge: Knowledge): boolean {
  const claims = knowledge.claims(id, predicate);
  const said = new Set(claims.map(({ given }) => saidBy(given)));
  const records = new Set(claims.map(({ provenance }) => `${provenance.source}\n${provenance.record}`));
  return said.size > 1 && records.size > 1;
}

function saidBy(given: Claim['given']): string {
  if (given.predicate === 'attributed-to') return given.country ?? given.text;
  if (given.predicate === 'exploits') return `${given.text} ${given.negated === true}`;
  return 'text' in given ? given.text : given.predicate;
}
