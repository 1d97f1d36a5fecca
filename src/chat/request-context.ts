import { randomUUID } from 'node:crypto';
import type { Card } from '../cards/card.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { CommandContext } from './commands/types.ts';
import type { Desk } from './desk.ts';
import { forWorkspace } from './for-workspace.ts';
import { errorCard } from './message-cards.ts';
import type { Threads } from './threads.ts';
import type { ChatRequest, Place } from './types.ts';
import { chosenCeiling, type WorkspaceSettings } from './workspace-settings.ts';

export interface ContextParts {
  readonly desk: Desk;
  readonly settings: WorkspaceSettings;
  readonly threads: Threads;
  /** What places are subscribed to, and what people watch; absent: nothing is delivered from here. */
  readonly subscribing?: Pick<CommandContext, 'subscriptions' | 'watchList' | 'digests'> | undefined;
}

/** What a request runs with: the desk in its workspace's names, and the place with the ceiling that was chosen for it. */
export async function contextOf(
  { desk, settings, threads, subscribing }: ContextParts,
  { place, person, asker }: Pick<ChatRequest, 'place' | 'person' | 'asker'>,
): Promise<CommandContext> {
  const chosen = await settings.of(place.workspace);
  return {
    desk: forWorkspace(desk, chosen),
    place: { ...place, ceiling: chosenCeiling(place.ceiling, chosen) },
    whole: false,
    person,
    ...(asker === undefined ? {} : { asker }),
    settings,
    threads,
    ...subscribing,
  };
}

export interface GuardParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Makes the reference id of an error; absent: a random one. */
  readonly newReference?: (() => string) | undefined;
}

/** Runs work that must not reject: what fails is logged under a reference, which stands on the card that is told instead. */
export async function guarded<Result>(
  { clock, log, newReference = shortReference }: GuardParts,
  { platform }: Pick<Place, 'platform'>,
  work: () => Promise<Result>,
  failed: (card: Card) => Result,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const reference = newReference();
    log.error({ reference, platform, ...describe(error) }, 'request failed');
    return failed(errorCard(sentenceFor(error), reference, clock.now()));
  }
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
