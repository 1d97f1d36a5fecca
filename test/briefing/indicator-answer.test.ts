import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerIndicator } from '../../src/briefing/indicator-answer.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { md5OfValueIndicator } from '../../src/sources/misp-hashes/indicator.ts';
import { createMemoryStore, sampleKnowledge } from '../helpers/knowledge.ts';
import { sectionTexts } from '../helpers/reading.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function ask(value: string, recordId = 'event-1', marking?: Tlp) {
  const found = md5OfValueIndicator(md5('listed.example'));
  if (found === undefined) throw new Error('an MD5 that is none');
  const indicator = marking === undefined ? found : { ...found, marking: { tlp: marking } };
  const world = { indicators: [{ source: 'gamma', recordId, indicator }] };
  const context = {
    knowledge: sampleKnowledge('green'),
    index: createIndex([]),
    indicators: createMemoryStore(world).store,
    now: new Date('2026-01-01T00:00:00Z'),
  };
  return answerIndicator({ value, lookupValues: [value.toLowerCase()] }, value, context);
}

describe('a value of which a feed tells the hash only', () => {
  it('is found by the value, and said to be known by its hash', async () => {
    const answer = await ask('Listed.example');

    expect(answer.outcome).toBe('answer');
    const [text = ''] = sectionTexts(answer.card, 'reports');
    expect(text).toContain('known by the hash of the value only');
    expect(text).not.toContain(md5('listed.example'));
  });

  it('is not found by the hash, which would then be that of a file', async () => {
    expect((await ask(md5('listed.example'))).outcome).toBe('not-found');
  });
});

describe('a value that only a hidden report holds', () => {
  it('is counted, and never said to be held back by a marking that would show it', async () => {
    expect(await ask('listed.example', 'hidden', 'clear')).toMatchObject({
      outcome: 'not-found',
      withheld: { count: 1, highest: null },
    });
    expect(await ask('listed.example', 'hidden', 'red')).toMatchObject({
      withheld: { count: 1, highest: 'red' },
    });
  });
});
