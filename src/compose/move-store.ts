import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MovedStore } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import { moveToPostgres } from '../store/move-store.ts';
import { databaseFile } from '../store/sqlite.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';

/** From the folder of the settings to their database. Rejects with exit code 2 where one of them is missing. */
export async function moveStore(
  { home, databaseUrl }: Pick<Settings, 'home' | 'databaseUrl'>,
  clock: Clock,
): Promise<MovedStore> {
  if (databaseUrl === undefined) {
    throw new AppError(
      'usage',
      'move: set DATABASE_URL, or DATABASE_URL_FILE, to the PostgreSQL database to move to.',
    );
  }
  const from = join(home, databaseFile);
  if (!existsSync(from)) {
    throw new AppError(
      'usage',
      `move: there is no ${from}; set THREATBRIEF_HOME to the folder to move from.`,
    );
  }
  return { from, ...(await moveToPostgres({ home, databaseUrl, now: clock.now().getTime() })) };
}
