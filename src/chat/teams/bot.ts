import type { TurnContext } from 'botbuilder';
import { assertNever } from '../../support/assert-never.ts';
import { answerEdit, answerText, welcome } from './answers.ts';
import { answerFormMessage } from './dialogs.ts';
import { answerUnknown } from './invoke-response.ts';
import { handleInvoke } from './invokes.ts';
import { parseActivity } from './parse.ts';
import { handlePress } from './presses.ts';
import { type BotParts, turnOf } from './turn.ts';

/** Handles one authenticated turn: asks the chat, and sends, updates or answers the invoke. */
export async function handleTurn(context: TurnContext, parts: BotParts): Promise<void> {
  const turn = turnOf(context, parts);
  const inbound = parseActivity(context.activity);
  // Somebody came or went, or a channel is shared from now on.
  if (context.activity.type === 'conversationUpdate') parts.audience.forget(turn.facts);
  switch (inbound.kind) {
    case 'ignore':
      return;
    case 'unknown-invoke':
      return answerUnknown(context);
    case 'welcome':
      return welcome(turn);
    case 'text':
      return inbound.isEdit
        ? answerEdit(turn, inbound.text, inbound.from.id)
        : answerText(turn, inbound.text, inbound.from.id);
    case 'action':
      return handlePress(turn, inbound);
    case 'form':
      return answerFormMessage(turn, inbound.filled, inbound.from.id);
    case 'invoke':
      return handleInvoke(turn, inbound.invoke, inbound.from?.id ?? '');
    default:
      return assertNever(inbound);
  }
}
