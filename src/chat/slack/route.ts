import type { App, Context } from '@slack/bolt';
import { AuthorizationError } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { answerClick } from './answer-click.ts';
import { answerCommand, answerMessage } from './answer-question.ts';
import type { SlackLookups } from './audience.ts';
import { describeError } from './bolt-log.ts';
import type { AnswerParts, Workspace } from './compose.ts';
import { newReference } from './compose.ts';
import { failedNotice, notInstalledNotice } from './notices.ts';
import {
  parseAskedMessage,
  parseChangedChannel,
  parseClick,
  parseResponseUrl,
  parseSlashCommand,
} from './parse.ts';
import { toAsker } from './reply.ts';
import { readersChangedEvents } from './surface.ts';

export interface RouteParts extends AnswerParts {
  /** Look-ups with a workspace's token. */
  readonly lookupsFor: (botToken: string) => SlackLookups;
}

/** What Bolt's extended error handler gets; Bolt does not export the type. */
type ErrorArguments = Parameters<Parameters<App['error']>[0]>[0];

/** Ties what Bolt received to the answers: slash commands, mentions, direct messages, presses, and failures. */
export function registerRoutes(app: App, parts: RouteParts): void {
  const { log, audiences } = parts;

  app.command(/.*/, async ({ ack, body, client, context }) => {
    await ack();
    const command = parseSlashCommand(body);
    if (command === undefined) log.warn({}, 'Slack command of an unknown form');
    else await answerCommand(parts, workspaceOf(context, client, parts), command);
  });

  const answerEvent = async (body: unknown, context: Context, client: WebClient): Promise<void> => {
    const asked = parseAskedMessage(body, context.botUserId);
    if (asked !== undefined) await answerMessage(parts, workspaceOf(context, client, parts), asked);
  };
  app.event('app_mention', ({ body, client, context }) => answerEvent(body, context, client));
  app.event('message', ({ body, client, context }) => answerEvent(body, context, client));

  for (const name of readersChangedEvents) {
    app.event(name, async ({ body }) => {
      const channelId = parseChangedChannel(body);
      if (channelId !== undefined) audiences.forget(channelId);
    });
  }

  app.action(/.*/, async ({ ack, body, client, context }) => {
    await ack();
    const click = parseClick(body);
    if (click === undefined) log.warn({}, 'Slack action of an unknown form');
    else await answerClick(parts, workspaceOf(context, client, parts), click);
  });

  app.error(({ error, body }: ErrorArguments) => answerFailure(parts, error, body));
}

/** What failed before or outside an answer; without this, Slack shows the person nothing at all. */
async function answerFailure({ log, sender }: AnswerParts, error: Error, body: unknown): Promise<void> {
  const responseUrl = parseResponseUrl(body);
  if (error instanceof AuthorizationError) {
    log.warn({ error: describeError(error) }, 'Slack request from a workspace without an installation');
    if (responseUrl !== undefined) await sender.respond(responseUrl, toAsker(notInstalledNotice()));
    return;
  }
  const reference = newReference();
  log.error({ reference, error: describeError(error) }, 'Slack request failed');
  if (responseUrl !== undefined) await sender.respond(responseUrl, toAsker(failedNotice(reference)));
}

function workspaceOf(context: Context, client: WebClient, { lookupsFor }: RouteParts): Workspace {
  return {
    client,
    lookups: lookupsFor(context.botToken ?? ''),
    teamId: context.teamId ?? '',
    // Our installation decides, and not what a payload says of itself.
    isOrganisation: context['isOrganisation'] === true,
    ...(context.botUserId === undefined ? {} : { botUserId: context.botUserId }),
  };
}
