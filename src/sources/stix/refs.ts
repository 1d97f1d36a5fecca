import type { EntityType } from '../../domain/entity-type.ts';
import { parseAttackId, parseCveId } from '../../domain/name-key.ts';
import type { EntityRef } from '../../domain/record.ts';
import { parseStixId, type StixId, stixIdFromUuid, uuidOf } from '../../domain/stix-id.ts';
import type { ExternalReference } from './schema.ts';
import type { Survey } from './survey.ts';

const entityTypeOfStixType: ReadonlyMap<string, EntityType> = new Map([
  ['intrusion-set', 'intrusion-set'],
  ['threat-actor', 'intrusion-set'],
  ['malware', 'malware'],
  ['tool', 'tool'],
  ['attack-pattern', 'attack-pattern'],
  ['campaign', 'campaign'],
  ['vulnerability', 'vulnerability'],
  ['report', 'report'],
  ['grouping', 'report'],
  ['indicator', 'indicator'],
]);

/** What an object is to us, by id: by its STIX type unless the survey found that the type misleads. */
export function entityTypeOf(id: string, survey: Survey): EntityType | undefined {
  const key = id.trim().toLowerCase();
  return (
    survey.objects.reallyIs(key) ?? entityTypeOfStixType.get(key.slice(0, Math.max(0, key.indexOf('--'))))
  );
}

/** The entity's id for a STIX id: `threat-actor--U` and a reclassified object take the type we give them. */
export function entityIdOf(id: string, type: EntityType): StixId | undefined {
  const parsed = parseStixId(id);
  return parsed === undefined ? undefined : stixIdFromUuid(type, uuidOf(parsed));
}

/** A pointer to the entity behind a STIX id; undefined where the id is of no kind of entity. */
export function toRef(id: string, survey: Survey): EntityRef | undefined {
  const type = entityTypeOf(id, survey);
  if (type === undefined) return undefined;
  const stixId = entityIdOf(id, type);
  return stixId === undefined
    ? { types: [type], externalId: id.trim(), create: false }
    : { types: [type], id: stixId, create: false };
}

/** What to call the object behind an id in a title. */
export function nameOf(id: string, survey: Survey): string {
  const key = id.toLowerCase();
  const name = survey.objects.nameOf(key) ?? survey.locations.get(key)?.name;
  return name === undefined || name.trim() === '' ? id : cleanName(name);
}

/** A name without blanks around it and without an ATT&CK id in front ("T1057: Process Discovery"). */
export function cleanName(name: string): string {
  const trimmed = name.replace(/\s+/g, ' ').trim();
  const bare = trimmed.replace(/^T\d{4}(?:\.\d{3})?\s*[:\u2013-]\s*/i, '');
  return bare === '' ? trimmed : bare;
}

/**
 * Ids that external references give an object: ATT&CK's, CVE's and CAPEC's, each once. The wiki in which ATT&CK for
 * ICS began counted its software anew, so that its S0017 is not ATT&CK's: such an id is none.
 */
export function publishedIds(references: readonly ExternalReference[]): readonly string[] {
  const ids = references.flatMap(({ source_name: source, external_id: id, url }) => {
    if (id === undefined || source === undefined) return [];
    const name = source.toLowerCase();
    if (name === 'mitre-ics-attack' && url?.toLowerCase().includes('//collaborate.mitre.org/')) return [];
    if (name.startsWith('mitre-')) return parseAttackId(id) ?? [];
    if (name === 'cve') return parseCveId(id) ?? [];
    if (name === 'capec') return /^CAPEC-\d+$/i.test(id) ? id.toUpperCase() : [];
    return [];
  });
  return [...new Set(ids)];
}
