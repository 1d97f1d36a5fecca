import { asArray, type UnknownObject, walkObjects } from '../shape.ts';
import { payloadBytes, teamsLimits } from './limits.ts';

const elementTypes = new Set([
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'FactSet',
  'Container',
  'ColumnSet',
  'Column',
  'ActionSet',
  'Table',
  'TableRow',
  'TableCell',
  'Input.Text',
  'Input.ChoiceSet',
  'Input.Toggle',
  'Input.Time',
  'Input.Date',
  'Input.Number',
  'Data.Query',
]);
const texts = new Set(['TextBlock', 'TextRun']);
const actionTypes = new Set([
  'Action.Execute',
  'Action.Submit',
  'Action.OpenUrl',
  'Action.ShowCard',
  'Action.ToggleVisibility',
]);
const markdownKeys: Readonly<Record<string, readonly string[]>> = { TextBlock: ['text'] };

/**
 * What is wrong with an Adaptive Card for Teams, a sentence each; empty when it is sound. Independent of the
 * renderer: version, size, known elements, texts that are there, links http or https, no image from elsewhere,
 * markdown links only of the plain kind that the renderer writes.
 */
export function checkAdaptiveCard(
  card: unknown,
  version: '1.5' | '1.3' = teamsLimits.version,
): readonly string[] {
  const problems: string[] = [];
  const root = asRoot(card);
  if (root === undefined) return ['card: not an object of type AdaptiveCard'];
  if (root.version !== version) problems.push(`version: ${JSON.stringify(root.version)}, must be ${version}`);
  const bytes = payloadBytes(card);
  if (bytes > teamsLimits.targetBytes) problems.push(`card: ${bytes} bytes as UTF-16, at most 25 KB`);
  for (const key of ['fallbackText', 'speak']) {
    if (!isFilled(root[key])) problems.push(`${key}: missing or empty`);
  }
  if (asArray(root.body)?.length === 0 || root.body === undefined) problems.push('body: empty');
  checkShownActions(root, 'actions', problems);
  walkObjects(card, (object, path) => checkObject(object, path, problems));
  if (version === '1.3') walkObjects(card, (object, path) => checkOlder(object, path, problems));
  return problems;
}

const newerTypes: ReadonlySet<unknown> = new Set(['Table', 'TableRow', 'TableCell', 'Action.Execute']);
const newerKeys = ['fallback', 'mode', 'choices.data'];

/** What came with versions 1.4 and 1.5. */
function checkOlder(object: UnknownObject, path: string, problems: string[]): void {
  if (newerTypes.has(object.type)) problems.push(`${path}: ${String(object.type)} is newer than 1.3`);
  for (const key of newerKeys) if (object[key] !== undefined) problems.push(`${path}.${key}: newer than 1.3`);
  if (object.type === 'TextBlock' && object.style !== undefined)
    problems.push(`${path}.style: newer than 1.3`);
}

function asRoot(card: unknown): UnknownObject | undefined {
  const object = typeof card === 'object' && card !== null ? { ...card } : undefined;
  const root: UnknownObject | undefined = object;
  return root?.type === 'AdaptiveCard' ? root : undefined;
}

function checkShownActions(object: UnknownObject, path: string, problems: string[]): void {
  const actions = asArray(object.actions) ?? [];
  const shown = actions.filter((action) => !isSecondary(action));
  if (shown.length > teamsLimits.shownActions) {
    problems.push(`${path}: ${shown.length} buttons in sight, at most ${teamsLimits.shownActions}`);
  }
}

function isSecondary(action: unknown): boolean {
  return typeof action === 'object' && action !== null && 'mode' in action && action.mode === 'secondary';
}

function checkObject(object: UnknownObject, path: string, problems: string[]): void {
  // What a button asks of Teams itself, such as to open a dialog.
  if (path.endsWith('.data.msteams')) return;
  const type = typeof object.type === 'string' ? object.type : undefined;
  for (const key of ['url', 'iconUrl', 'backgroundImage', 'poster']) checkLink(object, key, path, problems);
  if (type === undefined) {
    if (path.includes('facts[')) checkFact(object, path, problems);
    return;
  }
  if (type === 'Image' || type === 'ImageSet' || type === 'Media')
    problems.push(`${path}: loads from elsewhere`);
  else if (type.startsWith('Action.')) checkAction(object, type, path, problems);
  else if (type !== 'AdaptiveCard' && !elementTypes.has(type))
    problems.push(`${path}: unknown element ${type}`);
  if (type === 'TextBlock' && object.wrap !== true) problems.push(`${path}: does not wrap`);
  if (texts.has(type) && !isFilled(object.text)) problems.push(`${path}: text missing or empty`);
  if (type === 'FactSet' && (asArray(object.facts)?.length ?? 0) === 0) problems.push(`${path}: no facts`);
  if (type.startsWith('Input.') && !isFilled(object.id)) problems.push(`${path}: an input without an id`);
  if (type.startsWith('Input.') && !isFilled(object.label))
    problems.push(`${path}: an input without a label`);
  if (type === 'ActionSet') checkShownActions(object, path, problems);
  for (const key of markdownKeys[type] ?? []) checkMarkdown(object[key], `${path}.${key}`, problems);
}

function checkFact(object: UnknownObject, path: string, problems: string[]): void {
  for (const key of ['title', 'value']) {
    if (!isFilled(object[key])) problems.push(`${path}.${key}: missing or empty`);
    checkMarkdown(object[key], `${path}.${key}`, problems);
  }
}

function checkAction(object: UnknownObject, type: string, path: string, problems: string[]): void {
  if (!actionTypes.has(type)) problems.push(`${path}: unknown action ${type}`);
  if (!isFilled(object.title)) problems.push(`${path}: no title`);
  if (type === 'Action.Execute') {
    if (!isFilled(object.verb)) problems.push(`${path}: no verb`);
    if (object.fallback === undefined)
      problems.push(`${path}: no fallback for clients without Action.Execute`);
  }
  if (type === 'Action.OpenUrl' && object.url === undefined) problems.push(`${path}: no url`);
}

function checkLink(object: UnknownObject, key: string, path: string, problems: string[]): void {
  const value = object[key];
  if (value === undefined) return;
  if (key !== 'url') problems.push(`${path}.${key}: loads from elsewhere`);
  else if (typeof value !== 'string' || !/^https?:\/\/[a-z0-9]/i.test(value)) {
    problems.push(`${path}.url: not http or https`);
  }
}

/** Markdown with the escaped characters taken out must have no image, no tag, and only links to http or https. */
function checkMarkdown(value: unknown, path: string, problems: string[]): void {
  if (typeof value !== 'string') return;
  const bare = value.replace(/\\[!-/:-@[-`{-~]/g, '');
  if (/!\[/.test(bare)) problems.push(`${path}: image syntax`);
  if (/[<>]/.test(bare)) problems.push(`${path}: unescaped < or >`);
  if (/`/.test(bare)) problems.push(`${path}: unescaped backtick`);
  const withoutLinks = bare.replace(/\[[^[\]]*\]\(https?:\/\/[a-z0-9._:-]+(?:[/?#][^\s()]*)?\)/gi, '');
  if (/[[\]]/.test(withoutLinks))
    problems.push(`${path}: unescaped bracket or a link that is not http or https`);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
