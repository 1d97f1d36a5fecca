import { describe, expect, it } from 'vitest';
import { EverydayWords } from '../../../src/search/everyday/everyday-words.ts';

const words = new EverydayWords();

describe('EverydayWords', () => {
  it.each([
    'snake',
    'printers',
    'running',
    'happier',
    'bodies',
    'knives',
    'stopped',
    'rebuild',
    'quickly',
    'london',
  ])('has "%s"', (word) => {
    expect(words.has(word)).toBe(true);
  });

  it.each(['lazarus', 'kiten', 'chafer', 'gamaredon', 'kimsuky', 'x', ''])('does not have "%s"', (word) => {
    expect(words.has(word)).toBe(false);
  });
});
