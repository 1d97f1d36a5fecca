import type { FormId, FormProblem } from '../../cards/form.ts';
import { slackErrors, slackOptions } from '../../cards/slack/form.ts';
import { fieldBlockId, formOfCallback, sourceOfAction } from '../../cards/slack/form-ids.ts';
import type { SlackChoice, SlackModal } from '../../cards/slack/view-types.ts';
import type { Tlp } from '../../domain/tlp.ts';
import type { FormInput, FormReply } from '../surfaces-types.ts';
import type { Workspace } from './compose.ts';
import { publishHome } from './views-home.ts';
import type { OptionsQuery, SeenView, ViewSubmission } from './views-parse.ts';
import { askedFrom, decodeOrigin, type ViewOrigin } from './views-place.ts';
import {
  cardModal,
  replyModal,
  type ShownHow,
  showModal,
  updateModal,
  type ViewParts,
  waitingModal,
  withinTime,
} from './views-show.ts';

/** What a form begins with, as the button that opens it says. */
export interface FormStart {
  readonly form: FormId;
  readonly entity?: string;
  readonly question?: string;
}

/** Opens a form for a trigger; false when Slack did not take it, so that something else must be told. */
export async function showForm(
  parts: ViewParts,
  workspace: Workspace,
  who: {
    readonly userId: string;
    readonly triggerId: string;
    readonly how: ShownHow;
    readonly origin: ViewOrigin;
  },
  start: FormStart,
): Promise<boolean> {
  const { origin, userId } = who;
  const compose = async (): Promise<SlackModal> => {
    const asked = await askedFrom(parts, workspace, userId, origin);
    return replyModal(await parts.surfaces.openForm({ ...asked, ...start }), asked.place.ceiling, origin);
  };
  return showModal(workspace.client, parts.log, who, compose());
}

async function inputOf(
  parts: ViewParts,
  workspace: Workspace,
  userId: string,
  { view, form, button }: { readonly view: SeenView; readonly form: FormId; readonly button?: string },
): Promise<{ readonly input: FormInput; readonly origin: ViewOrigin }> {
  const origin = decodeOrigin(view.metadata);
  const asked = await askedFrom(parts, workspace, userId, origin);
  const { state } = origin;
  const input: FormInput = {
    ...asked,
    form,
    values: view.values,
    ...(state === undefined ? {} : { state }),
    ...(button === undefined ? {} : { button }),
  };
  return { input, origin };
}

/** What `view_submission` is acknowledged with. */
export type SubmissionAnswer =
  | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: 'update' | 'push'; readonly view: SlackModal };

/** Slack waits three seconds, the way to it included. */
const answerWithinMs = 1_800;

/**
 * Takes a form that was sent. The answer is the acknowledgement: problems at the fields, or what was done. Where that takes
 * too long, a placeholder is, and the answer follows in its place.
 */
export async function takeSubmission(
  parts: ViewParts,
  workspace: Workspace,
  { view, userId }: ViewSubmission,
  acknowledge: (answer: SubmissionAnswer) => Promise<void>,
): Promise<void> {
  const form = formOfCallback(view.callbackId);
  if (form === undefined) return;
  const taking = inputOf(parts, workspace, userId, { view, form }).then(async ({ input, origin }) => ({
    reply: await parts.surfaces.submitForm(input),
    ceiling: input.place.ceiling,
    origin,
  }));
  const early = await withinTime(taking, answerWithinMs);
  await acknowledge(
    early === undefined
      ? { response_action: 'update', view: waitingModal(decodeOrigin(view.metadata)) }
      : answerTo(early.reply, early.ceiling, early.origin, view),
  );
  const { reply, ceiling, origin } = await taking;
  // What came too late for the acknowledgement has its problems inside the form.
  if (early === undefined)
    await updateModal(workspace.client, parts.log, { id: view.id }, replyModal(reply, ceiling, origin));
  if (reply.kind === 'done') await publishHome(parts, workspace, userId);
}

function answerTo(reply: FormReply, ceiling: Tlp, origin: ViewOrigin, view: SeenView): SubmissionAnswer {
  if (reply.kind === 'form' && reply.problems !== undefined && areShown(reply.problems, view))
    return { response_action: 'errors', errors: slackErrors(reply.problems) };
  if (reply.kind === 'beside') {
    const above = { ...origin, depth: (origin.depth ?? 0) + 1 };
    return { response_action: 'push', view: cardModal(reply.reply, ceiling, above) };
  }
  return { response_action: 'update', view: replyModal(reply, ceiling, origin) };
}

/** Slack takes problems only for fields of the view as it was sent. */
function areShown(problems: readonly FormProblem[], { blockIds }: SeenView): boolean {
  return problems.length > 0 && problems.every(({ field }) => blockIds.includes(fieldBlockId(field)));
}

/** A field that the rest depends on was changed: the form anew, unless it was changed again meanwhile. */
export async function refreshForm(
  parts: ViewParts,
  workspace: Workspace,
  userId: string,
  view: SeenView,
): Promise<void> {
  const form = formOfCallback(view.callbackId);
  if (form === undefined) return;
  const { input, origin } = await inputOf(parts, workspace, userId, { view, form });
  const reply = await parts.surfaces.refreshForm(input);
  await updateModal(workspace.client, parts.log, view, replyModal(reply, input.place.ceiling, origin));
}

/** A button of the form: what it says stands above the form, and what it ends takes the form's place. */
export async function pressFormButton(
  parts: ViewParts,
  workspace: Workspace,
  {
    userId,
    view,
    button,
    triggerId,
  }: {
    readonly userId: string;
    readonly view: SeenView;
    readonly button: string;
    readonly triggerId: string | undefined;
  },
): Promise<void> {
  const form = formOfCallback(view.callbackId);
  if (form === undefined) return;
  const { client } = workspace;
  const { input, origin } = await inputOf(parts, workspace, userId, { view, form, button });
  const replying = parts.surfaces.submitForm(input);
  const above = { ...origin, depth: (origin.depth ?? 0) + 1 };
  const isBeside = button === 'preview' && triggerId !== undefined;
  if (!isBeside) {
    const modal = replyModal(await replying, input.place.ceiling, origin);
    await updateModal(client, parts.log, { id: view.id }, modal);
    await publishHome(parts, workspace, userId);
    return;
  }
  const reply = await withinTime(replying, answerWithinMs);
  if (reply !== undefined && reply.kind !== 'beside') {
    await updateModal(client, parts.log, { id: view.id }, replyModal(reply, input.place.ceiling, origin));
    return;
  }
  const compose = async (): Promise<SlackModal> => {
    const late = await replying;
    return late.kind === 'beside'
      ? cardModal(late.reply, input.place.ceiling, above)
      : replyModal(late, input.place.ceiling, above);
  };
  await showModal(client, parts.log, { how: 'push', triggerId, origin: above }, compose());
}

const offeredOptions = 30;

/** What a search field offers; nothing for a field that is none of ours. */
export async function offerOptions(
  parts: ViewParts,
  workspace: Workspace,
  { userId, actionId, text, metadata }: OptionsQuery,
): Promise<{ readonly options: readonly SlackChoice[] }> {
  const source = sourceOfAction(actionId);
  if (source === undefined) return { options: [] };
  const asked = await askedFrom(parts, workspace, userId, decodeOrigin(metadata));
  return slackOptions(await parts.surfaces.options({ ...asked, source, text, limit: offeredOptions }));
}
