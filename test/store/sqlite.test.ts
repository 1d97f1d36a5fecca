import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { assertSoundSqlite } from '../../src/store/sqlite.ts';
import { translateSqliteError } from '../../src/store/sqlite-errors.ts';
import { actor, importRecords, titles, withFolder } from './fixtures.ts';

const childScript = fileURLToPath(new URL('./import-child.ts', import.meta.url));

function startChild(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', childScript, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Resolves with the child's lines up to the one that is waited for, or to its end. */
async function linesUntil(child: ChildProcess, last?: string): Promise<string[]> {
  if (child.stdout === null) throw new Error('the child has no output');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === last) break;
  }
  return lines;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Runs as a user whose rights the file system checks, which it does not for root. */
async function withoutRootRights(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('the embedded database', () => {
  it('is made in its folder, for its user alone', async () => {
    await withFolder(async (folder) => {
      const home = join(folder, 'a', 'b');

      const store = await openStore({ home });
      await store.close();

      expect(statSync(home).mode & 0o777).toBe(0o700);
      expect(statSync(join(home, 'threatbrief.db')).mode & 0o777).toBe(0o600);
    });
  });

  it('is in WAL mode and checks the types of its own tables', async () => {
    await withFolder(async (home) => {
      const store = await openStore({ home });
      await store.close();

      const database = new DatabaseSync(join(home, 'threatbrief.db'));
      const loose = database
        .prepare("select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0")
        .all();
      const mode = database.prepare('pragma journal_mode').get();
      database.close();

      expect(mode).toMatchObject({ journal_mode: 'wal' });
      const own = loose.map(({ name }) => String(name)).filter((name) => !/^(?:kysely|sqlite)_/.test(name));
      expect(own).toEqual([]);
    });
  });

  it('keeps its content when it is opened again', async () => {
    await withFolder(async (home) => {
      const first = await openStore({ home });
      await importRecords(first, [actor(1)]);
      await first.close();

      const second = await openStore({ home });

      expect(await titles(second.records())).toEqual(['Actor 1']);
      await second.close();
    });
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    await withFolder(async (home) => {
      const file = join(home, 'threatbrief.db');
      const text = 'this is no database, and long enough to be read as one';
      writeFileSync(file, text);

      await expect(openStore({ home })).rejects.toMatchObject({
        code: 'store-not-a-database',
        exitCode: 2,
        message: expect.stringContaining('THREATBRIEF_HOME'),
      });
      expect(readFileSync(file, 'utf8')).toBe(text);
    });
  });

  it('refuses the database of another program', async () => {
    await withFolder(async (home) => {
      const other = new DatabaseSync(join(home, 'threatbrief.db'));
      other.exec('create table theirs (a)');
      other.close();

      await expect(openStore({ home })).rejects.toMatchObject({ code: 'store-foreign', exitCode: 2 });
    });
  });

  it('refuses a database that a newer version wrote', async () => {
    await withFolder(async (home) => {
      await (await openStore({ home })).close();
      const database = new DatabaseSync(join(home, 'threatbrief.db'));
      database.exec(
        "insert into kysely_migration values ('0999-from-the-future', '2099-01-01T00:00:00.000Z')",
      );
      database.close();

      await expect(openStore({ home })).rejects.toMatchObject({
        code: 'store-newer',
        exitCode: 2,
        message: expect.stringContaining('0999-from-the-future'),
      });
    });
  });

  it('says so when its folder is a file', async () => {
    await withFolder(async (folder) => {
      const home = join(folder, 'file');
      writeFileSync(home, '');

      await expect(openStore({ home })).rejects.toMatchObject({ code: 'home-not-writable', exitCode: 2 });
    });
  });

  it.skipIf(process.platform === 'win32')('says so when its folder may not be written', async () => {
    await withFolder(async (folder) => {
      const home = join(folder, 'closed');
      mkdirSync(home);
      chmodSync(home, 0o555);
      chmodSync(folder, 0o755);

      await withoutRootRights(async () => {
        await expect(openStore({ home })).rejects.toMatchObject({
          code: 'home-not-writable',
          exitCode: 2,
          message: expect.stringContaining('EACCES'),
        });
      });
    });
  });

  it('says so when another process holds the lock for too long', async () => {
    await withFolder(async (home) => {
      const store = await openStore({ home, waitMs: 50 });
      const other = new DatabaseSync(join(home, 'threatbrief.db'));
      other.exec('begin immediate');

      await expect(importRecords(store, [actor(1)])).rejects.toMatchObject({
        name: 'StoreUnavailableError',
        code: 'store-locked',
        exitCode: 3,
      });

      other.exec('rollback');
      other.close();
      expect(await importRecords(store, [actor(1)])).toMatchObject({ new: 1 });
      await store.close();
    });
  });

  it('says so when the disk is full', () => {
    const database = new DatabaseSync(':memory:');
    database.exec('pragma max_page_count = 2; create table t (a)');
    let full: unknown;
    try {
      database.exec('insert into t values (hex(zeroblob(100000)))');
    } catch (error) {
      full = error;
    }
    database.close();

    expect(translateSqliteError(full, '/data/threatbrief.db')).toMatchObject({
      code: 'store-full',
      exitCode: 3,
      message: expect.stringContaining('free some space'),
    });
  });

  it('leaves errors that are none of the database as they are', () => {
    const error = new TypeError('a bug');

    expect(translateSqliteError(error, '/data/threatbrief.db')).toBe(error);
  });

  it.each(['3.51.3', '3.53.4', '4.0.0'])('takes SQLite %s', (version) => {
    expect(() => assertSoundSqlite(version)).not.toThrow();
  });

  it.each(['3.51.2', '3.50.9', '2.99.99', '', undefined, 'x.y'])('refuses SQLite %s', (version) => {
    expect(() => assertSoundSqlite(version)).toThrow('3.51.3 or later');
  });
});

describe('several processes', () => {
  it('may start at once on a new folder', async () => {
    await withFolder(async (home) => {
      const children = Array.from({ length: 4 }, () => startChild(home, 'open'));

      const outputs = await Promise.all(children.map((child) => linesUntil(child)));

      expect(outputs).toEqual(Array.from({ length: 4 }, () => ['version 0']));
    });
  });

  it('leave the old state when they are killed in the middle of an import', async () => {
    await withFolder(async (home) => {
      const store = await openStore({ home });
      await importRecords(store, [actor(1)]);
      const child = startChild(home, 'put', 'half');
      await linesUntil(child, 'put');

      await kill(child);

      expect(await titles(store.records())).toEqual(['Actor 1']);
      expect(await importRecords(store, [actor(1), actor(2)], { now: 2000 })).toMatchObject({ new: 1 });
      await store.close();
    });
  });

  it('leave the old or the new state when they are killed at the end of an import', async () => {
    await withFolder(async (home) => {
      const store = await openStore({ home });
      await importRecords(
        store,
        Array.from({ length: 1000 }, (_, index) => actor(index, { title: '0' })),
      );
      for (let round = 1; round <= 5; round += 1) {
        const child = startChild(home, 'finish', String(round));
        await linesUntil(child, 'put');
        await kill(child);

        const found = await titles(store.records());

        expect(found).toHaveLength(1000);
        expect(new Set(found).size).toBe(1);
      }
      await store.close();
    });
  });

  it('wait for one another when they write', async () => {
    await withFolder(async (home) => {
      const store = await openStore({ home });
      const children = ['a', 'b'].map((title) => startChild(home, 'finish', title));

      const outputs = await Promise.all(children.map((child) => linesUntil(child)));

      expect(outputs.every((lines) => lines.at(-1) === 'finished')).toBe(true);
      expect(new Set(await titles(store.records())).size).toBe(1);
      await store.close();
    });
  });
});
