import type { Action, Text } from './card.ts';

/**
 * A dialog as plain data: a modal in Slack, a task module in Teams. All text is data, never markup. What is filled in
 * comes back as `FormValues`; nothing about an open form is kept in memory.
 */
export interface Form {
  readonly id: FormId;
  /** At most 24 characters, which is Slack's limit. */
  readonly title: string;
  /** What the button that sends it says; absent: there is nothing to send. At most 24 characters. */
  readonly submitLabel?: string;
  readonly fields: readonly FormField[];
  /** Buttons beside sending, such as a preview; they carry the form's values like sending does. */
  readonly actions?: readonly FormButton[];
  /** What must come back as it was: the id of what is edited, and the like. At most 1,500 characters. */
  readonly state?: string;
}

export const formIds = ['look-up', 'subscribe', 'edit-subscription', 'settings'] as const;
export type FormId = (typeof formIds)[number];

interface FieldBase {
  /** Stable within the form; the key of its value. */
  readonly id: string;
  readonly label: string;
  /** One sentence below the field. */
  readonly hint?: string;
  /** True: it may stay empty. */
  readonly isOptional?: boolean;
  /** True: a change gives the form anew, with what depends on it. */
  readonly refreshes?: boolean;
}

export type FormField =
  | (FieldBase & {
      readonly type: 'text';
      readonly value?: string;
      readonly placeholder?: string;
      readonly maxChars: number;
      readonly isLong?: boolean;
    })
  /** One of a few. */
  | (FieldBase & {
      readonly type: 'choice';
      readonly options: readonly FormOption[];
      readonly value?: string;
    })
  /** Any of a few; at most ten options. */
  | (FieldBase & {
      readonly type: 'choices';
      readonly options: readonly FormOption[];
      readonly values?: readonly string[];
    })
  /** Found by typing: one, or several. */
  | (FieldBase & {
      readonly type: 'search';
      readonly source: OptionSource;
      readonly isMultiple?: boolean;
      readonly chosen?: readonly FormOption[];
      readonly placeholder?: string;
    })
  /** Words between fields: the next three runs, what a setting means. */
  | { readonly type: 'note'; readonly id: string; readonly paragraphs: readonly Text[] };

export interface FormOption {
  /** What comes back; at most 75 characters. */
  readonly value: string;
  readonly label: string;
}

/** What a search field looks among. */
export const optionSources = ['entity', 'actor', 'filter', 'zone', 'source'] as const;
export type OptionSource = (typeof optionSources)[number];

export interface FormButton {
  readonly id: string;
  readonly label: string;
}

/** By field id; a field that is empty is absent. Fields of one value have a list of one. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** What is wrong with a field, as one sentence with the remedy. */
export interface FormProblem {
  readonly field: string;
  readonly text: string;
}

/** A button that opens a form; `entity` and `question` are what the form begins with. */
export function formAction(
  label: string,
  form: FormId,
  about: { entity?: string; question?: string } = {},
): Action {
  return { type: 'command', label, value: { verb: 'form', section: form, ...about } };
}
