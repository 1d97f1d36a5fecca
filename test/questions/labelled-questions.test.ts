import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import type { Knowledge } from '../../src/knowledge/types.ts';
import { continueThread } from '../../src/questions/follow-up.ts';
import { parseQuestion, readByForms } from '../../src/questions/parse-question.ts';
import type { Question } from '../../src/questions/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import type { SearchIndex } from '../../src/search/types.ts';
import { bundledKnowledgeBase } from '../data/bundled-records.ts';
import { type LabelledQuestion, labelledQuestions } from './labelled-questions.ts';

let knowledge: Knowledge;
let index: SearchIndex;

beforeAll(() => {
  knowledge = bundledKnowledgeBase().at('green');
  index = createIndex(searchEntities(knowledge));
});

function understood({ text, after }: LabelledQuestion): Question {
  if (after === undefined) return parseQuestion(text, index);
  const entity = index.lookup(after.entity);
  if (entity.kind !== 'found') throw new Error(`${after.entity} is not found`);
  const subject = { entity: entity.match.entity.id, form: after.form };
  return parseQuestion(continueThread(text, subject, index, readByForms) ?? text, index);
}

function intentOf(question: Question): string {
  if (question.kind === 'about') return `about:${question.aspect}`;
  if (question.kind === 'compare') return `compare:${question.mode}`;
  if (question.kind === 'unanswerable') return `unanswerable:${question.topic}`;
  return question.kind === 'suggest' || question.kind === 'not-found' ? 'none' : question.kind;
}

function namesOf(question: Question): readonly string[] {
  if ('match' in question && question.match !== undefined) return [question.match.entity.name];
  return 'matches' in question ? question.matches.map(({ entity }) => entity.name) : [];
}

/** What is wrong, in words; undefined where all is as labelled. */
function missOf(one: LabelledQuestion): string | undefined {
  const question = understood(one);
  const intent = intentOf(question);
  const names = namesOf(question);
  const value = question.kind === 'indicator' ? question.value : undefined;
  const isRight =
    intent === one.intent &&
    (one.about === undefined || one.about.join() === names.join()) &&
    (one.value === undefined || one.value === value);
  return isRight
    ? undefined
    : `“${one.text}” is ${intent} ${names.join(', ')}${value ?? ''}, not ${one.intent}`;
}

describe('labelled questions', () => {
  const groups = Map.groupBy(labelledQuestions, ({ intent, after }) =>
    after === undefined ? (intent.split(':')[0] ?? intent) : 'in a conversation',
  );
  const lines: string[] = [];

  afterAll(() => {
    process.stdout.write(`${lines.join('\n')}\n`);
  });

  it('are at least 150', () => {
    expect(labelledQuestions.length).toBeGreaterThanOrEqual(150);
  });

  it.each([...groups.keys()])('%s are all understood', (name) => {
    const group = groups.get(name) ?? [];
    const misses = group.flatMap((one) => missOf(one) ?? []);
    const hits = group.length - misses.length;
    lines.push(
      `${name}: ${hits} of ${group.length} (${Math.round((100 * hits) / group.length)} %)`,
      ...misses.map((miss) => `  miss: ${miss}`),
    );

    expect(misses).toEqual([]);
  });
});
