import type { ActionValue } from '../../cards/card.ts';
import { renderAdaptiveCard } from '../../cards/teams/render.ts';
import { messageCard } from '../message-cards.ts';
import type { Asked } from '../surfaces-types.ts';
import type { Reply } from '../types.ts';
import { answerInvoke, cardResponse, toast } from './invoke-response.ts';
import type { Inbound } from './parse.ts';
import { answerPrivately, privatelyForPress } from './privately.ts';
import { clearedReply, messageOf, post, replace } from './send.ts';
import { askedIn, type Turn } from './turn.ts';
import { answerTo, isOwnPage } from './with-dialogs.ts';

type PressedButton = Extract<Inbound, { readonly kind: 'action' }>;

/** Answers a press: in place of the card for `Action.Execute`, by an update or a message for `Action.Submit`. */
export async function handlePress(turn: Turn, inbound: PressedButton): Promise<void> {
  if (inbound.press.isPrivate) return pressPrivately(turn, inbound);
  const { value } = inbound.press;
  const asked = await askedIn(turn, inbound.from.id);
  const { place } = asked;
  const reply = await replyToPress(turn, value, asked);
  const message = (): ReturnType<typeof messageOf> => messageOf(reply, place, privatelyForPress(value));
  if (reply.audience === 'place') {
    if (await isFirstTime(turn)) await post(turn, message());
    if (inbound.via === 'execute') await answerInvoke(turn.context, toast('Shared here.'));
    return;
  }
  if (inbound.via === 'execute') {
    const { payload } = renderAdaptiveCard(clearedReply(reply, place));
    return answerInvoke(turn.context, cardResponse(payload));
  }
  if (reply.audience === 'replace' && inbound.replyToId !== undefined) {
    return replace(turn, inbound.replyToId, message());
  }
  await post(turn, message());
}

async function pressPrivately(turn: Turn, { press, via, from }: PressedButton): Promise<void> {
  const { context } = turn;
  if (!(await isFirstTime(turn))) {
    if (via === 'execute') await answerInvoke(context, toast('Sent to your chat with threatbrief.'));
    return;
  }
  const said = await answerPrivately(turn, press.value, from.id);
  if (via === 'execute') return answerInvoke(context, toast(said));
  const section = { type: 'text', id: 'said', rank: 0, paragraphs: [[{ text: said }]] } as const;
  const card = messageCard('More Privately', [section], turn.parts.clock.now());
  await post(turn, messageOf({ card, audience: 'asker' }, await turn.place()));
}

function replyToPress(turn: Turn, value: ActionValue, asked: Asked): Promise<Reply> {
  return value.verb === 'ask' && value.question !== undefined && isOwnPage(value.question)
    ? answerTo(turn, value.question, asked)
    : turn.parts.chat.handleAction({ value, ...asked });
}

/** Teams asks again when no answer came in time; what is posted is posted once. */
function isFirstTime({ parts, facts, activityId }: Turn): Promise<boolean> {
  if (activityId === undefined) return Promise.resolve(true);
  return parts.seen.firstSight(`press ${facts.id} ${activityId}`, parts.clock.now());
}
