import type { DigestMessage } from '../../../src/briefing/digest-types.ts';
import type { Card } from '../../../src/cards/card.ts';
import type { ComposeDelivery, ComposeRequest } from '../../../src/schedule/types.ts';

export function cardNamed(title: string): Card {
  return {
    title,
    marking: 'clear',
    badges: [],
    sections: [],
    sources: [],
    withheld: { count: 0, highest: null },
    actions: [],
    asOf: '2026-11-23T08:00:00Z',
    fallbackText: title,
  };
}

/** Composes messages that name the slot and the window, so that a test sees what was told. */
export function composing(parts: (request: ComposeRequest) => number = () => 1): ComposeDelivery {
  return async (request) => {
    const { subscription, delivery, until, ceiling } = request;
    const count = parts(request);
    const slot = new Date(delivery.slotAt).toISOString();
    const from = new Date(subscription.deliveredUntil).toISOString();
    const title = `${slot} of ${from} to ${new Date(until).toISOString()} at ${ceiling}`;
    const first: DigestMessage = { role: count > 1 ? 'parent' : 'single', card: cardNamed(title) };
    const replies = Array.from({ length: Math.max(count - 1, 0) }, (_, index): DigestMessage => {
      return { role: 'reply', card: cardNamed(`part ${index + 1}`) };
    });
    return {
      isEmpty: count === 0,
      messages: [first, ...replies],
      items: [{ key: `item-${slot}`, hash: 'h' }],
    };
  };
}
