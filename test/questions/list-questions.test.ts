import { describe, expect, it } from 'vitest';
import { formatCondition } from '../../src/questions/condition.ts';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import type { Question } from '../../src/questions/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { bundledEntities } from '../search/labelled/bundled-entities.ts';
import { labelledLists, notLists } from './labelled-lists.ts';

const entities = bundledEntities();
const index = createIndex(entities);
const byId = new Map(entities.map((entity) => [entity.id, entity]));

function told(question: Question): string {
  if (question.kind !== 'list') return question.kind;
  const where = formatCondition(question.where, (id) => byId.get(id)?.externalIds[0] ?? id);
  const isActors = question.types.join() === 'intrusion-set';
  const types: Record<string, string> = { 'malware,tool': 'software', 'attack-pattern': 'technique' };
  const type = types[question.types.join()] ?? question.types.join();
  return isActors ? where : `type:${type} ${where}`;
}

describe('questions that ask for a list', () => {
  it('number at least sixty', () => {
    expect(labelledLists.length).toBeGreaterThanOrEqual(60);
  });

  it.each(labelledLists)('reads %j as %j', (text, expected) => {
    expect(told(parseQuestion(text, index))).toBe(expected);
  });

  it.each(notLists)('takes %j for no list', (text) => {
    expect(['list', 'bad-filter']).not.toContain(parseQuestion(text, index).kind);
  });

  it.each([
    ['groups targeting telcom', 'is read as Telecommunications'],
    ['iranain apts', 'is read as Iran'],
    ['sector:helthcare', 'is read as Healthcare'],
    ['top chinese groups', 'is not applied'],
    ['groups using wipers against ukraine', '“wipers” is not applied'],
    ['android spyware', '“spyware” is read as malware'],
    ['state sponsored groups from iran', 'is not applied beside a country'],
  ])('says of %j what was made of its words', (text, note) => {
    const question = parseQuestion(text, index);

    expect(question.kind === 'list' ? question.notes.join() : question.kind).toContain(note);
  });

  it.each([
    ['iran telecom', 'region:IR and sector:telecommunications'],
    ['apts in north korea', 'country:KP'],
    ['who targets energy and telecom', 'sector:energy or sector:telecommunications'],
  ])('keeps the other reading of %j', (text, other) => {
    const question = parseQuestion(text, index);

    expect(question.kind === 'list' ? question.others.map((one) => formatCondition(one)) : []).toContain(
      other,
    );
  });

  it.each(['groups from iran', 'iranian apts', 'groups targeting iran'])('finds %j plain', (text) => {
    expect(parseQuestion(text, index)).toMatchObject({ kind: 'list', others: [] });
  });

  it.each([
    ['contry:iran', 'Did you mean country?', 'country:iran'],
    ['colour:red', 'Accepted: country, sector,', undefined],
    ['country:atlantis', 'no country or region that is known', undefined],
    ['motivation:fun', 'Accepted: espionage', undefined],
    ['type:foo', 'Accepted: actor', undefined],
    ['since:yesterday', 'A date is', undefined],
    ['since:2024-13', 'no date', undefined],
    ['uses:xqzvwj', 'no malware, tool, technique', undefined],
    ['(country:iran', 'not closed', undefined],
    ['country:iran)', 'without an opening one', undefined],
    ['country:iran ()', 'empty', undefined],
    ['country:iran not', 'stands nothing', undefined],
    ['-type:malware', 'cannot be left out', undefined],
    ['country:iran who do the cars work for in the rain', 'not understood', undefined],
  ])('says of %j what is wrong and what is accepted', (text, problem, nearest) => {
    const question = parseQuestion(text, index);

    expect(question.kind === 'bad-filter' ? question.problem : question.kind).toContain(problem);
    expect(question.kind === 'bad-filter' ? question.nearest?.filter : undefined).toBe(nearest);
  });

  it.each(['sha256:44d88612fea8a8f36de82e1278abb02f44d88612fea8a8f36de82e1278abb02f', 'ip:10.0.0.1'])(
    'leaves %j to the indicators',
    (text) => {
      expect(['list', 'bad-filter']).not.toContain(parseQuestion(text, index).kind);
    },
  );

  it('leaves every id and name of the data to the look-up', () => {
    const taken = entities
      .filter(({ type }) => type === 'intrusion-set')
      .flatMap(({ name, aliases, externalIds }) => [name, ...aliases, ...externalIds])
      .filter((text) => ['list', 'bad-filter'].includes(parseQuestion(text, index).kind));

    expect(taken).toEqual([]);
  });
});
