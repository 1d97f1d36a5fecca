import { z } from 'zod';
import { isUuid } from '../../domain/stix-id.ts';
import type { SyncState } from '../types.ts';

/** What a feed connection knows of an event that it has brought. */
export interface KnownEvent {
  /** The manifest's timestamp of the version that was taken; a `~` in front: only a summary was. */
  readonly stamp: string;
  /** The source that it went to. */
  readonly source: string;
}

/** What is kept of a feed between two syncs. */
export interface FeedState {
  /** By lower-case uuid. */
  readonly events: Map<string, KnownEvent>;
  /** Of the manifest, once all of it was worked off. */
  readonly validators: { readonly etag?: string; readonly lastModified?: string };
  /** What the last sync's filters were: other ones make an unchanged manifest worth reading again. */
  readonly filters: string;
}

const storedSchema = z.object({
  sources: z.array(z.string()).catch([]),
  events: z.record(z.string(), z.string()).catch({}),
  etag: z.string().optional().catch(undefined),
  lastModified: z.string().optional().catch(undefined),
  filters: z.string().catch(''),
});

/** Reads the state of an earlier sync; whatever is not as this connector writes it is forgotten. */
export function readFeedState(state: SyncState): FeedState {
  const stored = storedSchema.safeParse(state);
  if (!stored.success) return { events: new Map(), validators: {}, filters: '' };
  const { sources, events, etag, lastModified, filters } = stored.data;
  const known = new Map<string, KnownEvent>();
  for (const [uuid, text] of Object.entries(events)) {
    const at = text.lastIndexOf('.');
    const source = at < 0 ? undefined : sources[Number(text.slice(at + 1))];
    if (isUuid(uuid) && source !== undefined) known.set(uuid, { stamp: text.slice(0, at), source });
  }
  return {
    events: known,
    validators: {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    },
    filters,
  };
}

/** The state as it is kept: a short text for each event, and each source's name once. */
export function writeFeedState(state: FeedState): SyncState {
  const sources = new Map<string, number>();
  const events: Record<string, string> = {};
  for (const [uuid, { stamp, source }] of state.events) {
    const index = sources.get(source) ?? sources.size;
    sources.set(source, index);
    events[uuid] = `${stamp}.${index}`;
  }
  return { sources: [...sources.keys()], events, ...state.validators, filters: state.filters };
}
