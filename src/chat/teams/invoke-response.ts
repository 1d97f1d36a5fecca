import type { TurnContext } from 'botbuilder';
import type { AdaptiveCard } from '../../cards/teams/types.ts';
import { cardType } from './send.ts';

/** Answers the invoke of the turn. */
export async function answerInvoke(context: TurnContext, body: object, status = 200): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status, body } });
}

/** Answers an invoke that says nothing to us. */
export async function answerUnknown(context: TurnContext): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status: 501 } });
}

/** In place of the card whose button was pressed, for the one who pressed it. */
export function cardResponse(card: AdaptiveCard): object {
  return { statusCode: 200, type: cardType, value: card };
}

/** A short text above the card whose button was pressed. */
export function toast(text: string): object {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

/** A dialog that shows a card. */
export function dialogResponse(title: string, card: AdaptiveCard): object {
  const value = { title, width: 'medium', height: 'medium', card: { contentType: cardType, content: card } };
  return { task: { type: 'continue', value } };
}

/** A dialog that says a sentence. */
export function dialogMessage(text: string): object {
  return { task: { type: 'message', value: text } };
}

/** One result of a message extension: what stands in the list, and what is inserted. */
export interface ExtensionResult {
  readonly title: string;
  readonly text: string;
  readonly card: AdaptiveCard;
  /** What the bot is asked when it is chosen; absent: the card is inserted as it is. */
  readonly pick?: object;
}

export function extensionResponse(results: readonly ExtensionResult[]): object {
  const attachments = results.map(({ title, text, card, pick }) => ({
    contentType: cardType,
    content: card,
    preview: {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: { title, text, ...(pick === undefined ? {} : { tap: { type: 'invoke', value: pick } }) },
    },
  }));
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

/** A sentence in place of results. */
export function extensionMessage(text: string): object {
  return { composeExtension: { type: 'message', text } };
}
