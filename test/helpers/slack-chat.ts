import type { ActionRequest, Chat, ChatRequest, Reply } from '../../src/chat/types.ts';
import { sampleCard } from './sample-card.ts';

export interface FakeChat extends Chat {
  readonly asked: ChatRequest[];
  readonly pressed: ActionRequest[];
  /** What the next calls give; the sample card for the asker when not set. */
  reply: (request: ChatRequest | ActionRequest) => Reply;
}

/** A chat that answers everything with one card and remembers what it was asked. */
export function createFakeChat(): FakeChat {
  const chat: FakeChat = {
    asked: [],
    pressed: [],
    reply: () => ({ card: sampleCard, audience: 'asker' }),
    handle: async (request) => {
      chat.asked.push(request);
      return chat.reply(request);
    },
    handleAction: async (request) => {
      chat.pressed.push(request);
      return chat.reply(request);
    },
  };
  return chat;
}
