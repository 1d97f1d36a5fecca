import type { Tlp } from '../../src/domain/tlp.ts';
import { fakeId } from '../helpers/knowledge.ts';

/** Words that stand nowhere else, each with the marking under which it was written. */
export interface Canaries {
  /** Registers and gives back a word for a field at a level. */
  word(level: Tlp, field: string): string;
  all(): readonly { readonly level: Tlp; readonly word: string }[];
}

export function createCanaries(): Canaries {
  const words = new Map<string, Tlp>();
  return {
    word(level, field) {
      const word = `zz${level.replace('+', '')}${field}zz`;
      words.set(word, level);
      return word;
    },
    all: () => [...words].map(([word, level]) => ({ word, level })),
  };
}

/** A year and a vulnerability that stand at one level alone: canaries in fields that take no words. */
export function yearOf(level: Tlp): string {
  return `198${levels.indexOf(level) + 1}`;
}

export function vulnerabilityOf(level: Tlp): string {
  return `CVE-1999-900${levels.indexOf(level) + 1}`;
}

const markings: Readonly<Record<Tlp, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
};
const levels: readonly Tlp[] = ['clear', 'green', 'amber', 'amber+strict', 'red'];
const stamp = {
  spec_version: '2.1',
  created: '2026-01-10T00:00:00.000Z',
  modified: '2026-01-11T00:00:00.000Z',
};

/** The actor whom every audience may see. */
export const common = { name: 'Harbour Walrus', id: fakeId('intrusion-set', 700), tool: fakeId('tool', 701) };

function marked(level: Tlp): { readonly object_marking_refs: readonly string[] } {
  return { object_marking_refs: [markings[level]] };
}

function relation(number: number, type: string, from: string, to: string, more: object = {}): object {
  return {
    ...stamp,
    type: 'relationship',
    id: `relationship--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    relationship_type: type,
    source_ref: from,
    target_ref: to,
    ...more,
  };
}

/** What everyone may see, pointing at things of every level, and relationships of every level between clear things. */
export function commonBundle(canaries: Canaries): object {
  const actor = { ...stamp, ...marked('clear'), type: 'intrusion-set', id: common.id, name: common.name };
  const tool = { ...stamp, ...marked('clear'), type: 'tool', id: common.tool, name: 'Walrus Winch' };
  return bundle(
    [
      actor,
      tool,
      ...levels.flatMap((level, index) => levelObjects(canaries, level, 710 + index * 20)),
      {
        ...stamp,
        ...marked('clear'),
        type: 'report',
        id: fakeId('report', 702),
        name: 'Walrus watch',
        published: '2026-01-11T00:00:00.000Z',
        object_refs: [
          common.id,
          ...levels.flatMap((_, index) => {
            const base = 710 + index * 20;
            return [fakeId('malware', base + 1), indicatorId(base + 7)];
          }),
        ],
      },
    ],
    700,
  );
}

function indicatorId(number: number): string {
  return `indicator--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function levelObjects(canaries: Canaries, level: Tlp, base: number): readonly object[] {
  const word = (field: string): string => canaries.word(level, field);
  const own = marked(level);
  const actor = fakeId('intrusion-set', base);
  const malware = fakeId('malware', base + 1);
  const technique = fakeId('attack-pattern', base + 2);
  const campaign = fakeId('campaign', base + 3);
  const described = (field: string): object => ({
    name: `${word(field)} Ltd`,
    description: `${word(`${field}text`)} was seen`,
    external_references: [
      {
        source_name: word(`${field}ref`),
        url: `https://example.com/${word(`${field}url`)}`,
        external_id: word(`${field}id`),
      },
    ],
    labels: [word(`${field}label`)],
  });
  return [
    {
      ...stamp,
      ...own,
      type: 'intrusion-set',
      id: actor,
      ...described('actor'),
      aliases: [word('alias')],
      goals: [word('goal')],
      first_seen: '2014-11-01T00:00:00Z',
    },
    {
      ...stamp,
      ...own,
      type: 'malware',
      id: malware,
      is_family: true,
      aliases: [word('malwarealias')],
      ...described('malware'),
    },
    { ...stamp, ...own, type: 'attack-pattern', id: technique, ...described('technique') },
    {
      ...stamp,
      ...own,
      type: 'campaign',
      id: campaign,
      ...described('campaign'),
      first_seen: `${yearOf(level)}-03-17T00:00:00Z`,
      last_seen: `${yearOf(level)}-04-18T00:00:00Z`,
      objective: word('objective'),
    },
    ...moreObjects(canaries, level, base),
    // The relationship carries no marking: that of its ends counts.
    relation(base + 4, 'uses', common.id, malware),
    relation(base + 5, 'attributed-to', campaign, common.id),
    relation(base + 6, 'uses', common.id, technique),
    // Marked itself, between things that everyone sees.
    relation(base + 8, 'uses', common.id, common.tool, {
      ...own,
      description: `${word('relation')} was seen`,
    }),
    relation(base + 9, 'uses', actor, common.tool),
    {
      ...stamp,
      ...own,
      type: 'indicator',
      id: indicatorId(base + 7),
      name: word('indicatorname'),
      description: word('indicatortext'),
      pattern: `[domain-name:value = '${word('indicator')}.example']`,
      pattern_type: 'stix',
      valid_from: stamp.created,
    },
    {
      ...stamp,
      ...own,
      type: 'report',
      id: fakeId('report', base + 10),
      ...described('report'),
      published: '2026-01-11T00:00:00.000Z',
      object_refs: [common.id, actor],
    },
    {
      ...stamp,
      ...own,
      type: 'sighting',
      id: `sighting--00000000-0000-4000-8000-${String(base + 11).padStart(12, '0')}`,
      sighting_of_ref: common.id,
      description: word('sighting'),
    },
    {
      ...stamp,
      ...own,
      type: 'note',
      id: `note--00000000-0000-4000-8000-${String(base + 12).padStart(12, '0')}`,
      abstract: word('noteabstract'),
      content: word('note'),
      object_refs: [common.id],
    },
  ];
}

/** What no actor's own record says: vulnerabilities, targets, mitigations, personas, opinions. */
function moreObjects(canaries: Canaries, level: Tlp, base: number): readonly object[] {
  const word = (field: string): string => canaries.word(level, field);
  const own = marked(level);
  const id = (type: string, number: number): string =>
    `${type}--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const [flaw, measure, victim, place, persona] = [
    id('vulnerability', base + 13),
    id('course-of-action', base + 14),
    id('identity', base + 15),
    id('location', base + 16),
    id('threat-actor', base + 17),
  ];
  return [
    {
      ...stamp,
      ...own,
      type: 'vulnerability',
      id: flaw,
      name: vulnerabilityOf(level),
      description: word('flawtext'),
    },
    {
      ...stamp,
      ...own,
      type: 'course-of-action',
      id: measure,
      name: word('measure'),
      description: word('measuretext'),
    },
    {
      ...stamp,
      ...own,
      type: 'identity',
      id: victim,
      name: word('victim'),
      identity_class: 'class',
      sectors: [word('sector')],
    },
    { ...stamp, ...own, type: 'location', id: place, name: word('location'), country: 'NZ' },
    {
      ...stamp,
      ...own,
      type: 'threat-actor',
      id: persona,
      name: word('persona'),
      aliases: [word('personaalias')],
      roles: [word('role')],
      primary_motivation: word('motive'),
    },
    relation(base * 10 + 1, 'exploits', common.id, flaw),
    relation(base * 10 + 2, 'targets', common.id, victim),
    relation(base * 10 + 3, 'targets', common.id, place),
    relation(base * 10 + 4, 'mitigates', measure, fakeId('attack-pattern', base + 2)),
    relation(base * 10 + 5, 'attributed-to', common.id, persona),
    {
      ...stamp,
      ...own,
      type: 'opinion',
      id: id('opinion', base + 18),
      opinion: 'agree',
      explanation: word('opinion'),
      object_refs: [common.id],
    },
  ];
}

/** Actors that everyone may see, one a level, of which an operator decided something that the level alone may know. */
export function cousinsBundle(): object {
  const cousins = levels.map((_, index) => ({
    ...stamp,
    ...marked('clear'),
    type: 'intrusion-set',
    id: fakeId('intrusion-set', cousin(index)),
    name: `Cousin Otter ${'ABCDE'[index]}`,
  }));
  return bundle(cousins, 950);
}

function cousin(index: number): number {
  return 951 + index;
}

/** The operator's decisions, as `identity.yaml`. */
export function identityFile(canaries: Canaries): string {
  const groups = levels.map((level, index) => {
    const word = (field: string): string => canaries.word(level, field);
    return [
      `  - members: [${common.id}, ${fakeId('intrusion-set', cousin(index))}]`,
      `    reason: ${word('reason')} was seen`,
      `    by: ${word('decidedby')}`,
      `    date: 2026-01-1${index + 1}`,
      `    tlp: ${level}`,
    ].join('\n');
  });
  return `different:\n${groups.join('\n')}\n`;
}

/** Another producer's words on the common actor, wholly at one level; the producer's name is one of them. */
export function producerBundle(canaries: Canaries, level: Tlp, base: number, when = ''): object {
  const word = (field: string): string => canaries.word(level, `${when}${field}`);
  const producer = `identity--00000000-0000-4000-8000-${String(base).padStart(12, '0')}`;
  return bundle(
    [
      {
        ...stamp,
        ...marked(level),
        type: 'identity',
        id: producer,
        name: canaries.word(level, 'producer'),
        identity_class: 'organization',
      },
      {
        ...stamp,
        ...marked(level),
        created_by_ref: producer,
        type: 'intrusion-set',
        id: common.id,
        name: common.name,
        aliases: [word('otheralias')],
        description: `${word('otherdescription')} is what we call it`,
        external_references: [
          { source_name: word('otherref'), url: `https://example.com/${word('otherurl')}` },
        ],
      },
    ],
    base,
  );
}

function bundle(objects: readonly object[], number: number): object {
  return {
    type: 'bundle',
    id: `bundle--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    objects,
  };
}

/** An event that everyone may see, with attributes of every level, loose and in objects. */
export function clearEvent(canaries: Canaries): object {
  const attributes = levels.flatMap((level) => levelAttributes(canaries, level, 'loose')).reverse();
  const objects = levels.map((level) => ({
    name: 'file',
    Attribute: levelAttributes(canaries, level, 'object'),
  }));
  return event(800, 'clear', `${common.name} in the open`, attributes, objects);
}

/** An event wholly at one level. */
export function levelEvent(canaries: Canaries, level: Tlp, number: number): object {
  const word = (field: string): string => canaries.word(level, field);
  const attributes = [
    { type: 'domain', value: `${word('eventdomain')}.example`, comment: word('eventcomment') },
    { type: 'link', category: 'External analysis', value: `https://example.com/${word('eventlink')}` },
  ];
  return event(number, level, `${common.name}: ${word('eventtitle')}`, attributes, [], {
    Orgc: { name: word('org'), uuid: '00000000-0000-4000-8000-000000000899' },
    EventReport: [{ name: word('eventreport'), content: `${word('eventreporttext')} as we wrote it` }],
    Tag: [
      { name: tagOf(level) },
      { name: `misp-galaxy:threat-actor="${common.name}"` },
      { name: `misp-galaxy:threat-actor="${word('eventactor')}"` },
      { name: word('eventtag') },
    ],
  });
}

function tagOf(level: Tlp): string {
  return `tlp:${level}`;
}

function levelAttributes(canaries: Canaries, level: Tlp, place: string): readonly object[] {
  const word = (field: string): string => canaries.word(level, `${place}${field}`);
  const Tag = [{ name: tagOf(level) }];
  return [
    { type: 'link', category: 'External analysis', value: `https://example.com/${word('link')}`, Tag },
    {
      type: 'text',
      category: 'External analysis',
      value: `${word('text')} is a whole sentence on what was seen.`,
      Tag,
    },
    { type: 'domain', value: `${word('domain')}.example`, comment: word('comment'), to_ids: true, Tag },
    {
      type: 'filename',
      value: `${word('file')}.exe`,
      to_ids: true,
      Tag: [...Tag, { name: `misp-galaxy:threat-actor="${word('tagged')}"` }, { name: word('tag') }],
    },
  ];
}

function event(
  number: number,
  level: Tlp,
  info: string,
  attributes: readonly object[],
  objects: readonly object[],
  more: object = {},
): object {
  return {
    Event: {
      uuid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      info,
      date: '2026-01-12',
      timestamp: '1768176000',
      Tag: [{ name: tagOf(level) }, { name: `misp-galaxy:threat-actor="${common.name}"` }],
      Attribute: attributes,
      Object: objects,
      ...more,
    },
  };
}

/** An event report in markdown. */
export function markdownReport(canaries: Canaries, level: Tlp): string {
  const word = (field: string): string => canaries.word(level, field);
  return [
    `# Threat Report: 2026-01-13: ${common.name}: ${word('mdtitle')}`,
    '## Key Intelligence',
    '* Date: 2026-01-13',
    `* Tags: misp-galaxy:threat-actor="${common.name}", misp-galaxy:threat-actor="${word('mdactor')}", ${tagOf(level)}, ${word('mdtag')}`,
    '## Indicators of Compromise (IOCs)',
    '### External analysis',
    `* text: ${word('mdtext')} was written at some length about what was seen.`,
    `* link: https://example.com/${word('mdlink')}`,
    '### Network activity',
    `* domain: ${word('mddomain')}.example`,
    '',
  ].join('\n');
}
