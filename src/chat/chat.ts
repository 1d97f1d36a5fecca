import { randomUUID } from 'node:crypto';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { runAction } from './actions.ts';
import type { CommandContext } from './commands/types.ts';
import type { Desk } from './desk.ts';
import { forWorkspace } from './for-workspace.ts';
import { errorCard } from './message-cards.ts';
import { runText } from './run-text.ts';
import { createThreads, type Threads } from './threads.ts';
import type { Chat, ChatRequest, Place, Reply } from './types.ts';
import { chosenCeiling, createWorkspaceSettings, type WorkspaceSettings } from './workspace-settings.ts';

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

type Asked = Pick<ChatRequest, 'place' | 'person' | 'asker'>;

/** The platform-neutral bot over a desk. A button carries all that its answer needs; of a conversation only the last subject is kept. */
export function createChat(parts: ChatParts): Chat {
  const { desk, clock, log, newReference = shortReference } = parts;
  const settings = parts.settings ?? createWorkspaceSettings({ store: {}, clock, log });
  const threads = parts.threads ?? createThreads({ store: {}, clock, log });
  async function contextOf({ place, person, asker }: Asked): Promise<CommandContext> {
    const chosen = await settings.of(place.workspace);
    return {
      desk: forWorkspace(desk, chosen),
      place: { ...place, ceiling: chosenCeiling(place.ceiling, chosen) },
      whole: false,
      person,
      ...(asker === undefined ? {} : { asker }),
      settings,
      threads,
      ...parts.subscribing,
    };
  }
  async function guarded(place: Place, work: () => Promise<Reply>): Promise<Reply> {
    try {
      return await work();
    } catch (error) {
      const reference = newReference();
      log.error({ reference, platform: place.platform, ...describe(error) }, 'request failed');
      return { card: errorCard(sentenceFor(error), reference, clock.now()), audience: 'asker' };
    }
  }
  return {
    handle: (request) => guarded(request.place, async () => runText(request.text, await contextOf(request))),
    handleAction: ({ value, place, ...asked }) =>
      guarded(place, async () => {
        const reply = await runAction(value, await contextOf({ place, ...asked }));
        const chosen = value.verb === 'brief' ? reply.answer?.answers[0] : undefined;
        if (chosen !== undefined) await threads.remember(place, { entity: chosen.id, form: '{}' });
        return reply;
      }),
  };
}

function shortReference(): string {
  return randomUUID().slice(0, 8);
}

function sentenceFor(error: unknown): string {
  return error instanceof AppError && error.exitCode === 3
    ? 'The data cannot be reached right now. Try again in a minute.'
    : 'Something went wrong here, not with your question. Try again in a minute.';
}

function describe(error: unknown): {
  readonly error: string;
  readonly code: string | undefined;
  readonly stack: string | undefined;
} {
  if (!(error instanceof Error)) return { error: String(error), code: undefined, stack: undefined };
  return {
    error: error.message,
    code: error instanceof AppError ? error.code : undefined,
    stack: error.stack,
  };
}
