import { asArray, type UnknownObject, walkObjects } from '../../../src/cards/shape.ts';
import { teamsActionKey } from '../../../src/cards/teams/limits.ts';

/** Something to press, as the platform's client would send it. */
export interface Pressable {
  readonly label: string;
  /** What the platform sends back; absent for a link. */
  readonly value?: string;
  /** Slack: inside an overflow menu. */
  readonly inMenu?: true;
}

/** Every text of a Slack message as a reader sees it: mrkdwn unescaped, one line each. */
export function slackText(blocks: unknown): string {
  const parts: string[] = [];
  walkObjects(blocks, ({ type, text, elements }) => {
    if (typeof text === 'string') parts.push(type === 'mrkdwn' ? unescapeMrkdwn(text) : text);
    if (type === 'rich_text_section' && elements !== undefined) parts.push('\n');
  });
  return parts.join('');
}

function unescapeMrkdwn(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Buttons and the options of overflow menus, in reading order. */
export function slackPressables(blocks: unknown): readonly Pressable[] {
  const found: Pressable[] = [];
  walkObjects(blocks, (object) => {
    if (object['type'] === 'button') found.push(slackPressable(object));
    if (object['type'] === 'overflow') {
      for (const option of asArray(object['options']) ?? []) {
        found.push({ ...slackPressable(option as UnknownObject), inMenu: true });
      }
    }
  });
  return found;
}

function slackPressable({ text, value, url }: UnknownObject): Pressable {
  const label = (text as { text?: string } | undefined)?.text ?? '';
  return typeof value === 'string' && url === undefined ? { label, value } : { label };
}

/** Every text of an Adaptive Card with its markdown escapes undone. */
export function teamsText(card: unknown): string {
  const parts: string[] = [];
  walkObjects((card as { body?: unknown }).body, ({ text, title, value }) => {
    for (const words of [text, title, value]) if (typeof words === 'string') parts.push(words);
  });
  return parts.join('\n').replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Buttons in sight and in the card's menu. */
export function teamsPressables(card: unknown): readonly Pressable[] {
  const found: Pressable[] = [];
  walkObjects(card, ({ type, title, data }, path) => {
    if (path.endsWith('.fallback')) return;
    const value = (data as UnknownObject | undefined)?.[teamsActionKey];
    if (type === 'Action.Execute' && typeof value === 'string') found.push({ label: String(title), value });
    if (type === 'Action.OpenUrl') found.push({ label: String(title) });
  });
  return found;
}

/** The one to press, or an error that names what there is. */
export function pressableNamed(label: string, all: readonly Pressable[]): Pressable & { value: string } {
  const found = all.find((one) => one.label === label && one.value !== undefined);
  if (found?.value === undefined) {
    throw new Error(`no button "${label}"; there are: ${all.map((one) => one.label).join(', ')}`);
  }
  return { ...found, value: found.value };
}
