import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/briefing/answer.ts';
import { answerToJson } from '../../src/briefing/answer-json.ts';
import { houseNamingOf, namingHouses, withHouseNames } from '../../src/briefing/house-naming.ts';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import type { Answer } from '../../src/briefing/types.ts';
import type { RecordClaim } from '../../src/domain/record.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import type { Entity, Knowledge } from '../../src/knowledge/types.ts';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { sectionTexts } from '../helpers/reading.ts';
import { entityRecord, knowledgeOf, refByName } from '../knowledge/records.ts';

function coined(text: string, coinedBy: string, more: Partial<RecordClaim> = {}): RecordClaim {
  return { predicate: 'alias', text, relation: 'same-as', coinedBy, ...more } as RecordClaim;
}

const owl = entityRecord({
  source: 'attack-enterprise',
  name: 'APT801',
  number: 801,
  externalIds: ['G9801'],
  aliases: ['Plain Alias'],
  claims: [
    coined('Tawny Kitten', 'CrowdStrike'),
    coined('COBALT OWL', 'SecureWorks'),
    coined('Shared Blizzard', 'Microsoft'),
    { predicate: 'alias', text: 'Near Kitten', relation: 'overlaps', coinedBy: 'Kaspersky' },
    { predicate: 'alias', text: 'Quoted Owl', relation: 'same-as', citation: 'ESET Quoted Owl May 2020' },
    coined('Secret Wing', 'Dragos', { marking: { tlp: 'green' } }),
    { predicate: 'uses', target: refByName('OwlDoor', ['malware'], true) },
  ],
});
const heron = entityRecord({
  source: 'attack-enterprise',
  name: 'APT802',
  number: 802,
  externalIds: ['G9802'],
  claims: [coined('Shared Blizzard', 'Microsoft'), coined('APT802', 'Mandiant')],
});
const base = knowledgeOf([owl, heron]);
const knowledge = base.at('green');

function seen(houses: readonly string[], ceiling: Tlp = 'green'): Entity {
  const entity = withHouseNames(base.at(ceiling), houseNamingOf(houses)).entity('G9801');
  if (entity === undefined) throw new Error('the sample actor is missing');
  return entity;
}

async function ask(text: string, from: Knowledge): Promise<Answer> {
  const index = createIndex(searchEntities(knowledge));
  return answerQuestion(parseQuestion(text, index), text, {
    knowledge: from,
    index,
    indicators: { indicators: async () => [], indicatorsOf: async () => ({ total: 0, indicators: [] }) },
    now: new Date('2026-01-20T03:00:00Z'),
  });
}

describe('withHouseNames', () => {
  it.each([
    ['the house’s name', ['CrowdStrike'], 'Tawny Kitten'],
    ['a house in another spelling', ['SCWX CTU'], 'COBALT OWL'],
    ['the first house that has one', ['Proofpoint', 'Secureworks', 'CrowdStrike'], 'COBALT OWL'],
    ['a name that ATT&CK cites to the house', ['ESET'], 'Quoted Owl'],
    ['nothing where the name is another’s too', ['Microsoft'], undefined],
    ['nothing where the name only overlaps', ['Kaspersky'], undefined],
    ['nothing where the name may be seen by fewer than the usual one', ['Dragos'], undefined],
    ['nothing for a house without names', ['Proofpoint'], undefined],
    ['nothing without houses', [], undefined],
  ])('puts first %s', (_, houses, expected) => {
    expect(seen(houses).houseName).toBe(expected);
  });

  it('orders the names by house and keeps ids, usual name and every name', () => {
    const entity = seen(['Secureworks', 'CrowdStrike']);
    const plain = knowledge.entity('G9801');

    expect(entity.names.slice(0, 3).map(({ text }) => text)).toEqual([
      'APT801',
      'COBALT OWL',
      'Tawny Kitten',
    ]);
    expect(entity.names.toSorted(byText)).toEqual(plain?.names.toSorted(byText));
    expect([entity.id, entity.name, entity.externalIds]).toEqual([
      plain?.id,
      plain?.name,
      plain?.externalIds,
    ]);
  });

  it('joins nothing and finds nothing else', () => {
    const housed = withHouseNames(knowledge, houseNamingOf(['Microsoft', 'CrowdStrike']));

    expect([...housed.entities.keys()]).toEqual([...knowledge.entities.keys()]);
    expect(housed.entities.size).toBe(knowledge.entities.size);
    expect([...housed.entities].map(([, { name }]) => name)).toEqual(
      [...housed.entities.values()].map(({ name }) => name),
    );
    expect(housed.statistics).toBe(knowledge.statistics);
  });

  it('is made once for each naming', () => {
    const naming = houseNamingOf(['CrowdStrike']);

    expect(withHouseNames(knowledge, naming)).toBe(withHouseNames(knowledge, houseNamingOf(['crowdstrike'])));
    expect(withHouseNames(knowledge, houseNamingOf([]))).toBe(knowledge);
  });

  it('changes titles, first sentence, lists and order, and adds the house’s name to the data', async () => {
    const housed = withHouseNames(knowledge, houseNamingOf(['CrowdStrike']));

    const actor = await ask('APT801', housed);
    const users = await ask('who uses OwlDoor', housed);

    expect(actor.card.title).toBe('Tawny Kitten (APT801)');
    expect(sectionTexts(actor.card, 'who')[0]).toMatch(/^Tawny Kitten \(APT801; also /);
    expect(sectionTexts(actor.card, 'aliases')[0]).toMatch(/^Tawny Kitten — /);
    expect(JSON.stringify(users.card)).toContain('Tawny Kitten (APT801)');
    const [json] = answerToJson(actor, 0, '').answers;
    expect(json).toMatchObject({ name: 'APT801', houseName: 'Tawny Kitten', externalIds: ['G9801'] });
    expect(json?.aliases[0]).toBe('Tawny Kitten');
  });

  it('lists as aliases only what is another name', async () => {
    const { answers } = await ask('APT801', knowledge);

    expect(answers[0]?.aliases).not.toContain('Near Kitten');
    expect(answers[0]?.aliases).toContain('Plain Alias');
  });
});

describe('namingHouses', () => {
  it('counts the names that each house is credited with', () => {
    expect(namingHouses(knowledge).get('Microsoft')).toBe(2);
    expect(namingHouses(knowledge).get('ESET')).toBe(1);
  });
});

function byText(a: { readonly text: string }, b: { readonly text: string }): number {
  return a.text < b.text ? -1 : 1;
}
