import { describe, expect, it } from 'vitest';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import { answerWhy, whyExamples } from '../../src/briefing/why.ts';
import { createIdentitySource } from '../../src/identity/identity-source.ts';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import type { JoinEvidence } from '../../src/knowledge/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { bundledRecords } from '../data/bundled-records.ts';
import { readCard, sectionTexts } from '../helpers/reading.ts';

const { records, sources } = bundledRecords();
const { decisions } = createIdentitySource([
  { path: 'data/identity.yaml', name: 'data/identity.yaml', required: true },
]).current();
const knowledge = createKnowledgeBase({ records, sources, version: 1, identity: decisions }).at('clear');
const index = createIndex(searchEntities(knowledge));

const ask = (text: string) =>
  answerWhy(text, {
    knowledge,
    index,
    indicators: { indicators: async () => [], indicatorsOf: async () => ({ total: 0, indicators: [] }) },
    now: new Date('2026-01-20T03:00:00Z'),
  });

describe('data/identity.yaml', () => {
  it('holds decisions that can all be followed', () => {
    expect(knowledge.statistics.decisions).toEqual({
      followed: decisions.same.length + decisions.different.length,
      problems: [],
    });
  });

  it.each([
    ['G0020', 'Longhorn', 'Lamberts'],
    ['G0026', 'Samurai Panda', 'Wisp Team'],
    ['G0034', 'GreyEnergy', 'GreyEnergy'],
  ])('keeps %s apart from %s, with no name of it left', (id, other, name) => {
    const entity = knowledge.entity(id);

    expect(entity?.names.map(({ text }) => text.toLowerCase())).not.toContain(name.toLowerCase());
    expect(entity?.decisions?.[0]).toMatchObject({ kind: 'different', by: 'threatbrief' });
    expect(entity?.decisions?.[0]?.members).toContain(other);
  });
});

describe('why, over the bundled data', () => {
  it('explains Chafer as a name of APT39', async () => {
    const { card } = await ask('APT39 chafer');

    expect(card.title).toBe('Why APT39: Chafer');
    expect(sectionTexts(card, 'claims')).toEqual([
      expect.stringMatching(
        /^“Chafer”, same as — MITRE ATT&CK Enterprise, in .*APT39 \(G0087\), \d{4}-.*citing FireEye APT39 Jan 2019.*the record that lends the name$/,
      ),
      expect.stringMatching(
        /^“Chafer”, same as — MISP galaxy, in MISP galaxy, threat-actor: APT39 \(misp:c2c64bd3-a325-446f-91a8-b4c0f173a30b\), undated, TLP:CLEAR, .*joined by one ATT&CK id: G0087 \(APT39\) among the names of APT39$/,
      ),
    ]);
  });

  it.each([
    ['APT39 Remix Kitten', 'coined by CrowdStrike'],
    ['APT39 Iran', 'is attributed to Iran'],
    ['APT39 uses Remexi', 'uses Remexi'],
    ['is chafer APT39', '“Chafer” is another name of it'],
    ['not APT34 OilRig', '“APT34” is another name of it'],
    ['not APT38 Lazarus Group', 'it and APT38 are two here'],
    ['Turla Germany', 'targets Germany'],
    ['G0087 telecommunications', 'No source here says “telecommunications” of APT39'],
    ['misp:46e26e5c-ad74-45aa-a654-1afef67f4566 China', 'is attributed to China'],
    ['do people think that Chafer is APT39', '“Chafer” is another name of it'],
  ])('answers "%s"', async (text, words) => {
    expect(readCard((await ask(text)).card)).toContain(words);
  });

  it.each(whyExamples)('answers its own example "%s"', async (example) => {
    expect((await ask(example.replace(/^why /, ''))).outcome).toBe('answer');
  });
});

describe('every join of the bundled actors', () => {
  const rules: readonly JoinEvidence['rule'][] = [
    'operator',
    'same-id',
    'same-attack-id',
    'revoked-by',
    'equal-name',
    'similar',
    'named-by-both',
  ];

  it('rests on a rule and on records of its own, so that a shared alias alone joins nothing', () => {
    for (const entity of knowledge.entities.values()) {
      const own = new Set(entity.records.map(({ source, externalId }) => `${source}\n${externalId}`));
      for (const { rule, left, right, detail } of entity.joins) {
        expect(rules).toContain(rule);
        expect(detail).not.toBe('');
        for (const end of [left, right]) expect(own.has(`${end.source}\n${end.externalId}`)).toBe(true);
      }
    }
  });

  it('ties all records of an entity together', () => {
    for (const { records: made, joins } of knowledge.entities.values()) {
      if (made.length < 2) continue;
      const [head] = made;
      const reached = new Set(head === undefined ? [] : [`${head.source}\n${head.externalId}`]);
      for (let before = -1; before !== reached.size; ) {
        before = reached.size;
        for (const { left, right } of joins) {
          const [a, b] = [`${left.source}\n${left.externalId}`, `${right.source}\n${right.externalId}`];
          if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
        }
      }
      expect(reached.size).toBe(made.length);
    }
  });
});
