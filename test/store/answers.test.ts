import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { answersContract } from '../contracts/answers-contract.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';

function withStore(open: () => Promise<{ store: Store; remove: () => void }>): void {
  let opened: { store: Store; remove: () => void } | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterEach(async () => {
    const all = Number.MAX_SAFE_INTEGER;
    await opened?.store.trimAnswers({ activities: all, evidence: all }, 1_000);
  });
  afterAll(async () => {
    await opened?.store.close();
    opened?.remove();
  });
  answersContract(() => {
    if (opened === undefined) throw new Error('no store is open');
    return opened.store;
  });
}

describe('answers on SQLite', () => {
  withStore(async () => {
    const home = mkdtempSync(join(tmpdir(), 'threatbrief-answers-'));
    return {
      store: await openStore({ home }),
      remove: () => rmSync(home, { recursive: true, force: true }),
    };
  });
});

describeWithPostgres('answers on PostgreSQL', (postgres) => {
  withStore(async () => ({
    store: await openStore({ home: '', databaseUrl: await postgres.createDatabase() }),
    remove: () => {},
  }));
});
