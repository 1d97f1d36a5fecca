import { asArray, asObject, type UnknownObject } from '../shape.ts';
import { checkText, checkUrl, type Report } from './check-text.ts';
import { slackLimits } from './limits.ts';

/** How many options an element may have, for the elements that have some. */
const optionCounts: Readonly<Record<string, readonly [min: number, max: number]>> = {
  overflow: [1, slackLimits.overflowOptions],
  checkboxes: [1, slackLimits.choiceOptions],
  radio_buttons: [1, slackLimits.choiceOptions],
  static_select: [1, slackLimits.options],
  multi_static_select: [1, slackLimits.options],
};
const otherElements = new Set([
  'external_select',
  'multi_external_select',
  'conversations_select',
  'multi_conversations_select',
  'channels_select',
  'multi_channels_select',
  'users_select',
  'multi_users_select',
  'plain_text_input',
  'number_input',
  'email_text_input',
  'url_text_input',
  'datepicker',
  'timepicker',
  'datetimepicker',
]);

/** One interactive element of a block. */
export function checkElement(value: unknown, path: string, report: Report): void {
  const element = asObject(value);
  const type = typeof element?.type === 'string' ? element.type : undefined;
  if (element === undefined || type === undefined) return report(path, 'is no element');
  const counts = Object.hasOwn(optionCounts, type) ? optionCounts[type] : undefined;
  if (type === 'button') checkButton(element, path, report);
  else if (counts !== undefined) checkOptions(element, counts, path, report);
  else if (!otherElements.has(type)) return report(path, `unknown element ${type}`);
  if (element.action_id === undefined) report(path, 'has no action_id');
  if (type === 'plain_text_input') checkTextInput(element, path, report);
  if (type.endsWith('external_select')) checkExternal(element, path, report);
  checkInitial(element, path, report);
  if (element.placeholder !== undefined) {
    checkText(element.placeholder, `${path}.placeholder`, plain(slackLimits.placeholderChars), report);
  }
  if (element.confirm !== undefined) checkConfirm(element.confirm, `${path}.confirm`, report);
}

function plain(max: number): { readonly max: number; readonly type: 'plain_text' } {
  return { max, type: 'plain_text' };
}

function checkButton(button: UnknownObject, path: string, report: Report): void {
  checkText(button.text, `${path}.text`, plain(slackLimits.buttonTextChars), report);
  checkMax(button.value, slackLimits.buttonValueChars, `${path}.value`, report);
  if (button.url !== undefined) checkUrl(button.url, `${path}.url`, slackLimits.urlChars, report);
  if (button.style !== undefined && button.style !== 'primary' && button.style !== 'danger') {
    report(`${path}.style`, 'must be primary or danger');
  }
}

/** What stands in it at first must not be longer than what may be typed. */
function checkTextInput(element: UnknownObject, path: string, report: Report): void {
  const { max_length: max = slackLimits.inputChars, initial_value: value } = element;
  if (typeof max !== 'number' || max < 1 || max > slackLimits.inputChars)
    report(`${path}.max_length`, `must be 1 to ${slackLimits.inputChars}`);
  else checkMax(value, max, `${path}.initial_value`, report);
  if (value === '') report(`${path}.initial_value`, 'is empty');
}

function checkExternal(element: UnknownObject, path: string, report: Report): void {
  const { min_query_length: min } = element;
  if (min !== undefined && (typeof min !== 'number' || min < 0))
    report(`${path}.min_query_length`, 'must be a number');
  if (element.options !== undefined) report(path, 'loads its options and may not hold any');
}

/** What is chosen at first: whole options, each once, and of those that are offered where these are known. */
function checkInitial(element: UnknownObject, path: string, report: Report): void {
  const { initial_option: one, initial_options: many } = element;
  const list = asArray(many);
  if (many !== undefined && (list === undefined || list.length === 0))
    report(`${path}.initial_options`, 'must not be empty');
  const initial = [...(one === undefined ? [] : [one]), ...(list ?? [])];
  const offered = asArray(element.options)?.map((option) => asObject(option)?.value);
  const values = initial.map((option) => asObject(option)?.value);
  if (new Set(values).size !== values.length) report(`${path}.initial_options`, 'holds a value twice');
  for (const [index, option] of initial.entries()) {
    checkOption(option, `${path}.initial[${index}]`, report);
    if (offered !== undefined && !offered.includes(values[index]))
      report(`${path}.initial[${index}]`, 'is none of the options');
  }
}

function checkOptions(
  element: UnknownObject,
  [min, max]: readonly [number, number],
  path: string,
  report: Report,
): void {
  const groups = asArray(element.option_groups);
  if (groups !== undefined && groups.length > slackLimits.optionGroups)
    report(path, 'too many option groups');
  const lists =
    groups === undefined ? [asArray(element.options)] : groups.map((g) => asArray(asObject(g)?.options));
  for (const list of lists) {
    const count = list?.length ?? 0;
    if (count < min || count > max) report(path, `${count} options, must be ${min} to ${max}`);
    const values = (list ?? []).map((option) => asObject(option)?.value);
    if (element.type !== 'overflow' && new Set(values).size !== values.length)
      report(path, 'offers a value twice');
    for (const [index, option] of (list ?? []).entries())
      checkOption(option, `${path}.options[${index}]`, report);
  }
}

function checkOption(value: unknown, path: string, report: Report): void {
  const option = asObject(value);
  checkText(option?.text, `${path}.text`, { max: slackLimits.optionTextChars }, report);
  if (typeof option?.value !== 'string') report(path, 'has no value');
  checkMax(option?.value, slackLimits.optionValueChars, `${path}.value`, report);
  if (option?.url !== undefined) checkUrl(option.url, `${path}.url`, slackLimits.urlChars, report);
  if (option?.description !== undefined) {
    checkText(option.description, `${path}.description`, { max: slackLimits.optionTextChars }, report);
  }
}

function checkConfirm(value: unknown, path: string, report: Report): void {
  const confirm = asObject(value);
  checkText(confirm?.title, `${path}.title`, plain(slackLimits.confirmTitleChars), report);
  checkText(confirm?.text, `${path}.text`, { max: slackLimits.confirmTextChars }, report);
  checkText(confirm?.confirm, `${path}.confirm`, plain(slackLimits.confirmButtonChars), report);
  checkText(confirm?.deny, `${path}.deny`, plain(slackLimits.confirmButtonChars), report);
}

function checkMax(value: unknown, max: number, path: string, report: Report): void {
  if (typeof value === 'string' && value.length > max)
    report(path, `${value.length} characters, at most ${max}`);
}
