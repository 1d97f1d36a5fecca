import { z } from 'zod';
import { decodeActionValue } from '../../cards/action-value.ts';
import type { ActionValue } from '../../cards/card.ts';
import { type FormId, formIds, type OptionSource, optionSources } from '../../cards/form.ts';
import { chosenPrefix, splitChoices, textPrefix, typedPrefix } from '../../cards/teams/form.ts';
import { teamsActionKey } from '../../cards/teams/limits.ts';

/** A button that asks something of the chat. */
export interface Press {
  readonly value: ActionValue;
  /** True: the answer goes to the chat with the one who pressed. */
  readonly isPrivate: boolean;
}

/** A form that comes back. */
export interface FilledForm {
  readonly form: FormId;
  readonly state?: string;
  readonly button?: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** What was typed in place of a search. */
  readonly typed: readonly TypedSearch[];
}

export interface TypedSearch {
  readonly field: string;
  readonly source: OptionSource;
  readonly isMultiple: boolean;
  readonly text: string;
}

const maxDepth = 3;
const maxFields = 60;
const maxValueChars = 8_000;

const objectSchema = z.record(z.string(), z.unknown());
const markSchema = z.object({
  id: z.enum(formIds),
  state: z.string().max(1_500).optional(),
  button: z.string().max(100).optional(),
});

/**
 * The data that a button of ours carried: the object that holds our key, wherever a client put it. Some send it bare,
 * some inside `data`, `value`, or below `msteams` (an invoke that arrives as a plain message).
 */
export function buttonData(value: unknown, depth = 0): Readonly<Record<string, unknown>> | undefined {
  const object = objectSchema.safeParse(typeof value === 'string' ? parsed(value) : value).data;
  if (object === undefined || depth > maxDepth) return undefined;
  if (Object.hasOwn(object, teamsActionKey) || Object.hasOwn(object, 'threatbriefForm')) return object;
  for (const key of ['data', 'action', 'value', 'msteams']) {
    const found = Object.hasOwn(object, key) ? buttonData(object[key], depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsed(text: string): unknown {
  if (text.length > 10_000 || !text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the button asks; undefined for data that is forged or of another form. */
export function pressOf(data: Readonly<Record<string, unknown>> | undefined): Press | undefined {
  const value = decodeActionValue(data?.[teamsActionKey]);
  return value === undefined ? undefined : { value, isPrivate: data?.['to'] === 'person' };
}

/** The form; undefined for data that is forged or of another form. */
export function filledFormOf(data: Readonly<Record<string, unknown>> | undefined): FilledForm | undefined {
  const mark = markSchema.safeParse(data?.['threatbriefForm']).data;
  if (mark === undefined || data === undefined) return undefined;
  const values = new Map<string, readonly string[]>();
  const typed: TypedSearch[] = [];
  for (const [key, raw] of Object.entries(data).slice(0, maxFields)) {
    const text = typeof raw === 'string' ? raw.slice(0, maxValueChars) : '';
    if (text.trim() === '') continue;
    if (key.startsWith(textPrefix)) values.set(key.slice(textPrefix.length), [text]);
    if (key.startsWith(chosenPrefix)) values.set(key.slice(chosenPrefix.length), splitChoices(text));
    if (key.startsWith(typedPrefix)) typed.push(...typedSearch(key.slice(typedPrefix.length), text));
  }
  const { id, state, button } = mark;
  return {
    form: id,
    ...(state === undefined ? {} : { state }),
    ...(button === undefined ? {} : { button }),
    // Without a prototype's names, whatever a field is called.
    values: Object.fromEntries(values),
    typed,
  };
}

function typedSearch(key: string, text: string): readonly TypedSearch[] {
  const [source, count, ...field] = key.split('.');
  const known = optionSources.find((one) => one === source);
  return known === undefined
    ? []
    : [{ source: known, isMultiple: count === 'n', field: field.join('.'), text }];
}
