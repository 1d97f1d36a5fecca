import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/briefing/answer.ts';
import type { AnswerContext } from '../../src/briefing/context.ts';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import type { Answer } from '../../src/briefing/types.ts';
import { renderText } from '../../src/cards/text/render.ts';
import type { SourceRecord } from '../../src/domain/record.ts';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { cleared } from '../helpers/cleared.ts';
import {
  createMemoryStore,
  fakeSource,
  ids,
  sampleKnowledge,
  sampleRecords,
  sampleSources,
  stored,
} from '../helpers/knowledge.ts';

const article: SourceRecord = {
  externalId: 'https://blog.example/reeds',
  title: 'Rustling in the reeds',
  entity: { type: 'report', name: 'Rustling in the reeds', externalIds: [] },
  url: 'https://blog.example/reeds',
  created: '2026-01-05',
  claims: [
    { predicate: 'name', text: 'Rustling in the reeds' },
    {
      predicate: 'reported-in',
      subject: { types: ['intrusion-set'], id: ids.actor, name: 'APT900', create: false },
      mentioned: true,
    },
    {
      predicate: 'reported-in',
      subject: { types: ['malware'], id: ids.door, name: 'HeronDoor', create: false },
      mentioned: true,
    },
    {
      predicate: 'reported-in',
      subject: { types: ['vulnerability'], externalId: 'CVE-2099-0001', name: 'CVE-2099-0001', create: true },
      mentioned: true,
    },
  ],
};

const knowledge = sampleKnowledge('green', {
  records: [...sampleRecords, stored('feed-heron-blog', article)],
  sources: [...sampleSources, fakeSource('feed-heron-blog', 'Heron Blog', 'green')],
});
const context: AnswerContext = {
  knowledge,
  index: createIndex(searchEntities(knowledge)),
  ceiling: 'green',
  indicators: createMemoryStore().store,
  now: new Date('2026-01-15T00:00:00Z'),
};

async function ask(text: string): Promise<Answer> {
  return answerQuestion(parseQuestion(text, context.index), text, context);
}

async function textOf(question: string): Promise<string> {
  const { card } = await ask(question);
  return renderText(cleared(card), { width: 200 });
}

describe('names that were found in the words of a report', () => {
  it('stand apart from the reports on an actor, with date, source and link', async () => {
    const { card } = await ask('APT900');
    const sections = card.sections.filter(({ id }) => id === 'reports' || id === 'mentions');

    expect(sections).toMatchObject([
      { id: 'reports', items: [{ text: [{ text: 'Herons on the wire' }] }] },
      {
        id: 'mentions',
        heading: 'Named in',
        items: [
          {
            date: '2026-01-05',
            text: [
              { text: 'Rustling in the reeds', link: 'https://blog.example/reeds' },
              { text: ' — Heron Blog; the name was found in its words' },
            ],
          },
        ],
      },
    ]);
  });

  it('are marked among the reports of an actor', async () => {
    const text = await textOf('reports on APT900');

    expect(text).toMatch(/Rustling in the reeds.*Heron Blog; the name was found in its words/);
    expect(text).not.toMatch(/Herons on the wire.*found in its words/);
  });

  it('are marked in the facts', async () => {
    const { facts } = await ask('APT900');

    expect(facts.filter(({ predicate }) => predicate === 'reported-in').map(({ object }) => object)).toEqual([
      expect.objectContaining({ name: 'Rustling in the reeds', mentioned: true }),
      expect.not.objectContaining({ mentioned: true }),
    ]);
  });

  it('are listed on the report’s own card, and tie nobody to it', async () => {
    const text = await textOf('Rustling in the reeds');

    expect(text).toContain('1 actor named, found in its words: APT900');
    expect(text).toMatch(/HeronDoor.* — malware, found in its words/);
    expect(text).toMatch(/CVE-2099-0001.* — vulnerability, found in its words/);
  });

  it('bring a vulnerability that nobody describes, and the reports that name it', async () => {
    const text = await textOf('CVE-2099-0001');

    expect(text).toMatch(/Named in[\s\S]*2026-01-05 {2}Rustling in the reeds/);
    expect(text).toContain('no source here ties an actor to it');
  });
});
