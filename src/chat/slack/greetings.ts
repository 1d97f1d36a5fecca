import { askAction } from '../../briefing/entity-actions.ts';
import type { Card } from '../../cards/card.ts';
import { clearFor } from '../../cards/cleared.ts';
import { formAction } from '../../cards/form.ts';
import { renderSlackMessage } from '../../cards/slack/render.ts';
import type { SlackMessage } from '../../cards/slack/types.ts';
import { messageCard } from '../message-cards.ts';
import { slackCommand } from './surface.ts';

/** The first words in the pane beside Slack. */
export function assistantGreeting(now: Date): SlackMessage {
  return greeting(
    'Ask me about threat actors',
    [
      'Type a name, an id or a question in a sentence: actors, software, techniques, vulnerabilities, indicators. Every fact names its source.',
      'A next question may point back to the last one: “and its tools?”',
    ],
    [askAction('Help', 'help')],
    now,
  );
}

/** To the one who invited the bot to a channel. */
export function channelGreeting(now: Date): SlackMessage {
  const { command } = slackCommand;
  return greeting(
    'Thanks for the invitation',
    [
      `I brief on threat actors, with a source for every fact. Mention me with a question, and I answer in its thread; with “${command} APT39” only you see the answer.`,
      `“${command} subscribe weekdays at 8” brings this channel a digest of what is new. I write nothing here unless somebody asks or subscribes.`,
    ],
    [askAction('APT39', 'APT39'), formAction('Subscribe…', 'subscribe'), askAction('Help', 'help')],
    now,
  );
}

function greeting(
  title: string,
  texts: readonly string[],
  actions: Card['actions'],
  now: Date,
): SlackMessage {
  const paragraphs = texts.map((text) => [{ text }]);
  const card = messageCard(title, [{ type: 'text', id: 'greeting', rank: 0, paragraphs }], now);
  return renderSlackMessage(
    clearFor({ ...card, actions, fallbackText: `${title}. ${texts[0] ?? ''}` }, 'clear'),
  ).payload;
}
