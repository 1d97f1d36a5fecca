import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../../src/domain/record.ts';
import { stixImporter } from '../../../src/sources/stix/index.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { claimsOf, type ReadResult, readWith } from '../read-document.ts';

const fixture = readFileSync(new URL('../../fixtures/stix/acme.stix21.json', import.meta.url));
const mitre = 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5';

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const object = (type: string, number: number, fields: object): object => ({
  type,
  id: `${type}--${uuid(number)}`,
  created: '2024-01-01T00:00:00.000Z',
  modified: '2024-01-01T00:00:00.000Z',
  ...fields,
});
const link = (number: number, type: string, source: string, target: string, fields: object = {}): object =>
  object('relationship', number, {
    relationship_type: type,
    source_ref: source,
    target_ref: target,
    ...fields,
  });
const bundle = (...objects: readonly unknown[]): object => ({
  type: 'bundle',
  id: `bundle--${uuid(0)}`,
  objects,
});
const read = (...objects: readonly unknown[]): ReadResult =>
  readWith(stixImporter, bundle(...objects), 'folder/file.json');
const titled = (result: ReadResult, title: string): SourceRecord | undefined =>
  result.records.find((record) => record.title === title);

describeSourceContract(stixImporter, [
  { name: 'a bundle of STIX 2.1', bytes: fixture, place: 'acme.json' },
  {
    name: 'a bundle whose type comes last',
    bytes: new TextEncoder().encode(
      JSON.stringify({
        objects: [object('malware', 1, { name: 'Foldback' })],
        spec_version: '2.0',
        type: 'bundle',
      }),
    ),
    place: 'last.json',
  },
]);

describe('a bundle of an ordinary producer', () => {
  const result = readWith(stixImporter, fixture.toString(), 'folder/acme.json');

  it('is named for the identity that wrote the reports', () => {
    expect(result.sources).toMatchObject([
      { name: 'stix-acme-labs', title: 'Acme Labs', defaultMarking: 'green' },
    ]);
    expect(result.rejections).toEqual([]);
  });

  it('gives a threat actor as an actor with name, aliases, motivation, confidence and marking', () => {
    const actor = titled(result, 'Paper Heron');

    expect(actor).toMatchObject({
      publisher: 'Acme Labs',
      confidence: 70,
      marking: { tlp: 'amber' },
      entity: {
        type: 'intrusion-set',
        id: 'intrusion-set--00000000-0000-4000-8000-0000000000b1',
        externalIds: ['threat-actor--00000000-0000-4000-8000-0000000000b1'],
      },
    });
    expect(claimsOf(actor, 'name').map(({ text }) => text)).toEqual(['Paper Heron']);
    expect(claimsOf(actor, 'alias').map(({ text }) => text)).toEqual(['TA-0000', 'Bird 7']);
    expect(claimsOf(actor, 'motivation').map(({ text }) => text)).toEqual(['personal-gain', 'Steal recipes']);
  });

  it('gives relationships as records whose claims name both ends and the document', () => {
    expect(titled(result, 'Paper Heron uses Foldback')?.claims).toEqual([
      {
        predicate: 'uses',
        subject: {
          types: ['intrusion-set'],
          id: 'intrusion-set--00000000-0000-4000-8000-0000000000b1',
          create: false,
        },
        target: { types: ['malware'], id: 'malware--00000000-0000-4000-8000-0000000000c1', create: false },
        citation: 'Acme 2024',
        reference: 'https://acme.example/heron',
        quote: 'Seen once.',
      },
    ]);
    expect(claimsOf(titled(result, 'Foldback exploits CVE-2099-12345'), 'exploits')).toHaveLength(1);
  });

  it('marks a relationship as strictly as its strictest end', () => {
    expect(titled(result, 'Paper Heron uses Foldback')?.marking).toEqual({ tlp: 'amber' });
    expect(titled(result, 'Foldback exploits CVE-2099-12345')?.marking).toBeUndefined();
  });

  it('reads sectors and countries of whom an actor targets', () => {
    expect(claimsOf(titled(result, 'Paper Heron targets Bakeries'), 'targets-sector')).toMatchObject([
      { text: 'retail' },
    ]);
    expect(claimsOf(titled(result, 'Paper Heron targets Norway'), 'targets-region')).toMatchObject([
      { text: 'Norway', country: 'NO' },
    ]);
  });

  it('gives a report what it names and the indicators that stand in it', () => {
    const report = titled(result, 'Herons in the bakery');

    expect(report?.created).toBe('2024-01-04T00:00:00.000Z');
    expect(
      claimsOf(report, 'reported-in').map(({ subject, marking }) => [subject?.id, marking?.tlp]),
    ).toEqual([
      ['intrusion-set--00000000-0000-4000-8000-0000000000b1', 'amber'],
      ['malware--00000000-0000-4000-8000-0000000000c1', undefined],
    ]);
    expect(report?.indicators?.map(({ type, lookupValues }) => [type, lookupValues])).toEqual([
      ['ip-dst', ['198.51.100.7']],
      ['domain', ['heron.example']],
    ]);
  });

  it('gives an indicator outside of reports a record of its own', () => {
    expect(titled(result, 'Lone rule')).toMatchObject({
      entity: { type: 'indicator' },
      indicators: [{ type: 'yara', lookupValues: [] }],
    });
  });
});

describe('ATT&CK', () => {
  const group = (fields: object = {}): object =>
    object('intrusion-set', 1, {
      name: 'Tin Fox',
      created_by_ref: mitre,
      x_mitre_domains: ['enterprise-attack'],
      aliases: ['Tin Fox', 'Foil Fox'],
      description:
        '[Tin Fox](https://attack.mitre.org/groups/G9999) is a suspected Norwegian threat group.(Citation: Acme)',
      external_references: [
        { source_name: 'mitre-attack', external_id: 'G9999', url: 'https://attack.mitre.org/groups/G9999' },
        { source_name: 'Foil Fox', description: '(Citation: Acme)' },
        {
          source_name: 'Acme',
          description: 'Acme. (2024). Foxes. Retrieved May 1, 2024.',
          url: 'https://acme.example/fox',
        },
      ],
      ...fields,
    });

  it('is known by its creator, with a marking of CLEAR and no release for a part', () => {
    const result = readWith(stixImporter, bundle(group()), 'one.json');

    expect(result.sources).toMatchObject([{ name: 'attack-enterprise', defaultMarking: 'clear' }]);
    expect(result.sources[0]?.version).toBeUndefined();
  });

  it('cites the document of an alias, and reads the country from the first sentence', () => {
    const record = titled(read(group()), 'Tin Fox');

    expect(record).toMatchObject({
      url: 'https://attack.mitre.org/groups/G9999',
      entity: { externalIds: ['G9999'] },
    });
    expect(claimsOf(record, 'alias')).toEqual([
      {
        predicate: 'alias',
        text: 'Foil Fox',
        relation: 'same-as',
        citation: 'Acme',
        reference: 'https://acme.example/fox',
      },
    ]);
    expect(claimsOf(record, 'attributed-to')).toEqual([
      {
        predicate: 'attributed-to',
        country: 'NO',
        text: 'suspected Norwegian',
        quote: 'Tin Fox is a suspected Norwegian threat group.',
      },
    ]);
    expect(claimsOf(record, 'reference')).toEqual([
      { predicate: 'reference', url: 'https://acme.example/fox', title: 'Acme. (2024). Foxes.' },
    ]);
  });

  it('takes release and completeness from the collection', () => {
    const collection = (contents: readonly number[]): object =>
      object('x-mitre-collection', 9, {
        name: 'ICS ATT&CK',
        created_by_ref: mitre,
        x_mitre_version: '99.1',
        x_mitre_contents: contents.map((number) => ({ object_ref: `intrusion-set--${uuid(number)}` })),
      });
    const sourceItem = (contents: readonly number[]): unknown => {
      const bytes = new TextEncoder().encode(JSON.stringify(bundle(collection(contents), group())));
      return [...stixImporter.read({ place: 'x', bytes }, {})].find((item) => item.kind === 'source');
    };

    expect(sourceItem([1])).toMatchObject({
      complete: true,
      source: { name: 'attack-ics', version: '99.1' },
    });
    expect(sourceItem([1, 2])).toMatchObject({ complete: false });
  });

  it('is not a bundle that only borrows its techniques', () => {
    const result = read(
      object('attack-pattern', 1, { name: 'T1057: Process Discovery', created_by_ref: mitre }),
      object('campaign', 2, { name: 'Picnic' }),
      object('campaign', 3, { name: 'Brunch' }),
    );

    expect(result.sources[0]?.name).toBe('stix-file');
    expect(titled(result, 'Process Discovery')?.entity?.name).toBe('Process Discovery');
  });

  it('follows a revocation, and keeps deprecation apart', () => {
    const result = read(
      group({ revoked: true }),
      object('intrusion-set', 2, { name: 'Old Hat', created_by_ref: mitre, x_mitre_deprecated: true }),
      object('intrusion-set', 3, { name: 'New Fox', created_by_ref: mitre }),
      link(4, 'revoked-by', `intrusion-set--${uuid(1)}`, `intrusion-set--${uuid(3)}`, {
        created_by_ref: mitre,
      }),
    );

    expect(titled(result, 'Tin Fox')).toMatchObject({
      revoked: true,
      revokedBy: { id: `intrusion-set--${uuid(3)}` },
    });
    expect(titled(result, 'Old Hat')?.deprecated).toBe(true);
    expect(titled(result, 'Old Hat')?.revoked).toBeUndefined();
  });
});

describe('ids that ATT&CK gave before', () => {
  const id = (host: string) =>
    titled(
      read(
        object('malware', 1, {
          name: 'Tin Fox',
          external_references: [
            { source_name: 'mitre-ics-attack', external_id: 'S9999', url: `https://${host}/Software/S9999` },
          ],
        }),
      ),
      'Tin Fox',
    )?.entity?.externalIds;

  it('are none where they are of the wiki that counted anew', () => {
    expect(id('collaborate.mitre.org/attackics/index.php')).toEqual([]);
    expect(id('attack.mitre.org')).toEqual(['S9999']);
  });
});

describe('markings', () => {
  const red = 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed';
  const actor = (fields: object): object => object('intrusion-set', 1, { name: 'Heron', ...fields });
  const marked = (fields: object, ...others: readonly object[]) =>
    titled(read(...others, actor(fields)), 'Heron')?.marking;

  it.each([
    ['TLP:RED, for named recipients only', { tlp: 'red' }],
    ['Shared as tlp:amber+strict or TLP:GREEN', { tlp: 'amber+strict' }],
    ['tlp:ex:chr', { tlp: 'amber+strict', text: 'tlp:ex:chr', unknown: true }],
    ['Copyright of an example house', undefined],
  ])('obeys the level that the statement “%s” names', (statement, marking) => {
    const definition = object('marking-definition', 7, {
      definition_type: 'statement',
      definition: { statement },
    });

    expect(marked({ object_marking_refs: [`marking-definition--${uuid(7)}`] }, definition)).toEqual(marking);
  });

  it('makes a record as strict as its strictest granular marking', () => {
    const fields = {
      granular_markings: [
        { marking_ref: red, selectors: ['description'] },
        { lang: 'en', selectors: ['name'] },
      ],
    };

    expect(marked(fields)).toEqual({ tlp: 'red' });
  });

  it.each([
    ['clear', 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487'],
    ['amber+strict', 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003'],
    ['clear', 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9'],
  ])('knows %s by its fixed id', (tlp, id) => {
    expect(marked({ object_marking_refs: [id] })).toEqual({ tlp });
  });

  it('reads definitions of TLP 1 and of the TLP 2 extension wherever they stand in the bundle', () => {
    const older = object('marking-definition', 5, { definition_type: 'tlp', definition: { tlp: 'green' } });
    const newer = object('marking-definition', 6, {
      extensions: {
        'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
          extension_type: 'property-extension',
          tlp_2_0: 'amber+strict',
        },
      },
    });

    expect(marked({ object_marking_refs: [`marking-definition--${uuid(5)}`] }, older)).toEqual({
      tlp: 'green',
    });
    expect(marked({ object_marking_refs: [`marking-definition--${uuid(6)}`] }, newer)).toEqual({
      tlp: 'amber+strict',
    });
  });

  it('lets a copyright statement limit nobody, and takes anything unknown for AMBER+STRICT with a notice', () => {
    const statement = object('marking-definition', 5, {
      definition_type: 'statement',
      definition: { statement: '(c) Acme' },
    });

    const unknown = read(actor({ object_marking_refs: [`marking-definition--${uuid(7)}`] }));

    expect(marked({ object_marking_refs: [`marking-definition--${uuid(5)}`] }, statement)).toBeUndefined();
    expect(titled(unknown, 'Heron')?.marking).toMatchObject({ tlp: 'amber+strict', unknown: true });
    expect(unknown.notices[0]?.text).toContain('AMBER+STRICT');
  });

  it('does not widen a fixed id that a bundle redefines', () => {
    const forged = {
      type: 'marking-definition',
      id: red,
      definition_type: 'tlp',
      definition: { tlp: 'white' },
    };

    expect(marked({ object_marking_refs: [red] }, forged)).toEqual({ tlp: 'red' });
  });
});

describe('objects that surprise', () => {
  it('rejects a bad object with its place and keeps the rest', () => {
    const result = read(
      5,
      object('malware', 1, { name: 7 }),
      { type: 'malware', name: 'No id' },
      object('intrusion-set', 2, { name: 'Good', aliases: 3 }),
      object('malware', 3, { name: 'Kept', aliases: null, labels: 'trojan' }),
    );

    expect(result.records.map(({ title }) => title)).toEqual(['Kept']);
    expect(result.rejections.map(({ path }) => path)).toEqual([
      'objects[0]',
      `objects[1] (malware--${uuid(1)})`,
      'objects[2]',
      `objects[3] (intrusion-set--${uuid(2)})`,
    ]);
    expect(result.rejections[3]?.reason).toMatch(/^aliases: /);
  });

  it('keeps a relationship whose ends are not in the bundle', () => {
    const [record] = read(link(1, 'uses', `intrusion-set--${uuid(8)}`, `malware--${uuid(9)}`)).records;

    expect(claimsOf(record, 'uses')[0]?.target?.id).toBe(`malware--${uuid(9)}`);
  });

  it('keeps a revoked relationship without claims', () => {
    const [record] = read(
      link(1, 'uses', `tool--${uuid(8)}`, `malware--${uuid(9)}`, { revoked: true }),
    ).records;

    expect(record).toMatchObject({ revoked: true, claims: [] });
  });

  it('counts what it drops by kind in one notice', () => {
    const { notices, records } = read(
      object('course-of-action', 1, { name: 'Patch' }),
      link(2, 'mitigates', `course-of-action--${uuid(1)}`, `attack-pattern--${uuid(3)}`),
    );

    expect(records).toEqual([]);
    expect(notices.map(({ text }) => text)).toEqual([
      '2 objects hold no facts that are kept: 1 course-of-action, 1 relationship "mitigates" (course-of-action to attack-pattern)',
    ]);
  });

  it('counts a single object as one', () => {
    expect(read(object('course-of-action', 1, { name: 'Patch' })).notices).toMatchObject([
      { text: '1 object holds no facts that are kept: 1 course-of-action' },
    ]);
  });

  it('is titled by the name that the operator gives, where it names no producer', () => {
    const bytes = new TextEncoder().encode(
      JSON.stringify(bundle(object('malware', 1, { name: 'Foldback' }))),
    );
    const [first] = stixImporter.read(
      { place: 'folder/objects.json', bytes },
      { sourceName: 'acme-reports' },
    );

    expect(first).toMatchObject({ source: { name: 'acme-reports', title: 'Acme reports' } });
  });

  it('keeps the newest of several versions of an object', () => {
    const result = read(
      object('malware', 1, { name: 'Newer', modified: '2024-05-01T00:00:00.000Z' }),
      object('malware', 1, { name: 'Older', modified: '2023-05-01T00:00:00.000Z' }),
    );

    expect(result.records.map(({ title }) => title)).toEqual(['Newer']);
  });

  it('takes an intrusion set that is a vulnerability or a malware for what it is', () => {
    const result = read(
      object('intrusion-set', 1, { name: 'Oven Remote Code Execution (CVE-2099-0001)' }),
      object('intrusion-set', 2, { name: 'Crumble Malware' }),
      object('intrusion-set', 3, {
        name: 'Muffin',
        description: 'Muffin is a modular banking trojan sold since 2020.',
      }),
      object('intrusion-set', 4, { name: 'Scone', description: 'Scone is a ransomware group.' }),
      link(5, 'attributed-to', `campaign--${uuid(6)}`, `intrusion-set--${uuid(2)}`),
    );

    expect(result.records.map(({ entity }) => [entity?.type, entity?.name])).toEqual([
      ['vulnerability', 'Oven Remote Code Execution (CVE-2099-0001)'],
      ['malware', 'Crumble'],
      ['malware', 'Muffin'],
      ['intrusion-set', 'Scone'],
      [undefined, undefined],
    ]);
    expect(result.records[0]?.entity?.externalIds).toContain('CVE-2099-0001');
    expect(claimsOf(result.records[4], 'attributed-to')[0]?.target?.id).toBe(`malware--${uuid(2)}`);
  });

  it('names an indicator of a report that cannot be read', () => {
    const result = read(
      object('report', 1, { name: 'R', object_refs: [`indicator--${uuid(2)}`, `indicator--${uuid(3)}`] }),
      object('indicator', 2, { pattern: "[domain-name:value = 'a.example']" }),
      object('indicator', 3, { pattern: 7 }),
    );

    expect(titled(result, 'R')?.indicators).toHaveLength(1);
    expect(result.rejections).toMatchObject([
      { path: `objects[2] (indicator--${uuid(3)})`, reason: expect.stringContaining('pattern') },
    ]);
  });

  it('keeps an indicator whose report cannot be read, or no longer refers to it', () => {
    const refs = { object_refs: [`indicator--${uuid(2)}`] };
    const indicator = object('indicator', 2, { name: 'I', pattern: "[domain-name:value = 'a.example']" });
    const refused = read(object('report', 1, { name: 5, ...refs }), indicator);
    const outdated = read(
      object('report', 1, { name: 'Old', ...refs, modified: '2023-05-01T00:00:00.000Z' }),
      object('report', 1, { name: 'New', object_refs: [], modified: '2024-05-01T00:00:00.000Z' }),
      indicator,
    );

    expect(refused.rejections).toHaveLength(1);
    expect(titled(refused, 'I')?.indicators).toHaveLength(1);
    expect(titled(outdated, 'I')?.indicators).toHaveLength(1);
  });

  it('clips a name that is none, and names twenty kinds of what it leaves out at most', () => {
    const kinds = Array.from({ length: 50 }, (_, index) => object(`x-kind-${index}`, 100 + index, {}));
    const result = read(object('malware', 1, { name: 'M'.repeat(100_000) }), ...kinds);

    expect(result.records[0]?.title).toHaveLength(500);
    expect(result.notices[0]?.text).toMatch(/^50 objects .*, 30 more kinds$/);
  });

  it('ties a report inside a playbook to the actor of the playbook', () => {
    const result = read(
      object('intrusion-set', 1, { name: 'Heron' }),
      object('report', 2, {
        name: 'Playbook',
        object_refs: [`intrusion-set--${uuid(1)}`, `report--${uuid(3)}`],
      }),
      object('report', 3, { name: 'Chapter', object_refs: [`indicator--${uuid(4)}`] }),
      object('indicator', 4, { pattern: "[url:value = 'https://heron.example/x']" }),
    );

    expect(claimsOf(titled(result, 'Chapter'), 'reported-in')[0]?.subject?.id).toBe(
      `intrusion-set--${uuid(1)}`,
    );
    expect(claimsOf(titled(result, 'Playbook'), 'related-to')[0]?.target.id).toBe(`report--${uuid(3)}`);
    expect(titled(result, 'Chapter')?.indicators?.[0]?.lookupValues).toEqual([
      'https://heron.example/x',
      'heron.example',
    ]);
  });

  it.each([
    ['cut off', '{"type":"bundle","objects":[{"type":"malware"', /ends/],
    ['without objects', '{"type":"bundle"}', /without objects/],
    ['with objects that are no list', '{"type":"bundle","objects":{}}', /expected a list/],
  ])('refuses a bundle %s as a whole', (_, text, reason) => {
    const result = readWith(stixImporter, text, 'x.json');

    expect(result.records).toEqual([]);
    expect(result.rejections).toEqual([{ place: 'x.json', path: '', reason: expect.stringMatching(reason) }]);
  });
});

describe('times that are none', () => {
  const result = read(
    object('intrusion-set', 1, {
      name: 'Timeless Bear',
      first_seen: '0000-01-01T00:00:00Z',
      last_seen: '9999-12-31T23:59:59Z',
      modified: '9999-01-01T00:00:00Z',
    }),
    object('intrusion-set', 2, { name: 'Vague Bear', first_seen: 'long ago' }),
    object('intrusion-set', 3, { name: 'Dated Bear', first_seen: '2011-05-01T00:00:00Z' }),
  );

  it('state nothing, and keep no later version of the object out', () => {
    const record = titled(result, 'Timeless Bear');

    expect(record && claimsOf(record, 'active-since')).toEqual([]);
    expect(record && claimsOf(record, 'last-seen')).toEqual([]);
    expect(record?.modified).toBeUndefined();
    const dated = titled(result, 'Dated Bear');
    expect(dated && claimsOf(dated, 'active-since')).toMatchObject([{ text: '2011-05-01' }]);
  });

  it('are told in one notice', () => {
    expect(result.notices.map(({ text }) => text)).toEqual([
      '"0000-01-01T00:00:00Z" is no time when it was seen, and is left out, and 2 more like it',
    ]);
  });
});

describe('a revocation', () => {
  it('is no object without facts: the revoked record carries it', () => {
    const result = read(
      object('intrusion-set', 1, { name: 'Old Bear', revoked: true }),
      object('intrusion-set', 2, { name: 'New Bear' }),
      link(3, 'revoked-by', `intrusion-set--${uuid(1)}`, `intrusion-set--${uuid(2)}`),
    );

    expect(titled(result, 'Old Bear')?.revoked).toBe(true);
    expect(result.notices).toEqual([]);
  });
});
