import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { AppError } from '../support/app-error.ts';

/**
 * Writes a file whole or not at all, readable by its owner only: what is exported may be marked. Rejects with
 * `file-not-written` (exit code 2).
 */
export async function saveFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed';
    throw new AppError(
      'file-not-written',
      `${JSON.stringify(path)} cannot be written (${code}); name a file in a folder that exists`,
      {
        cause,
        exitCode: 2,
      },
    );
  }
}
