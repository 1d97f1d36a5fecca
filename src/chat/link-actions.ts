import type { Answer } from '../briefing/types.ts';
import type { Action } from '../cards/card.ts';
import { actorPathPrefix } from './surfaces-types.ts';
import type { Chat, Reply } from './types.ts';

/**
 * The same chat, whose card of one actor also has its address, to be shared; chats show a preview for it. Without a public
 * address there is none.
 */
export function withLinks(chat: Chat, publicUrl: string | undefined): Chat {
  if (publicUrl === undefined) return chat;
  return {
    handle: async (request) => linked(await chat.handle(request), publicUrl),
    handleAction: async (request) => linked(await chat.handleAction(request), publicUrl),
  };
}

function linked(reply: Reply, publicUrl: string): Reply {
  const action = reply.answer === undefined ? undefined : linkAction(reply.answer, publicUrl);
  if (action === undefined) return reply;
  return { ...reply, card: { ...reply.card, actions: [...reply.card.actions, action] } };
}

/** For an answer that is one actor's; its id is the one of ATT&CK where it has one, which people can read. */
function linkAction({ outcome, answers: [first] }: Answer, publicUrl: string): Action | undefined {
  if (outcome !== 'found' || first?.type !== 'intrusion-set') return undefined;
  const id = first.externalIds.find((one) => /^G\d{4}$/.test(one)) ?? first.id;
  return {
    type: 'link',
    label: 'Link',
    url: `${publicUrl.replace(/(?<!\/)\/+$/, '')}${actorPathPrefix}${id}`,
  };
}
