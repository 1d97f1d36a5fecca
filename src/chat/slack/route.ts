import type { App, Context } from '@slack/bolt';
import { AuthorizationError } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { answerClick } from './answer-click.ts';
import { answerCommand, answerMessage } from './answer-question.ts';
import { createAssistant } from './assistant.ts';
import type { SlackLookups } from './audience.ts';
import { describeError } from './bolt-log.ts';
import type { AnswerParts, Workspace } from './compose.ts';
import { newReference } from './compose.ts';
import { answerEdit, removeAnswer } from './edited.ts';
import { NotInstalledError } from './installations.ts';
import { failedNotice, notInstalledNotice } from './notices.ts';
import { parseAskedMessage, parseClick, parseResponseUrl, parseSlashCommand } from './parse.ts';
import { parseChangedMessage } from './parse-changes.ts';
import { parseLinkShared, parsePlaceChange } from './parse-places.ts';
import { followPlace, type PlaceChangeParts } from './place-change.ts';
import { toAsker } from './reply.ts';
import { linkEvents, placeEvents, readersChangedEvents } from './surface.ts';
import { type UnfurlParts, unfurlLinks } from './unfurl.ts';
import {
  followHome,
  openFormOfClick,
  openFormOfCommand,
  registerViews,
  takeViewPress,
  type ViewRouteParts,
  viewParts,
} from './views.ts';

export interface RouteParts extends UnfurlParts, PlaceChangeParts, Pick<ViewRouteParts, 'fetch' | 'apiUrl'> {
  /** Look-ups with a workspace's token. */
  readonly lookupsFor: (botToken: string, organisationId: string | undefined) => SlackLookups;
}

/** What Bolt's extended error handler gets; Bolt does not export the type. */
type ErrorArguments = Parameters<Parameters<App['error']>[0]>[0];

/**
 * Ties what Bolt received to the answers: slash commands, the pane, mentions, direct messages and what becomes of them, links,
 * channels, presses, and failures.
 */
export function registerRoutes(app: App, parts: RouteParts): void {
  const { log } = parts;
  const views = viewParts(parts);

  app.command(/.*/, async ({ ack, body, client, context }) => {
    await ack();
    const command = parseSlashCommand(body);
    if (command === undefined) return log.warn({}, 'Slack command of an unknown form');
    const workspace = workspaceOf(context, client, parts);
    if (views !== undefined && (await openFormOfCommand(views, workspace, command))) return;
    await answerCommand(parts, workspace, command);
    if (views !== undefined) await followHome(views, workspace, command);
  });

  app.assistant(
    createAssistant(
      parts,
      (context, client) => workspaceOf(context, client, parts),
      async (workspace, asked) => (views === undefined ? undefined : followHome(views, workspace, asked)),
    ),
  );
  registerMessages(app, parts);
  registerPlaces(app, parts);
  if (views !== undefined)
    registerViews(app, views, (context, client) => workspaceOf(context, client, parts));

  app.action(/.*/, async ({ ack, body, client, context }) => {
    await ack();
    const workspace = workspaceOf(context, client, parts);
    if (views !== undefined && (await takeViewPress(views, workspace, body))) return;
    const click = parseClick(body);
    if (click === undefined) return log.warn({}, 'Slack action of an unknown form');
    if (views !== undefined && (await openFormOfClick(views, workspace, click))) return;
    const isAnswered = await answerClick(parts, workspace, click);
    if (views !== undefined && isAnswered) await followHome(views, workspace, click);
  });

  app.error(({ error, body }: ErrorArguments) => answerFailure(parts, error, body));
}

function registerMessages(app: App, parts: RouteParts): void {
  const views = viewParts(parts);
  const answerEvent = async (body: unknown, context: Context, client: WebClient): Promise<void> => {
    const asked = parseAskedMessage(body, context.botUserId);
    if (asked !== undefined) {
      const workspace = workspaceOf(context, client, parts);
      await answerMessage(parts, workspace, asked);
      return views === undefined ? undefined : followHome(views, workspace, asked);
    }
    const changed = parseChangedMessage(body, context.botUserId);
    if (changed === undefined) return;
    const workspace = workspaceOf(context, client, parts);
    if (changed.kind === 'edited') await answerEdit(parts, workspace, changed);
    else await removeAnswer(parts, workspace, changed);
  };
  app.event('app_mention', ({ body, client, context }) => answerEvent(body, context, client));
  app.event('message', ({ body, client, context }) => answerEvent(body, context, client));
}

function registerPlaces(app: App, parts: RouteParts): void {
  for (const name of linkEvents) {
    app.event(name, async ({ body, client, context }) => {
      const shared = parseLinkShared(body);
      if (shared !== undefined) await unfurlLinks(parts, workspaceOf(context, client, parts), shared);
    });
  }
  for (const name of [...readersChangedEvents, ...placeEvents]) {
    app.event(name, async ({ body, client, context }) => {
      const change = parsePlaceChange(body, context.botUserId);
      if (change !== undefined) await followPlace(parts, workspaceOf(context, client, parts), change);
    });
  }
}

/** What failed before or outside an answer; without this, Slack shows the person nothing at all. */
async function answerFailure({ log, sender }: AnswerParts, error: Error, body: unknown): Promise<void> {
  const responseUrl = parseResponseUrl(body);
  if (error instanceof AuthorizationError && error.original instanceof NotInstalledError) {
    log.warn({ error: describeError(error) }, 'Slack request from a workspace without an installation');
    if (responseUrl !== undefined) await sender.respond(responseUrl, toAsker(notInstalledNotice()));
    return;
  }
  const reference = newReference();
  log.error({ reference, error: describeError(error) }, 'Slack request failed');
  if (responseUrl !== undefined) await sender.respond(responseUrl, toAsker(failedNotice(reference)));
}

function workspaceOf(context: Context, client: WebClient, { lookupsFor }: RouteParts): Workspace {
  // Our installation decides, and not what a payload says of itself.
  const organisationId = context['isOrganisation'] === true ? context.enterpriseId : undefined;
  return {
    client,
    lookups: lookupsFor(context.botToken ?? '', organisationId),
    teamId: context.teamId ?? '',
    ...(organisationId === undefined ? {} : { organisationId }),
    ...(context.botUserId === undefined ? {} : { botUserId: context.botUserId }),
  };
}
