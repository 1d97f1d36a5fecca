import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerIndicator } from '../../src/briefing/indicator-answer.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { md5OfValueIndicator } from '../../src/sources/misp-hashes/indicator.ts';
import { createMemoryStore, sampleKnowledge } from '../helpers/knowledge.ts';
import { sectionTexts } from '../helpers/reading.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function ask(value: string) {
  const indicator = md5OfValueIndicator(md5('listed.example'));
  if (indicator === undefined) throw new Error('an MD5 that is none');
  const world = { indicators: [{ source: 'gamma', recordId: 'event-1', indicator }] };
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
