import type { TaxiiClient } from './client.ts';
import { type PageObject, parsePage } from './page.ts';

/** Fetches single objects by id, to complete a bundle. */
export interface Companions {
  /** Those of the ids that the server has; each is asked for once. Throws `SyncFailure` on an outage. */
  fetch(ids: readonly string[]): Promise<readonly PageObject[]>;
}

/** Of one request: an address may be 2,000 characters long everywhere. */
const batch = 30;
const maxBytes = 32 * 1024 * 1024;
/** Of one sync: beyond it, what is missing stays missing, and a missing marking is a strict one. */
const maxAsked = 5000;

export function createCompanions(client: TaxiiClient, objects: URL): Companions {
  const asked = new Set<string>();
  let canMatch = true;

  async function fetchBatch(ids: readonly string[]): Promise<readonly PageObject[]> {
    const url = new URL(objects);
    url.searchParams.set('match[id]', ids.join(','));
    url.searchParams.set('limit', String(batch));
    const answer = await client.get(url, maxBytes);
    if (!answer.ok) {
      if (answer.failure.isOutage) throw answer.failure;
      canMatch = answer.status === 404;
      return [];
    }
    const page = parsePage(answer.bytes);
    if (typeof page === 'string') return [];
    const found = page.objects.filter(({ id }) => ids.includes(id));
    // A server that does not know the filter gives anything.
    if (found.length < page.objects.length) canMatch = false;
    return found;
  }

  return {
    fetch: async (ids) => {
      const found: PageObject[] = [];
      const wanted = ids.filter((id) => !asked.has(id));
      for (let at = 0; at < wanted.length && canMatch && asked.size < maxAsked; at += batch) {
        const some = wanted.slice(at, at + batch);
        for (const id of some) asked.add(id);
        found.push(...(await fetchBatch(some)));
      }
      return found;
    },
  };
}
