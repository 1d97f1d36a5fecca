import { checkSlackPayload } from '../../../src/cards/slack/check.ts';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import type { Chat } from '../../../src/chat/types.ts';
import type { RenderedReply } from '../../../src/playground/wire.ts';
import { createApp } from '../../../src/server/app.ts';
import { silentLog } from '../../../src/support/log.ts';
import { createMetrics } from '../../../src/support/metrics.ts';
import type { PlatformDriver, Shown } from '../../contracts/chat-platform-contract.ts';
import { type Pressable, pressableNamed, teamsPressables, teamsText } from './shown.ts';

const session = 'contract';

/** The playground's API behind the server's app; what it shows is the Teams view, and all its views must be sound. */
export async function openPlayground(chat: Chat): Promise<PlatformDriver> {
  const app = createApp({
    chat,
    ready: async () => ({ ready: true, parts: {} }),
    metrics: createMetrics(),
    clock: { now: () => new Date('2026-01-20T03:00:00Z') },
    log: silentLog,
    playground: {
      ceiling: 'clear',
      examples: [],
      suggest: async () => [],
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

  return {
    say: (question) => send('ask', { question }),
    press: async (label) => send('action', { value: pressableNamed(label, shown).value }),
    close: async () => {},
  };
}
