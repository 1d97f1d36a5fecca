import { describe, expect, it } from 'vitest';
import type { IdentityDecisions } from '../../src/knowledge/identity.ts';
import type { Knowledge } from '../../src/knowledge/types.ts';
import type { StoredRecord } from '../../src/store/types.ts';
import { entityRecord, fakeUuid, knowledgeOf, similarTo } from './records.ts';

const owl = entityRecord({
  source: 'attack-enterprise',
  name: 'Grey Owl',
  number: 1,
  externalIds: ['G9001'],
  aliases: ['Night Bird'],
});
const heron = entityRecord({
  source: 'attack-enterprise',
  name: 'Red Heron',
  number: 2,
  externalIds: ['G9002'],
  aliases: ['Wader', 'Marsh Bird'],
});
const listed = entityRecord({
  source: 'misp-galaxy',
  collection: 'threat-actor',
  name: 'Tawny Owl',
  number: 3,
  externalIds: [`misp:${fakeUuid(3)}`],
  aliases: ['Strix', 'Marsh Bird'],
  claims: [similarTo(1), { predicate: 'attributed-to', country: 'KP', text: 'North Korea' }],
});
const software = entityRecord({ source: 'attack-enterprise', type: 'malware', name: 'Red Heron', number: 4 });
const records: readonly StoredRecord[] = [owl, heron, listed, software];

function under(identity: IdentityDecisions, ceiling: 'clear' | 'green' | 'amber' = 'green'): Knowledge {
  return knowledgeOf(records, { identity }).at(ceiling);
}

function problemsOf(knowledge: Knowledge): string {
  return (knowledge.statistics.decisions?.problems ?? []).join('\n');
}

const namesOf = (knowledge: Knowledge, id: string): readonly string[] =>
  knowledge.entity(id)?.names.map(({ text }) => text) ?? [];

describe('an operator’s decisions', () => {
  it.each([
    ['ATT&CK ids', ['G9001', 'G9002']],
    ['a bare uuid and a STIX id', [fakeUuid(1), `intrusion-set--${fakeUuid(2)}`]],
    ['main names', ['grey owl', 'RED HERON']],
    ['an alias that one thing carries', ['Night Bird', 'wader']],
  ])('join what %s name', (_, members) => {
    const knowledge = under({ same: [{ members, reason: 'We saw it.' }], different: [] });

    const joined = knowledge.entity('G9002');
    expect(joined?.id).toBe(knowledge.entity('G9001')?.id);
    expect(joined?.decisions).toEqual([{ kind: 'same', members, others: [], reason: 'We saw it.' }]);
    expect(joined?.joins.find(({ rule }) => rule === 'operator')?.detail).toMatch(/same: We saw it\./);
  });

  it('part what the sources join, so that names, claims and ids of one side leave no trace on the other', () => {
    const together = under({ same: [], different: [] });
    expect(namesOf(together, 'G9001')).toContain('Strix');

    const parted = under({ same: [], different: [{ members: ['G9001', 'Tawny Owl'] }] });

    const actor = parted.entity('G9001');
    expect(namesOf(parted, 'G9001')).toEqual(['Grey Owl', 'Night Bird']);
    expect(parted.claims('G9001' as never)).toEqual(parted.claims(actor?.id as never));
    expect(actor?.records).toHaveLength(1);
    expect(actor?.otherIds).toEqual([]);
    expect(parted.entity(fakeUuid(3))?.name).toBe('Tawny Owl');
    expect(actor?.id === undefined ? [] : parted.claims(actor.id, 'attributed-to')).toEqual([]);
    expect(actor?.decisions?.[0]).toMatchObject({
      kind: 'different',
      others: [`intrusion-set--${fakeUuid(3)}`],
    });
    expect(actor?.refusals?.some(({ rule }) => rule === 'operator')).toBe(true);
  });

  it('leave nothing behind when they are taken back', () => {
    const before = under({ same: [], different: [] });
    const joined = under({ same: [['G9001', 'G9002']], different: [] });
    const after = under({ same: [], different: [] });

    expect(joined.entities.size).toBe(before.entities.size - 1);
    expect([...after.entities.values()]).toEqual([...before.entities.values()]);
    expect(after.statistics).toEqual(before.statistics);
  });

  it('cost a member that is unknown itself only', () => {
    const knowledge = under({
      same: [{ members: ['G9001', 'G9002', 'G9999'], place: 'identity.yaml line 3' }],
      different: [],
    });

    expect(knowledge.entity('G9001')?.id).toBe(knowledge.entity('G9002')?.id);
    expect(problemsOf(knowledge)).toMatch(/identity\.yaml line 3: "G9999" is nothing that is known here/);
  });

  it('refuse a name that two carry, with the candidates', () => {
    const knowledge = under({ same: [['G9001', 'Marsh Bird']], different: [] });

    expect(problemsOf(knowledge)).toMatch(
      /"Marsh Bird" is a name of several things.*Red Heron of attack-enterprise \(G9002\)/,
    );
    expect(knowledge.entity('G9001')?.decisions).toBeUndefined();
  });

  it('take a name for the kind of thing that the other members are', () => {
    const knowledge = under({ same: [['G9001', 'Red Heron']], different: [] });

    expect(knowledge.entity('G9001')?.id).toBe(knowledge.entity('G9002')?.id);
    expect(problemsOf(knowledge)).toBe('');
  });

  it.each([
    ['directly', [['G9001', 'G9002']], [['G9001', 'G9002']]],
    [
      'over several steps',
      [
        ['G9001', `misp:${fakeUuid(3)}`],
        [`misp:${fakeUuid(3)}`, 'G9002'],
      ],
      [['G9001', 'G9002']],
    ],
  ])('stay apart where same and different contradict one another %s, and say so', (_, same, different) => {
    const knowledge = under({ same, different });

    expect(knowledge.entity('G9001')?.id).not.toBe(knowledge.entity('G9002')?.id);
    expect(problemsOf(knowledge)).toMatch(
      /called the same, but different by another decision; they stay apart/,
    );
  });

  it.each([
    ['same', 'different'],
    ['different', 'same'],
  ] as const)('of the stronger file hold: %s over %s', (strong, weak) => {
    const group = [{ members: ['G9001', 'G9002'], place: 'data/identity.yaml line 1' }];
    const none: IdentityDecisions = { same: [], different: [] };

    const knowledge = under({ ...none, [strong]: group, under: { ...none, [weak]: group } });

    const areOne = knowledge.entity('G9001')?.id === knowledge.entity('G9002')?.id;
    expect(areOne).toBe(strong === 'same');
    expect(problemsOf(knowledge)).toMatch(/stronger file/);
  });

  it('take a name from an actor, so that neither names, claims, joins nor pointers know it', () => {
    const decisions = { same: [], different: [{ members: ['Grey Owl', 'Night Bird'], reason: 'Not them.' }] };

    const knowledge = under(decisions);

    const actor = knowledge.entity('G9001');
    expect(namesOf(knowledge, 'G9001')).not.toContain('Night Bird');
    expect(
      actor === undefined ? [] : knowledge.claims(actor.id, 'alias').map(({ value }) => value),
    ).not.toContain('Night Bird');
    expect(actor?.decisions).toEqual([
      {
        kind: 'different',
        members: ['Grey Owl', 'Night Bird'],
        others: [],
        names: ['Night Bird'],
        reason: 'Not them.',
      },
    ]);
    expect(problemsOf(knowledge)).toBe('');
  });

  it('say that one record cannot be parted from itself', () => {
    const knowledge = under({ same: [], different: [['Grey Owl', 'G9001']] });

    expect(problemsOf(knowledge)).toMatch(/names of one record/);
  });

  it('apply only where their marking allows it', () => {
    const identity: IdentityDecisions = {
      same: [{ members: ['G9001', 'G9002'], reason: 'Told in confidence.', marking: 'amber' }],
      different: [],
    };
    const base = knowledgeOf(records, { identity });

    expect(base.at('green').entity('G9001')?.id).not.toBe(base.at('green').entity('G9002')?.id);
    expect(base.at('amber').entity('G9001')?.decisions?.[0]?.reason).toBe('Told in confidence.');
  });

  it('keep reason and person from those outside, and members that the audience may not know', () => {
    const hidden = entityRecord({ source: 'x', name: 'Quiet One', number: 9, marking: { tlp: 'green' } });
    const base = knowledgeOf([...records, hidden], {
      identity: {
        same: [{ members: ['G9001', 'G9002', 'Quiet One'], reason: 'A secret.', by: 'R. Owl' }],
        different: [],
      },
    });

    const [outside] = base.at('clear').entity('G9001')?.decisions ?? [];
    const [inside] = base.at('green').entity('G9001')?.decisions ?? [];

    expect(outside).toEqual({ kind: 'same', members: ['G9001', 'G9002'], others: [] });
    expect(inside).toMatchObject({
      members: ['G9001', 'G9002', 'Quiet One'],
      reason: 'A secret.',
      by: 'R. Owl',
    });
  });
});
