import { cleanLine } from '../../cards/clean-text.ts';
import { defangAll } from '../../cards/defang-text.ts';
import { clipString } from '../../cards/measure.ts';
import { breakTokens } from '../../cards/slack/text.ts';

/**
 * What a person typed, out of Slack's wire form: `<http://x.com|x.com>` is `x.com` again, `<@U1|ann>` is `@U1`,
 * entities are decoded, and the quotes, dashes and spaces that editors put in are the plain ones. Mentions of
 * `botUserId` are dropped, wherever they stand.
 *
 * @example
 * unwrapSlackText('<@UBOT> who uses <http://evil.example|evil.example> &amp; “Remexi”?', 'UBOT')
 * // 'who uses evil.example & "Remexi"?'
 */
export function unwrapSlackText(text: string, botUserId?: string): string {
  return decodeEntities(text.replace(wireToken, (_token, inside: string) => unwrapToken(inside, botUserId)))
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g, '"')
    .replace(/[\u2018\u2019\u201a\u201b\u2032]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00a0\u2007\u202f\u3000]/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

/** What Slack itself puts between angle brackets; a person's own are entities on the wire, or no token. */
const wireToken = /<([@#!][^<>]+|[a-z][a-z0-9+.-]*:[^<>]+)>/gi;

function unwrapToken(inside: string, botUserId: string | undefined): string {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? '' : inside.slice(bar + 1);
  // Several people may have one name: commands that are about a person take the id.
  if (target.startsWith('@')) return target.slice(1) === botUserId ? ' ' : target;
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!')) return label || `@${target.slice(1)}`;
  return label || target.replace(/^(?:mailto|tel):/, '');
}

/** `&amp;` last, so that `&amp;lt;` is the text `&lt;`. */
function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A question as the title of its conversation: one short line, in which nothing can be pressed. */
export function titleOfQuestion(question: string): string {
  const line = cleanLine(question.slice(0, maxReadChars)).trim();
  return clipString(breakTokens(defangAll(line)), maxTitleChars);
}

const maxTitleChars = 80;
const maxReadChars = 400;
