import { storeContract } from '../contracts/store-contract.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';

describeWithPostgres('the store on PostgreSQL', (postgres) => {
  storeContract(async () => ({
    settings: { home: '', databaseUrl: await postgres.createDatabase() },
    remove: () => {},
  }));
});
