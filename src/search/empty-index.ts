import type { SearchIndex } from './types.ts';

/** An index that knows nothing, for what is read without names. */
export const emptyIndex: SearchIndex = {
  size: 0,
  lookup: () => ({ kind: 'not-found' }),
  spot: () => [],
  suggest: () => [],
  prepare: () => [],
};
