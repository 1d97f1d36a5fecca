import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const folder = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

/** True where the optional folder of publishers' original files lies beside the checkout. */
export const hasCorpus = existsSync(folder);

/** The path of a file in the optional corpus. */
export function corpusPath(...parts: readonly string[]): string {
  return `${folder}${parts.join('/')}`;
}

/** A suite that needs the corpus: where the folder is absent it is skipped, and the title says so. */
export function describeWithCorpus(title: string, suite: () => void): void {
  if (hasCorpus) describe(title, suite);
  else describe.skip(`${title} (skipped: no ../shared/corpus beside the checkout)`, suite);
}
