import { assertNever } from '../../support/assert-never.ts';
import { cleanLine, cleanLines } from '../clean-text.ts';
import { defangUrls } from '../defang-text.ts';
import type { Form, FormButton, FormField, FormOption, FormProblem } from '../form.ts';
import { clipString } from '../measure.ts';
import { cardBudgetBytes, payloadBytes, teamsLimits } from './limits.ts';
import { textBlock } from './sections.ts';
import { escapeMarkdown, markdownText, plainWords } from './text.ts';
import type { AdaptiveAction, AdaptiveCard, AdaptiveElement, FormMark, InputChoiceSet } from './types.ts';

/** A dialog of Teams: its title, and the card inside it. */
export interface RenderedForm {
  readonly title: string;
  readonly card: AdaptiveCard;
}

/** The button that a form gets where a change of a field should show something: Teams tells of no changes. */
export const refreshButton = 'refresh';

/** What an input's id begins with: a text as it was typed, values that were chosen, or what was typed in place of a search. */
export const textPrefix = 'v.';
export const chosenPrefix = 'c.';
export const typedPrefix = 't.';

const maxLabelChars = 200;
const maxOptionChars = 200;
const maxTypedChars = 300;

/**
 * A form as an Adaptive Card 1.5 for a dialog. Each problem stands above its field; one whose field is not in the form
 * stands at the top. All words are data. Where much was typed into many fields, their hints make room for it.
 */
export function renderForm(form: Form, problems: readonly FormProblem[] = []): RenderedForm {
  const whole = formWith(form, problems);
  if (payloadBytes(whole.card) <= cardBudgetBytes) return whole;
  return formWith({ ...form, fields: form.fields.map(withoutHint) }, problems);
}

function withoutHint(field: FormField): FormField {
  return field.type === 'note' ? field : { ...field, hint: '' };
}

function formWith(form: Form, problems: readonly FormProblem[]): RenderedForm {
  const title = clipString(filled(wordsOf(form.title)), 60);
  const fieldIds = new Set(form.fields.map(({ id }) => id));
  const body: readonly AdaptiveElement[] = [
    ...problems.filter(({ field }) => !fieldIds.has(field)).map(problemBlock),
    ...form.fields.flatMap((field) => [
      ...problems.filter((problem) => problem.field === field.id).map(problemBlock),
      ...fieldElements(field),
    ]),
  ];
  return {
    title,
    card: {
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: teamsLimits.version,
      fallbackText: title,
      speak: title,
      msteams: { width: 'Full' },
      body: body.length === 0 ? [textBlock(escapeMarkdown(title))] : body,
      ...(buttonsOf(form).length === 0 ? {} : { actions: buttonsOf(form) }),
    },
  };
}

function buttonsOf({ id, state, submitLabel, actions = [], fields }: Form): readonly AdaptiveAction[] {
  const mark: FormMark = { id, ...(state === undefined ? {} : { state }) };
  const button = ({ id: name, label }: FormButton): AdaptiveAction => ({
    type: 'Action.Submit',
    title: clipString(wordsOf(label), teamsLimits.actionTitleChars),
    data: { threatbriefForm: { ...mark, button: name } },
  });
  const refreshes = fields.some((field) => field.type !== 'note' && field.refreshes === true);
  const sends: AdaptiveAction[] =
    submitLabel === undefined
      ? []
      : [
          {
            type: 'Action.Submit',
            title: clipString(wordsOf(submitLabel), teamsLimits.actionTitleChars),
            data: { threatbriefForm: mark },
            style: 'positive',
          },
        ];
  const all = [
    ...sends,
    ...actions.map(button),
    ...(refreshes ? [button({ id: refreshButton, label: 'Refresh' })] : []),
  ];
  return all.map((action, index) =>
    index < teamsLimits.shownActions ? action : { ...action, mode: 'secondary' },
  );
}

function problemBlock({ text }: FormProblem): AdaptiveElement {
  return textBlock(escapeMarkdown(filled(defangUrls(cleanLine(text)))), {
    color: 'Attention',
    weight: 'Bolder',
  });
}

function hintBlocks(hint: string | undefined): readonly AdaptiveElement[] {
  if (hint === undefined || hint.trim() === '') return [];
  return [
    textBlock(escapeMarkdown(defangUrls(cleanLine(hint))), {
      size: 'Small',
      isSubtle: true,
      spacing: 'None',
    }),
  ];
}

function fieldElements(field: FormField): readonly AdaptiveElement[] {
  switch (field.type) {
    case 'note':
      return field.paragraphs
        .map((words) =>
          markdownText(words.map((span) => ({ ...span, text: defangUrls(cleanLines(span.text)) }))),
        )
        .filter((words) => words.trim() !== '')
        .map((words) => textBlock(words.replace(/\n+/g, '\n\n'), { spacing: 'Small' }));
    case 'text':
      return [
        {
          type: 'Input.Text',
          id: textPrefix + field.id,
          label: labelOf(field),
          maxLength: field.maxChars,
          ...(field.isLong ? { isMultiline: true } : {}),
          ...textsOf(field.value?.slice(0, field.maxChars), field.placeholder),
        },
        ...hintBlocks(field.hint),
      ];
    case 'choice':
      return [choiceInput(field, field.value === undefined ? [] : [field.value]), ...hintBlocks(field.hint)];
    case 'choices':
      return [
        { ...choiceInput(field, field.values ?? []), style: 'expanded', isMultiSelect: true },
        ...hintBlocks(field.hint),
      ];
    case 'search':
      return searchElements(field);
    default:
      return assertNever(field);
  }
}

type ChoiceField = Extract<FormField, { type: 'choice' | 'choices' }>;
type SearchField = Extract<FormField, { type: 'search' }>;

/** What somebody sent in place of a choice is not shown again. */
function choiceInput(field: ChoiceField, wanted: readonly string[]): InputChoiceSet {
  const values = wanted.filter((one) => field.options.some(({ value }) => value === one));
  return {
    type: 'Input.ChoiceSet',
    id: chosenPrefix + field.id,
    label: labelOf(field),
    style: 'compact',
    wrap: true,
    choices: choicesOf(field.options),
    ...(values.length === 0 ? {} : { value: joinChoices(values) }),
  };
}

/** A list that is searched while one types, and below it a line for clients whose lists are not. */
function searchElements(field: SearchField): readonly AdaptiveElement[] {
  const { chosen = [], isMultiple, placeholder, source, id } = field;
  const label = labelOf(field);
  return [
    {
      type: 'Input.ChoiceSet',
      id: chosenPrefix + id,
      label,
      style: 'filtered',
      choices: choicesOf(chosen),
      'choices.data': { type: 'Data.Query', dataset: source },
      ...(isMultiple ? { isMultiSelect: true } : {}),
      ...(chosen.length === 0 ? {} : { value: joinChoices(chosen.map(({ value }) => value)) }),
      ...textsOf(undefined, placeholder),
    },
    ...hintBlocks(field.hint),
    {
      type: 'Input.Text',
      id: `${typedPrefix}${source}.${isMultiple ? 'n' : '1'}.${id}`,
      label: clipString(`${label}: not in the list? Type it`, maxLabelChars),
      maxLength: maxTypedChars,
      ...(isMultiple ? { placeholder: 'Several are separated by commas' } : {}),
    },
  ];
}

function labelOf({ label, isOptional }: Exclude<FormField, { type: 'note' }>): string {
  const words = clipString(filled(wordsOf(label)), maxLabelChars);
  return isOptional ? `${words} (optional)` : words;
}

function textsOf(value: string | undefined, placeholder: string | undefined): object {
  return {
    ...(value === undefined || value === '' ? {} : { value }),
    ...(placeholder === undefined ? {} : { placeholder: wordsOf(placeholder) }),
  };
}

function choicesOf(options: readonly FormOption[]): InputChoiceSet['choices'] {
  return options.map(({ value, label }) => ({ title: optionTitle(label), value: encodeChoice(value) }));
}

/** An option's words in a list, as text. */
export function optionTitle(label: string): string {
  return clipString(filled(wordsOf(label)), maxOptionChars);
}

/** Data as words of a label, in which nothing can be pressed. */
function wordsOf(text: string): string {
  return plainWords(defangUrls(cleanLine(text)));
}

function filled(words: string): string {
  return words.trim() === '' ? '–' : words;
}

/** Teams joins what was chosen by commas, so none may stand in a value. */
export function encodeChoice(value: string): string {
  return value.replaceAll('%', '%25').replaceAll(',', '%2C');
}

function joinChoices(values: readonly string[]): string {
  return values.map(encodeChoice).join(',');
}

/** What was chosen, as `encodeChoice` wrote it; nothing for an empty text. */
export function splitChoices(joined: string): readonly string[] {
  return joined
    .split(',')
    .map((part) => part.trim().replaceAll('%2C', ',').replaceAll('%25', '%'))
    .filter((part) => part !== '');
}
