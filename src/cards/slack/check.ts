import { asArray, asObject, type UnknownObject, walkObjects } from '../shape.ts';
import { checkBlock } from './check-blocks.ts';
import { checkMrkdwn, checkText, type Report } from './check-text.ts';
import { countMessageChars } from './count.ts';
import { slackLimits } from './limits.ts';

/**
 * What is wrong with a Slack message, modal or App Home, a sentence each; empty when it is sound. Independent of
 * the renderer, and stricter than Slack: unknown blocks, blocks that load from elsewhere, and text that could
 * mention someone are problems too.
 */
export function checkSlackPayload(payload: unknown): readonly string[] {
  const problems: string[] = [];
  const report: Report = (path, problem) => {
    problems.push(`${path}: ${problem}`);
  };
  const object = asObject(payload);
  if (object === undefined) return ['payload: not an object'];
  switch (object.type) {
    case 'modal':
      checkModal(object, report);
      break;
    case 'home':
      for (const key of ['title', 'submit', 'close'])
        if (object[key] !== undefined) report(key, 'belongs to modals only');
      checkView(object, report);
      break;
    default:
      checkMessage(object, report);
  }
  checkUniqueIds(object, report);
  return problems;
}

function checkMessage(message: UnknownObject, report: Report): void {
  const blocks = asArray(message.blocks) ?? [];
  checkText(message.text, 'text', { max: slackLimits.fallbackChars, isMrkdwn: true }, report);
  if (message.unfurl_links === true || message.unfurl_media === true)
    report('unfurl_links', 'must not be on');
  if (message.link_names !== undefined) report('link_names', 'must not be sent');
  if (message.parse !== undefined) report('parse', 'must not be sent');
  if (message.attachments !== undefined) report('attachments', 'must not be used');
  checkBlocks(blocks, slackLimits.blocksPerMessage, 'message', report);
  const chars = countMessageChars(blocks);
  if (chars > slackLimits.messageChars) report('blocks', `${chars} characters in all, at most 10,000`);
  const tables = blocks.map(asObject).filter((block) => block?.type === 'table');
  if (tables.length > slackLimits.tablesPerMessage) report('blocks', `${tables.length} tables, at most 1`);
}

function checkModal(view: UnknownObject, report: Report): void {
  const plain = { max: slackLimits.modalTitleChars, type: 'plain_text' } as const;
  checkText(view.title, 'title', plain, report);
  if (view.submit !== undefined) checkText(view.submit, 'submit', plain, report);
  if (view.close !== undefined) checkText(view.close, 'close', plain, report);
  const blocks = asArray(view.blocks) ?? [];
  const hasInput = blocks.some((block) => asObject(block)?.type === 'input');
  if (hasInput && view.submit === undefined) report('submit', 'a modal with inputs needs one');
  checkView(view, report);
}

function checkView(view: UnknownObject, report: Report): void {
  checkBlocks(asArray(view.blocks) ?? [], slackLimits.blocksPerView, 'view', report);
  checkLength(view.private_metadata, 'private_metadata', slackLimits.privateMetadataChars, report);
  checkLength(view.callback_id, 'callback_id', slackLimits.idChars, report);
}

function checkBlocks(
  blocks: readonly unknown[],
  max: number,
  place: 'message' | 'view',
  report: Report,
): void {
  if (blocks.length > max) report('blocks', `${blocks.length} blocks, at most ${max}`);
  for (const [index, block] of blocks.entries()) checkBlock(block, `blocks[${index}]`, place, report);
}

function checkLength(value: unknown, path: string, max: number, report: Report): void {
  if (typeof value === 'string' && value.length > max)
    report(path, `${value.length} characters, at most ${max}`);
}

/** Slack refuses a payload in which two elements share an `action_id`, or two blocks a `block_id`. */
function checkUniqueIds(payload: UnknownObject, report: Report): void {
  const seen = new Set<string>();
  walkObjects(payload, (object, path) => {
    for (const key of ['action_id', 'block_id']) {
      const value = object[key];
      if (value === undefined) continue;
      if (typeof value !== 'string' || value === '') report(path, `${key} is empty`);
      const id = `${key} ${JSON.stringify(value)}`;
      if (seen.has(id)) report(path, `${id} is used twice`);
      seen.add(id);
      checkLength(value, `${path}.${key}`, slackLimits.idChars, report);
    }
    if (object.type === 'mrkdwn') checkMrkdwn(object.text, path, report);
  });
}
