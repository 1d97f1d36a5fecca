import { isAllowed, type Tlp } from '../domain/tlp.ts';
import type { Knowledge } from '../knowledge/types.ts';

/** What is kept of something that was asked, as far as it decides who may read its words. */
export interface AskedThen {
  /** The strictest marking of what was shown. */
  readonly marking: Tlp;
  /** The strictest marking that the one who asked could see. */
  readonly ceiling: Tlp;
  /** Ids of what was shown. */
  readonly entities: readonly string[];
}

/** Whether all that was shown is known to a reader now, and nothing of it is marked above what they may see. */
export function isWholeFor(
  { marking, entities }: Pick<AskedThen, 'marking' | 'entities'>,
  knowledge: Knowledge,
  ceiling: Tlp,
): boolean {
  return isAllowed(marking, ceiling) && entities.every((id) => knowledge.entity(id) !== undefined);
}

/**
 * Whether somebody other than the one who asked may read the words of a question: they may name what is marked higher by
 * now, and who could see more wrote for others than read it now.
 */
export function mayReadWords(asked: AskedThen, knowledge: Knowledge, ceiling: Tlp): boolean {
  return isAllowed(asked.ceiling, ceiling) && isWholeFor(asked, knowledge, ceiling);
}
