import { asArray, asObject, type UnknownObject } from '../shape.ts';
import { checkUrl, checkWords, type Report } from './check-text.ts';
import { slackLimits } from './limits.ts';

const partTypes = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote']);

/** A `rich_text` block or cell: known parts, none empty, no element that addresses anyone. */
export function checkRichText(block: UnknownObject, path: string, report: Report): void {
  const parts = asArray(block.elements) ?? [];
  if (parts.length === 0) report(path, 'is empty');
  for (const [index, part] of parts.entries()) checkPart(part, `${path}.elements[${index}]`, report);
}

function checkPart(value: unknown, path: string, report: Report): void {
  const part = asObject(value);
  const elements = asArray(part?.elements) ?? [];
  if (elements.length === 0) return report(path, 'is empty');
  if (part?.type === 'rich_text_list') {
    for (const [index, item] of elements.entries()) checkPart(item, `${path}.elements[${index}]`, report);
    return;
  }
  if (typeof part?.type !== 'string' || !partTypes.has(part.type))
    return report(path, 'unknown rich text part');
  for (const [index, element] of elements.entries()) checkLeaf(element, `${path}.elements[${index}]`, report);
}

function checkLeaf(value: unknown, path: string, report: Report): void {
  const leaf = asObject(value);
  switch (leaf?.type) {
    case 'text':
      if (leaf.text === '' || typeof leaf.text !== 'string') report(path, 'text is missing or empty');
      return;
    case 'link':
      checkUrl(leaf.url, `${path}.url`, slackLimits.urlChars, report);
      if (leaf.text !== undefined) checkWords(leaf.text, path, slackLimits.sectionTextChars, report);
      return;
    case 'date':
      if (typeof leaf.timestamp !== 'number') report(path, 'date without a timestamp');
      return;
    case 'user':
    case 'usergroup':
    case 'broadcast':
    case 'channel':
      return report(path, `${leaf.type} mentions someone`);
    default:
      report(path, 'unknown rich text element');
  }
}
