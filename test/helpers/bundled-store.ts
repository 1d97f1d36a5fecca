import type { DeskParts } from '../../src/chat/desk.ts';
import { bundledRecords } from '../data/bundled-records.ts';

/** A store that holds what comes with the product and nothing else, in memory. */
export function bundledStore(): DeskParts['store'] {
  const { records, sources } = bundledRecords();
  return {
    async *records() {
      yield* records;
    },
    sources: async () => sources,
    changes: async () => [],
    firstImports: async () => new Map(),
    knowledgeVersion: async () => 1,
    indicators: async () => [],
    indicatorsOf: async () => ({ indicators: [], total: 0 }),
  };
}
