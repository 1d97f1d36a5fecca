import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { runAction } from './actions.ts';
import type { CommandContext } from './commands/types.ts';
import type { Desk } from './desk.ts';
import { contextOf, guarded } from './request-context.ts';
import { runText } from './run-text.ts';
import { createThreads, type Threads } from './threads.ts';
import type { Chat, Place, Reply } from './types.ts';
import { createWorkspaceSettings, type WorkspaceSettings } from './workspace-settings.ts';

export interface ChatParts {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
  /** What workspaces chose; absent: the defaults, kept in memory. */
  readonly settings?: WorkspaceSettings;
  /** What conversations spoke of last; absent: kept in memory. */
  readonly threads?: Threads;
  /** What places are subscribed to, and what people watch; absent: nothing is delivered from here. */
  readonly subscribing?: Pick<CommandContext, 'subscriptions' | 'watchList' | 'digests'>;
  /** Makes the reference id of an error; absent: a random one. */
  readonly newReference?: () => string;
}

/** The platform-neutral bot over a desk. A button carries all that its answer needs; of a conversation only the last subject is kept. */
export function createChat(parts: ChatParts): Chat {
  const { desk, clock, log, subscribing } = parts;
  const settings = parts.settings ?? createWorkspaceSettings({ store: {}, clock, log });
  const threads = parts.threads ?? createThreads({ store: {}, clock, log });
  const context = { desk, settings, threads, subscribing };
  const answer = (place: Place, work: () => Promise<Reply>): Promise<Reply> =>
    guarded(parts, place, work, (card) => ({ card, audience: 'asker' }));
  return {
    handle: (request) =>
      answer(request.place, async () => runText(request.text, await contextOf(context, request))),
    handleAction: (request) =>
      answer(request.place, async () => {
        const { value, place } = request;
        const reply = await runAction(value, await contextOf(context, request));
        const chosen = value.verb === 'brief' ? reply.answer?.answers[0] : undefined;
        if (chosen !== undefined) await threads.remember(place, { entity: chosen.id, form: '{}' });
        return reply;
      }),
  };
}
