import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Knowledge } from '../../src/knowledge/types.ts';
import type { StoredRecord } from '../../src/store/types.ts';
import { entityRecord, fakeId, fakeUuid, knowledgeOf, refTo, similarTo } from './records.ts';

const attack = (name: string, number: number, id: string, more = {}): StoredRecord =>
  entityRecord({ source: 'attack-enterprise', name, number, externalIds: [id], ...more });
const galaxy = (name: string, number: number, more = {}): StoredRecord =>
  entityRecord({ source: 'misp-galaxy', collection: 'threat-actor', name, number, ...more });
const microsoft = (name: string, number: number, more = {}): StoredRecord =>
  entityRecord({ source: 'misp-galaxy', collection: 'microsoft-activity-group', name, number, ...more });

/** The main names of the records of each entity, sorted: what the joining made of them. */
function groupsOf(knowledge: Knowledge, records: readonly StoredRecord[]): readonly (readonly string[])[] {
  const titles = new Map(
    records.map(({ source, record }) => [`${source} ${record.externalId}`, `${source}: ${record.title}`]),
  );
  return [...knowledge.entities.values()]
    .map((entity) => entity.records.map((key) => titles.get(`${key.source} ${key.externalId}`) ?? '').sort())
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

function join(...records: readonly StoredRecord[]): readonly (readonly string[])[] {
  return groupsOf(knowledgeOf(records).at('clear'), records).map((group) =>
    group.map((title) => title.replace(/^.*: /, '')),
  );
}

describe('joining by id', () => {
  it('joins ATT&CK’s domains, and the galaxy that mirrors ATT&CK, by one STIX id', () => {
    const ics = entityRecord({ source: 'attack-ics', name: 'Grey Owl', number: 1, externalIds: ['G9001'] });
    const mirror = entityRecord({
      source: 'misp-galaxy',
      collection: 'mitre-intrusion-set',
      name: 'Grey Owl',
      number: 1,
    });

    expect(join(attack('Grey Owl', 1, 'G9001'), ics, mirror)).toHaveLength(1);
  });

  it('believes the only ATT&CK id among the names of a record, whatever the two are called', () => {
    const records = [attack('Grey Owl', 1, 'G9001'), galaxy('Night Bird', 2, { claimedIds: ['G9001'] })];

    expect(join(...records)).toEqual([['Grey Owl', 'Night Bird']]);
  });

  it('gives an id that two entries of one list claim to the one whose name fits', () => {
    const records = [
      attack('Grey Owl', 1, 'G9001'),
      galaxy('Grey Owl', 2, { claimedIds: ['G9001'] }),
      galaxy('Other Bird', 3, { claimedIds: ['G9001'] }),
    ];

    expect(join(...records)).toEqual([['Grey Owl', 'Grey Owl'], ['Other Bird']]);
  });

  it('gives an id that two entries of one list claim to neither when no name fits', () => {
    const records = [
      attack('Grey Owl', 1, 'G9001'),
      galaxy('Some Bird', 2, { claimedIds: ['G9001'] }),
      galaxy('Other Bird', 3, { claimedIds: ['G9001'] }),
    ];

    expect(join(...records)).toHaveLength(3);
  });

  it('takes of several ids among the names only the one of the equal main name, and shows the other as overlap', () => {
    const records = [
      attack('Grey Owl', 1, 'G9001'),
      attack('Brown Owl', 2, 'G9002'),
      galaxy('Grey Owl', 3, { claimedIds: ['G9002', 'G9001'] }),
    ];
    const knowledge = knowledgeOf(records).at('clear');

    expect(groupsOf(knowledge, records)).toHaveLength(2);
    expect(
      knowledge.claims(fakeId('intrusion-set', 1), 'related-to').map(({ given, value }) => [given, value]),
    ).toEqual([[expect.objectContaining({ relation: 'overlaps' }), 'Brown Owl']]);
    expect(knowledge.claims(fakeId('intrusion-set', 2), 'related-to').map(({ value }) => value)).toEqual([
      'Grey Owl',
    ]);
  });

  it('answers to a claimed id that no ATT&CK object has', () => {
    const knowledge = knowledgeOf([galaxy('Grey Owl', 2, { claimedIds: ['G9001'] })]).at('clear');

    expect(knowledge.entity('g9001')?.name).toBe('Grey Owl');
  });

  it('follows revoked-by, over several steps and around a ring', () => {
    const records = [
      attack('First', 1, 'G9001', { revoked: true, revokedBy: refTo('intrusion-set', 2) }),
      attack('Second', 2, 'G9002', { revoked: true, revokedBy: refTo('intrusion-set', 3) }),
      attack('Third', 3, 'G9003'),
      attack('Ring A', 4, 'G9004', { revoked: true, revokedBy: refTo('intrusion-set', 5) }),
      attack('Ring B', 5, 'G9005', { revoked: true, revokedBy: refTo('intrusion-set', 4) }),
    ];
    const knowledge = knowledgeOf(records).at('clear');

    expect(groupsOf(knowledge, records)).toHaveLength(2);
    expect(knowledge.entity('G9001')).toMatchObject({
      id: fakeId('intrusion-set', 3),
      name: 'Third',
      deprecated: false,
    });
    expect(knowledge.entity('G9004')?.deprecated).toBe(true);
  });
});

describe('joining by name', () => {
  it('joins equal main names across sources, malware with tool, and reports never', () => {
    const report = (source: string): StoredRecord =>
      entityRecord({ source, name: 'Weekly report', type: 'report' });
    const records = [
      entityRecord({ source: 'misp-galaxy', collection: 'tool', name: 'Sea Bird', type: 'tool', number: 1 }),
      entityRecord({
        source: 'attack-enterprise',
        name: 'SeaBird',
        type: 'malware',
        number: 2,
        externalIds: ['S9001'],
      }),
      entityRecord({ source: 'acme', name: 'SEA-BIRD' }),
      report('acme'),
      report('other'),
    ];
    const knowledge = knowledgeOf(records).at('clear');

    expect(knowledge.statistics.entities).toEqual({ malware: 1, 'intrusion-set': 1, report: 2 });
  });

  it('never joins by a shared alias alone, and shows it as an overlap on both sides', () => {
    const records = [
      galaxy('Grey Owl', 1, { aliases: ['Mouser'] }),
      microsoft('Brown Owl', 2, { aliases: ['mouser'] }),
    ];
    const knowledge = knowledgeOf(records).at('clear');

    expect(groupsOf(knowledge, records)).toHaveLength(2);
    for (const number of [1, 2]) {
      const [claim] = knowledge.claims(fakeId('intrusion-set', number), 'related-to');
      expect(claim?.given).toMatchObject({ relation: 'overlaps' });
    }
    expect(knowledge.entity(fakeId('intrusion-set', 1))?.refusals?.[0]).toMatchObject({
      rule: 'shared-alias',
      detail: 'both are called Mouser, which alone joins nothing',
    });
  });

  it('does not join by a main name that is an alias elsewhere', () => {
    expect(join(galaxy('Grey Owl', 1, { aliases: ['Mouser'] }), microsoft('Mouser', 2))).toHaveLength(2);
  });

  it('joins a nameless-id technique to neither of two ATT&CK techniques of its name', () => {
    const technique = (number: number, id: string): StoredRecord =>
      entityRecord({
        source: 'attack-enterprise',
        type: 'attack-pattern',
        name: 'Domains',
        number,
        externalIds: [id],
      });
    const other = entityRecord({ source: 'acme', type: 'attack-pattern', name: 'Domains' });

    expect(join(technique(1, 'T9001.001'), technique(2, 'T9002.001'), other)).toHaveLength(3);
  });
});

describe('joining by similarity', () => {
  it('joins entries of two lists from "likely" on', () => {
    expect(
      join(galaxy('Grey Owl', 1, { claims: [similarTo(2, 55)] }), microsoft('Snow Owl', 2)),
    ).toHaveLength(1);
    expect(
      join(galaxy('Grey Owl', 1, { claims: [similarTo(2, 54)] }), microsoft('Snow Owl', 2)),
    ).toHaveLength(2);
  });

  it('joins two entries of one list that point at one another only', () => {
    expect(join(galaxy('Grey Owl', 1, { claims: [similarTo(2)] }), galaxy('Snow Owl', 2))).toHaveLength(1);
  });

  it('does not glue two ATT&CK groups through an entry that is similar to both', () => {
    const records = [
      attack('Grey Owl', 1, 'G9001'),
      attack('Snow Owl', 2, 'G9002'),
      galaxy('Night Bird', 3, { claims: [similarTo(1), similarTo(2)] }),
    ];

    expect(join(...records)).toHaveLength(3);
  });

  it('lets an entry that is similar to several join the one of its own name', () => {
    const records = [
      attack('Grey Owl', 1, 'G9001'),
      attack('Snow Owl', 2, 'G9002'),
      galaxy('Snow Owl Group', 3, { claims: [similarTo(1), similarTo(2)] }),
    ];

    expect(join(...records)).toEqual([['Grey Owl'], ['Snow Owl', 'Snow Owl Group']]);
  });

  it('lets an entry that is similar to several join the one whose ATT&CK entry carries its name', () => {
    const records = [
      attack('Grey Owl', 1, 'G9001', { aliases: ['Night Bird'] }),
      attack('Snow Owl', 2, 'G9002'),
      galaxy('Night Bird', 3, { claims: [similarTo(1), similarTo(2)] }),
    ];

    expect(join(...records)).toEqual([['Grey Owl', 'Night Bird'], ['Snow Owl']]);
  });

  it('takes two countries for a contradiction, unless ATT&CK settles it by name', () => {
    const country = (code: string) => ({ predicate: 'attributed-to', country: code, text: code }) as const;
    const grey = galaxy('Grey Owl', 2, { claims: [country('XA'), similarTo(3)] });
    const snow = microsoft('Snow Owl', 3, { claims: [country('XB')] });

    expect(join(grey, snow)).toHaveLength(2);
    expect(join(grey, snow, attack('Grey Owl', 1, 'G9001', { aliases: ['Snow Owl'] }))).toHaveLength(1);
  });

  it('keeps what was refused, with the reason, on both sides', () => {
    const records = [
      attack('Grey Owl', 1, 'G9001'),
      attack('Snow Owl', 2, 'G9002', { claims: [similarTo(1)] }),
    ];
    const knowledge = knowledgeOf(records).at('clear');

    for (const id of ['G9001', 'G9002']) {
      expect(knowledge.entity(id)?.refusals?.[0]?.detail).toBe(
        'Snow Owl is similar to Grey Owl (likelihood 75), but ATT&CK keeps G9001 and G9002 apart',
      );
      expect(
        knowledge.claims(knowledge.entity(id)?.id ?? fakeId('malware', 9), 'related-to')[0]?.given,
      ).toMatchObject({
        relation: 'overlaps',
      });
    }
  });
});

describe('joining by names on both sides', () => {
  const list = (name: string, number: number, aliases: readonly string[]): StoredRecord =>
    entityRecord({ source: 'acme', name, number, aliases });

  it('joins two entries of one list that name one another', () => {
    expect(
      join(list('Grey Owl', 1, ['Snow Owl', 'Lynx']), list('Snow Owl', 2, ['Grey Owl', 'Lynx'])),
    ).toHaveLength(1);
  });

  it('keeps two entries of one list apart where one was given the names of the other and is not named by it', () => {
    expect(
      join(list('Grey Owl', 1, ['Snow Owl', 'Lynx']), list('Snow Owl', 2, ['Snow Owl', 'Lynx'])),
    ).toHaveLength(2);
  });

  it('joins an entry with the number that its publisher gave it first', () => {
    expect(join(list('Grey Owl', 1, ['Storm-9901', 'Lynx']), list('Storm-9901', 2, ['Lynx']))).toHaveLength(
      1,
    );
  });
});

describe('main names that differ in their number alone', () => {
  it('contradict a similarity', () => {
    expect(join(galaxy('Owl 01', 1, { claims: [similarTo(2)] }), microsoft('Owl 02', 2))).toHaveLength(2);
    expect(join(galaxy('Owl 01', 1, { claims: [similarTo(2)] }), microsoft('Owl 1', 2))).toHaveLength(1);
  });

  it('do not where one side carries the other’s name', () => {
    const records = [
      galaxy('Owl 01', 1, { claims: [similarTo(2)] }),
      microsoft('Owl 02', 2, { aliases: ['Owl 01'] }),
    ];

    expect(join(...records)).toHaveLength(1);
  });
});

describe('an operator’s decisions', () => {
  const records = [
    galaxy('Grey Owl', 1, { claims: [similarTo(2)] }),
    microsoft('Snow Owl', 2),
    galaxy('Lynx', 3),
  ];

  it('join what no rule joins, with the decision as evidence', () => {
    const identity = { same: [[fakeUuid(1), 'Lynx']], different: [] };
    const knowledge = knowledgeOf(records, { identity }).at('clear');

    expect(groupsOf(knowledge, records)).toHaveLength(1);
    expect(knowledge.entity(fakeUuid(3))?.joins.map(({ rule }) => rule)).toContain('operator');
  });

  it('part what a rule would join, and leave no trace when they are undone', () => {
    const identity = { same: [], different: [[fakeId('intrusion-set', 1), 'Snow Owl']] };

    expect(groupsOf(knowledgeOf(records, { identity }).at('clear'), records)).toHaveLength(3);
    expect(groupsOf(knowledgeOf(records).at('clear'), records)).toHaveLength(2);
  });

  it('part even records of one id, which then have ids of their own', () => {
    const twins = [
      galaxy('Grey Owl', 1, { externalIds: ['G9001'] }),
      entityRecord({ source: 'acme', name: 'Owl', number: 1 }),
    ];
    const identity = { same: [], different: [['Grey Owl', 'Owl']] };

    expect(knowledgeOf(twins, { identity }).at('clear').entities.size).toBe(2);
  });

  it('bring even two ATT&CK groups together, and part them again when both are said', () => {
    const groups = [
      attack('Grey Owl', 1, 'G9001'),
      attack('Snow Owl', 2, 'G9002'),
      entityRecord({ source: 'attack-ics', name: 'Snow Owl', number: 2, externalIds: ['G9002'] }),
    ];
    const pair = [['G9001', 'G9002']];

    const joined = knowledgeOf(groups, { identity: { same: pair, different: [] } }).at('clear');
    const parted = knowledgeOf(groups, { identity: { same: pair, different: pair } }).at('clear');

    expect(groupsOf(joined, groups)).toHaveLength(1);
    expect(groupsOf(parted, groups)).toHaveLength(2);
  });
});

describe('any set of records', () => {
  const names = ['Grey Owl', 'Snow Owl', 'Lynx', 'Mouser', 'Heron'];
  const ids = ['G9001', 'G9002', 'G9003'];
  const record = fc
    .record({
      list: fc.constantFrom('attack-enterprise', 'threat-actor', 'microsoft-activity-group', 'acme'),
      number: fc.integer({ min: 1, max: 6 }),
      name: fc.constantFrom(...names),
      alias: fc.option(fc.constantFrom(...names)),
      id: fc.constantFrom(...ids),
      claimed: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 }),
      similar: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
      revokedBy: fc.option(fc.integer({ min: 1, max: 6 })),
      country: fc.option(fc.constantFrom('XA', 'XB')),
    })
    .map(({ list, number, name, alias, id, claimed, similar, revokedBy, country }): StoredRecord => {
      const isAttack = list === 'attack-enterprise';
      return entityRecord({
        source: isAttack || list === 'acme' ? list : 'misp-galaxy',
        collection: list,
        externalId: `${list} ${number}`,
        name,
        number: number + (isAttack ? 0 : list.length * 10),
        externalIds: isAttack ? [id] : [],
        claimedIds: isAttack ? [] : claimed,
        aliases: alias === null ? [] : [alias],
        ...(isAttack && revokedBy !== null
          ? { revoked: true, revokedBy: refTo('intrusion-set', revokedBy) }
          : {}),
        claims: [
          ...similar.map((target) => similarTo(target)),
          ...(country === null ? [] : [{ predicate: 'attributed-to', country, text: country } as const]),
        ],
      });
    });
  const anyRecords = fc.uniqueArray(record, {
    maxLength: 9,
    selector: ({ source, record: { externalId } }) => `${source} ${externalId}`,
  });

  it('gives the same entities in whatever order the records come', () => {
    fc.assert(
      fc.property(anyRecords, fc.infiniteStream(fc.nat()), (records, random) => {
        const shuffled = records
          .map((item) => ({ item, at: Number(random.next().value) }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
        const [one, two] = [records, shuffled].map((list) => knowledgeOf(list).at('clear'));

        expect([...(two?.entities ?? [])]).toEqual([...(one?.entities ?? [])]);
      }),
    );
  });

  it('puts every record into exactly one entity, which answers to its ids', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const knowledge = knowledgeOf(records).at('clear');
        const entities = [...knowledge.entities.values()];

        expect(entities.flatMap((entity) => entity.records)).toHaveLength(records.length);
        for (const {
          record: { entity },
        } of records) {
          expect(knowledge.entity(entity?.id ?? '')).toBeDefined();
        }
        for (const entity of entities) expect(knowledge.entity(entity.id)).toBe(entity);
      }),
    );
  });

  it('never has two ATT&CK objects in one entity, unless one was revoked', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const byKey = new Map(
          records.map((item) => [`${item.source} ${item.record.externalId}`, item.record]),
        );
        for (const entity of knowledgeOf(records).at('clear').entities.values()) {
          const inForce = entity.records
            .map((key) => byKey.get(`${key.source} ${key.externalId}`))
            .filter((item) => item?.revoked !== true)
            .flatMap((item) => item?.entity?.externalIds ?? []);

          expect(new Set(inForce).size).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
