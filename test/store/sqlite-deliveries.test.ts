import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { deliveryStoreContract } from '../contracts/delivery-store-contract.ts';

describe('deliveries on SQLite', () => {
  deliveryStoreContract(
    async () => {
      const home = mkdtempSync(join(tmpdir(), 'threatbrief-deliveries-'));
      return { settings: { home }, remove: () => rmSync(home, { recursive: true, force: true }) };
    },
    { modelRuns: 20 },
  );
});
