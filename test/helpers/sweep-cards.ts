import { createRequire } from 'node:module';
import { answerEntity } from '../../src/briefing/answer.ts';
import type { AnswerContext } from '../../src/briefing/context.ts';
import type { Card } from '../../src/cards/card.ts';
import { cleanLine } from '../../src/cards/clean-text.ts';
import { defangAll } from '../../src/cards/defang-text.ts';
import type { Form, FormOption, FormProblem } from '../../src/cards/form.ts';
import { renderHtml } from '../../src/cards/html/render.ts';
import { renderSlackCardView, renderSlackHome } from '../../src/cards/slack/card-view.ts';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { renderSlackForm, slackErrors, slackOptions } from '../../src/cards/slack/form.ts';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { checkAdaptiveCard } from '../../src/cards/teams/check.ts';
import { renderForm } from '../../src/cards/teams/form.ts';
import { type CardLook, renderAdaptiveCard } from '../../src/cards/teams/render.ts';
import { renderText } from '../../src/cards/text/render.ts';
import type { Entity } from '../../src/knowledge/types.ts';
import { cleared } from './cleared.ts';
import { slackText, teamsText } from './platforms/shown.ts';

interface Parser {
  AdaptiveCard: new () => { parse(json: unknown, context: unknown): void };
  SerializationContext: new () => { eventCount: number; getEventAt(index: number): { message: string } };
}
const { AdaptiveCard, SerializationContext }: Parser = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
);

/** What the reference parser of Adaptive Cards finds wrong. */
function parserProblems(payload: unknown): readonly string[] {
  const context = new SerializationContext();
  new AdaptiveCard().parse(payload, context);
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
}

/** What is wrong with a card on any platform; empty when every rendering is sound and tells what it left out. */
export function problemsOf(card: Card): readonly string[] {
  const slack = renderSlackMessage(cleared(card));
  const teams = renderAdaptiveCard(cleared(card));
  const text = renderText(cleared(card), { width: 100 });
  const html = renderHtml(cleared(card));
  const untold = (platform: string, dropped: readonly string[], shown: string): readonly string[] =>
    dropped.filter((label) => !shown.includes(label)).map((label) => `${platform} does not tell “${label}”`);
  return [
    ...checkSlackPayload(slack.payload).map((problem) => `Slack: ${problem}`),
    ...checkAdaptiveCard(teams.payload).map((problem) => `Teams: ${problem}`),
    ...parserProblems(teams.payload).map((problem) => `adaptivecards: ${problem}`),
    ...untold('Slack', slack.dropped, slackText(slack.payload.blocks)),
    ...untold('Teams', teams.dropped, teamsText(teams.payload)),
    ...(titlesOf(card).some((title) => words(text).includes(words(title))) ? [] : ['text: no title']),
    // oxlint-disable-next-line no-control-regex -- a terminal would obey them
    ...(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text)
      ? ['text: a control character']
      : []),
    ...(tagsOf(html).some((tag) => running.test(tag)) ? ['HTML: something that runs or loads'] : []),
  ];
}

/** The same in all the other shapes in which platforms show a card: modal, home tab, short, dialog. */
export function problemsInViews(card: Card): readonly string[] {
  const value = { verb: 'ask', question: 'x' } as const;
  const looks: readonly CardLook[] = [
    { isShort: true },
    { isShort: true, privately: value },
    { place: 'dialog' },
  ];
  return [
    ...checkSlackPayload(renderSlackCardView(cleared(card), 'threatbrief', '{}').payload),
    ...checkSlackPayload(renderSlackHome(cleared(card)).payload),
    ...looks.flatMap((look) => soundCard(renderAdaptiveCard(cleared(card), look).payload)),
  ];
}

/** What is wrong with a card as the preview of a link. */
export function problemsOfLink(card: Card): readonly string[] {
  const { payload } = renderAdaptiveCard(cleared(card), { place: 'link', isShort: true });
  return [
    ...checkSlackPayload(renderSlackMessage(cleared(card)).payload),
    ...checkAdaptiveCard(payload, '1.3'),
    ...parserProblems(payload),
  ];
}

/** What is wrong with a form as a modal or as a dialog. */
export function problemsOfForm(form: Form, told: readonly FormProblem[] = []): readonly string[] {
  return [
    ...checkSlackPayload(renderSlackForm(form, '{}', told)),
    ...Object.values(slackErrors(told)).flatMap((text) => (text.length > 2_000 ? ['an error too long'] : [])),
    ...soundCard(renderForm(form, told).card),
  ].map((problem) => `${form.id}: ${problem}`);
}

/** What is wrong with what a search field offers. */
export function problemsOfOptions(options: readonly FormOption[]): readonly string[] {
  const offered = slackOptions(options).options;
  const values = new Set(options.map(({ value }) => value));
  return [
    ...(offered.length === options.length ? [] : ['some are offered twice, or are too many or too long']),
    ...(values.size === options.length ? [] : ['a value is there twice']),
    ...offered.flatMap(({ text, value }) =>
      text.text.trim() !== '' && text.text.length <= 75 && value !== '' && value.length <= 75
        ? []
        : [`“${value}” is empty or too long`],
    ),
  ];
}

function soundCard(payload: unknown): readonly string[] {
  return [...checkAdaptiveCard(payload), ...parserProblems(payload)];
}

/** A tag that runs or loads something; what is shown as text is none. */
const running = /^<(?:script|img|iframe|object|link|style)\b|\son[a-z]+=|javascript:/i;

function tagsOf(html: string): readonly string[] {
  return html.match(/<[^<>]*>/g) ?? [];
}

/** The title as it is, and as it is shown: defanged, control characters marked. */
function titlesOf({ title }: Card): readonly string[] {
  const clean = cleanLine(title);
  return [title, defangAll(title), clean, defangAll(clean)];
}

/** Without the line ends that a narrow terminal asks for. */
function words(text: string): string {
  return text.replace(/\s+/g, '');
}

/** What is wrong with the cards of entities; empty when each is sound on every platform. */
export async function sweep(entities: readonly Entity[], context: AnswerContext): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { id, name } of entities) {
    const answer = await answerEntity(id, 'overview', context);
    if (answer === undefined) problems.push(`${name} (${id}): no answer`);
    else problems.push(...problemsOf(answer.card).map((problem) => `${name} (${id}): ${problem}`));
  }
  return problems;
}

/** Counts by type, for the reader of the test's output. */
export function tellCounts(entities: readonly Entity[]): void {
  const byType = Object.entries(Object.groupBy(entities, ({ type }) => type));
  const counts = byType.map(([type, list]) => `${list?.length ?? 0} ${type}`).join(', ');
  process.stdout.write(`swept on Slack, Teams, text and HTML: ${counts}\n`);
}
