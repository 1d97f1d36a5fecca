import { asArray, asObject, type UnknownObject } from '../shape.ts';
import { checkElement } from './check-elements.ts';
import { checkRichText } from './check-rich-text.ts';
import { checkText, checkWords, type Report } from './check-text.ts';
import { countMessageChars } from './count.ts';
import { slackLimits } from './limits.ts';

type BlockCheck = (block: UnknownObject, path: string, report: Report) => void;

const blockChecks: Readonly<Record<string, BlockCheck>> = {
  divider: () => undefined,
  header: (block, path, report) =>
    checkText(block.text, `${path}.text`, { max: slackLimits.headerChars, type: 'plain_text' }, report),
  section: checkSection,
  context: checkContext,
  actions: checkActions,
  rich_text: checkRichText,
  table: checkTable,
  input: checkInput,
  markdown: (block, path, report) =>
    checkWords(block.text, `${path}.text`, slackLimits.markdownChars, report),
};
const messageOnly = new Set(['markdown', 'table']);

/** One block: a kind that threatbrief may use there, whole, and within its limits. */
export function checkBlock(value: unknown, path: string, place: 'message' | 'view', report: Report): void {
  const block = asObject(value);
  const type = typeof block?.type === 'string' ? block.type : undefined;
  if (block === undefined || type === undefined) return report(path, 'is no block');
  if (type === 'image' || type === 'video') return report(path, `${type} loads from elsewhere`);
  const check = Object.hasOwn(blockChecks, type) ? blockChecks[type] : undefined;
  if (check === undefined) return report(path, `unknown block ${type}`);
  if (place === 'view' && messageOnly.has(type)) report(path, `${type} belongs to messages only`);
  check(block, path, report);
}

function checkSection(block: UnknownObject, path: string, report: Report): void {
  const fields = asArray(block.fields);
  if (block.text === undefined && fields === undefined) return report(path, 'has neither text nor fields');
  if (block.text !== undefined)
    checkText(block.text, `${path}.text`, { max: slackLimits.sectionTextChars }, report);
  if (fields !== undefined) checkCount(fields, 1, slackLimits.sectionFields, `${path}.fields`, report);
  for (const [index, field] of (fields ?? []).entries()) {
    checkText(field, `${path}.fields[${index}]`, { max: slackLimits.fieldChars }, report);
  }
  if (block.accessory !== undefined) checkElement(block.accessory, `${path}.accessory`, report);
}

function checkContext(block: UnknownObject, path: string, report: Report): void {
  const elements = asArray(block.elements) ?? [];
  checkCount(elements, 1, slackLimits.contextElements, path, report);
  for (const [index, element] of elements.entries()) {
    checkText(element, `${path}.elements[${index}]`, { max: slackLimits.sectionTextChars }, report);
  }
}

function checkActions(block: UnknownObject, path: string, report: Report): void {
  const elements = asArray(block.elements) ?? [];
  checkCount(elements, 1, slackLimits.actionsElements, path, report);
  for (const [index, element] of elements.entries())
    checkElement(element, `${path}.elements[${index}]`, report);
}

function checkInput(block: UnknownObject, path: string, report: Report): void {
  checkText(block.label, `${path}.label`, { max: slackLimits.inputLabelChars, type: 'plain_text' }, report);
  if (block.hint !== undefined)
    checkText(block.hint, `${path}.hint`, { max: slackLimits.inputLabelChars, type: 'plain_text' }, report);
  if (block.block_id === undefined) report(path, 'has no block_id, by which its value comes back');
  checkElement(block.element, `${path}.element`, report);
}

function checkTable(block: UnknownObject, path: string, report: Report): void {
  const rows = asArray(block.rows) ?? [];
  checkCount(rows, 1, slackLimits.tableRows, `${path}.rows`, report);
  const chars = countMessageChars(block);
  if (chars > slackLimits.tableChars) report(path, `${chars} characters, at most ${slackLimits.tableChars}`);
  const width = asArray(rows[0])?.length;
  for (const [index, row] of rows.entries()) {
    const cells = asArray(row) ?? [];
    checkCount(cells, 1, slackLimits.tableColumns, `${path}.rows[${index}]`, report);
    if (cells.length !== width) report(`${path}.rows[${index}]`, 'is not as wide as the first row');
    for (const [column, cell] of cells.entries())
      checkCell(cell, `${path}.rows[${index}][${column}]`, report);
  }
}

function checkCell(value: unknown, path: string, report: Report): void {
  const cell = asObject(value);
  if (cell?.type === 'raw_text') checkWords(cell.text, path, slackLimits.tableChars, report);
  else if (cell?.type === 'rich_text') checkRichText(cell, path, report);
  else report(path, 'is no table cell');
}

/** Between `min` and `max` things. */
function checkCount(
  values: readonly unknown[],
  min: number,
  max: number,
  path: string,
  report: Report,
): void {
  if (values.length < min) report(path, 'is empty');
  if (values.length > max) report(path, `${values.length} elements, at most ${max}`);
}
