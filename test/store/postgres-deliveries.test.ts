import { deliveryStoreContract } from '../contracts/delivery-store-contract.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';

describeWithPostgres('deliveries on PostgreSQL', (postgres) => {
  deliveryStoreContract(
    async () => ({
      settings: { home: '', databaseUrl: await postgres.createDatabase() },
      remove: () => {},
    }),
    { modelRuns: 8 },
  );
});
