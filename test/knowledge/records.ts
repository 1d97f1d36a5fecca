import type { EntityType } from '../../src/domain/entity-type.ts';
import type { EntityRef, RecordClaim, RecordEntity, SourceRecord } from '../../src/domain/record.ts';
import { type StixId, stixIdFromUuid } from '../../src/domain/stix-id.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import type { IdentityDecisions } from '../../src/knowledge/identity.ts';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import type { KnowledgeBase } from '../../src/knowledge/types.ts';
import type { StoredRecord, StoredSource } from '../../src/store/types.ts';

/** An obviously made-up UUID: `fakeUuid(7)` ends in 7. */
export function fakeUuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function fakeId(type: EntityType, number: number): StixId {
  const id = stixIdFromUuid(type, fakeUuid(number));
  if (id === undefined) throw new Error('a fake id that is none');
  return id;
}

export interface RecordSketch extends Partial<Omit<SourceRecord, 'entity' | 'claims'>> {
  readonly source: string;
  readonly name: string;
  readonly type?: EntityType;
  readonly number?: number;
  readonly externalIds?: readonly string[];
  readonly claimedIds?: readonly string[];
  readonly aliases?: readonly string[];
  readonly claims?: readonly RecordClaim[];
}

/** A stored record of an entity, from what matters to a test. */
export function entityRecord(sketch: RecordSketch): StoredRecord {
  const {
    source: from,
    name,
    type = 'intrusion-set',
    number,
    externalIds = [],
    claimedIds,
    aliases = [],
    ...rest
  } = sketch;
  const entity: RecordEntity = {
    type,
    name,
    externalIds,
    ...(number === undefined ? {} : { id: fakeId(type, number) }),
    ...(claimedIds === undefined ? {} : { claimedIds }),
  };
  const claims: RecordClaim[] = aliases.map((text) => ({ predicate: 'alias', text, relation: 'same-as' }));
  return stored(from, {
    externalId: number === undefined ? `${type} ${name}` : fakeUuid(number),
    title: name,
    ...rest,
    entity,
    claims: [...claims, ...(sketch.claims ?? [])],
  });
}

export function stored(source: string, record: SourceRecord): StoredRecord {
  return { source, record, contentHash: '', validFrom: 0, present: true, bundled: false };
}

export function sourceOf(name: string, defaultMarking: Tlp = 'clear'): StoredSource {
  return {
    name,
    kind: 'test',
    title: name,
    licence: 'none',
    defaultMarking,
    reliability: 'B',
    recordCount: 0,
    importedAt: 0,
  };
}

export function similarTo(number: number, likelihood = 75): RecordClaim {
  return { predicate: 'related-to', relation: 'same-as', likelihood, target: refTo('intrusion-set', number) };
}

export function refTo(type: EntityType, number: number): EntityRef {
  return { types: [type], uuid: fakeUuid(number), create: false };
}

export function refByName(
  name: string,
  types: readonly EntityType[] = ['intrusion-set'],
  create = false,
): EntityRef {
  return { types, name, create };
}

/** The knowledge base of some records; every source that they name is CLEAR unless given. */
export function knowledgeOf(
  records: readonly StoredRecord[],
  options: { readonly sources?: readonly StoredSource[]; readonly identity?: IdentityDecisions } = {},
): KnowledgeBase {
  const given = options.sources ?? [];
  const names = new Set(records.map((record) => record.source));
  for (const { name } of given) names.delete(name);
  return createKnowledgeBase({
    records,
    sources: [...given, ...[...names].map((name) => sourceOf(name))],
    version: 1,
    ...(options.identity === undefined ? {} : { identity: options.identity }),
  });
}

export { sourceOf as source };
