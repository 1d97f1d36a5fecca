import { answerToJson } from '../../src/briefing/answer-json.ts';
import type { Card } from '../../src/cards/card.ts';
import { cardOf, clearFor } from '../../src/cards/cleared.ts';
import type { Form, FormProblem } from '../../src/cards/form.ts';
import { renderHtml } from '../../src/cards/html/render.ts';
import { renderSlackHome } from '../../src/cards/slack/card-view.ts';
import { renderSlackForm } from '../../src/cards/slack/form.ts';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { renderForm } from '../../src/cards/teams/form.ts';
import { renderAdaptiveCard } from '../../src/cards/teams/render.ts';
import { renderText } from '../../src/cards/text/render.ts';
import type { Reply } from '../../src/chat/types.ts';
import { isAllowed, type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import { cleared } from '../helpers/cleared.ts';
import { vulnerabilityOf, yearOf } from './leak-fixtures.ts';

const levelByWord = new Map(tlpLevels.map((level) => [level.replace('+', ''), level]));
const levelByYear = new Map(tlpLevels.map((level) => [yearOf(level), level]));
const levelByFlaw = new Map(tlpLevels.map((level) => [vulnerabilityOf(level).toLowerCase(), level]));

/** Canaries in a text that are marked above a ceiling, cut ones too, but for what stands in `typed`. */
export function canariesAbove(ceiling: Tlp, text: string, typed = ''): readonly string[] {
  const seen = text.toLowerCase();
  const echo = typed.toLowerCase();
  const found = new Set<string>();
  const note = (word: string, level: Tlp | undefined): void => {
    if (level !== undefined && !isAllowed(level, ceiling) && !echo.includes(word)) found.add(word);
  };
  for (const [word, level = ''] of seen.matchAll(/zz(clear|green|amberstrict|amber|red)[a-z]*/g))
    note(word, levelByWord.get(level));
  for (const [year] of seen.matchAll(/(?<![0-9a-z-])198[1-5](?![0-9a-z])/g))
    note(year, levelByYear.get(year));
  for (const [flaw] of seen.matchAll(/cve-1999-900[1-5]/g)) note(flaw, levelByFlaw.get(flaw));
  return [...found];
}

/** Everything that a card can put before someone's eyes, in every rendering. None of them is held back by the gate. */
export function cardTexts(card: Card): string {
  return [
    renderText(cleared(card), { width: 100 }),
    renderHtml(cleared(card)),
    JSON.stringify(renderSlackMessage(cleared(card)).payload),
    JSON.stringify(renderSlackHome(cleared(card)).payload),
    JSON.stringify(renderAdaptiveCard(cleared(card)).payload),
    JSON.stringify(card),
  ].join('\n');
}

/** The same of a reply, with what programs get of its answer. */
export function replyTexts({ card, answer }: Reply): string {
  const json = answer === undefined ? '' : JSON.stringify(answerToJson({ ...answer, question: '' }, 0, ''));
  return `${cardTexts(card)}\n${json}`;
}

export function formTexts(form: Form, problems: readonly FormProblem[] = []): string {
  return JSON.stringify([form, problems, renderSlackForm(form, '', problems), renderForm(form, problems)]);
}

/** What is read on locked screens, as it goes out to a place. */
export function pushTexts(card: Card, ceiling: Tlp): string {
  const { text } = renderSlackMessage(clearFor(card, ceiling)).payload;
  const { fallbackText, speak } = renderAdaptiveCard(clearFor(card, ceiling)).payload;
  return [cardOf(clearFor(card, ceiling)).fallbackText, text, fallbackText, speak].join('\n');
}

/** What a reply tells above a ceiling, and its notification above CLEAR. */
export function leaksOf(reply: Reply, ceiling: Tlp, typed = ''): readonly string[] {
  return [...canariesAbove(ceiling, replyTexts(reply), typed), ...pushLeaks(reply.card, ceiling, typed)];
}

export function pushLeaks(card: Card, ceiling: Tlp, typed = ''): readonly string[] {
  return canariesAbove('clear', pushTexts(card, ceiling), typed).map((word) => `${word} in a notification`);
}
