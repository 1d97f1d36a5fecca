import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDesk, type Desk } from '../../src/chat/desk.ts';
import type { EntityType } from '../../src/domain/entity-type.ts';
import { ingestPaths } from '../../src/ingest/ingest.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';
import { sweep, tellCounts } from '../helpers/sweep-cards.ts';

const clock = { now: () => new Date('2026-11-22T12:00:00Z') };

/** Of what there are thousands, a fifth is enough. */
function isMany(type: EntityType): boolean {
  return type === 'malware' || type === 'attack-pattern' || type === 'tool';
}

describeWithCorpus('every card of the whole corpus', () => {
  let home: string;
  let store: Store;
  let desk: Desk;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'threatbrief-sweep-'));
    store = await openStore({ home });
    await ingestPaths([corpusPath()], {}, { store, clock });
    desk = createDesk({ store, clock, log: silentLog });
  });
  afterAll(async () => {
    await store.close();
    await rm(home, { recursive: true });
  });

  it('with the publishers’ own words is sound on every platform', { timeout: 120_000 }, async () => {
    const context = await desk.contextAt('red');
    const all = [...context.knowledge.entities.values()];
    const entities = all.filter(({ type }, index) => !isMany(type) || index % 5 === 0);

    expect(await sweep(entities, context)).toEqual([]);
    expect(all.length).toBeGreaterThan(8_000);
    tellCounts(entities);
  });
});
