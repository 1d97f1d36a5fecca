import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeSqliteDialect } from '../../src/store/node-sqlite-dialect.ts';
import type { Tables } from '../../src/store/schema.ts';
import { createWriteQueue, type Write } from '../../src/store/write-queue.ts';

let database: DatabaseSync;
let write: Write;

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec('create table said (word text primary key) strict');
  write = createWriteQueue(new Kysely<Tables>({ dialect: nodeSqliteDialect(database, 1000) }));
});
afterEach(() => database.close());

function say(word: string, isGood = true): Promise<string> {
  return write(async (db) => {
    await sql`insert into said values (${word})`.execute(db);
    if (!isGood) throw new Error(`no ${word}`);
    return word;
  });
}

function said(): readonly unknown[] {
  return database
    .prepare('select word from said order by rowid')
    .all()
    .map(({ word }) => word);
}

describe('writers who wait at the same moment', () => {
  it('each get their own result, in the order in which they came', async () => {
    const words = Array.from({ length: 200 }, (_, index) => `word ${index}`);

    expect(await Promise.all(words.map((word) => say(word)))).toEqual(words);

    expect(said()).toEqual(words);
  });

  it('undo their own work alone when it fails', async () => {
    const results = await Promise.allSettled([say('one'), say('two', false), say('one'), say('three')]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(said()).toEqual(['one', 'three']);
    expect(await say('two')).toBe('two');
  });

  it('all hear of it when nothing of it can be kept, and the next go on', async () => {
    // As SQLite does by itself when the disk is full.
    const undoing = write(async (db) => {
      await sql`rollback`.execute(db);
      throw new Error('the disk is full');
    });
    const results = await Promise.allSettled([say('one'), undoing, say('two')]);

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(undoing).rejects.toThrow('the disk is full');
    expect(said()).toEqual([]);
    expect(await say('three')).toBe('three');
  });

  it('hear of nothing before it is kept', async () => {
    const keptWhenTold = async (word: string): Promise<boolean> => {
      await say(word);
      return !database.isTransaction;
    };

    expect(await Promise.all([keptWhenTold('one'), keptWhenTold('two')])).toEqual([true, true]);
  });
});
