import type { Knowledge } from '../knowledge/types.ts';
import type { SearchIndex } from '../search/types.ts';
import type { Store } from '../store/types.ts';

/** What an answer is composed from. */
export interface AnswerContext {
  /** What the asking place may see. */
  readonly knowledge: Knowledge;
  readonly index: SearchIndex;
  readonly indicators: Pick<Store, 'indicators' | 'indicatorsOf'>;
  readonly now: Date;
  /** True: the card leaves nothing out, for paging through its sections. */
  readonly whole?: boolean;
}
