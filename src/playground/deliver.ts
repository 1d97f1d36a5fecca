import { localWorkspace } from '../chat/destination.ts';
import type { Destination } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { DeliveryPlatform } from '../schedule/types.ts';
import type { PlaygroundMessages } from './messages.ts';

/** The one place of the page, and the one person who uses it: this machine's. */
export const playgroundPlace = 'playground';

export interface PlaygroundDeliveryParts {
  readonly messages: PlaygroundMessages;
  /** What the page may see. */
  readonly ceiling: Tlp;
}

/** The page as deliveries see it. A message is taken at once and by its key, so that trying again changes nothing. */
export function createPlaygroundDelivery({ messages, ceiling }: PlaygroundDeliveryParts): DeliveryPlatform {
  return {
    name: 'playground',
    requestTimeoutMs: 1_000,
    visibilityLagMs: 0,
    minGapMs: 0,
    placeState: async (destination) =>
      isHere(destination) ? { kind: 'open', ceiling, name: 'the playground' } : elsewhere,
    post: async (destination, { key, card, parent }) => {
      if (!isHere(destination)) return elsewhere;
      messages.add({ key, card, ...(parent === undefined ? {} : { parent }) });
      return { kind: 'posted', messageId: key };
    },
    find: async (_destination, { key }) =>
      messages.has(key) ? { kind: 'found', messageId: key } : { kind: 'absent' },
  };
}

const elsewhere = { kind: 'gone', reason: 'the playground has one workspace, "local"' } as const;

function isHere({ platform, workspace }: Destination): boolean {
  return platform === 'playground' && workspace === localWorkspace;
}
