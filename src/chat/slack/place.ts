import type { Tlp } from '../../domain/tlp.ts';
import type { Place } from '../types.ts';
import type { Audience } from './audience.ts';

/** A conversation, or one thread in it. */
export interface SlackConversation {
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs?: string | undefined;
}

/** The place a question comes from. Its id is `team/channel`, and `team/channel/thread` inside a thread. */
export function toPlace(conversation: SlackConversation, audience: Audience): Place {
  const { teamId, channelId, threadTs } = conversation;
  const id = threadTs === undefined ? `${teamId}/${channelId}` : `${teamId}/${channelId}/${threadTs}`;
  const ceiling: Tlp = audience.ceiling;
  return {
    platform: 'slack',
    id,
    workspace: `slack:${teamId}`,
    kind: audience.kind,
    ceiling,
    ...(audience.isWithoutBot === true ? { cannotPost: notInvited } : {}),
  };
}

const notInvited =
  'threatbrief is not in this conversation yet, and cannot post here before it is: type /invite @threatbrief.';

/** The place as a conversation, whose questions may follow each other: a thread, or a direct message. */
export function inConversation(place: Place): Place {
  return { ...place, thread: place.id };
}

/** A person's id; user ids alone are promised to be unique in one workspace only. */
export function toPerson(teamId: string, userId: string): string {
  return `${teamId}/${userId}`;
}
