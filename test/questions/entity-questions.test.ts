import { beforeAll, describe, expect, it } from 'vitest';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import { continueThread } from '../../src/questions/follow-up.ts';
import { parseQuestion, readByForms } from '../../src/questions/parse-question.ts';
import type { AboutQuestion, Question, Supposed } from '../../src/questions/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import type { SearchIndex } from '../../src/search/types.ts';
import { assertNever } from '../../src/support/assert-never.ts';
import { bundledKnowledgeBase } from '../data/bundled-records.ts';
import { labelledEntities, labelledFollowUps } from './labelled-entities.ts';

let index: SearchIndex;

beforeAll(() => {
  index = createIndex(searchEntities(bundledKnowledgeBase().at('green')));
});

function told(question: Question): string {
  const names =
    'match' in question && question.match !== undefined
      ? [question.match.entity.name]
      : 'matches' in question
        ? question.matches.map(({ entity }) => entity.name)
        : [];
  const { kind } = question;
  if (kind === 'about') return [aboutText(question), ...names].join(' ');
  if (kind === 'verify')
    return [
      `verify:${[question.supposed, ...(question.also ?? [])].map(supposedText).join(', ')}`,
      ...names,
    ].join(' ');
  if (kind === 'unanswerable') return [`unanswerable:${question.topic}`, ...names].join(' ');
  if (kind === 'compare') return [`compare:${question.mode}`, ...names].join(' ');
  if (kind === 'unknown-id') return `unknown-id ${question.ids.join(' ')}`;
  return kind === 'suggest' || kind === 'not-found' ? 'none' : [kind, ...names].join(' ');
}

function aboutText({ aspect, more = [], asks, within, unused = [] }: AboutQuestion): string {
  const scope = within === undefined ? '' : `@${within.key}`;
  const words = unused.map((word) => `!${word}`).join('');
  return `about:${[aspect, ...more].join('+')}${scope}${asks === 'count' ? '#' : ''}${words}`;
}

function supposedText(supposed: Supposed): string {
  switch (supposed.kind) {
    case 'targets':
      return ['targets', supposed.sector, supposed.place].filter((part) => part !== undefined).join(' ');
    case 'origin':
      return `origin ${supposed.country}`;
    case 'sponsored':
      return ['sponsored', supposed.by].filter((part) => part !== undefined).join(' ');
    case 'motivation':
      return `motivation ${supposed.key}`;
    case 'is-a':
      return `is ${supposed.text}`;
    case 'uses':
    case 'behind':
      return `${supposed.kind} ${supposed.matches.map(({ entity }) => entity.name).join(', ')}`;
    default:
      return assertNever(supposed);
  }
}

describe('questions about one thing', () => {
  it.each(labelledEntities)('reads %j as %j', (text, meant) => {
    expect(told(parseQuestion(text, index))).toBe(meant);
  });

  it.each(labelledFollowUps)('reads %j after %j, %j as %j', (text, about, form, meant) => {
    const lookup = index.lookup(about);
    if (lookup.kind !== 'found') throw new Error(`${about} is not found`);
    const subject = { entity: lookup.match.entity.id, form };

    const wording = continueThread(text, subject, index, readByForms) ?? text;

    expect(told(parseQuestion(wording, index))).toBe(meant);
  });

  it('asks for the reasons behind what was told last', () => {
    const lookup = index.lookup('APT28');
    if (lookup.kind !== 'found') throw new Error('APT28 is not found');
    const { id } = lookup.match.entity;

    for (const text of ['why', 'why?', 'who says so', 'says who?']) {
      expect(continueThread(text, { entity: id, form: '{}' }, index, readByForms), text).toBe(`why ${id}`);
    }
  });

  it.each([
    `does ${'APT28 '.repeat(60)}target banks`,
    `is ${'a '.repeat(90)}`,
    `how many ${'techniques and tools '.repeat(14)}`,
    `who did ${'the '.repeat(40)}hack`,
    '§ § § does § use §',
    'does constructor target __proto__',
    'CVE-2099-99999 '.repeat(18),
  ])('reads hostile text %# without harm', (text) => {
    expect(() => parseQuestion(text, index)).not.toThrow();
  });
});
