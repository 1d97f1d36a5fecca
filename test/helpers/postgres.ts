import { afterAll, beforeAll, describe } from 'vitest';
import { type Cluster, execute, findBinaries, startCluster, withDatabase } from './postgres-cluster.ts';

/** A PostgreSQL server for tests: every database that it gives is new and empty. */
export interface TestPostgres {
  /** The URL of a database of its own. */
  createDatabase(): Promise<string>;
  /** Ends the connections of everyone to the database of that URL, as a restart of the server would. */
  disconnect(url: string): Promise<void>;
}

const binaries = findBinaries();
const givenUrl = process.env['TEST_DATABASE_URL'];

/**
 * A suite that needs PostgreSQL: on the server of `TEST_DATABASE_URL`, else on a throw-away cluster made with the
 * system's binaries. Where there is neither it is skipped, and the title says so.
 */
export function describeWithPostgres(title: string, suite: (postgres: TestPostgres) => void): void {
  if (givenUrl === undefined && binaries === undefined) {
    describe.skip(`${title} (skipped: no PostgreSQL on this machine)`, () => suite(connectedTo(() => '')));
    return;
  }
  describe(title, () => {
    let cluster: Cluster | undefined;
    beforeAll(async () => {
      if (givenUrl === undefined && binaries !== undefined) cluster = await startCluster(binaries);
    }, 60_000);
    afterAll(async () => {
      await cluster?.stop();
    });
    suite(connectedTo(() => givenUrl ?? cluster?.url ?? ''));
  });
}

let databases = 0;

function connectedTo(adminUrl: () => string): TestPostgres {
  return {
    async createDatabase() {
      databases += 1;
      const name = `threatbrief_test_${process.pid}_${databases}`;
      await execute(adminUrl(), `drop database if exists ${name}`);
      await execute(adminUrl(), `create database ${name}`);
      return withDatabase(adminUrl(), name);
    },
    async disconnect(url) {
      const name = new URL(url).pathname.slice(1);
      await execute(
        adminUrl(),
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
    },
  };
}
