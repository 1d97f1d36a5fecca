import { assertNever } from '../../../src/support/assert-never.ts';
import type { LoopbackAnswer, LoopbackHandler } from '../../helpers/loopback-server.ts';

/** An event as an instance holds it. */
export interface HeldEvent {
  readonly n: number;
  readonly published?: boolean;
  /** Epoch seconds. */
  readonly publishedAt?: number;
  readonly changedAt?: number;
  readonly creator?: string;
  readonly distribution?: number;
  readonly tags?: readonly string[];
  /** Members of the event besides. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export const standInKey = 'Stand-In-Key-0123456789abcdef';
export const uuidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const epoch = 1_600_000_000;

export function mispEvent(event: HeldEvent): Readonly<Record<string, unknown>> {
  const { n, published = true, publishedAt = epoch + n, changedAt = publishedAt, distribution = 3 } = event;
  return {
    id: String(n),
    uuid: uuidOf(n),
    info: `Sample event ${n}`,
    date: '2024-01-01',
    published,
    timestamp: String(changedAt),
    publish_timestamp: String(publishedAt),
    distribution: String(distribution),
    sharing_group_id: '0',
    event_creator_email: 'person@example.org',
    Orgc: { name: event.creator ?? 'Sample CERT' },
    Tag: (event.tags ?? []).map((name) => ({ name })),
    Attribute: [{ type: 'domain', value: `host${n}.example.org`, to_ids: true, distribution: '5' }],
    Object: [],
    ...event.more,
  };
}

interface Search {
  readonly page?: number;
  readonly limit?: number;
  readonly published?: boolean;
  readonly publish_timestamp?: string;
  readonly timestamp?: string;
  readonly tags?: readonly string[];
  readonly org?: readonly string[];
}

export type Wrapper = 'response list' | 'bare list' | 'response object';

/** A MISP instance that holds some events: knows its key, searches, pages. */
export function mispStandIn(
  events: readonly HeldEvent[],
  options: { readonly wrapper?: Wrapper } = {},
): LoopbackHandler {
  return ({ method, path, headers, body }): LoopbackAnswer => {
    if (headers['authorization'] !== standInKey)
      return json(403, { name: 'Authentication failed.', message: 'Authentication failed.', url: path });
    if (method !== 'POST' || !path.endsWith('/events/restSearch'))
      return json(404, { name: 'Not Found', message: 'Not Found', url: path });
    const search = JSON.parse(body) as Search;
    const { page = 1, limit = 60 } = search;
    const found = events.filter((event) => matches(event, search));
    const part = found.slice((page - 1) * limit, page * limit).map((event) => ({ Event: mispEvent(event) }));
    return json(200, wrapped(part, options.wrapper ?? 'response list'));
  };
}

function wrapped(part: readonly unknown[], wrapper: Wrapper): unknown {
  switch (wrapper) {
    case 'response list':
      return { response: part };
    case 'bare list':
      return part;
    case 'response object':
      return { response: part.length === 1 ? part[0] : part };
    default:
      return assertNever(wrapper);
  }
}

function matches(event: HeldEvent, search: Search): boolean {
  const { published = true, publishedAt = epoch + event.n, changedAt = publishedAt, tags = [] } = event;
  return (
    (search.published === undefined || search.published === published) &&
    publishedAt >= Number(search.publish_timestamp ?? 0) &&
    changedAt >= Number(search.timestamp ?? 0) &&
    (search.tags === undefined || search.tags.some((tag) => tags.includes(tag))) &&
    (search.org === undefined || search.org.includes(event.creator ?? 'Sample CERT'))
  );
}

export function json(status: number, value: unknown): LoopbackAnswer {
  const date = 'Sun, 18 Jan 2026 03:00:00 GMT';
  return { status, headers: { 'content-type': 'application/json', date }, body: JSON.stringify(value) };
}
