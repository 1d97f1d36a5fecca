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
  /** Ids of entities that the one reader watches; empty where several read. */
  readonly watched: readonly string[];
}

export interface DigestRequest {
  /** All changes of the window, oldest first. */
  readonly changes: readonly StoredChange[];
  /** What is known up to `digestCeiling(ceiling, filters)`; what is above that is not composed from. */
  readonly knowledge: Knowledge;
  /** The strictest marking that the place may see. */
  readonly ceiling: Tlp;
  /**
   * All that is known, whatever its marking, so that what is withheld can be counted by item: nothing else is taken from
   * it. Absent: every record that changed above the ceiling counts.
   */
  readonly everything?: () => Knowledge;
  /** Epoch milliseconds, `from <= at < to`. */
  readonly window: { readonly from: number; readonly to: number };
  readonly filters: readonly DigestFilter[];
  readonly interests: DigestInterests;
  readonly mutes: readonly Mute[];
  /**
   * What each item said when it was posted, by its key (those of `digestItemKeys`): what was said already is left out,
   * and an item of which nothing is new.
   */
  readonly posted: ReadonlyMap<string, string>;
  readonly shape: 'message' | 'thread';
  /** Slots since the last digest that were not delivered (epoch milliseconds), to be told. */
  readonly missed: readonly number[];
  /** `watch`: only items on what is watched. */
  readonly kind: 'digest' | 'watch';
  readonly now: Date;
  /** The IANA zone in which times are written; absent: UTC. */
  readonly zone?: string;
  /** True: one message that leaves nothing out, for paging. */
  readonly whole?: boolean;
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
  /**
   * What was told, to be remembered once it stands at the platform. A hash holds what was said of an item before as well
   * as now, statement by statement, so that the next digest can say what is new; at most 1,000 characters.
   */
  readonly items: readonly { readonly key: string; readonly hash: string }[];
}
