import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canEncodeActionValue,
  decodeActionValue,
  encodeActionValue,
  maxActionValueChars,
} from '../../src/cards/action-value.ts';
import { actionValue } from '../helpers/cards.ts';

describe('encodeActionValue', () => {
  it('writes verb, entity, section, page and question between bars', () => {
    const value = {
      verb: 'more',
      entity: 'malware--1',
      section: 'techniques',
      page: 2,
      question: 'a|b',
    } as const;

    expect(encodeActionValue(value)).toBe('m|malware--1|techniques|2|a%7Cb');
  });

  it('fits an option of an overflow menu when it carries an entity and a section', () => {
    const entity = 'intrusion-set--00000000-0000-4000-8000-000000000039';

    expect(encodeActionValue({ verb: 'more', entity, section: 'disagreements' }).length).toBeLessThanOrEqual(
      71,
    );
  });

  it('refuses a question that is too long rather than cut it', () => {
    const value = { verb: 'ask', question: 'x'.repeat(maxActionValueChars) } as const;

    expect(canEncodeActionValue(value)).toBe(false);
    expect(() => encodeActionValue(value)).toThrow(/at most 1500/);
  });

  it('is undone by decodeActionValue', () => {
    fc.assert(
      fc.property(actionValue.filter(canEncodeActionValue), (value) => {
        const { question, ...rest } = value;
        const wanted =
          question === undefined || question === '' ? rest : { ...rest, question: question.toWellFormed() };

        expect(decodeActionValue(encodeActionValue(value))).toEqual(wanted);
      }),
    );
  });
});

describe('decodeActionValue', () => {
  it.each([
    undefined,
    null,
    7,
    {},
    '',
    'x|y',
    'brief',
    'm|a|b|-1',
    'm|a|b|1e9',
    'm|a|b|1|q|more',
    'm|'.repeat(1_000),
    '__proto__',
  ])('gives undefined for %j', (garbage) => {
    expect(decodeActionValue(garbage)).toBeUndefined();
  });
});
