import { describe, expect, it } from 'vitest';
import type { DiffJson, EntityDiffJson } from '../../src/briefing/diff-json.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { silentLog } from '../../src/support/log.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';
import { createWorld, uuid, type World } from '../ingest/world.ts';

const mitre = 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5';

interface GroupSketch {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly modified?: string;
  readonly revoked?: true;
}

function group({ number, id, name, aliases = [], modified, revoked }: GroupSketch): object {
  return {
    type: 'intrusion-set',
    id: `intrusion-set--${uuid(number)}`,
    created_by_ref: mitre,
    created: '2020-01-01T00:00:00.000Z',
    modified: modified ?? '2024-01-01T00:00:00.000Z',
    name,
    aliases: [name, ...aliases],
    external_references: [{ source_name: 'mitre-attack', external_id: id }],
    x_mitre_domains: ['ics-attack'],
    ...(revoked === undefined ? {} : { revoked }),
  };
}

function link(number: number, type: string, from: string, to: string): object {
  return {
    type: 'relationship',
    id: `relationship--${uuid(number)}`,
    created_by_ref: mitre,
    created: '2020-01-01T00:00:00.000Z',
    modified: '2024-01-01T00:00:00.000Z',
    relationship_type: type,
    source_ref: from,
    target_ref: to,
  };
}

const door = {
  type: 'malware',
  id: `malware--${uuid(50)}`,
  created_by_ref: mitre,
  created: '2020-01-01T00:00:00.000Z',
  modified: '2024-01-01T00:00:00.000Z',
  name: 'Made Up Door',
  external_references: [{ source_name: 'mitre-attack', external_id: 'S9050' }],
};

function release(version: string, objects: readonly object[]): object {
  const contents = objects.map((object) => ({ object_ref: (object as { id: string }).id }));
  const collection = {
    type: 'x-mitre-collection',
    id: `x-mitre-collection--${uuid(900)}`,
    name: 'ICS ATT&CK',
    created_by_ref: mitre,
    x_mitre_version: version,
    x_mitre_contents: contents,
  };
  return { type: 'bundle', id: `bundle--${uuid(0)}`, objects: [collection, ...objects] };
}

const uses = link(70, 'uses', `intrusion-set--${uuid(1)}`, `malware--${uuid(50)}`);
const usesToo = link(71, 'uses', `intrusion-set--${uuid(2)}`, `malware--${uuid(50)}`);
const heron = { number: 1, id: 'G9001', name: 'Made Up Heron', aliases: ['Reed Bird'] };
const older = release('17.1', [
  group(heron),
  group({ number: 2, id: 'G9002', name: 'Made Up Egret', aliases: ['White Bird'] }),
  door,
  uses,
  usesToo,
]);
const newer = release('18.1', [
  group({ ...heron, aliases: ['Marsh Bird'], modified: '2025-01-01T00:00:00.000Z' }),
  group({
    number: 2,
    id: 'G9002',
    name: 'Made Up Egret',
    aliases: ['White Bird'],
    modified: '2025-01-01T00:00:00.000Z',
    revoked: true,
  }),
  group({ number: 3, id: 'G9003', name: 'Made Up Stork' }),
  door,
  link(80, 'revoked-by', `intrusion-set--${uuid(2)}`, `intrusion-set--${uuid(1)}`),
]);

async function diffOf(world: World, name: string, ceiling: Tlp = 'green'): Promise<DiffJson> {
  const clock = { now: () => new Date('2026-02-01T00:00:00Z') };
  const desk = createDesk({ store: world.store, clock, log: silentLog });
  const result = await desk.diff({ name, since: '2025-12-01', ceiling });
  if (result.kind !== 'diff') throw new Error(`no diff but ${result.kind}`);
  return result.json;
}

async function actorDiff(world: World, name: string, ceiling?: Tlp): Promise<EntityDiffJson> {
  const json = await diffOf(world, name, ceiling);
  if (json.actor === null) throw new Error('everything instead of one');
  return json;
}

function texts({ learned }: EntityDiffJson): readonly string[] {
  return learned.flatMap(({ changes }) => changes.map(({ text }) => text));
}

describe('the changes from an older release to a newer', () => {
  it('are new, added, withdrawn, revoked into another, and gone; and none on the way back', async () => {
    const world = await createWorld();
    await world.ingest([world.write('17.json', older)]);
    await world.ingest([world.write('18.json', newer)]);

    const heronDiff = await actorDiff(world, 'Made Up Heron');
    const all = await diffOf(world, '');

    expect(texts(heronDiff)).toEqual([
      'new record “Made Up Heron”, taken for the same: Made Up Egret was revoked in favour of Made Up Heron',
      'new record “Made Up Egret”, taken for the same: Made Up Egret was revoked in favour of Made Up Heron',
      'the record “Made Up Egret” was revoked in favour of Made Up Heron',
      'no longer: alias “Reed Bird”',
      'alias “Marsh Bird”',
      'no longer: uses Made Up Door',
    ]);
    expect(all.actor).toBeNull();
    expect(all).toMatchObject({
      sources: [
        {
          source: 'attack-ics',
          newEntities: { 'intrusion-set': 3, malware: 1 },
          byKind: { 'entity-new': 4, revoked: 1, 'claim-withdrawn': 3, 'claim-added': 1 },
        },
      ],
    });

    // What was revoked is found by its old id and names.
    for (const name of ['G9002', 'Made Up Egret', 'White Bird', `intrusion-set--${uuid(2)}`]) {
      expect((await actorDiff(world, name)).actor.name).toBe('Made Up Heron');
    }

    const version = await world.store.knowledgeVersion();
    const back = await world.ingest([world.write('17-again.json', older)]);

    expect(back.notices.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('release 17.1 of MITRE ATT&CK ICS is older than the one that is stored'),
    );
    expect(back.totals).toMatchObject({ new: 0, changed: 0, withdrawn: 0 });
    expect(await world.store.knowledgeVersion()).toBe(version);
  });
});

const galaxyFile = (version: number, values: readonly object[]): object => ({
  authors: ['Nobody'],
  category: 'actor',
  description: 'Made up',
  name: 'Threat actor',
  source: 'Nobody',
  type: 'threat-actor',
  uuid: '7cdff317-a673-4474-84ec-4f1754947823',
  version,
  values,
});

describe('the changes of a galaxy file edited by hand', () => {
  it('are countries and names that changed, an entry that is gone, and one that is new', async () => {
    const world = await createWorld();
    const entry = (number: number, value: string, meta: object): object => ({
      uuid: uuid(number),
      value,
      meta,
    });
    const before = galaxyFile(1, [
      entry(11, 'Paper Crane', { country: 'IR', synonyms: ['Folded Bird'] }),
      entry(12, 'Glass Crane', {}),
    ]);
    const after = galaxyFile(2, [
      entry(11, 'Paper Crane', { country: 'RU', synonyms: ['Folded Bird', 'Origami'] }),
      entry(13, 'Iron Crane', {}),
    ]);
    await world.ingest([world.write('before.json', before)]);
    await world.ingest([world.write('after.json', after)]);

    const crane = texts(await actorDiff(world, 'Paper Crane'));
    const all = await diffOf(world, '');

    expect(crane).toContain('alias “Origami”');
    expect(crane.filter((text) => text.includes('attributed to'))).toHaveLength(2);
    expect(all).toMatchObject({ sources: [{ byKind: { 'entity-gone': 1 }, gone: ['Glass Crane'] }] });
  });
});

function event(fields: object): object {
  return {
    Event: {
      uuid: uuid(31),
      info: 'Cranes on the wire',
      date: '2025-06-01',
      timestamp: '1748736000',
      Orgc: { name: 'Nobody', uuid: uuid(32) },
      Tag: [{ name: 'tlp:green' }, { name: 'misp-galaxy:threat-actor="Paper Crane"' }],
      Attribute: [
        { uuid: uuid(33), type: 'domain', value: 'crane.example', category: 'Network activity' },
        { uuid: uuid(34), type: 'domain', value: 'heron.example', category: 'Network activity' },
      ],
      ...fields,
    },
  };
}

describe('the changes of an event', () => {
  const crane = galaxyFile(1, [{ uuid: uuid(11), value: 'Paper Crane', meta: {} }]);

  it('are a report that names the actor, then an attribute that was deleted, then a tag that was taken off', async () => {
    const world = await createWorld();
    await world.ingest([world.write('galaxy.json', crane)]);
    await world.ingest([world.write('1.json', event({}))]);
    await world.ingest([
      world.write(
        '2.json',
        event({
          timestamp: '1748739600',
          Attribute: [
            { uuid: uuid(33), type: 'domain', value: 'crane.example', category: 'Network activity' },
            {
              uuid: uuid(34),
              type: 'domain',
              value: 'heron.example',
              category: 'Network activity',
              deleted: true,
            },
          ],
        }),
      ),
    ]);
    await world.ingest([
      world.write('3.json', event({ timestamp: '1748743200', Tag: [{ name: 'tlp:green' }] })),
    ]);

    const found = texts(await actorDiff(world, 'Paper Crane'));

    expect(found).toContain(
      'report “Cranes on the wire” changed: no longer says something of it; 2 indicators, 1 before',
    );
  });

  it('are withheld and counted where the place may not see the report', async () => {
    const world = await createWorld();
    await world.ingest([world.write('galaxy.json', crane)]);
    const tags = [{ name: 'tlp:red' }, { name: 'misp-galaxy:threat-actor="Paper Crane"' }];
    await world.ingest([world.write('1.json', event({ Tag: tags }))]);

    const green = await actorDiff(world, 'Paper Crane', 'green');
    const red = await actorDiff(world, 'Paper Crane', 'red');

    expect(green.withheld).toEqual({ count: 1, highest: 'red' });
    expect(JSON.stringify(green)).not.toContain('Cranes on the wire');
    expect(texts(red)).toContain('named in the new report “Cranes on the wire”, 2 indicators');
  });
});

describeWithCorpus('the changes from ATT&CK ICS 17.1 to 18.1', () => {
  const file = (version: string): string =>
    corpusPath('mitre-attack', `ics-attack-${version}.stix21.json.gz`);

  it('are few, since relationships that vanished are of kinds that no card shows, and none on the way back', async () => {
    const world = await createWorld();
    const first = await world.ingest([file('17.1')]);
    const second = await world.ingest([file('18.1')]);
    const third = await world.ingest([file('17.1')]);

    const lazarus = await actorDiff(world, 'Lazarus Group');

    expect(first.totals).toMatchObject({ new: 421 });
    expect(second.totals).toMatchObject({ new: 0, withdrawn: 0 });
    expect(third.totals).toMatchObject({ new: 0, changed: 0, withdrawn: 0, older: 421 });
    expect(texts(lazarus)).toContain('its description was rewritten');
  });
});
