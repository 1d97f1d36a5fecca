import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { installationsContract } from '../contracts/installations-contract.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';

const encryptionKey = 'ab'.repeat(32);
const newHome = (): string => mkdtempSync(join(tmpdir(), 'threatbrief-installations-'));

describe('installations on SQLite', () => {
  installationsContract(async () => {
    const home = newHome();
    return { settings: { home }, remove: () => rmSync(home, { recursive: true, force: true }) };
  });

  it('leave no token and no reference of a conversation in the files in clear', async () => {
    const home = newHome();
    const store = await openStore({ home, encryptionKey });
    const reference = { serviceUrl: 'https://smba.example/a-place-nobody-may-see' };
    const destination = { platform: 'teams', workspace: 'teams:t', id: 'a:1', kind: 'direct' } as const;
    await store.rememberConversation({ destination, reference, seenAt: 1, goneReason: null });
    await store.close();
    const text = readdirSync(home)
      .map((name) => readFileSync(join(home, name), 'latin1'))
      .join('');
    rmSync(home, { recursive: true, force: true });

    expect(text).toContain('teams:t');
    expect(text).not.toContain('nobody-may-see');
  });

  it('of one row do not open in another', async () => {
    const home = newHome();
    const store = await openStore({ home, encryptionKey });
    const at = (id: string) => ({ platform: 'teams', workspace: 'teams:t', id, kind: 'direct' }) as const;
    for (const id of ['a:1', 'a:2']) {
      await store.rememberConversation({
        destination: at(id),
        reference: { id },
        seenAt: 1,
        goneReason: null,
      });
    }
    const database = new DatabaseSync(join(home, 'threatbrief.db'));
    database.exec(
      "update conversation set reference = (select reference from conversation where place = 'a:2') where place = 'a:1'",
    );
    database.close();

    await expect(store.conversation(at('a:1'))).rejects.toThrow(/altered, or copied from another row/);
    expect(await store.conversation(at('a:2'))).toMatchObject({ reference: { id: 'a:2' } });
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });
});

describeWithPostgres('installations on PostgreSQL', (postgres) => {
  let databaseUrl: string | undefined;

  installationsContract(async () => {
    if (databaseUrl === undefined) databaseUrl = await postgres.createDatabase();
    else await empty(databaseUrl);
    return { settings: { home: '', databaseUrl }, remove: () => {} };
  });
});

async function empty(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  const tables = ['slack_installation', 'slack_installation_team', 'conversation'];
  await client.query(tables.map((table) => `delete from ${table}`).join(';'));
  await client.end();
}
