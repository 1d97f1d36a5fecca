import * as fc from 'fast-check';
import {
  canEncodeActionValue,
  decodeActionValue,
  encodeActionValue,
} from '../../../src/cards/action-value.ts';
import type { ActionValue } from '../../../src/cards/card.ts';
import { defineTarget } from '../target.ts';
import { edited, hostile } from '../words.ts';

const ids = ['intrusion-set--00000000-0000-4000-8000-000000000001', 'malware--x', 'abcdefg234', ''] as const;
const sections = [
  'techniques',
  'software',
  'subscribe',
  'settings',
  'watch',
  'sources',
  '__proto__',
  'toString',
] as const;

const parts = fc.record(
  {
    verb: fc.constantFrom('brief', 'more', 'share', 'sources', 'ask', 'form'),
    entity: fc.oneof(fc.constantFrom<string>(...ids), hostile()),
    section: fc.oneof(fc.constantFrom<string>(...sections), hostile()),
    page: fc.nat(100_000),
    question: fc.oneof(
      hostile(),
      fc.constantFrom('what malware does APT28 use', 'list actors from iran', 'subscribe daily 8'),
    ),
  },
  { requiredKeys: ['verb'] },
);

/** What buttons carry, as they were made, changed on their way, or forged. */
export const buttonValues: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: parts.map((value) => safely(value as ActionValue)), weight: 4 },
  {
    arbitrary: edited(
      parts.map((value) => safely(value as ActionValue)),
      2,
    ),
    weight: 4,
  },
  {
    arbitrary: fc.array(hostile(), { maxLength: 7 }).map((all) => all.join('|')),
    weight: 2,
  },
);

function safely(value: ActionValue): string {
  return canEncodeActionValue(value) ? encodeActionValue(value) : 'm|x';
}

export const buttonTarget = defineTarget<string>(
  'button-values',
  'values of buttons, read and written again',
  () => ({
    inputs: buttonValues,
    problemsOf: (text) => {
      const value = decodeActionValue(text);
      if (value === undefined) return [];
      if (!canEncodeActionValue(value)) return [];
      const again = decodeActionValue(encodeActionValue(value));
      return JSON.stringify(again) === JSON.stringify({ ...value, ...wellFormed(value) })
        ? []
        : ['it is another value when it is written and read again'];
    },
  }),
);

/** Halves of characters do not travel. */
function wellFormed(value: ActionValue): Partial<ActionValue> {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, typeof part === 'string' ? part.toWellFormed() : part]),
  );
}
