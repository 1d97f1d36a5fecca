import { createPlaygroundDelivery } from '../../../src/playground/deliver.ts';
import { createPlaygroundMessages } from '../../../src/playground/messages.ts';
import type { DeliveryDriver } from '../../contracts/delivery-platform-contract.ts';

/** The page's own delivery platform; its messages stand in memory. */
export async function openPlaygroundDelivery(): Promise<DeliveryDriver> {
  const messages = createPlaygroundMessages({ now: () => new Date('2026-11-22T12:00:00Z') });
  const place = { platform: 'playground', workspace: 'local', id: 'playground', kind: 'direct' } as const;
  return {
    platform: createPlaygroundDelivery({ messages, ceiling: 'green' }),
    place,
    person: place,
    nowhere: { ...place, workspace: 'elsewhere' },
    internalCeiling: 'green',
    canFind: true,
    hasThreads: true,
    standing: async () =>
      messages.after(0, 100).map(({ key, card, parent }) => ({
        messageId: key,
        payload: card,
        ...(parent === undefined ? {} : { parent }),
      })),
    close: async () => {},
  };
}
