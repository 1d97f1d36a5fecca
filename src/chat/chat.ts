import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { runAction } from './actions.ts';
import type { CommandContext, CommandServices } from './commands/types.ts';
import type { Desk } from './desk.ts';
import type { AskedBy, Permissions } from './permissions.ts';
import { contextOf, guarded, withCeiling } from './request-context.ts';
import { runText } from './run-text.ts';
import { createThreads, type Threads } from './threads.ts';
import type { Chat, Reply } from './types.ts';
import { createWorkspaceSettings, type WorkspaceSettings } from './workspace-settings.ts';

export interface ChatParts {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
  /** What workspaces chose; absent: the defaults, kept in memory. */
  readonly settings?: WorkspaceSettings;
  /** Who may do what; absent: what the settings say, with no admins but the platform's. */
  readonly permissions?: Permissions;
  /** What conversations spoke of last; absent: kept in memory. */
  readonly threads?: Threads;
  /** What places are subscribed to, and what people watch; absent: nothing is delivered from here. */
  readonly subscribing?: CommandServices;
  /** Makes the reference id of an error; absent: a random one. */
  readonly newReference?: () => string;
}

/** The platform-neutral bot over a desk. A button carries all that its answer needs; of a conversation only the last subject is kept. */
export function createChat(parts: ChatParts): Chat {
  const { desk, clock, log, subscribing } = parts;
  const settings = parts.settings ?? createWorkspaceSettings({ store: {}, clock, log });
  const threads = parts.threads ?? createThreads({ store: {}, clock, log });
  const shared = { desk, settings, permissions: parts.permissions, threads, subscribing };
  const answer = (by: AskedBy, work: (context: CommandContext) => Promise<Reply>): Promise<Reply> => {
    const answered = async (): Promise<Reply> => {
      const context = await contextOf(shared, by);
      return withCeiling(await work(context), context, by.place);
    };
    return guarded(parts, by.place, answered, (card) => ({ card, audience: 'asker', outcome: 'failed' }));
  };
  return {
    handle: (request) => answer(request, (context) => runText(request.text, context)),
    handleAction: (request) =>
      answer(request, async (context) => {
        const { value, place } = request;
        const reply = await runAction(value, context);
        const chosen = value.verb === 'brief' ? reply.answer?.answers[0] : undefined;
        if (chosen !== undefined) await threads.remember(place, { entity: chosen.id, form: '{}' });
        return reply;
      }),
  };
}
