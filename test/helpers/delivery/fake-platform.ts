import { cardOf } from '../../../src/cards/cleared.ts';
import type { Destination } from '../../../src/domain/subscription.ts';
import type {
  DeliveryPlatform,
  FindResult,
  OutgoingMessage,
  PlaceState,
  PostResult,
} from '../../../src/schedule/types.ts';

export interface Standing {
  readonly place: string;
  readonly key: string;
  readonly title: string;
  readonly parent?: string;
  /** True when it says that it may be there twice. */
  readonly isMarked: boolean;
  readonly at: number;
}

/** `lost`: taken, and the answer is not. `cut`: neither. */
export type Fate = PostResult | 'lost' | 'cut';

/** A platform in memory that keeps what it took and does what it is told. */
export interface FakePlatform extends DeliveryPlatform {
  readonly standing: Standing[];
  /** What becomes of the next posts, in order; after that they are taken. */
  readonly fates: Fate[];
  /** How many requests to post came. */
  requests: number;
  place: (destination: Destination) => PlaceState;
  /** Replaces the looking. */
  finding: ((message: OutgoingMessage) => FindResult) | undefined;
  /** Called with every post before it is taken. */
  before: ((message: OutgoingMessage) => Promise<void>) | undefined;
  /** Whatever becomes of every post. */
  always: ((message: OutgoingMessage) => Fate | undefined) | undefined;
}

export function createFakePlatform(now: () => number): FakePlatform {
  const standing: Standing[] = [];
  const take = (destination: Destination, { key, card, parent }: OutgoingMessage): PostResult => {
    standing.push({
      place: destination.id,
      key,
      title: cardOf(card).title,
      isMarked: cardOf(card).sections.some(({ id }) => id === 'repeated'),
      at: now(),
      ...(parent === undefined ? {} : { parent }),
    });
    return { kind: 'posted', messageId: `m${standing.length}` };
  };
  const platform: FakePlatform = {
    name: 'slack',
    requestTimeoutMs: 10_000,
    visibilityLagMs: 30_000,
    minGapMs: 1_000,
    standing,
    fates: [],
    requests: 0,
    place: () => ({ kind: 'open', ceiling: 'green' }),
    finding: undefined,
    before: undefined,
    always: undefined,
    placeState: async (destination) => platform.place(destination),
    post: async (destination, message) => {
      platform.requests += 1;
      await platform.before?.(message);
      const fate = platform.always?.(message) ?? platform.fates.shift();
      if (fate === 'lost') take(destination, message);
      if (fate === 'lost' || fate === 'cut') return { kind: 'uncertain', error: 'no answer within 10 s' };
      return fate === undefined || fate.kind === 'posted' ? take(destination, message) : fate;
    },
    find: async (_destination, message) => {
      if (platform.finding !== undefined) return platform.finding(message);
      const index = standing.findIndex(({ key }) => key === message.key);
      return index < 0 ? { kind: 'absent' } : { kind: 'found', messageId: `m${index + 1}` };
    },
  };
  return platform;
}
