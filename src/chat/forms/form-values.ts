import type { Card } from '../../cards/card.ts';
import type { FormOption, FormProblem, FormValues } from '../../cards/form.ts';
import type { FormReply } from '../surfaces-types.ts';

/** More values, or longer ones, than any field takes: what comes back from a platform is not trusted. */
const maxValues = 50;
const maxChars = 4_000;

/** All values of a field; empty for one that is empty or not there. */
export function valuesOf(values: FormValues, field: string): readonly string[] {
  const found = Object.hasOwn(values, field) ? values[field] : undefined;
  return (found ?? [])
    .slice(0, maxValues)
    .map((value) => value.slice(0, maxChars).trim())
    .filter((value) => value !== '');
}

/** The value of a field that takes one; undefined where it is empty. */
export function valueOf(values: FormValues, field: string): string | undefined {
  return valuesOf(values, field)[0];
}

/** The value of a field where it is one of those that are offered. */
export function chosenOf<Choice extends string>(
  values: FormValues,
  field: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = valueOf(values, field);
  return choices.find((choice) => choice === value);
}

const maxOptionChars = 75;

/** An option with a label that every platform shows whole; undefined where its value is longer than one may be. */
export function optionOf(value: string, label: string): FormOption | undefined {
  return value === '' || value.length > maxOptionChars ? undefined : { value, label: shortLabel(label) };
}

function shortLabel(label: string): string {
  const line = label.trim();
  return line.length <= maxOptionChars ? line : `${line.slice(0, maxOptionChars - 1).toWellFormed()}…`;
}

export function problem(field: string, text: string): FormProblem {
  return { field, text };
}

/** Nothing is open any more; the card goes to the one who asked. */
export function done(card: Card): FormReply {
  return { kind: 'done', reply: { card, audience: 'asker' } };
}
