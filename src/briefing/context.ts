import type { Tlp } from '../domain/tlp.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { SearchIndex } from '../search/types.ts';
import type { Store } from '../store/types.ts';

/** What an answer is composed from. */
export interface AnswerContext {
  /** What the asking place may see. */
  readonly knowledge: Knowledge;
  /**
   * The strictest marking that the place may see, for indicators, which are not in `knowledge`. Never below the
   * knowledge's own ceiling; above it only where no record is marked between the two. Absent: the knowledge's own.
   */
  readonly ceiling?: Tlp;
  readonly index: SearchIndex;
  readonly indicators: Pick<Store, 'indicators' | 'indicatorsOf'> & Partial<Pick<Store, 'indicatorValues'>>;
  /** Every decision on identity that was ever in force; absent where none is kept. */
  readonly decisionHistory?: Store['decisionHistory'];
  /** What imports altered, for questions after news; absent where none is kept. */
  readonly history?: {
    readonly changes: Store['changes'];
    readonly firstImports: Store['firstImports'];
    /** All that is known, whatever its marking: only counts are taken from it. */
    readonly everything: () => Knowledge;
  };
  readonly now: Date;
  /** True: the card leaves nothing out, for paging through its sections. */
  readonly whole?: boolean;
  /** What the asking workspace is, so that a card can say whether it is concerned; absent: nobody said. */
  readonly ours?: Ours;
}

/** What a team is: sectors as keys of `domain/sector.ts`, countries (ISO codes) and regions (keys of `domain/region.ts`). */
export interface Ours {
  readonly sectors: readonly string[];
  readonly regions: readonly string[];
}

/** The ceiling that an indicator's own marking is held against. */
export function ceilingOf(context: Pick<AnswerContext, 'ceiling' | 'knowledge'>): Tlp {
  return context.ceiling ?? context.knowledge.ceiling;
}
