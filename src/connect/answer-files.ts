import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files for large answers, one at a time, in a folder that is there only while somebody needs it. */
export interface AnswerFiles {
  /** The path of a file that is not there yet; the one before is deleted. */
  readonly newFile: () => string;
  readonly close: () => void;
}

export function createAnswerFiles(): AnswerFiles {
  let folder: string | undefined;
  let count = 0;
  return {
    newFile: () => {
      folder ??= mkdtempSync(join(tmpdir(), 'threatbrief-'));
      rmSync(join(folder, `answer-${count}`), { force: true });
      count += 1;
      return join(folder, `answer-${count}`);
    },
    close: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}
