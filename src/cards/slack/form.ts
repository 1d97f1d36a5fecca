import { assertNever } from '../../support/assert-never.ts';
import { cleanLine, cleanLines } from '../clean-text.ts';
import { defangUrls } from '../defang-text.ts';
import type { Form, FormField, FormOption, FormProblem } from '../form.ts';
import { buttonActionId, fieldBlockId, formCallbackId, inputActionId, searchActionId } from './form-ids.ts';
import { slackLimits } from './limits.ts';
import { richElements, richLines, richText, run, slackPlainText } from './text.ts';
import type { PlainText, SlackBlock } from './types.ts';
import type { SlackChoice, SlackInput, SlackInputElement, SlackModal, SlackViewBlock } from './view-types.ts';

type InputField = Exclude<FormField, { type: 'note' }>;

/**
 * A form as a modal. `metadata` comes back with whatever is done in it. Problems stand in front of the fields that they are
 * about, for a form that is shown anew.
 */
export function renderSlackForm(
  form: Form,
  metadata: string,
  problems: readonly FormProblem[] = [],
): SlackModal {
  const shown = new Set(form.fields.map(({ id }) => id));
  const elsewhere = problems.filter(({ field }) => !shown.has(field));
  return {
    type: 'modal',
    callback_id: formCallbackId(form.id),
    title: words(form.title, slackLimits.modalTitleChars),
    ...(form.submitLabel === undefined
      ? {}
      : { submit: words(form.submitLabel, slackLimits.modalTitleChars) }),
    close: words(form.submitLabel === undefined ? 'Close' : 'Cancel', slackLimits.modalTitleChars),
    private_metadata: metadata,
    blocks: [
      ...elsewhere.map(problemBlock),
      ...form.fields.flatMap((field) => [
        ...problems.filter((problem) => problem.field === field.id).map(problemBlock),
        ...fieldBlocks(field),
      ]),
      ...buttonBlocks(form),
    ],
  };
}

/** Text of ours or of data, as one line that holds nothing to press and nothing unseen. */
function words(text: string, maxChars: number): PlainText {
  return slackPlainText(defangUrls(cleanLine(text)).trim() || '—', maxChars);
}

function problemBlock({ text }: FormProblem): SlackBlock {
  return richText(richLines([[run(defangUrls(cleanLine(text)).trim() || '—', { bold: true })]]));
}

function fieldBlocks(field: FormField): readonly SlackViewBlock[] {
  if (field.type !== 'note') return [inputBlock(field)];
  const lines = field.paragraphs
    .map((paragraph) =>
      paragraph
        .map((span) => ({ ...span, text: defangUrls(cleanLine(span.text)) }))
        .filter(({ text }) => text !== ''),
    )
    .filter((paragraph) => paragraph.length > 0);
  return lines.length === 0 ? [] : [richText(richLines(lines.map(richElements), '\n\n'))];
}

function inputBlock(field: InputField): SlackInput {
  return {
    type: 'input',
    block_id: fieldBlockId(field.id),
    label: words(field.label, slackLimits.inputLabelChars),
    ...(field.hint === undefined ? {} : { hint: words(field.hint, slackLimits.inputLabelChars) }),
    optional: field.isOptional === true,
    dispatch_action: field.refreshes === true,
    element: elementOf(field),
  };
}

function elementOf(field: InputField): SlackInputElement {
  switch (field.type) {
    case 'text':
      return textInput(field);
    case 'choice': {
      const options = field.options.map(choice);
      const initial = options.find(({ value }) => value === field.value);
      return {
        type: 'static_select',
        action_id: inputActionId(field.id),
        options,
        ...(initial === undefined ? {} : { initial_option: initial }),
      };
    }
    case 'choices': {
      const options = field.options.map(choice);
      const initial = options.filter(({ value }) => field.values?.includes(value) === true);
      return {
        type: 'checkboxes',
        action_id: inputActionId(field.id),
        options,
        // Slack refuses an empty list.
        ...(initial.length === 0 ? {} : { initial_options: initial }),
      };
    }
    case 'search':
      return searchInput(field);
    default:
      return assertNever(field);
  }
}

function textInput(field: Extract<InputField, { type: 'text' }>): SlackInputElement {
  const value = field.value === undefined ? '' : cleanLines(field.value).slice(0, slackLimits.inputChars);
  return {
    type: 'plain_text_input',
    action_id: inputActionId(field.id),
    multiline: field.isLong === true,
    // What stands there already must fit.
    max_length: Math.min(slackLimits.inputChars, Math.max(field.maxChars, value.length, 1)),
    ...(value === '' ? {} : { initial_value: value.toWellFormed() }),
    ...placeholderOf(field.placeholder),
  };
}

function searchInput(field: Extract<InputField, { type: 'search' }>): SlackInputElement {
  const chosen = unrepeated(field.chosen ?? []).map(choice);
  const [first] = chosen;
  const shared = {
    action_id: searchActionId(field.source, field.id),
    // With nothing typed there is something to choose from too.
    min_query_length: 0,
    ...placeholderOf(field.placeholder),
  };
  return field.isMultiple === true
    ? {
        type: 'multi_external_select',
        ...shared,
        ...(chosen.length === 0 ? {} : { initial_options: chosen.slice(0, slackLimits.options) }),
      }
    : { type: 'external_select', ...shared, ...(first === undefined ? {} : { initial_option: first }) };
}

function placeholderOf(text: string | undefined): { readonly placeholder?: PlainText } {
  return text === undefined ? {} : { placeholder: words(text, slackLimits.placeholderChars) };
}

/** Slack refuses a list that holds a value twice. */
function unrepeated(options: readonly FormOption[]): readonly FormOption[] {
  return [...new Map(options.map((option) => [option.value, option])).values()];
}

function choice({ value, label }: FormOption): SlackChoice {
  return { text: words(label, slackLimits.optionTextChars), value };
}

function buttonBlocks({ actions = [] }: Form): readonly SlackBlock[] {
  if (actions.length === 0) return [];
  const elements = actions.slice(0, slackLimits.actionsElements).map(
    ({ id, label }) =>
      ({
        type: 'button',
        action_id: buttonActionId(id),
        text: words(label, slackLimits.buttonTextChars),
        value: id,
      }) as const,
  );
  return [{ type: 'actions', elements }];
}

/** What a search field is answered with. */
export function slackOptions(options: readonly FormOption[]): { readonly options: readonly SlackChoice[] } {
  const fitting = unrepeated(options).filter(({ value }) => value.length <= slackLimits.optionValueChars);
  return { options: fitting.slice(0, slackLimits.options).map(choice) };
}

/** Problems at their fields, as an answer to `view_submission`. */
export function slackErrors(problems: readonly FormProblem[]): Readonly<Record<string, string>> {
  const texts = Map.groupBy(problems, ({ field }) => field);
  return Object.fromEntries(
    [...texts].map(([field, list]) => {
      const text = list.map((problem) => defangUrls(cleanLine(problem.text)).trim()).join(' ');
      return [fieldBlockId(field), slackPlainText(text || '—', slackLimits.inputLabelChars).text];
    }),
  );
}
