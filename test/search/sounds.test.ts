import { describe, expect, it } from 'vitest';
import { soundOf } from '../../src/search/sounds.ts';

describe('soundOf', () => {
  it.each([
    ['midnite', 'midnight'],
    ['blizard', 'blizzard'],
    ['tyfoon', 'typhoon'],
    ['fantom', 'phantom'],
    ['kwartz', 'kwarts'],
    ['spyder', 'spider'],
    ['secrit', 'sekrit'],
  ])('is the same for "%s" and "%s"', (typed, word) => {
    expect(soundOf(typed)).toBe(soundOf(word));
  });

  it.each([
    ['panda', 'kitten'],
    ['storm', 'stone'],
    ['bear', 'boar'],
  ])('differs for "%s" and "%s"', (one, other) => {
    expect(soundOf(one)).not.toBe(soundOf(other));
  });
});
