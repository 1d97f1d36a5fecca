import { writeFileSync } from 'node:fs';

/** Actors that the bundled facts know; what is made up about them is news of them. */
const actors = [
  'APT28',
  'APT29',
  'APT39',
  'APT41',
  'Turla',
  'FIN7',
  'Lazarus Group',
  'Kimsuky',
  'OilRig',
  'MuddyWater',
  'Sandworm Team',
  'Gamaredon Group',
  'Mustang Panda',
  'Wizard Spider',
  'Volt Typhoon',
  'Magic Hound',
] as const;
const sectors = ['telecommunications', 'energy', 'finance', 'government', 'healthcare', 'defence'] as const;
const publishers = ['first', 'second', 'third'] as const;

/** What subscriptions of the bench ask for, as people would. */
export const wantedFilters: readonly string[] = [
  '',
  ...sectors.slice(0, 5).map((sector) => `sector:${sector}`),
  ...['iran', 'russia', 'china', 'north-korea'].flatMap((country) => [
    `country:${country}`,
    `country:${country} kind:report`,
    `country:${country} -source:third`,
  ]),
  ...['APT28', 'APT39', 'Turla', 'FIN7', 'Lazarus'].map((actor) => `actor:${actor}`),
  'sector:energy country:russia',
  'kind:report',
  '-source:second',
];

function uuid(group: number, index: number): string {
  return `00000000-0000-4000-8${group.toString(16).padStart(3, '0')}-${index.toString(16).padStart(12, '0')}`;
}

const time = '2026-01-01T00:00:00.000Z';
const common = { spec_version: '2.1', created: time, modified: time };

/**
 * The news of one day as three publishers tell it, one STIX bundle each: reports of which every other stands in two of
 * them, and what actors newly use and target. The paths of the files, each named as its publisher.
 */
export function writeNews(folder: string, reports: number): readonly string[] {
  return publishers.map((publisher, number) => {
    const objects: object[] = [
      ...actors.map((name, index) => ({
        ...common,
        type: 'intrusion-set',
        id: `intrusion-set--${uuid(1, index)}`,
        name,
      })),
      ...sectors.map((sector, index) => ({
        ...common,
        type: 'identity',
        id: `identity--${uuid(2, index)}`,
        name: sector,
        identity_class: 'class',
        sectors: [sector],
      })),
      ...actors.flatMap((_, index) => newsOf(index, number)),
    ];
    for (let index = 0; index < reports; index += 1) {
      if (index % 2 === 0 ? index % 3 === (number + 2) % 3 : index % 3 !== number) continue;
      objects.push(report(index));
    }
    const path = `${folder}/${publisher}.json`;
    writeFileSync(path, JSON.stringify({ type: 'bundle', id: `bundle--${uuid(9, number)}`, objects }));
    return path;
  });
}

function report(index: number): object {
  const refs = [index % actors.length, (index * 7 + 3) % actors.length].slice(0, 1 + (index % 2));
  return {
    ...common,
    type: 'report',
    id: `report--${uuid(3, index)}`,
    name: `Made-up report ${index} on what ${actors[index % actors.length]} does`,
    published: time,
    external_references: [{ source_name: 'made-up', url: `https://reports.example/${index}` }],
    object_refs: refs.map((actor) => `intrusion-set--${uuid(1, actor)}`),
  };
}

function newsOf(actor: number, publisher: number): readonly object[] {
  const malware = `malware--${uuid(4, actor)}`;
  const relation = (kind: string, target: string, group: number) => ({
    ...common,
    type: 'relationship',
    id: `relationship--${uuid(group + publisher, actor)}`,
    relationship_type: kind,
    source_ref: `intrusion-set--${uuid(1, actor)}`,
    target_ref: target,
  });
  return [
    { ...common, type: 'malware', id: malware, name: `Made-up tool ${actor}`, is_family: true },
    relation('uses', malware, 16),
    relation('targets', `identity--${uuid(2, (actor + publisher) % sectors.length)}`, 32),
  ];
}
