import type { App, Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { decodeActionValue } from '../../cards/action-value.ts';
import { formIds } from '../../cards/form.ts';
import { searchActionPattern } from '../../cards/slack/form-ids.ts';
import type { Workspace } from './compose.ts';
import { isOfWorkspace } from './of-workspace.ts';
import type { Click, SlashCommand } from './parse.ts';
import { briefFromShortcut, lookUpFromShortcut } from './shortcuts.ts';
import type { FileParts } from './shortcuts-files.ts';
import { parseBriefedMessage } from './shortcuts-message.ts';
import { homeEvents, slackShortcuts } from './surface.ts';
import { unwrapSlackText } from './text.ts';
import {
  type FormStart,
  offerOptions,
  type SubmissionAnswer,
  showForm,
  takeSubmission,
} from './views-form.ts';
import { changesHome, publishHome } from './views-home.ts';
import { failedModal, messageModal, otherTeamText } from './views-notices.ts';
import {
  parseHomeOpened,
  parseLookUpShortcut,
  parseOptionsQuery,
  parseViewPress,
  parseViewSubmission,
} from './views-parse.ts';
import { decodeOrigin } from './views-place.ts';
import { answerViewPress } from './views-press.ts';
import { updateModal, type ViewParts } from './views-show.ts';

/** What modals, the home tab, shortcuts and type-ahead need beside the answers' parts. */
export interface ViewRouteParts extends ViewParts {
  /** How files are fetched; the global `fetch` when not given. */
  readonly fetch?: FileParts['fetch'] | undefined;
  readonly apiUrl?: string | undefined;
}

type WorkspaceOf = (context: Context, client: WebClient) => Workspace;

/** Bolt types what each kind is acknowledged with by its own mutable types; ours say the same, read-only. */
interface Acknowledging {
  ack(answer?: unknown): Promise<void>;
}

/** Ties what Bolt received of views and shortcuts to the answers. */
export function registerViews(app: App, parts: ViewRouteParts, workspaceOf: WorkspaceOf): void {
  registerModals(app, parts, workspaceOf);
  registerShortcuts(app, parts, workspaceOf);
  for (const name of homeEvents) {
    app.event(name, async ({ body, client, context }) => {
      const opened = parseHomeOpened(body);
      if (opened !== undefined) await publishHome(parts, workspaceOf(context, client), opened.userId);
    });
  }
}

function registerModals(app: App, parts: ViewRouteParts, workspaceOf: WorkspaceOf): void {
  app.view(/.*/, async (given) => {
    const { body, client, context } = given;
    const { ack }: Acknowledging = given;
    let isAcknowledged = false;
    const acknowledge = (answer: SubmissionAnswer): Promise<void> => {
      isAcknowledged = true;
      return ack(answer);
    };
    const submission = body.type === 'view_submission' ? parseViewSubmission(body) : undefined;
    if (submission === undefined) return ack();
    const workspace = workspaceOf(context, client);
    const origin = decodeOrigin(submission.view.metadata);
    try {
      if (await isOfWorkspace(parts, workspace, submission))
        await takeSubmission(parts, workspace, submission, acknowledge);
      else await acknowledge({ response_action: 'update', view: messageModal(otherTeamText, origin) });
    } catch (error) {
      const view = failedModal(error, parts.log, origin);
      if (isAcknowledged) await updateModal(workspace.client, parts.log, { id: submission.view.id }, view);
      else await ack({ response_action: 'update', view });
    }
  });

  app.options(searchActionPattern, async (given) => {
    const { body, client, context } = given;
    const { ack }: Acknowledging = given;
    const query = parseOptionsQuery(body);
    const workspace = workspaceOf(context, client);
    const isMeant = query !== undefined && (await isOfWorkspace(parts, workspace, query));
    await ack(isMeant ? await offerOptions(parts, workspace, query) : { options: [] });
  });
}

function registerShortcuts(app: App, parts: ViewRouteParts, workspaceOf: WorkspaceOf): void {
  const { log } = parts;
  app.shortcut(slackShortcuts.lookUp.callbackId, async ({ ack, body, client, context }) => {
    await ack();
    const who = parseLookUpShortcut(body);
    if (who === undefined) log.warn({}, 'Slack shortcut of an unknown form');
    else await lookUpFromShortcut(parts, workspaceOf(context, client), who);
  });
  app.shortcut(slackShortcuts.briefMessage.callbackId, async ({ ack, body, client, context }) => {
    await ack();
    const message = parseBriefedMessage(body);
    if (message === undefined) return log.warn({}, 'Slack message shortcut of an unknown form');
    const workspace = { ...workspaceOf(context, client), botToken: context.botToken ?? '' };
    await briefFromShortcut({ ...parts, fetch: parts.fetch ?? globalThis.fetch }, workspace, message);
  });
}

/** A press inside a view; false for one in a message, which is answered there. */
export async function takeViewPress(
  parts: ViewRouteParts,
  workspace: Workspace,
  body: unknown,
): Promise<boolean> {
  const press = parseViewPress(body);
  if (press === undefined) return false;
  try {
    await answerViewPress(parts, workspace, press);
  } catch (error) {
    const { id, type, metadata } = press.view;
    const view = failedModal(error, parts.log, decodeOrigin(metadata));
    if (type === 'modal') await updateModal(workspace.client, parts.log, { id }, view);
  }
  return true;
}

/** Opens the form that a button in a message names; false where it names none, or Slack takes no modal now. */
export async function openFormOfClick(
  parts: ViewRouteParts,
  workspace: Workspace,
  click: Click,
): Promise<boolean> {
  const { triggerId, channelId, threadTs, userId, isEphemeral } = click;
  const start = formStartOf(click.value);
  if (start === undefined || triggerId === undefined || channelId === undefined) return false;
  if (!(await isOfWorkspace(parts, workspace, click))) return false;
  const origin = {
    channelId,
    // Only who is there has an ephemeral message there.
    ...(isEphemeral ? { isMember: true } : {}),
    ...(threadTs === undefined ? {} : { threadTs }),
  };
  return showForm(parts, workspace, { userId, triggerId, how: 'open', origin }, start);
}

function formStartOf(value: string | undefined): FormStart | undefined {
  const action = value === undefined ? undefined : decodeActionValue(value);
  const form = action?.verb === 'form' ? formIds.find((id) => id === action.section) : undefined;
  if (form === undefined || action === undefined) return undefined;
  const { entity, question } = action;
  return {
    form,
    ...(entity === undefined ? {} : { entity }),
    ...(question === undefined ? {} : { question }),
  };
}

/** `/apt subscribe` alone is a form; false for every other command, and where Slack takes no modal now. */
export async function openFormOfCommand(
  parts: ViewRouteParts,
  workspace: Workspace,
  command: SlashCommand,
): Promise<boolean> {
  const { triggerId, channelId, userId, text } = command;
  const isForm = /^subscribe$/i.test(unwrapSlackText(text, workspace.botUserId));
  if (!isForm || triggerId === undefined) return false;
  // The command can be typed only where one is a member.
  const origin = { channelId, isMember: true };
  return showForm(parts, workspace, { userId, triggerId, how: 'open', origin }, { form: 'subscribe' });
}

/** What was asked or pressed may have changed what the home page shows. */
export async function followHome(
  parts: ViewRouteParts,
  workspace: Workspace,
  {
    userId,
    text,
    value,
  }: { readonly userId: string; readonly text?: string; readonly value?: string | undefined },
): Promise<void> {
  const pressed = value === undefined ? undefined : decodeActionValue(value)?.question;
  const asked = text === undefined ? pressed : unwrapSlackText(text, workspace.botUserId);
  if (asked !== undefined && changesHome(asked)) await publishHome(parts, workspace, userId);
}

/** Nothing of it is there without the surfaces. */
export function viewParts<Parts extends Omit<ViewRouteParts, 'surfaces'>>(
  parts: Parts & { readonly surfaces?: ViewRouteParts['surfaces'] },
): (Parts & Pick<ViewRouteParts, 'surfaces'>) | undefined {
  const { surfaces } = parts;
  return surfaces === undefined ? undefined : { ...parts, surfaces };
}
