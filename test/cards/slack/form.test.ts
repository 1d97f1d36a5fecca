import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Form,
  type FormField,
  type FormOption,
  formIds,
  optionSources,
} from '../../../src/cards/form.ts';
import { renderSlackCardView, renderSlackHome } from '../../../src/cards/slack/card-view.ts';
import { checkSlackPayload } from '../../../src/cards/slack/check.ts';
import { renderSlackForm, slackErrors, slackOptions } from '../../../src/cards/slack/form.ts';
import {
  buttonOfAction,
  fieldOfBlock,
  formOfCallback,
  isFieldAction,
  sourceOfAction,
} from '../../../src/cards/slack/form-ids.ts';
import type { SlackInput } from '../../../src/cards/slack/view-types.ts';
import { anyCard, hostileString } from '../../helpers/cards.ts';
import { cleared } from '../../helpers/cleared.ts';
import '../../helpers/property-runs.ts';

const option: fc.Arbitrary<FormOption> = fc.record({
  value: fc.string({ minLength: 1, maxLength: 75 }),
  label: hostileString,
});
const options = fc.uniqueArray(option, { minLength: 1, maxLength: 12, selector: ({ value }) => value });

function fieldAt(at: number): fc.Arbitrary<FormField> {
  const id = `field${at}`;
  const base = {
    label: hostileString,
    hint: hostileString,
    isOptional: fc.boolean(),
    refreshes: fc.boolean(),
  };
  const text = fc.record({
    ...base,
    value: hostileString,
    placeholder: hostileString,
    maxChars: fc.integer({ min: 1, max: 5_000 }),
    isLong: fc.boolean(),
  });
  const few = options.chain((list) => fc.record({ ...base, options: fc.constant(list) }));
  const search = fc.record({
    ...base,
    source: fc.constantFrom(...optionSources),
    isMultiple: fc.boolean(),
    chosen: fc.array(option, { maxLength: 5 }),
    placeholder: hostileString,
  });
  return fc.oneof(
    text.map((field): FormField => ({ ...field, type: 'text', id })),
    few.map((field): FormField => ({ ...field, type: 'choice', id, value: field.options[0]?.value ?? '' })),
    few.map(
      (field): FormField => ({
        ...field,
        type: 'choices',
        id,
        options: field.options.slice(0, 10),
        values: field.options.slice(0, 3).map(({ value }) => value),
      }),
    ),
    search.map((field): FormField => ({ ...field, type: 'search', id })),
    fc
      .array(fc.array(fc.record({ text: hostileString }), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((paragraphs): FormField => ({ type: 'note', id, paragraphs })),
  );
}

const form: fc.Arbitrary<Form> = fc
  .tuple(
    fc.constantFrom(...formIds),
    hostileString,
    hostileString,
    fc
      .integer({ min: 1, max: 20 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => fieldAt(at)))),
    hostileString,
  )
  .map(([id, title, submitLabel, fields, label]) => ({
    id,
    title,
    submitLabel,
    fields,
    actions: [{ id: 'preview', label }],
  }));

describe('renderSlackForm', () => {
  it('keeps to every limit, and mentions nobody, whatever the texts', () => {
    fc.assert(
      fc.property(form, hostileString, (given, words) => {
        const problems = given.fields.map(({ id }) => ({ field: id, text: words }));
        const view = renderSlackForm(given, '{}', problems);

        expect(checkSlackPayload(view)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('names its parts so that what comes back is known again', () => {
    const view = renderSlackForm(
      {
        id: 'subscribe',
        title: 'Subscribe',
        submitLabel: 'Subscribe',
        fields: [
          { type: 'search', id: 'zone', label: 'Zone', source: 'zone', refreshes: true },
          { type: 'text', id: 'time', label: 'Time', maxChars: 10 },
        ],
        actions: [{ id: 'preview', label: 'Preview' }],
      },
      '{"c":"C1"}',
    );
    const inputs = view.blocks.filter((block): block is SlackInput => block.type === 'input');
    const [zone, time] = inputs;

    expect(formOfCallback(view.callback_id)).toBe('subscribe');
    expect(inputs.map(({ block_id }) => fieldOfBlock(block_id))).toEqual(['zone', 'time']);
    expect(sourceOfAction(zone?.element.action_id ?? '')).toBe('zone');
    expect([zone, time].map((one) => isFieldAction(one?.element.action_id ?? ''))).toEqual([true, true]);
    expect([zone, time].map((one) => one?.dispatch_action)).toEqual([true, false]);
    expect(buttonOfAction('threatbrief:form-button:preview')).toBe('preview');
    expect(formOfCallback('threatbrief:form:__proto__')).toBeUndefined();
  });

  it('offers each value once, and none that is too long', () => {
    const offered = slackOptions([
      { value: 'a', label: 'A' },
      { value: 'a', label: 'A again' },
      { value: 'x'.repeat(76), label: 'long' },
    ]);

    expect(offered.options.map(({ value }) => value)).toEqual(['a']);
  });

  it('joins the problems of one field', () => {
    const problems = [
      { field: 'time', text: 'One.' },
      { field: 'time', text: 'Two <!channel>.' },
    ];

    expect(slackErrors(problems)).toEqual({ 'field:time': 'One. Two ‹!channel>.' });
  });
});

describe('cards in views', () => {
  it('keep to every limit of modals and of the home tab', () => {
    fc.assert(
      fc.property(anyCard, hostileString, (card, title) => {
        const modal = renderSlackCardView(cleared(card), title.trim() || 'x', '{}').payload;
        const home = renderSlackHome(cleared(card)).payload;

        expect([...checkSlackPayload(modal), ...checkSlackPayload(home)]).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
