import { z } from 'zod';
import type { SyncState } from '../types.ts';

/** What the server said of an address, to be sent back when it is asked again. */
export interface Page {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface UrlState {
  readonly pages: readonly (Page & { readonly place: string })[];
}

const pageSchema = z.object({
  place: z.string(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
});
const stateSchema = z.object({ pages: z.array(pageSchema) });

/** The addresses that were read before, by place; none for a state of another kind: then everything is read anew. */
export function pagesIn(state: SyncState): ReadonlyMap<string, Page> {
  const parsed = stateSchema.safeParse(state);
  if (!parsed.success) return new Map();
  return new Map(
    parsed.data.pages.map(({ place, etag, lastModified }) => [
      place,
      { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) },
    ]),
  );
}
