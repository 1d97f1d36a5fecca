import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { describeDatabaseUrl, translatePostgresError } from '../../src/store/postgres-errors.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';
import { actor, importRecords, titles } from './fixtures.ts';

describe('a database address', () => {
  it.each([
    ['postgresql://user:password@db.example:5433/tb?sslmode=require', 'PostgreSQL at db.example:5433/tb'],
    ['postgres://db.example/tb', 'PostgreSQL at db.example/tb'],
    ['postgresql:///tb?host=/var/run/postgresql', 'PostgreSQL at /var/run/postgresql/tb'],
    ['nonsense', 'PostgreSQL'],
  ])('%s is shown without its password', (url, shown) => {
    expect(describeDatabaseUrl(url)).toBe(shown);
  });

  it('of another kind is refused without being shown', async () => {
    const opening = openStore({ home: '', databaseUrl: 'mysql://root:hunter2@db.example/tb' });

    await expect(opening).rejects.toMatchObject({ code: 'database-url', exitCode: 2 });
    await expect(opening).rejects.not.toThrow('hunter2');
  });

  it('where nothing answers is an outage, told without the password', async () => {
    const opening = openStore({ home: '', databaseUrl: 'postgresql://user:hunter2@127.0.0.1:1/tb' });

    await expect(opening).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      code: 'store-unreachable',
      exitCode: 3,
      message: expect.stringContaining('PostgreSQL at 127.0.0.1:1/tb cannot be reached (ECONNREFUSED)'),
    });
    await expect(opening).rejects.not.toThrow('hunter2');
  });
});

describe('an error of PostgreSQL', () => {
  it.each([
    ['53100', 'store-full', 3],
    ['53300', 'store-busy', 3],
    ['55P03', 'store-locked', 3],
    ['57P01', 'store-unreachable', 3],
    ['08006', 'store-unreachable', 3],
    ['25006', 'store-read-only', 3],
    ['XX001', 'store-damaged', 3],
    ['28P01', 'store-refused', 2],
    ['28000', 'store-refused', 2],
    ['3D000', 'store-missing', 2],
    ['42501', 'store-not-allowed', 2],
  ])('%s becomes %s with exit code %i', (code, own, exitCode) => {
    const error = Object.assign(new Error('driver'), { code });

    expect(translatePostgresError(error, 'PostgreSQL at db')).toMatchObject({
      code: own,
      exitCode,
      cause: error,
    });
  });

  it.each(['23505', '42601', ''])('%s stays what it is', (code) => {
    const error = Object.assign(new Error('driver'), { code });

    expect(translatePostgresError(error, 'PostgreSQL at db')).toBe(error);
  });
});

describeWithPostgres('a store on PostgreSQL', (postgres) => {
  it('survives that the server ends its connections', async () => {
    const databaseUrl = await postgres.createDatabase();
    const store = await openStore({ home: '', databaseUrl });
    await importRecords(store, [actor(1)]);
    const session = await store.beginImport((await store.sources())[0] ?? never(), {
      now: 2000,
      complete: true,
    });
    await session.put([actor(2)]);

    await postgres.disconnect(databaseUrl);

    await expect(session.finish()).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    await expect.poll(() => titles(store.records()).catch(() => [])).toEqual(['Actor 1']);
    expect(await importRecords(store, [actor(1), actor(2)], { now: 3000 })).toMatchObject({ new: 1 });
    await store.close();
  });

  it('tells a database that is missing', async () => {
    const url = new URL(await postgres.createDatabase());
    url.pathname = '/no_such_database';

    await expect(openStore({ home: '', databaseUrl: url.href })).rejects.toMatchObject({
      code: 'store-missing',
      exitCode: 2,
    });
  });
});

function never(): never {
  throw new Error('the source is missing');
}
