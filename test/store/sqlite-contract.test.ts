import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { storeContract } from '../contracts/store-contract.ts';

describe('the store on SQLite', () => {
  storeContract(async () => {
    const home = mkdtempSync(join(tmpdir(), 'threatbrief-store-'));
    return { settings: { home }, remove: () => rmSync(home, { recursive: true, force: true }) };
  });
});
