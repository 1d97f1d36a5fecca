import { checkSlackPayload } from '../../../src/cards/slack/check.ts';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import type { Chat } from '../../../src/chat/types.ts';
import type { PlaygroundSettings } from '../../../src/playground/api.ts';
import type { RenderedReply, SuggestResponse } from '../../../src/playground/wire.ts';
import { createApp } from '../../../src/server/app.ts';
import { silentLog } from '../../../src/support/log.ts';
import { createMetrics } from '../../../src/support/metrics.ts';
import type { ConversationDriver } from '../../contracts/chat-conversation-contract.ts';
import type { Shown } from '../../contracts/chat-platform-contract.ts';
import { type Pressable, pressableNamed, teamsPressables, teamsText } from './shown.ts';

const session = 'contract';

/** The playground's API behind the server's app; what it shows is the Teams view, and all its views must be sound. */
export async function openPlayground(
  chat: Chat,
  { suggest = async () => [] }: { readonly suggest?: PlaygroundSettings['suggest'] } = {},
): Promise<ConversationDriver> {
  const app = createApp({
    chat,
    ready: async () => ({ ready: true, parts: {} }),
    metrics: createMetrics(),
    clock: { now: () => new Date('2026-01-20T03:00:00Z') },
    log: silentLog,
    playground: {
      ceiling: 'clear',
      examples: [],
      suggest,
      asset: async () => undefined,
    },
  });
  let shown: readonly Pressable[] = [];

  async function send(path: string, body: object): Promise<Shown> {
    const response = await app.request(`/playground/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...body, session }),
    });
    if (response.status !== 200)
      throw new Error(`answered with ${response.status}: ${await response.text()}`);
    const reply = (await response.json()) as RenderedReply;
    const problems = [...checkSlackPayload(reply.slack.payload), ...checkAdaptiveCard(reply.teams.payload)];
    if (problems.length > 0) throw new Error(problems.join('\n'));
    shown = teamsPressables(reply.teams.payload);
    return {
      text: teamsText(reply.teams.payload),
      buttons: shown.map(({ label }) => label),
      audience: reply.audience,
    };
  }

  const say = (question: string): Promise<Shown> => send('ask', { question });

  return {
    role: 'operator',
    say,
    talk: say,
    type: async (text) => {
      const response = await app.request(`/playground/api/suggest?q=${encodeURIComponent(text)}`);
      const { suggestions } = (await response.json()) as SuggestResponse;
      return suggestions.map((one) => `${one.text} · ${one.hint}`);
    },
    // The page has no tab of its own for it.
    home: async () => `${(await say('list')).text}\n${(await say('sources')).text}`,
    press: async (label) => send('action', { value: pressableNamed(label, shown).value }),
    close: async () => {},
  };
}
