import type { EntityType } from '../../src/domain/entity-type.ts';
import { type StixId, stixIdFromUuid } from '../../src/domain/stix-id.ts';
import type { Lookup, Match, SearchEntity } from '../../src/search/types.ts';
import { assertNever } from '../../src/support/assert-never.ts';

/** An id that is plainly no one's. */
export function fakeId(type: EntityType, number: number): StixId {
  const id = stixIdFromUuid(type, `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
  if (id === undefined) throw new Error(`no id for ${number}`);
  return id;
}

let count = 0;

export function entity(
  type: EntityType,
  name: string,
  aliases: readonly string[] = [],
  externalIds: readonly string[] = [],
  otherIds: readonly StixId[] = [],
): SearchEntity {
  count += 1;
  return { id: fakeId(type, count), type, name, aliases, externalIds, otherIds };
}

/** A handful of entities with the difficulties of the real ones. */
export const entities: readonly SearchEntity[] = [
  entity(
    'intrusion-set',
    'APT39',
    ['Chafer', 'REMIX KITTEN', 'ITG07', 'G0059'],
    ['G0087', 'misp:00000000-0000-4000-8000-0000000000aa'],
  ),
  entity('intrusion-set', 'APT3', ['Gothic Panda', 'UPS'], ['G0022']),
  entity('intrusion-set', 'APT38', ['Bluenoroff'], ['G0082']),
  entity('intrusion-set', 'Lazarus Group', ['HIDDEN COBRA', 'APT38', 'Andariel'], ['G0032']),
  entity('intrusion-set', 'Andariel', ['Silent Chollima'], ['G0138']),
  entity('intrusion-set', 'Carbanak', ['Anunak'], ['G0008']),
  entity('malware', 'Carbanak', ['Anunak'], ['S0030']),
  entity('intrusion-set', 'Turla', ['Snake', 'Venomous Bear'], ['G0010']),
  entity('malware', 'Snake', ['Uroburos', 'Turla'], ['S0022']),
  entity('intrusion-set', 'Wizard Spider', ['Grim Spider'], ['G0102']),
  entity('malware', 'Spyder', [], ['S9998']),
  entity('intrusion-set', 'TEMP.Veles', ['XENOTIME'], ['G0088']),
  entity('intrusion-set', 'Magic Hound', ['Charming Kitten', 'APT35'], ['G0059']),
  entity('intrusion-set', 'Sea Turtle', ['SILICON'], ['G1041']),
  entity('intrusion-set', 'APT32', ['OceanLotus', '海莲花'], ['G0050']),
  entity('intrusion-set', 'The Mask', ['Careto'], []),
  entity('intrusion-set', 'Conti Crew', [], []),
  entity('malware', 'Winnti for Windows', ['Winnti'], ['S0141']),
  entity('intrusion-set', 'APT41', ['Winnti'], ['G0096']),
  entity('intrusion-set', 'Winnti Group', ['Blackfly'], ['G0044']),
  entity('malware', 'Emotet', ['Geodo'], ['S0367']),
  entity('tool', 'Mimikatz', [], ['S0002']),
  entity('malware', 'Cobalt Strike', [], ['S0154']),
  entity('intrusion-set', 'Cobalt Group', ['Cobalt'], ['G0080']),
  entity('attack-pattern', 'Phishing', [], ['T1566']),
  entity('attack-pattern', 'Spearphishing Attachment', [], ['T1566.001']),
  entity('attack-pattern', 'Software', [], ['T1592.002']),
  entity('vulnerability', 'CVE-2017-11882', [], ['CVE-2017-11882']),
  entity('intrusion-set', 'Storm-0978', ['RomCom'], []),
];

export function matchesOf(lookup: Lookup): readonly Match[] {
  switch (lookup.kind) {
    case 'found':
      return [lookup.match];
    case 'ambiguous':
      return lookup.matches;
    case 'suggest':
      return lookup.suggestions;
    case 'not-found':
      return [];
    default:
      return assertNever(lookup);
  }
}

/** `found: intrusion-set APT39`, for tables. */
export function told(lookup: Lookup): string {
  const names = matchesOf(lookup).map(
    ({ entity: { type, name } }) => `${type === 'intrusion-set' ? '' : `${type} `}${name}`,
  );
  return [lookup.kind, names.join(', ')].filter((part) => part !== '').join(': ');
}
