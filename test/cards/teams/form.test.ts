import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form, FormField } from '../../../src/cards/form.ts';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { encodeChoice, renderForm, splitChoices } from '../../../src/cards/teams/form.ts';
import { fakeForm } from '../../helpers/fake-surfaces.ts';

const words = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '<b>x</b>',
    '![i](https://evil.example/i.png)',
    '[x](javascript:1)',
    '\u202e\u0000',
    '@here',
    '`',
  ),
);
const option = fc.record({ value: words, label: words });
const base = { id: fc.constantFrom('a', 'b', '__proto__'), label: words, hint: words };
const field: fc.Arbitrary<FormField> = fc.oneof(
  fc.record({ ...base, type: fc.constant('text' as const), value: words, maxChars: fc.constant(100) }),
  fc.record({
    ...base,
    type: fc.constant('choice' as const),
    options: fc.array(option, { maxLength: 4 }),
    value: words,
  }),
  fc.record({
    ...base,
    type: fc.constant('choices' as const),
    options: fc.array(option, { maxLength: 4 }),
    values: fc.array(words, { maxLength: 3 }),
  }),
  fc.record({
    ...base,
    type: fc.constant('search' as const),
    source: fc.constant('entity' as const),
    chosen: fc.array(option, { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('note' as const),
    id: fc.constant('n'),
    paragraphs: fc.array(fc.array(fc.record({ text: words }), { maxLength: 2 }), { maxLength: 2 }),
  }),
);
const anyForm: fc.Arbitrary<Form> = fc.record({
  id: fc.constant('subscribe' as const),
  title: words,
  submitLabel: fc.constant('Send'),
  fields: fc.array(field, { maxLength: 8 }),
});

interface Parser {
  AdaptiveCard: new () => { parse(json: unknown, context: unknown): void };
  SerializationContext: new () => { eventCount: number; getEventAt(index: number): { message: string } };
}

describe('renderForm', () => {
  it('is understood by the reference parser', () => {
    const require = createRequire(import.meta.url);
    const { AdaptiveCard, SerializationContext }: Parser = require('adaptivecards/dist/adaptivecards.js');
    const context = new SerializationContext();

    new AdaptiveCard().parse(renderForm(fakeForm).card, context);

    expect(Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message)).toEqual([]);
  });

  it('shows what is filled in, searches by typing, and has a line to type in instead', () => {
    const { card } = renderForm(fakeForm);

    expect(card.body).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'c.shape', value: 'one', style: 'compact' }),
        expect.objectContaining({ id: 'c.days', value: 'mo%2C1,tu', isMultiSelect: true }),
        expect.objectContaining({
          id: 'c.zone',
          style: 'filtered',
          'choices.data': { type: 'Data.Query', dataset: 'zone' },
        }),
        expect.objectContaining({ type: 'Input.Text', id: 't.zone.1.zone' }),
        expect.objectContaining({ type: 'Input.Text', id: 't.actor.n.actors' }),
      ]),
    );
    expect(card.actions?.map(({ title }) => title)).toEqual(['Subscribe', 'Preview', 'Refresh']);
    expect(card.actions?.[1]).toMatchObject({
      data: { threatbriefForm: { id: 'subscribe', state: 'place-1', button: 'preview' } },
    });
  });

  it('shows of a text no more than may be typed there', () => {
    const text = { type: 'text', id: 'a', label: 'A', maxChars: 10, value: 'x'.repeat(30_000) } as const;

    const { card } = renderForm({ ...fakeForm, fields: [text] });

    expect(checkAdaptiveCard(card)).toEqual([]);
    expect(JSON.stringify(card)).toContain('"xxxxxxxxxx"');
  });

  it('shows no choice again that is none', () => {
    const options = [{ value: 'a', label: 'A' }];
    const fields = [
      { type: 'choice', id: 'one', label: 'One', options, value: 'x'.repeat(30_000) },
      { type: 'choices', id: 'more', label: 'More', options, values: ['a', '\u0000'.repeat(9_000)] },
    ] as const;

    const { card } = renderForm({ ...fakeForm, fields });

    expect(checkAdaptiveCard(card)).toEqual([]);
    expect(card.body).toMatchObject([{ id: 'c.one' }, { id: 'c.more', value: 'a' }]);
    expect(card.body?.[0]).not.toHaveProperty('value');
  });

  it('leaves out the hints where much was typed into many fields', () => {
    const fields = (chars: number): readonly FormField[] =>
      Array.from({ length: 13 }, (_, at) => ({
        type: 'text',
        id: `f${at}`,
        label: `Field ${at}`,
        hint: 'A hint. '.repeat(30),
        maxChars: 600,
        value: 'x'.repeat(chars),
      }));

    const short = renderForm({ ...fakeForm, fields: fields(10) }).card;
    const long = renderForm({ ...fakeForm, fields: fields(600) }).card;

    expect(JSON.stringify(short)).toContain('A hint.');
    expect(JSON.stringify(long)).not.toContain('A hint.');
    expect(JSON.stringify(long)).toContain('x'.repeat(600));
    expect([...checkAdaptiveCard(short), ...checkAdaptiveCard(long)]).toEqual([]);
  });

  it('is sound whatever stands in a form', () => {
    fc.assert(
      fc.property(anyForm, words, (form, problem) => {
        const { card } = renderForm(form, [
          { field: 'a', text: problem },
          { field: 'elsewhere', text: problem },
        ]);
        expect(checkAdaptiveCard(card)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('choices', () => {
  it('come back as they went, whatever stands in them', () => {
    const value = fc.string({ minLength: 1, maxLength: 20 }).filter((one) => one.trim() === one);
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (values) => {
        expect(splitChoices(values.map(encodeChoice).join(','))).toEqual(values);
      }),
      { numRuns: 200 },
    );
  });
});
