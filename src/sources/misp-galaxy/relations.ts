import type { EntityType } from '../../domain/entity-type.ts';
import type { EntityRef, RecordClaim } from '../../domain/record.ts';
import { assertNever } from '../../support/assert-never.ts';
import { typesToResolve } from '../galaxy-kinds.ts';
import { likelihoodOf, parseMachineTag } from '../tags.ts';
import { targetByUuid } from './facts.ts';
import type { Relation } from './schema.ts';
import { targetClaim } from './targets.ts';

/** What a relation of an entry says: claims, a replacement, or nothing that is known here. */
export type ReadRelation =
  | { readonly kind: 'claim'; readonly claim: RecordClaim }
  | { readonly kind: 'revoked-by'; readonly ref: EntityRef }
  | { readonly kind: 'unknown'; readonly reason: string };

type Meaning =
  | 'uses'
  | 'used-by'
  | 'targets'
  | 'same-as'
  | 'overlaps'
  | 'part-of'
  | 'disputed'
  | 'subtechnique-of'
  | 'related'
  | 'revoked-by';

/** Relation types are free text. Those that speak of software on both sides say no more here than "related". */
const meanings: Readonly<Record<string, Meaning>> = {
  similar: 'same-as',
  uses: 'uses',
  deploys: 'uses',
  delivers: 'uses',
  'used-by': 'used-by',
  'is-deployed-by': 'used-by',
  'delivered-by': 'used-by',
  targets: 'targets',
  overlaps: 'overlaps',
  'overlaps-with': 'overlaps',
  'part-of': 'part-of',
  'subgroup-of': 'part-of',
  'member-of': 'part-of',
  disputed: 'disputed',
  'disputed-with': 'disputed',
  'subtechnique-of': 'subtechnique-of',
  'revoked-by': 'revoked-by',
};
const relatedTypes = new Set([
  'associated-with',
  'communicates-with',
  'derived-from',
  'dropped',
  'dropped-by',
  'executed-by',
  'executes',
  'followed-by',
  'injects',
  'interacts-with',
  'is-injected-by',
  'linked-to',
  'parent-of',
  'preceded-by',
  'related-to',
  'successor-of',
  'variant-of',
]);

/**
 * Reads one relation of an entry of type `own`. The other side is kept as its uuid, since it may stand in another
 * file or in none. The likelihood goes to `likelihood` where two entities are compared, else to `confidence`.
 */
export function readRelation(relation: Relation, own: EntityType, self: EntityRef): ReadRelation {
  const uuid = relation['dest-uuid'].toLowerCase();
  const type = relation.type.trim().toLowerCase().replace(/\s+/g, '-');
  const likelihood = readLikelihood(relation);
  const confidence = likelihood === undefined ? {} : { confidence: likelihood };
  const known = Object.hasOwn(meanings, type) ? meanings[type] : undefined;
  if (known === undefined && !relatedTypes.has(type) && !/^[a-z-]{2,40}$/.test(type)) {
    return { kind: 'unknown', reason: 'its relation type is no word' };
  }
  // A loader that "delivers" a stealer, and other relations of one software to another, are no use by an actor.
  const meaning = known === 'used-by' || known === 'uses' ? useOf(known, own, type) : (known ?? 'related');
  switch (meaning) {
    case 'uses':
      return { kind: 'claim', claim: { predicate: 'uses', target: usedRef(uuid), ...confidence } };
    case 'used-by':
      return {
        kind: 'claim',
        claim: {
          predicate: 'uses',
          subject: { types: userTypes, uuid, create: false },
          target: self,
          ...confidence,
        },
      };
    case 'targets': {
      const target = targetByUuid(uuid);
      return target === undefined
        ? { kind: 'unknown', reason: `it targets ${uuid}, which is no known sector, region or country` }
        : { kind: 'claim', claim: { ...targetClaim(target), ...confidence } };
    }
    case 'revoked-by':
      return { kind: 'revoked-by', ref: { types: typesToResolve(own), uuid, create: false } };
    case 'same-as':
    case 'overlaps':
    case 'part-of':
    case 'disputed':
    case 'subtechnique-of':
    case 'related':
      return {
        kind: 'claim',
        claim: {
          predicate: 'related-to',
          relation: meaning,
          target: { types: meaning === 'related' ? anyTypes : typesToResolve(own), uuid, create: false },
          ...(likelihood === undefined ? {} : { likelihood }),
        },
      };
    default:
      return assertNever(meaning);
  }
}

const userTypes: readonly EntityType[] = ['intrusion-set', 'campaign', 'malware', 'tool'];
const anyTypes: readonly EntityType[] = ['intrusion-set', 'campaign', 'malware', 'tool', 'attack-pattern'];

function usedRef(uuid: string): EntityRef {
  return { types: ['malware', 'tool', 'attack-pattern'], uuid, create: false };
}

function useOf(known: 'uses' | 'used-by', own: EntityType, type: string): Meaning {
  const isSoftware = own === 'malware' || own === 'tool';
  return isSoftware && (type === 'delivers' || type === 'deploys') ? 'related' : known;
}

function readLikelihood(relation: Relation): number | undefined {
  for (const text of relation.tags ?? []) {
    const tag = typeof text === 'string' ? parseMachineTag(text) : undefined;
    const likelihood = tag === undefined ? undefined : likelihoodOf(tag);
    if (likelihood !== undefined) return likelihood;
  }
  return undefined;
}
