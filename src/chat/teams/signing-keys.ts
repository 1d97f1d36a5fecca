import { z } from 'zod';
import type { Clock } from '../../support/clock.ts';

const metadataSchema = z.looseObject({ jwks_uri: z.string() });
const keysSchema = z.looseObject({
  keys: z.array(z.looseObject({ kid: z.string(), endorsements: z.array(z.string()).optional() })),
});

/** Knows which of Bot Framework's keys may sign for Teams. */
export interface SigningKeys {
  /** True when the key is published and endorsed for `msteams`. Rejects when the metadata cannot be read. */
  isEndorsed(keyId: string): Promise<boolean>;
}

/** Microsoft asks to read the keys anew at least once in 24 hours. */
const maxAgeMs = 24 * 60 * 60 * 1000;
/** An unknown key makes the list be read anew, but not more often than this, so that junk costs no requests. */
const minRefreshMs = 5 * 60 * 1000;
const timeoutMs = 5_000;

/**
 * botbuilder checks a key's endorsements only where the key has some; here a key without an endorsement for
 * Teams is refused (measured with botbuilder 4.23.3).
 */
export function createSigningKeys(openIdMetadataUrl: string, clock: Clock): SigningKeys {
  let endorsed = new Set<string>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const { jwks_uri } = metadataSchema.parse(await getJson(openIdMetadataUrl));
    const { keys } = keysSchema.parse(await getJson(jwks_uri));
    endorsed = new Set(
      keys.filter(({ endorsements }) => endorsements?.includes('msteams')).map(({ kid }) => kid),
    );
    readAt = clock.now().getTime();
  }

  async function refresh(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    await reading;
  }

  return {
    async isEndorsed(keyId) {
      const age = clock.now().getTime() - readAt;
      if (age > maxAgeMs || (!endorsed.has(keyId) && age > minRefreshMs)) await refresh();
      return endorsed.has(keyId);
    },
  };
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  if (!response.ok) throw new Error(`the OpenID metadata answered ${response.status}`);
  return response.json();
}
