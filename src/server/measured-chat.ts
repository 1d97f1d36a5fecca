import type { Chat, Reply } from '../chat/types.ts';
import { latencyBounds, type Metrics } from '../support/metrics.ts';

/** The same chat, with each question counted by platform and outcome, and timed. */
export function measuredChat(chat: Chat, metrics: Metrics, nowMs: () => number): Chat {
  const lookups = metrics.counter(
    'threatbrief_lookups_total',
    'Questions answered, by platform and outcome.',
  );
  const seconds = metrics.histogram(
    'threatbrief_lookup_seconds',
    'Time from a question to its card.',
    latencyBounds,
  );

  async function measured(platform: string, work: () => Promise<Reply>): Promise<Reply> {
    const start = nowMs();
    const reply = await work();
    seconds.observe((nowMs() - start) / 1_000, { platform });
    lookups.increment({ platform, outcome: reply.answer?.outcome ?? 'other' });
    return reply;
  }

  return {
    handle: (request) => measured(request.place.platform, () => chat.handle(request)),
    handleAction: (request) => measured(request.place.platform, () => chat.handleAction(request)),
  };
}
