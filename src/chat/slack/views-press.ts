import { decodeActionValue } from '../../cards/action-value.ts';
import type { ActionValue } from '../../cards/card.ts';
import { type FormId, formIds } from '../../cards/form.ts';
import { buttonOfAction, isFieldAction } from '../../cards/slack/form-ids.ts';
import type { SlackModal } from '../../cards/slack/view-types.ts';
import { answerClick } from './answer-click.ts';
import type { Workspace } from './compose.ts';
import { isOfWorkspace } from './of-workspace.ts';
import { pressFormButton, refreshForm, showForm } from './views-form.ts';
import { changesHome, publishHome } from './views-home.ts';
import { messageModal, otherTeamText } from './views-notices.ts';
import type { ViewPress } from './views-parse.ts';
import { askedFrom, decodeOrigin, type ViewOrigin } from './views-place.ts';
import { cardModal, type ShownHow, showModal, updateModal, type ViewParts } from './views-show.ts';

/** A modal may have two others above it. */
const maxDepth = 2;

/** Answers a press, or a change of a field, inside a modal or the home tab. */
export async function answerViewPress(
  parts: ViewParts,
  workspace: Workspace,
  press: ViewPress,
): Promise<void> {
  const { view, userId, actionId, value: text, triggerId } = press;
  const origin = decodeOrigin(view.metadata);
  if (!(await isOfWorkspace(parts, workspace, press))) {
    if (view.type === 'modal')
      await updateModal(workspace.client, parts.log, { id: view.id }, messageModal(otherTeamText, origin));
    return;
  }
  if (isFieldAction(actionId)) return refreshForm(parts, workspace, userId, view);
  const button = buttonOfAction(actionId);
  if (button !== undefined) return pressFormButton(parts, workspace, { userId, view, button, triggerId });
  const value = decodeActionValue(text);
  if (value === undefined) return;
  const form = value.verb === 'form' ? formIds.find((id) => id === value.section) : undefined;
  if (form !== undefined) return openFormFrom(parts, workspace, press, { value, form, origin });
  if (value.verb === 'share') return shareFrom(parts, workspace, press, origin);
  await answerFrom(parts, workspace, press, { value, origin });
}

/** From the home tab a modal is opened; from a modal one is put above it, as far as Slack lets. */
function above(
  { view }: ViewPress,
  origin: ViewOrigin,
): { readonly how: ShownHow; readonly origin: ViewOrigin } | undefined {
  if (view.type === 'home') return { how: 'open', origin };
  const depth = (origin.depth ?? 0) + 1;
  const { state: _, ...rest } = origin;
  return depth > maxDepth ? undefined : { how: 'push', origin: { ...rest, depth } };
}

async function openFormFrom(
  parts: ViewParts,
  workspace: Workspace,
  press: ViewPress,
  {
    value,
    form,
    origin,
  }: { readonly value: ActionValue; readonly form: FormId; readonly origin: ViewOrigin },
): Promise<void> {
  const { triggerId, userId } = press;
  const place = above(press, origin);
  if (triggerId === undefined || place === undefined) return;
  const { entity, question } = value;
  const start = {
    form,
    ...(entity === undefined ? {} : { entity }),
    ...(question === undefined ? {} : { question }),
  };
  await showForm(parts, workspace, { userId, triggerId, ...place }, start);
}

/** Posted to the channel from which the modal was opened; the buttons for it are not there where there is none. */
async function shareFrom(
  parts: ViewParts,
  workspace: Workspace,
  press: ViewPress,
  { channelId, threadTs }: ViewOrigin,
): Promise<void> {
  if (channelId === undefined || press.value === undefined) return;
  const { userId, userTeamId, teamId, value } = press;
  await answerClick(parts, workspace, {
    userId,
    channelId,
    isEphemeral: true,
    value,
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(userTeamId === undefined ? {} : { userTeamId }),
    ...(teamId === undefined ? {} : { teamId }),
  });
}

/** The answer stands above what was pressed, or in its place where it takes that place or nothing more fits above. */
async function answerFrom(
  parts: ViewParts,
  workspace: Workspace,
  press: ViewPress,
  { value, origin }: { readonly value: ActionValue; readonly origin: ViewOrigin },
): Promise<void> {
  const { userId, view, triggerId } = press;
  const { client } = workspace;
  const asked = await askedFrom(parts, workspace, userId, origin);
  const replying = parts.chat.handleAction({ value, ...asked });
  const place = above(press, origin);
  const compose = async (shownFrom: ViewOrigin): Promise<SlackModal> =>
    cardModal(await replying, asked.place.ceiling, shownFrom);
  const isInPlace = view.type === 'modal' && (place === undefined || value.verb === 'more');
  const isShown =
    !isInPlace && place !== undefined && triggerId !== undefined
      ? await showModal(client, parts.log, { triggerId, ...place }, compose(place.origin))
      : false;
  if (!isShown && view.type === 'modal')
    await updateModal(client, parts.log, { id: view.id }, await compose(origin));
  else await replying;
  if (value.question !== undefined && changesHome(value.question))
    await publishHome(parts, workspace, userId);
}
