import { describe, expect, it } from 'vitest';
import type { EntityRef, RecordClaim } from '../../src/domain/record.ts';
import type { Knowledge } from '../../src/knowledge/types.ts';
import type { StoredRecord } from '../../src/store/types.ts';
import { entityRecord, fakeId, fakeUuid, knowledgeOf, refByName, refTo, stored } from './records.ts';

const owl = entityRecord({
  source: 'attack-enterprise',
  name: 'Grey Owl',
  number: 1,
  externalIds: ['G9001'],
  aliases: ['Mouser', 'Night Bird'],
});
const lynx = entityRecord({
  source: 'attack-enterprise',
  name: 'Lynx',
  number: 2,
  externalIds: ['G9002'],
  aliases: ['Night Bird'],
});
const old = entityRecord({
  source: 'attack-enterprise',
  type: 'attack-pattern',
  name: 'Old Trick',
  number: 3,
  externalIds: ['T9001'],
  revoked: true,
  revokedBy: refTo('attack-pattern', 4),
});
const trick = entityRecord({
  source: 'attack-enterprise',
  type: 'attack-pattern',
  name: 'New Trick',
  number: 4,
  externalIds: ['T9002.001'],
});
const software = ['malware', 'tool'] as const;

function event(...claims: readonly RecordClaim[]): StoredRecord {
  return stored('events', {
    externalId: 'event',
    title: 'An event',
    entity: { type: 'report', name: 'An event', externalIds: [] },
    claims,
  });
}

function know(...records: readonly StoredRecord[]): Knowledge {
  return knowledgeOf([owl, lynx, old, trick, ...records]).at('clear');
}

/** The main name of what a pointer leads to. */
function meant(ref: EntityRef): string | undefined {
  const knowledge = know(
    event({
      predicate: 'related-to',
      relation: 'related',
      subject: ref,
      target: refByName('A', ['malware'], true),
    }),
  );
  const [claim] = knowledge.claimsAbout(
    [...knowledge.entities.values()].find(({ name }) => name === 'A')?.id ?? fakeId('malware', 9),
  );
  return claim === undefined ? undefined : knowledge.entity(claim.subject)?.name;
}

describe('what a pointer leads to', () => {
  it.each<[string, EntityRef, string | undefined]>([
    ['a STIX id', { types: ['intrusion-set'], id: fakeId('intrusion-set', 1), create: false }, 'Grey Owl'],
    ['a bare uuid', { types: ['intrusion-set'], uuid: fakeUuid(1).toUpperCase(), create: false }, 'Grey Owl'],
    ['an ATT&CK id', { types: ['intrusion-set'], externalId: 'g9001', create: false }, 'Grey Owl'],
    [
      'an id before a name of another',
      { types: ['intrusion-set'], externalId: 'G9001', name: 'Lynx', create: false },
      'Grey Owl',
    ],
    [
      'a name when the id is unknown',
      { types: ['intrusion-set'], uuid: fakeUuid(99), name: 'lynx', create: false },
      'Lynx',
    ],
    ['an alias that one carries', refByName('MOUSER'), 'Grey Owl'],
    ['an alias that two carry', refByName('Night Bird'), undefined],
    ['a name of another type', refByName('Grey Owl', ['malware']), undefined],
    ['a technique’s id as its name', refByName('T9002.001', ['attack-pattern']), 'New Trick'],
    ['a revoked technique', refByName('T9001', ['attack-pattern']), 'New Trick'],
    ['a revoked technique by name', refByName('Old trick', ['attack-pattern']), 'New Trick'],
    [
      'the galaxy’s way to write a technique',
      refByName('Older Trick - T9001', ['attack-pattern']),
      'New Trick',
    ],
    ['an actor with its id behind', refByName('Grey Bird - G9001'), 'Grey Owl'],
  ])('%s', (_, ref, expected) => {
    expect(meant(ref)).toBe(expected);
  });

  it('counts what leads nowhere by its text', () => {
    const tag: RecordClaim = { predicate: 'reported-in', subject: refByName('Strange Bird') };
    const knowledge = know(event(tag, tag, { predicate: 'reported-in', subject: refByName('Night Bird') }));

    expect([...knowledge.statistics.unresolved]).toEqual([
      ['Strange Bird', 2],
      ['Night Bird', 1],
    ]);
  });

  it('leaves out a relation to a bare id that nothing has, and counts it', () => {
    const knowledge = know(
      entityRecord({
        source: 'misp-galaxy',
        name: 'Heron',
        number: 7,
        claims: [{ predicate: 'related-to', relation: 'related', target: refTo('intrusion-set', 98) }],
      }),
    );

    expect(knowledge.claims(fakeId('intrusion-set', 7), 'related-to')).toEqual([]);
    expect(knowledge.statistics.unresolved.get(fakeUuid(98))).toBe(1);
  });
});

describe('things that are only mentioned', () => {
  const uses = (name: string): RecordClaim => ({
    predicate: 'uses',
    subject: refByName('Grey Owl'),
    target: refByName(name, software, true),
  });

  it('are one when two sources mention them in other letters', () => {
    const other = stored('acme', { externalId: 'p', title: 'p', claims: [uses('sea-weed')] });
    const knowledge = know(event(uses('SEAWEED')), other);

    const mentioned = [...knowledge.entities.values()].filter((entity) => entity.mentionedOnly);

    expect(mentioned).toHaveLength(1);
    expect(mentioned[0]).toMatchObject({ type: 'malware', records: [], deprecated: false });
    expect(knowledge.claimsAbout(mentioned[0]?.id ?? fakeId('malware', 9), 'uses')).toHaveLength(2);
  });

  it('are the described thing where there is one of that main name or alias, whatever its type', () => {
    const tool = entityRecord({
      source: 'misp-galaxy',
      type: 'tool',
      name: 'Sea Weed',
      number: 5,
      aliases: ['Kelp'],
    });
    const knowledge = know(event(uses('SEAWEED'), uses('kelp')), tool);

    expect(knowledge.claimsAbout(fakeId('tool', 5), 'uses')).toHaveLength(2);
    expect([...knowledge.entities.values()].some((entity) => entity.mentionedOnly)).toBe(false);
  });

  it('are not guessed where two described things carry the alias', () => {
    const two = [5, 6].map((number) =>
      entityRecord({
        source: 'misp-galaxy',
        type: 'malware',
        name: `Plant ${number}`,
        number,
        aliases: ['Kelp'],
      }),
    );
    const knowledge = know(event(uses('Kelp')), ...two);

    const [claim] = knowledge.claims(fakeId('intrusion-set', 1), 'uses');

    expect(claim?.object).toBeUndefined();
    expect(claim?.value).toBe('Kelp');
    expect(knowledge.statistics.unresolved.get('Kelp')).toBe(1);
  });

  it('keep their id when a source describes them later', () => {
    const before = know(event(uses('SEAWEED')));
    const id = before.claims(fakeId('intrusion-set', 1), 'uses')[0]?.object ?? fakeId('malware', 9);

    const after = know(entityRecord({ source: 'misp-galaxy', type: 'tool', name: 'Sea Weed', number: 5 }));

    expect(after.entity(id)?.name).toBe('Sea Weed');
  });

  it('carry the CVE id by which they are mentioned', () => {
    const target: EntityRef = { types: ['vulnerability'], externalId: 'CVE-2030-0001', create: true };
    const knowledge = know(
      event({ predicate: 'exploits', subject: refByName('Grey Owl'), target, text: 'exploits it' }),
    );

    expect(knowledge.entity('cve-2030-0001')).toMatchObject({ type: 'vulnerability', name: 'CVE-2030-0001' });
  });
});

describe('what a ceiling hides', () => {
  it('neither joins, nor names, nor makes anything that the audience could see', () => {
    const secret = entityRecord({
      source: 'acme',
      name: 'Secret Bird',
      number: 8,
      marking: { tlp: 'red' },
      aliases: ['Mouser'],
      claims: [{ predicate: 'uses', target: refByName('Secret Tool', software, true) }],
    });
    const hint = entityRecord({
      source: 'misp-galaxy',
      name: 'Open Bird',
      number: 9,
      claims: [
        {
          predicate: 'related-to',
          relation: 'same-as',
          likelihood: 95,
          target: refTo('intrusion-set', 1),
          marking: { tlp: 'amber' },
        },
        { predicate: 'alias', text: 'Hidden Name', relation: 'same-as', marking: { tlp: 'amber' } },
      ],
    });
    const base = knowledgeOf([owl, secret, hint]);

    const clear = base.at('clear');

    expect([...clear.entities.values()].map(({ name }) => name)).toEqual(['Grey Owl', 'Open Bird']);
    expect(JSON.stringify([...clear.entities.values()])).not.toMatch(/Secret|Hidden/);
    expect(clear.entity(fakeUuid(8))).toBeUndefined();
    expect(clear.withheld(fakeId('intrusion-set', 8))).toEqual({ count: 0, highest: null });
    expect(base.at('amber').entities.size).toBe(1);
    expect(base.at('red').entity(fakeUuid(8))?.name).toBe('Secret Bird');
  });
});
