import type { EntityType } from '../domain/entity-type.ts';
import { nameKey, parseAttackId } from '../domain/name-key.ts';
import type { RecordClaim, SourceRecord } from '../domain/record.ts';
import { isAllowed, stricter, type Tlp, unknownMarkingLevel } from '../domain/tlp.ts';
import type { StoredRecord } from '../store/types.ts';
import { withTagLabels } from './tag-labels.ts';

/** Types whose entities may be one: a `tool` of one publisher is the `malware` of another. */
export type Family = 'software' | Exclude<EntityType, 'malware' | 'tool'>;

export function familyOf(type: EntityType): Family {
  return type === 'malware' || type === 'tool' ? 'software' : type;
}

/** A record with what joining needs of it, worked out once for all ceilings. */
export interface PreparedRecord {
  readonly source: string;
  readonly record: SourceRecord;
  /** The record's own marking, else its source's default. */
  readonly marking: Tlp;
  readonly family: Family | undefined;
  /** `nameKey` of the entity's name; empty without an entity. */
  readonly mainKey: string;
  /** The publisher's list that the record stands in: entries of one list are kept apart by their publisher. */
  readonly list: string;
  /** Lower is better: whose name and id an entity takes. */
  readonly rank: number;
}

/** Lists whose entry lends an entity its name before others of the same source do. */
const listOrder = [
  'threat-actor',
  'malpedia',
  'tool',
  'rat',
  'ransomware',
  'backdoor',
  'stealer',
  'banker',
  'botnet',
];

/**
 * Sorts the records by source and external id, so that nothing computed from them depends on the order of
 * import, and works out their markings. A later record of the same key replaces an earlier one.
 */
export function prepareRecords(
  records: Iterable<StoredRecord>,
  defaultMarkings: ReadonlyMap<string, Tlp>,
): readonly PreparedRecord[] {
  const prepared: PreparedRecord[] = [];
  for (const stored of records) {
    if (stored.present) prepared.push(prepareRecord(stored, defaultMarkings));
  }
  if (!prepared.every((item, index) => index === 0 || byKey(prepared[index - 1] ?? item, item) <= 0)) {
    prepared.sort(byKey);
  }
  const distinct = prepared.filter((item, index) => {
    const next = prepared[index + 1];
    return next === undefined || byKey(item, next) !== 0;
  });
  return withTagLabels(distinct);
}

function byKey(a: PreparedRecord, b: PreparedRecord): number {
  return compareText(a.source, b.source) || compareText(a.record.externalId, b.record.externalId);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function prepareRecord(stored: StoredRecord, defaults: ReadonlyMap<string, Tlp>): PreparedRecord {
  const { source, record } = stored;
  const { entity } = record;
  return {
    source,
    record,
    marking: record.marking?.tlp ?? defaults.get(source) ?? unknownMarkingLevel,
    family: entity === undefined ? undefined : familyOf(entity.type),
    mainKey: entity === undefined ? '' : nameKey(entity.name),
    list: record.collection === undefined ? source : `${source}/${record.collection}`,
    rank: rankOf(source, record),
  };
}

/** ATT&CK first (Enterprise before the other domains), then the galaxy by list, then what carries a publisher's id. */
function rankOf(source: string, record: SourceRecord): number {
  const gone = record.revoked === true ? 1000 : record.deprecated === true ? 500 : 0;
  const ownId = record.entity?.externalIds.some((id) => parseAttackId(id) !== undefined) === true;
  if (source.startsWith('attack-') && ownId) return gone + (source === 'attack-enterprise' ? 0 : 1);
  if (source === 'misp-galaxy') {
    const place = listOrder.indexOf(record.collection ?? '');
    return gone + (place === -1 ? 100 : 10 + place);
  }
  return gone + (record.entity?.id === undefined ? 300 : 200);
}

/** The marking under which a claim stands: its own or its record's, whichever is stricter. */
export function claimMarking(prepared: PreparedRecord, claim: RecordClaim): Tlp {
  return claim.marking === undefined ? prepared.marking : stricter(claim.marking.tlp, prepared.marking);
}

export function isVisible(prepared: PreparedRecord, claim: RecordClaim, ceiling: Tlp): boolean {
  return claim.marking === undefined || isAllowed(claimMarking(prepared, claim), ceiling);
}

/** Every marking that a record or one of its claims stands under. */
export function markingsOf(records: readonly PreparedRecord[]): ReadonlySet<Tlp> {
  const markings = new Set<Tlp>();
  for (const item of records) {
    markings.add(item.marking);
    for (const claim of item.record.claims) {
      if (claim.marking !== undefined) markings.add(claimMarking(item, claim));
    }
  }
  return markings;
}
