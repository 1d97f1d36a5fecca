import type { Ours } from '../briefing/context.ts';
import type { HouseNaming } from '../briefing/house-naming.ts';
import type { ThreadSubject } from '../questions/follow-up-words.ts';

export interface AskOptions {
  /** True: the card leaves nothing out, for paging through its sections. */
  readonly whole?: boolean;
  /** Whose names come first; absent: as the sources have it. */
  readonly naming?: HouseNaming;
  /** Our sectors and regions; absent: nobody said. */
  readonly ours?: Ours;
  /** What the conversation spoke of, for a question that points back; absent: nothing. */
  readonly subject?: ThreadSubject;
}
