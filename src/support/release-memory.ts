import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives the heap's garbage back to the system now, at the cost of one full collection (some tens of milliseconds).
 * For the moment after something large was built and its parts dropped: left alone, the process stays that large.
 */
export function releaseMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
