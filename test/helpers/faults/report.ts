import { isLong } from './bounds.ts';
import type { Tally } from './crew.ts';

/** Prints what a run came to, where somebody asked for the long form. */
export function report(database: string, what: string, tally: Tally): void {
  if (isLong) process.stdout.write(`${database}, ${what}: ${JSON.stringify(tally)}\n`);
}
