import type { Answer } from '../../src/briefing/types.ts';
import type { Card } from '../../src/cards/card.ts';
import { clearFor } from '../../src/cards/cleared.ts';
import { renderHtml } from '../../src/cards/html/render.ts';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { checkAdaptiveCard } from '../../src/cards/teams/check.ts';
import { renderAdaptiveCard } from '../../src/cards/teams/render.ts';
import { renderText } from '../../src/cards/text/render.ts';
import type { Reply } from '../../src/chat/types.ts';
import { isAllowed, type Tlp } from '../../src/domain/tlp.ts';
import { assertNever } from '../../src/support/assert-never.ts';
import type { Canaries } from '../e2e/leak-fixtures.ts';

/** Who reads, what was typed, and the words that show what was let through. */
export interface Audience {
  readonly ceiling: Tlp;
  /** What is typed may be shown again. */
  readonly typed: string;
  readonly canaries: Canaries;
}

/** What is wrong with a reply for its audience, in every rendering. */
export function replyProblems(reply: Reply, audience: Audience): readonly string[] {
  const ceiling = reply.ceiling ?? audience.ceiling;
  return [
    ...(reply.outcome === 'failed' ? [`it failed: ${reply.card.title}`] : []),
    // An admin chooses for rooms of the own people alone.
    ...(audience.ceiling === 'clear' && ceiling !== 'clear' ? [`its ceiling is ${ceiling}`] : []),
    ...cardProblems(reply.card, { ...audience, ceiling }),
    ...(reply.answer === undefined ? [] : answerProblems(reply.answer)),
  ];
}

/** What is wrong with a card on any platform: broken limits, markup that works, words above the ceiling. */
export function cardProblems(card: Card, { ceiling, typed, canaries }: Audience): readonly string[] {
  const clear = clearFor(card, ceiling);
  const slack = renderSlackMessage(clear).payload;
  const teams = renderAdaptiveCard(clear).payload;
  const text = renderText(clear, { width: 100 });
  const html = renderHtml(clear);
  const seen = [JSON.stringify(slack), JSON.stringify(teams), text, html].join('\n').toLowerCase();
  return [
    ...checkSlackPayload(slack).map((problem) => `Slack: ${problem}`),
    ...checkAdaptiveCard(teams).map((problem) => `Teams: ${problem}`),
    // oxlint-disable-next-line no-control-regex -- a terminal would obey them
    ...(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text)
      ? ['text: a control character']
      : []),
    ...htmlProblems(html),
    ...(/<at>|<\/at>/i.test(JSON.stringify(teams)) ? ['Teams: a mention'] : []),
    ...leaked(canaries, ceiling, typed, seen),
  ];
}

/** A tag that runs or loads something, or a link that leads elsewhere than the web. What is shown as text is none. */
function htmlProblems(html: string): readonly string[] {
  return [...html.matchAll(/<[^<>]*>/g)].flatMap(([tag]) =>
    /^<(?:script|img|iframe|object|embed|link|style|svg|form|input|at|base|meta)\b/i.test(tag) ||
    /\s(?:on[a-z]+|src|style|srcset|action)\s*=/i.test(tag) ||
    /\shref="(?!https?:|#|\/)/i.test(tag)
      ? [`HTML: ${tag.slice(0, 120)}`]
      : [],
  );
}

/** Words of markings above a ceiling that are seen though nobody typed them. */
export function leaked(canaries: Canaries, ceiling: Tlp, typed: string, seen: string): readonly string[] {
  if (!seen.includes('zz')) return [];
  const lower = typed.normalize('NFKC').toLowerCase();
  const hidden = canaries.all().filter(({ level }) => !isAllowed(level, ceiling));
  return hidden
    .filter(({ word }) => seen.includes(word) && !lower.includes(word))
    .map(({ word, level }) => `${word} is ${level}, and is shown where at most ${ceiling} may be`);
}

/** An outcome that the answers and suggestions contradict. */
export function answerProblems({ outcome, answers, suggestions }: Answer): readonly string[] {
  const counts = `${outcome} with ${answers.length} answers and ${suggestions.length} suggestions`;
  const isWrong = (): boolean => {
    switch (outcome) {
      case 'found':
        return answers.length === 0;
      case 'ambiguous':
        return answers.length < 2;
      case 'suggest':
        return answers.length > 0 || suggestions.length === 0;
      case 'not-found':
        return answers.length > 0 || suggestions.length > 0;
      case 'answer':
      case 'help':
      case 'refused':
        return false;
      default:
        return assertNever(outcome);
    }
  };
  return isWrong() ? [counts] : [];
}
