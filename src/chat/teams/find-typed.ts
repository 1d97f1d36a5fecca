import type { FormOption, FormProblem, FormValues } from '../../cards/form.ts';
import { clipString } from '../../cards/measure.ts';
import type { Asked, Surfaces } from '../surfaces-types.ts';
import type { FilledForm, TypedSearch } from './button-data.ts';

/** A form's values with what was typed in place of a search found among its options. */
export interface FoundTyped {
  readonly values: FormValues;
  /** What fits nothing, or several things. */
  readonly problems: readonly FormProblem[];
}

const maxTexts = 10;
/** No form has more fields to search in. */
const maxSearches = 4;
const maxNamed = 4;
/** What was typed is told in a problem, which must not fill the dialog. */
const maxToldChars = 80;

/**
 * Finds what was typed below a search field: the option of that very name, else the only one that there is. For a field of
 * one value it takes the place of what was chosen.
 */
export async function findTyped(
  surfaces: Pick<Surfaces, 'options'>,
  { values, typed }: Pick<FilledForm, 'values' | 'typed'>,
  asked: Asked,
): Promise<FoundTyped> {
  const found = new Map(Object.entries(values));
  const problems: FormProblem[] = [];
  for (const search of typed.slice(0, maxSearches)) {
    const outcomes = await Promise.all(textsOf(search).map((text) => findOne(surfaces, search, text, asked)));
    const options = outcomes.flatMap((one) => (typeof one === 'string' ? [] : [one.value]));
    problems.push(
      ...outcomes.flatMap((one) => (typeof one === 'string' ? [{ field: search.field, text: one }] : [])),
    );
    const before = search.isMultiple ? (found.get(search.field) ?? []) : [];
    if (options.length > 0) found.set(search.field, [...new Set([...before, ...options])]);
  }
  return { values: Object.fromEntries(found), problems };
}

function textsOf({ text, isMultiple }: TypedSearch): readonly string[] {
  const parts = isMultiple ? text.split(',') : [text];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .slice(0, maxTexts);
}

/** The option, or what is wrong. */
async function findOne(
  surfaces: Pick<Surfaces, 'options'>,
  { source }: TypedSearch,
  text: string,
  asked: Asked,
): Promise<FormOption | string> {
  const options = await surfaces.options({ ...asked, source, text, limit: 10 });
  const key = keyOf(text);
  const same = options.filter(({ label, value }) => keyOf(label) === key || keyOf(value) === key);
  const [only, ...others] = same.length > 0 ? same : options;
  const told = clipString(text, maxToldChars);
  if (only === undefined) return `Nothing is found for “${told}”.`;
  if (others.length === 0) return only;
  const names = [only, ...others].slice(0, maxNamed).map(({ label }) => label);
  return `“${told}” fits several: ${names.join(', ')}${others.length >= maxNamed ? ' and others' : ''}. Type more of it.`;
}

function keyOf(text: string): string {
  return text.trim().toLowerCase();
}
