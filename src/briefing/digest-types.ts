import type { Card } from '../cards/card.ts';
import type { Mute } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import type { DigestFilter } from './digest-filter.ts';

/** What the readers of a digest care for. Sectors and regions are the keys of `domain/sector.ts` and `domain/region.ts`. */
export interface DigestInterests {
  readonly sectors: readonly string[];
  readonly regions: readonly string[];
  /** Ids of entities that someone here watches. */
  readonly watched: readonly string[];
}

export interface DigestRequest {
  /** All changes of the window, oldest first. */
  readonly changes: readonly StoredChange[];
  readonly knowledge: Knowledge;
  /** The strictest marking that the place may see. */
  readonly ceiling: Tlp;
  /** Epoch milliseconds, `from <= at < to`. */
  readonly window: { readonly from: number; readonly to: number };
  readonly filters: readonly DigestFilter[];
  readonly interests: DigestInterests;
  readonly mutes: readonly Mute[];
  /** What each item said when it was posted last, by its key: an item whose hash is the same is left out. */
  readonly posted: ReadonlyMap<string, string>;
  readonly shape: 'message' | 'thread';
  /** Slots since the last digest that were not delivered (epoch milliseconds), to be told. */
  readonly missed: readonly number[];
  /** `watch`: only items on what is watched. */
  readonly kind: 'digest' | 'watch';
  readonly now: Date;
  /** The subscription's id, carried by buttons such as Mute; absent for a preview. */
  readonly subscription?: string;
}

/** A message of a digest: the only one, the parent of a thread, or one below it. */
export interface DigestMessage {
  readonly role: 'single' | 'parent' | 'reply';
  readonly card: Card;
}

export interface ComposedDigest {
  /** True when there is nothing to tell; `messages` then holds the one line that says so. */
  readonly isEmpty: boolean;
  readonly messages: readonly DigestMessage[];
  /** What was told, to be remembered once it stands at the platform. */
  readonly items: readonly { readonly key: string; readonly hash: string }[];
}
