import { randomUUID } from 'node:crypto';
import type { Card } from '../cards/card.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { CommandContext, CommandServices } from './commands/types.ts';
import type { Desk } from './desk.ts';
import { forWorkspace } from './for-workspace.ts';
import { errorCard } from './message-cards.ts';
import { type AskedBy, createPermissions, type Permissions } from './permissions.ts';
import type { Threads } from './threads.ts';
import type { Place, Reply } from './types.ts';
import { chosenCeiling, type WorkspaceSettings } from './workspace-settings.ts';

export interface ContextParts {
  readonly desk: Desk;
  readonly settings: WorkspaceSettings;
  /** Who may do what; absent: what the settings say, with no admins but the platform's. */
  readonly permissions?: Permissions | undefined;
  readonly threads: Threads;
  /** What places are subscribed to, and what people watch; absent: nothing is delivered from here. */
  readonly subscribing?: CommandServices | undefined;
}

/**
 * What a request runs with: the desk in its workspace's names, the asker with the role that the operator gave, and the
 * ceiling that was chosen for the place. A guest sees what is CLEAR, wherever they ask.
 */
export async function contextOf(parts: ContextParts, by: AskedBy): Promise<CommandContext> {
  const { desk, settings, threads, subscribing } = parts;
  const permissions = parts.permissions ?? createPermissions({ settings });
  const { place, person } = by;
  const chosen = await settings.of(place.workspace);
  const asker = permissions.askerOf(by);
  const ceiling = asker?.role === 'guest' ? 'clear' : chosenCeiling(place.ceiling, chosen);
  const known = { place: { ...place, ceiling }, person, ...(asker === undefined ? {} : { asker }) };
  return {
    desk: forWorkspace(desk, chosen),
    ...known,
    whole: false,
    settings,
    refusal: (deed) => permissions.check(deed, known),
    may: (deed) => permissions.may(deed, known),
    settingRefusal: (name, when = 'offered') => permissions.checkSetting(name, known, when),
    threads,
    ...subscribing,
  };
}

/** The reply, saying for which ceiling it was composed where that is not the place's own. */
export function withCeiling(reply: Reply, { place }: Pick<CommandContext, 'place'>, asked: Place): Reply {
  return place.ceiling === asked.ceiling ? reply : { ...reply, ceiling: place.ceiling };
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
