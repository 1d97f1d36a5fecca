import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Stats, statsOf } from '../../src/briefing/stats.ts';
import { storeSpotter } from '../../src/compose/spotter.ts';
import { loadBundledData } from '../../src/ingest/bundled.ts';
import { ingestPaths } from '../../src/ingest/ingest.ts';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { StoredRecord } from '../../src/store/types.ts';
import { bundledDecisions, bundledKnowledgeBase, dataFolder } from '../data/bundled-records.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';

/**
 * What is known in numbers, compared exactly: whoever changes a reader or a rule sees what it does to all of the data.
 * `UPDATE_GOLDEN=1` writes the files anew; docs/knowledge-figures.md says what the numbers mean.
 */
function compare(name: string, stats: Stats): void {
  const path = fileURLToPath(new URL(`./golden/${name}.json`, import.meta.url));
  const figures = figuresOf(stats);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, `${JSON.stringify(figures, undefined, 2)}\n`);
  expect(figures).toEqual(JSON.parse(readFileSync(path, 'utf8')));
}

/** The counts, with lists of names by their length and what heads them. */
function figuresOf({ sources, sharedNames, unresolved, ambiguous, ...counts }: Stats): object {
  return {
    ...counts,
    sources: Object.fromEntries(sources.map(({ source, records }) => [source, records])),
    sharedNames: sharedNames.total,
    unresolved,
    ambiguous: ambiguous.map(({ text, count, candidates }) => ({
      text,
      count,
      candidates: candidates.map(({ name }) => name).toSorted(),
    })),
  };
}

describe('the figures of the bundled data', () => {
  it('are as recorded', () => {
    compare('bundled', statsOf(bundledKnowledgeBase().at('red')));
  });
});

describeWithCorpus('the figures of the whole corpus on top of the bundled data', () => {
  it('are as recorded', { timeout: 240_000 }, async () => {
    const home = mkdtempSync(join(tmpdir(), 'threatbrief-golden-'));
    const store = await openStore({ home });
    try {
      const clock = { now: () => new Date('2026-01-15T06:00:00Z') };
      await loadBundledData(store, dataFolder, clock);
      await ingestPaths([corpusPath('')], {}, { store, clock, spot: storeSpotter({ store }) });
      const records: StoredRecord[] = [];
      for await (const record of store.records()) records.push(record);
      const sources = await store.sources();

      const identity = bundledDecisions();
      compare('corpus', statsOf(createKnowledgeBase({ records, sources, version: 1, identity }).at('red')));
    } finally {
      await store.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
