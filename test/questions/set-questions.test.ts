import { describe, expect, it } from 'vitest';
import { type Condition, formatCondition } from '../../src/questions/condition.ts';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import type { Question } from '../../src/questions/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { bundledEntities } from '../search/labelled/bundled-entities.ts';
import { labelledBreakdowns, labelledSetComparisons, notSets } from './labelled-sets.ts';

const entities = bundledEntities();
const index = createIndex(entities);
const byId = new Map(entities.map((entity) => [entity.id, entity]));

function filters(where: Condition): string {
  return formatCondition(where, (id) => byId.get(id)?.externalIds[0] ?? id);
}

function told(question: Question): string {
  if (question.kind === 'breakdown') return `${question.of.join()} | ${filters(question.who)}`.trim();
  if (question.kind !== 'compare-sets') return question.kind;
  return [question.focus, ...question.sides.map(({ where }) => filters(where))].join(' | ');
}

describe('questions about sets of actors', () => {
  it.each(labelledBreakdowns)('reads %j as %j', (text, expected) => {
    expect(told(parseQuestion(text, index))).toBe(expected);
  });

  it.each(labelledSetComparisons)('compares in %j %j', (text, expected) => {
    expect(told(parseQuestion(text, index))).toBe(expected);
  });

  it.each(notSets)('leaves %j to other forms', (text) => {
    expect(['breakdown', 'compare-sets']).not.toContain(parseQuestion(text, index).kind);
  });
});
