import type { Section } from '../cards/card.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { AspectScope } from '../questions/types.ts';
import type { CiteBook } from './cites.ts';
import { createCiteBook } from './cites.ts';

/** What every section of an entity's card is composed from. */
export interface Composer {
  readonly knowledge: Knowledge;
  readonly entity: Entity;
  readonly cites: CiteBook;
  /** True: nothing is left out, for paging; false: what a reader can take in, with the rest counted. */
  readonly whole: boolean;
  /** Only what lies within it is told: techniques of a tactic, software of a platform, targets in a region. */
  readonly within?: AspectScope;
}

/** Composes one section, or nothing when no source says anything that belongs there. */
export type ComposeSection = (composer: Composer) => Section | undefined;

export function createComposer(
  knowledge: Knowledge,
  entity: Entity,
  whole: boolean,
  within?: AspectScope,
): Composer {
  const composer = { knowledge, entity, cites: createCiteBook(knowledge, entity), whole };
  return within === undefined ? composer : { ...composer, within };
}

/** The first items that a card shows, and how many there are in all. */
export function take<Value>(
  composer: Pick<Composer, 'whole'>,
  values: readonly Value[],
  limit: number,
): { readonly shown: readonly Value[]; readonly hidden: number; readonly total: { total?: number } } {
  if (composer.whole || values.length <= limit) return { shown: values, hidden: 0, total: {} };
  return { shown: values.slice(0, limit), hidden: values.length - limit, total: { total: values.length } };
}
