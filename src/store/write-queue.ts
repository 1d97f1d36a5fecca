import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/** Runs work as a transaction, and resolves when that is committed. */
export type Write = <T>(work: (db: Transaction<Tables>) => Promise<T>) => Promise<T>;

/** So that no other process waits for long. */
const maxTogether = 64;

interface Waiting {
  /** Does the work, and tells what to do once it is committed. */
  readonly begin: (db: Transaction<Tables>) => Promise<() => void>;
  readonly fail: (error: unknown) => void;
}

/**
 * Writers of one process that wait at the same moment are committed together, each behind a savepoint of its own: a commit
 * waits for the disk, which takes some hundred times as long as the statements. Nobody hears of success before all of it
 * is on the disk; work that fails undoes itself alone.
 */
export function createWriteQueue(db: Kysely<Tables>): Write {
  const waiting: Waiting[] = [];
  let isRunning = false;

  async function runAll(): Promise<void> {
    while (waiting.length > 0) {
      // Those who were told of the last commit may have more to write.
      await nextTurn();
      const group = waiting.splice(0, maxTogether);
      await runGroup(db, group);
    }
    isRunning = false;
  }

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({
        begin: async (transaction) => {
          const result = await work(transaction);
          return () => resolve(result);
        },
        fail: reject,
      });
      if (isRunning) return;
      isRunning = true;
      void runAll();
    });
}

/** Never rejects: each of the group hears what became of it. */
async function runGroup(db: Kysely<Tables>, group: readonly Waiting[]): Promise<void> {
  const done: (() => void)[] = [];
  try {
    await db.transaction().execute(async (transaction) => {
      for (const one of group) done.push(await runOne(transaction, one));
    });
  } catch (error) {
    for (const one of group) one.fail(error);
    return;
  }
  for (const tell of done) tell();
}

async function runOne(transaction: Transaction<Tables>, { begin, fail }: Waiting): Promise<() => void> {
  await sql`savepoint work`.execute(transaction);
  const told = await begin(transaction).catch(async (error: unknown) => {
    await undo(transaction, error);
    return () => fail(error);
  });
  await sql`release work`.execute(transaction);
  return told;
}

/** Of some errors, such as a full disk, SQLite undoes the whole transaction: then the error is everybody's. */
async function undo(transaction: Transaction<Tables>, error: unknown): Promise<void> {
  try {
    await sql`rollback to work`.execute(transaction);
  } catch {
    throw error;
  }
}
