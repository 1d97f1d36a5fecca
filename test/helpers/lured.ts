import type { Card } from '../../src/cards/card.ts';
import { renderHtml } from '../../src/cards/html/render.ts';
import { walkObjects } from '../../src/cards/shape.ts';
import { renderSlackCardView, renderSlackHome } from '../../src/cards/slack/card-view.ts';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { renderAdaptiveCard } from '../../src/cards/teams/render.ts';
import { renderText } from '../../src/cards/text/render.ts';
import { cleared } from './cleared.ts';

/**
 * What hostile words became on a platform, found in the payloads alone: whom they address, where they lead, what they
 * load, and what in them is not seen. Knows nothing of how renderers escape.
 */

/** Cursor movements, reading directions, and what stands between letters unseen. */
const unseen =
  // oxlint-disable-next-line no-control-regex -- those are looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;

/** What comes back from a platform as it went, and is shown to nobody. */
const ours = new Set([
  'action_id',
  'block_id',
  'callback_id',
  'private_metadata',
  'data',
  'initial_value',
  'value',
  'id',
  '$schema',
  'type',
]);

/** @param hosts to which the card itself links */
export function luredBy(card: Card, hosts: ReadonlySet<string>): readonly string[] {
  const clear = cleared(card);
  const slack = [
    renderSlackMessage(clear).payload,
    renderSlackCardView(clear, 'threatbrief', '{}').payload,
    renderSlackHome(clear).payload,
  ];
  const teams = (['message', 'dialog', 'link'] as const).map(
    (place) => renderAdaptiveCard(clear, { place }).payload,
  );
  return [
    ...slack.flatMap((payload) => luredSlack(payload, hosts)),
    ...teams.flatMap((payload) => luredTeams(payload, hosts)),
    ...luredHtml(renderHtml(clear), hosts),
    ...luredText(renderText(clear, { width: 120 }), hosts),
  ];
}

/** A message, a modal or a home tab. */
export function luredSlack(payload: unknown, hosts: ReadonlySet<string>): readonly string[] {
  const problems: string[] = [];
  const say = (problem: string): void => void problems.push(`Slack: ${problem}`);
  walkObjects(payload, (object, path) => {
    const { type, url, emoji } = object;
    if (typeof url === 'string' && !isTo(url, hosts)) say(`${path} leads to ${url}`);
    if (/^(?:user|usergroup|channel|broadcast|image|emoji)$/.test(String(type)))
      say(`${path} is a ${String(type)}`);
    if (emoji === true) say(`${path} turns words into emoji`);
    for (const [key, words] of shownStrings(object)) {
      // A notification's text is mrkdwn too.
      const isMarkup = type === 'mrkdwn' || (key === 'text' && path === '');
      const bare = isMarkup ? withoutSlackMarkup(words, hosts, say) : words;
      lookAt(bare, `${path}.${key}`, say);
    }
  });
  return problems;
}

/** Takes dates and links out; tells of links that lead elsewhere and of all else in angle brackets. */
function withoutSlackMarkup(
  words: string,
  hosts: ReadonlySet<string>,
  say: (problem: string) => void,
): string {
  return words.replace(/<([^<>]*)>/g, (_, inside: string) => {
    const [target = '', label = ''] = inside.split('|');
    if (target.startsWith('!date^')) return label;
    if (!isTo(target, hosts)) say(`<${inside}>`);
    return label;
  });
}

/** An Adaptive Card. */
export function luredTeams(payload: unknown, hosts: ReadonlySet<string>): readonly string[] {
  const problems: string[] = [];
  const say = (problem: string): void => void problems.push(`Teams: ${problem}`);
  walkObjects(payload, (object, path) => {
    // What a button sends back.
    if (/\.data\b/.test(path)) return;
    const { type, url } = object;
    if (typeof url === 'string' && !isTo(url, hosts)) say(`${path} leads to ${url}`);
    if (/^(?:Image|ImageSet|Media)$/.test(String(type))) say(`${path} loads`);
    if (object['entities'] !== undefined) say(`${path} mentions`);
    for (const [key, words] of shownStrings(object)) {
      const isMarkdown = (type === 'TextBlock' && key === 'text') || path.includes('facts[');
      const bare = isMarkdown ? withoutMarkdown(words, hosts, say) : words;
      if (/<\/?[a-z]/i.test(bare)) say(`${path}.${key} holds a tag: ${bare.slice(0, 60)}`);
      lookAt(bare, `${path}.${key}`, say);
    }
  });
  return problems;
}

/** Takes links out and undoes escapes; tells of images and of links that lead elsewhere. */
function withoutMarkdown(words: string, hosts: ReadonlySet<string>, say: (problem: string) => void): string {
  const held = words.replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) =>
    String.fromCodePoint(0xe000 + mark.charCodeAt(0)),
  );
  const bare = held.replace(
    /(!?)\[([^[\]]*)\]\(([^()]*)\)/g,
    (_, image: string, label: string, target: string) => {
      if (image !== '') say(`an image of ${target}`);
      if (!isTo(target, hosts)) say(`a link to ${target}`);
      return label;
    },
  );
  if (/[<`[\]]/.test(bare)) say(`markup in ${bare.slice(0, 60)}`);
  // What was escaped is shown as it is, a tag too; only what is no markdown is looked at for tags.
  return bare.replace(/[\ue021-\ue07e]/g, (mark) => {
    const shown = String.fromCodePoint((mark.codePointAt(0) ?? 0) - 0xe000);
    return shown === '<' ? '‹' : shown;
  });
}

const tags =
  /^<\/?(?:article|header|footer|section|h[2-4]|p|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|strong|em|code|a|time|small|sup|div|span|details|summary|br)(?:\s[a-z-]+="[^"<>]*")*\s*\/?>$/;

/** A fragment of HTML: known tags and nothing that runs, loads or leads elsewhere. */
export function luredHtml(html: string, hosts: ReadonlySet<string>): readonly string[] {
  const problems: string[] = [];
  const say = (problem: string): void => void problems.push(`HTML: ${problem}`);
  const bare = html.replace(/<[^<>]*>/g, (tag) => {
    if (!tags.test(tag) || /\s(?:on[a-z]*|style|src|srcset)=/i.test(tag)) say(tag.slice(0, 80));
    const [, target] = /\shref="([^"]*)"/.exec(tag) ?? [];
    if (target !== undefined && !isTo(target.replaceAll('&amp;', '&'), hosts)) say(`a link to ${target}`);
    return ' ';
  });
  if (/[<>]/.test(bare)) say('a bracket that is not escaped');
  lookAt(bare, 'text', say);
  return problems;
}

/** What a terminal gets: the addresses of sources are written out. */
export function luredText(text: string, hosts: ReadonlySet<string>): readonly string[] {
  const problems: string[] = [];
  const say = (problem: string): void => void problems.push(`text: ${problem}`);
  lookAt(
    text.replace(/https?:\/\/[^\s)>\]]+/g, (url) => {
      if (!isTo(url, hosts)) say(`leads to ${url}`);
      return '';
    }),
    'text',
    say,
  );
  return problems;
}

function shownStrings(object: object): readonly (readonly [string, string])[] {
  return Object.entries(object).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' &&
      (!ours.has(entry[0]) || (entry[0] === 'value' && !('type' in object))) &&
      entry[0] !== 'url',
  );
}

/** Words that a platform would make something of by itself. */
function lookAt(words: string, where: string, say: (problem: string) => void): void {
  if (/\b(?:https?|ftp):\/\/|\bwww\.\w/i.test(words)) say(`${where} holds an address: ${words.slice(0, 80)}`);
  if (unseen.test(words)) say(`${where} holds what is not seen: ${JSON.stringify(words.slice(0, 80))}`);
}

function isTo(url: string, hosts: ReadonlySet<string>): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url) && hosts.has(new URL(url).hostname);
}
