import { cardOf, clearFor } from '../../cards/cleared.ts';
import { formIds } from '../../cards/form.ts';
import { type RenderedForm, refreshButton, renderForm } from '../../cards/teams/form.ts';
import { renderAdaptiveCard } from '../../cards/teams/render.ts';
import type { AdaptiveCard } from '../../cards/teams/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { messageCard } from '../message-cards.ts';
import type { FormInput, FormReply, Surfaces } from '../surfaces-types.ts';
import type { Place, Reply } from '../types.ts';
import type { FilledForm, Press } from './button-data.ts';
import { findTyped } from './find-typed.ts';
import { answerInvoke, dialogMessage, dialogResponse } from './invoke-response.ts';
import { answerPrivately } from './privately.ts';
import { cardType, clearedReply, messageOf, post } from './send.ts';
import { askedIn, type Turn } from './turn.ts';

/** A button that opens a dialog, or that was pressed inside one. */
export async function openDialog(turn: Turn, { value, isPrivate }: Press, person: string): Promise<void> {
  const { parts, context } = turn;
  if (isPrivate) return answerInvoke(context, dialogMessage(await answerPrivately(turn, value, person)));
  const asked = await askedIn(turn, person);
  const form = formIds.find((id) => id === value.section);
  if (value.verb === 'form' && form !== undefined && parts.surfaces !== undefined) {
    const { entity, question } = value;
    const about = {
      ...(entity === undefined ? {} : { entity }),
      ...(question === undefined ? {} : { question }),
    };
    return showFormReply(turn, asked.place, await parts.surfaces.openForm({ ...asked, ...about, form }));
  }
  const reply = await parts.chat.handleAction({ value, ...asked });
  return showReply(turn, asked.place, reply);
}

/** A form that was sent, or one of its other buttons. */
export async function submitDialog(turn: Turn, filled: FilledForm, person: string): Promise<void> {
  const { surfaces } = turn.parts;
  if (surfaces === undefined) return answerInvoke(turn.context, dialogMessage(noDialogs));
  const asked = await askedIn(turn, person);
  return showFormReply(turn, asked.place, await replyToForm(surfaces, filled, asked));
}

/** A form that came back as a message: its outcome, or the form once more, is a message too. */
export async function answerFormMessage(turn: Turn, filled: FilledForm, person: string): Promise<void> {
  const { surfaces, clock } = turn.parts;
  const asked = await askedIn(turn, person);
  const reply = surfaces === undefined ? undefined : await replyToForm(surfaces, filled, asked);
  if (reply !== undefined && reply.kind !== 'done') {
    const { title, card } =
      reply.kind === 'form' ? renderForm(reply.form, reply.problems) : renderForm(reply.form);
    await post(turn, {
      type: 'message',
      summary: title,
      attachments: [{ contentType: cardType, content: card }],
    });
    if (reply.kind === 'form') return;
  }
  const section = { type: 'text', id: 'what', rank: 0, paragraphs: [[{ text: noDialogs }]] } as const;
  const told: Reply = reply?.reply ?? {
    card: messageCard('Not done', [section], clock.now()),
    audience: 'asker',
  };
  await post(turn, messageOf(told, asked.place));
}

const noDialogs = 'There are no dialogs here. Write “help” to see the commands that do the same.';

type Asked = Awaited<ReturnType<typeof askedIn>>;

async function replyToForm(surfaces: Surfaces, filled: FilledForm, asked: Asked): Promise<FormReply> {
  const { form, state, button } = filled;
  const found = await findTyped(surfaces, filled, asked);
  const input: FormInput = {
    ...asked,
    form,
    values: found.values,
    ...(state === undefined ? {} : { state }),
  };
  if (found.problems.length > 0) {
    const shown = await surfaces.refreshForm(input);
    if (shown.kind === 'done') return shown;
    const others = shown.kind === 'form' ? (shown.problems ?? []) : [];
    return { kind: 'form', form: shown.form, problems: [...found.problems, ...others] };
  }
  if (button === refreshButton) return surfaces.refreshForm(input);
  return surfaces.submitForm(button === undefined ? input : { ...input, button });
}

async function showFormReply(turn: Turn, place: Place, reply: FormReply): Promise<void> {
  switch (reply.kind) {
    case 'form':
      return showForm(turn, renderForm(reply.form, reply.problems));
    case 'done':
      return showReply(turn, place, reply.reply);
    case 'beside':
      return showForm(turn, withBelow(renderForm(reply.form), reply.reply, place));
    default:
      return assertNever(reply);
  }
}

function showForm({ context }: Turn, { title, card }: RenderedForm): Promise<void> {
  return answerInvoke(context, dialogResponse(title, card));
}

/** In the dialog, for the one who has it open; and in the conversation where it is for all. */
async function showReply(turn: Turn, place: Place, reply: Reply): Promise<void> {
  const { facts, activityId, parts, context } = turn;
  if (reply.audience === 'place') {
    const isFirst = await parts.seen.firstSight(`dialog ${facts.id} ${activityId}`, parts.clock.now());
    if (isFirst) await post(turn, messageOf(reply, place));
  }
  const cleared = clearedReply(reply, place);
  const { payload } = renderAdaptiveCard(cleared, { place: 'dialog' });
  await answerInvoke(context, dialogResponse(cardOf(cleared).title.slice(0, 60), payload));
}

/** What is told beside a form stands below it, without buttons: those of the form stay. */
function withBelow({ title, card }: RenderedForm, reply: Reply, place: Place): RenderedForm {
  const plain = cardOf(clearedReply(reply, place));
  const ceiling = reply.ceiling ?? place.ceiling;
  const below = renderAdaptiveCard(clearFor({ ...plain, actions: [] }, ceiling), {
    place: 'dialog',
    isShort: true,
  });
  const joined: AdaptiveCard = {
    ...card,
    body: [
      ...card.body,
      { type: 'Container', separator: true, spacing: 'Medium', items: below.payload.body },
    ],
  };
  return { title, card: joined };
}
