import type { Card } from '../../src/cards/card.ts';
import type { ActionRequest, Chat, ChatRequest, Reply } from '../../src/chat/types.ts';
import { assertNever } from '../../src/support/assert-never.ts';
import { choiceCard, sampleCard } from './sample-card.ts';

export interface FakeChat extends Chat {
  readonly requests: readonly (ChatRequest | ActionRequest)[];
}

/** A chat that knows one invented actor, and answers every button. */
export function createFakeChat(): FakeChat {
  const requests: (ChatRequest | ActionRequest)[] = [];
  return {
    requests,
    handle: async (request) => {
      requests.push(request);
      if (request.text === 'fail') throw new Error('the fake chat was told to fail');
      return { card: cardFor(request.text), audience: 'asker' };
    },
    handleAction: async (request) => {
      requests.push(request);
      return replyTo(request);
    },
  };
}

function cardFor(text: string): Card {
  return text.toLowerCase().includes('kitten') ? choiceCard : sampleCard;
}

function replyTo({ value }: ActionRequest): Reply {
  switch (value.verb) {
    case 'share':
      return { card: { ...sampleCard, title: 'Shared: APT99' }, audience: 'place' };
    case 'brief':
      return { card: sampleCard, audience: 'replace' };
    case 'more':
    case 'sources':
    case 'ask':
    case 'form':
      return {
        card: { ...sampleCard, title: `More ${value.section ?? value.question ?? ''}` },
        audience: 'asker',
      };
    default:
      return assertNever(value.verb);
  }
}
