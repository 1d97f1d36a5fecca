import type { Card } from '../../cards/card.ts';
import type { SlackMessage } from '../../cards/slack/types.ts';

/** What goes to a `response_url`. */
export interface SlackResponse extends SlackMessage {
  readonly response_type: 'ephemeral' | 'in_channel';
  readonly replace_original: boolean;
}

/** A new message that only the person who asked sees. */
export function toAsker(message: SlackMessage): SlackResponse {
  return { ...message, response_type: 'ephemeral', replace_original: false };
}

/** In place of the message that was pressed, seen by those who saw that one. */
export function inPlaceOf(original: { readonly isEphemeral: boolean }, message: SlackMessage): SlackResponse {
  return {
    ...message,
    response_type: original.isEphemeral ? 'ephemeral' : 'in_channel',
    replace_original: true,
  };
}

const maxNameChars = 80;

/**
 * The card with "Shared by" and a person's name in its first line. The name is text and no mention: a person's
 * name comes from outside as much as an actor's does.
 */
export function sharedBy(name: string, card: Card): Card {
  const shortName = name.length > maxNameChars ? `${name.slice(0, maxNameChars).toWellFormed()}…` : name;
  return { ...card, badges: [...card.badges, { text: `Shared by ${shortName}`, tone: 'neutral' }] };
}
