import type { DeliveryTools } from './engine-types.ts';
import { tidy } from './outcome.ts';
import type { DeliveryPlatform } from './types.ts';

/** An adapter ends its requests itself; one that does not is left behind after this much more. */
const graceMs = 5_000;

/** A call to a platform that neither rejects nor hangs, whatever the adapter does. */
export async function guarded<T>(
  call: () => Promise<T>,
  otherwise: (error: string) => T,
  { requestTimeoutMs }: Pick<DeliveryPlatform, 'requestTimeoutMs'>,
  { sleep, log }: Pick<DeliveryTools, 'sleep' | 'log'>,
): Promise<T> {
  const answered = new AbortController();
  const late = sleep(requestTimeoutMs + graceMs, answered.signal).then(() => otherwise('no answer in time'));
  try {
    return await Promise.race([call(), late]);
  } catch (error) {
    log.error({ error }, 'a platform failed unexpectedly');
    return otherwise(tidy(`unexpected failure: ${error instanceof Error ? error.name : 'unknown'}`));
  } finally {
    answered.abort();
  }
}
