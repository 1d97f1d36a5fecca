import { parseAttackId } from '../domain/name-key.ts';
import type { AliasRelation } from '../domain/record.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';

/** An entity as a list names it: techniques with their ATT&CK id ("Phishing (T1566)"), others by name. */
export function labelOf(entity: Entity): string {
  const id = attackIdOf(entity);
  return entity.type === 'attack-pattern' && id !== undefined && !entity.name.includes(id)
    ? `${entity.name} (${id})`
    : titleOf(entity);
}

/** The house's name with the usual one behind it ("Remix Kitten (APT39)"); the usual one where there is no other. */
export function titleOf({ name, houseName }: Entity): string {
  return houseName === undefined ? name : `${houseName} (${name})`;
}

export function attackIdOf(entity: Entity): string | undefined {
  return entity.externalIds.find((id) => parseAttackId(id) !== undefined);
}

/** The label of an entity by id; the text where the audience may not see the entity. */
export function labelById(knowledge: Knowledge, id: StixId | undefined, text: string): string {
  const entity = id === undefined ? undefined : knowledge.entities.get(id);
  return entity === undefined ? text : labelOf(entity);
}

export const relationLabels: Readonly<Record<AliasRelation, string>> = {
  'same-as': 'same as',
  overlaps: 'overlaps',
  'part-of': 'part of',
  disputed: 'disputed',
};

/** ATT&CK's tactics in the order of an intrusion, of all matrices and releases together, by short name. */
export const tacticTitles: ReadonlyMap<string, string> = new Map([
  ['reconnaissance', 'Reconnaissance'],
  ['resource-development', 'Resource Development'],
  ['initial-access', 'Initial Access'],
  ['execution', 'Execution'],
  ['persistence', 'Persistence'],
  ['privilege-escalation', 'Privilege Escalation'],
  ['defense-evasion', 'Defense Evasion'],
  ['stealth', 'Stealth'],
  ['defense-impairment', 'Defense Impairment'],
  ['evasion', 'Evasion'],
  ['credential-access', 'Credential Access'],
  ['discovery', 'Discovery'],
  ['lateral-movement', 'Lateral Movement'],
  ['collection', 'Collection'],
  ['command-and-control', 'Command and Control'],
  ['exfiltration', 'Exfiltration'],
  ['inhibit-response-function', 'Inhibit Response Function'],
  ['impair-process-control', 'Impair Process Control'],
  ['impact', 'Impact'],
]);

/** Tactics that are seen first, when someone asks what to check. */
export const firstTactics: readonly string[] = [
  'initial-access',
  'execution',
  'persistence',
  'credential-access',
  'command-and-control',
];
