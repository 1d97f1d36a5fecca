import { Client } from 'pg';
import { deliveryStoreContract } from '../contracts/delivery-store-contract.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';

const tables = [
  'subscription',
  'delivery',
  'posted_item',
  'place_gate',
  'watch',
  'mute',
  'audit_event',
  'conversation',
  'inbound_event',
];

describeWithPostgres('deliveries on PostgreSQL', (postgres) => {
  let databaseUrl: string | undefined;

  deliveryStoreContract(
    async () => {
      // One database for all: making one takes longer than most of the tests.
      if (databaseUrl === undefined) databaseUrl = await postgres.createDatabase();
      else await empty(databaseUrl);
      return { settings: { home: '', databaseUrl }, remove: () => {} };
    },
    { modelRuns: 6 },
  );
});

async function empty(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    // Faster than truncating where there are few rows.
    await client.query(tables.map((table) => `delete from ${table}`).join(';'));
  } finally {
    await client.end();
  }
}
