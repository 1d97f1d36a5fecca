import { createBoundFetch } from '../../../src/connect/bound-fetch.ts';
import { SyncFailure } from '../../../src/connect/sync-failure.ts';
import { createTaxiiConnector } from '../../../src/connect/taxii/index.ts';
import { defaultTaxiiLimits, type TaxiiLimits } from '../../../src/connect/taxii/walk.ts';
import type { Connection, SyncContext, SyncState, SyncStep } from '../../../src/connect/types.ts';
import type { LoopbackAnswer, LoopbackRequest } from '../../helpers/loopback-server.ts';

export interface StoredObject {
  readonly object: Readonly<Record<string, unknown>>;
  /** As a header carries it: microseconds. */
  readonly added: string;
}

/** How a server may part from the standard, each off when absent. */
export interface Quirks {
  /** `same`: one value for all pages, and the server remembers where the reader is. `none`: "more" alone. */
  readonly next?: 'same' | 'none' | 'each';
  readonly noDates?: boolean;
  readonly ignoresAddedAfter?: boolean;
  readonly ignoresLimit?: boolean;
  readonly ignoresNext?: boolean;
  /** Says "more" on the last page, and gives `{}` from then on. */
  readonly endsEmpty?: boolean;
  /** Knows no `match[id]`. */
  readonly noMatchId?: boolean;
  /** The order of the list: by time of adding, or the other way around. */
  readonly order?: 'ascending' | 'descending';
  /** Refuses the first media type. */
  readonly olderMediaType?: boolean;
  /** Refuses any `limit`. */
  readonly noLimit?: boolean;
}

export interface StandIn {
  readonly objects: StoredObject[];
  readonly requests: URL[];
  answer(request: Pick<LoopbackRequest, 'path' | 'headers'>): LoopbackAnswer;
}

export const collectionId = '00000000-0000-4000-8000-0000000000aa';
export const collectionPath = `/api/collections/${collectionId}/`;
const mediaType = { 'content-type': 'application/taxii+json;version=2.1' };

/** A TAXII server in memory with one readable collection, and every quirk as a switch. */
export function createStandIn(objects: StoredObject[], pageSize: number, quirks: Quirks = {}): StandIn {
  const requests: URL[] = [];
  const memory = new Map<string, StoredObject[]>();
  let tokens = 0;

  function answer({ path, headers }: Pick<LoopbackRequest, 'path' | 'headers'>): LoopbackAnswer {
    const url = new URL(path, 'http://stand-in.test');
    requests.push(url);
    if (quirks.olderMediaType === true && (headers['accept'] ?? '').includes('version'))
      return { status: 406 };
    switch (url.pathname) {
      case '/taxii2/':
        return json({ title: 'Stand-in', api_roots: ['/api/'], default: '/api/' });
      case '/api/':
        return json({ title: 'Root', versions: ['application/taxii+json;version=2.1'] });
      case '/api/collections/':
        return json({ collections: [collection(), unreadable] });
      case collectionPath:
        return json(collection());
      case `${collectionPath}objects/`:
        return list(url.searchParams);
      default:
        return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' };
    }
  }

  function list(query: URLSearchParams): LoopbackAnswer {
    const ids = query.get('match[id]')?.split(',');
    if (ids !== undefined && quirks.noMatchId !== true)
      return page(
        objects.filter(({ object }) => ids.includes(String(object['id']))),
        {},
      );
    if (query.has('limit') && quirks.noLimit === true) return { status: 400, headers: mediaType, body: '{}' };
    const token = quirks.ignoresNext === true ? null : query.get('next');
    const asked = quirks.ignoresLimit === true ? pageSize : Number(query.get('limit') ?? pageSize);
    const size = query.has('limit') && quirks.next === 'none' ? asked : Math.min(pageSize, asked);
    const rest = token === null ? filtered(query.get('added_after')) : memory.get(token);
    if (rest === undefined) return { status: 400, headers: mediaType, body: '{"title": "next not valid"}' };
    const now = rest.slice(0, size);
    const later = rest.slice(size);
    if (later.length === 0) {
      if (token !== null && quirks.next !== 'each') memory.delete(token);
      return page(
        now,
        quirks.endsEmpty === true && now.length > 0 ? { more: true, next: 'end' } : { more: false },
      );
    }
    if (quirks.next === 'none') return page(now, { more: true });
    tokens += 1;
    const next = quirks.next === 'same' ? (token ?? `walk-${tokens}`) : `page-${tokens}`;
    memory.set(next, later);
    return page(now, { more: true, next });
  }

  function filtered(after: string | null): StoredObject[] {
    const sorted = [...objects].sort((a, b) => (a.added < b.added ? -1 : a.added > b.added ? 1 : 0));
    const isAsked = ({ added }: StoredObject): boolean =>
      after === null || quirks.ignoresAddedAfter === true || added > after;
    return (quirks.order === 'descending' ? sorted.reverse() : sorted).filter(isAsked);
  }

  function page(some: readonly StoredObject[], rest: Readonly<Record<string, unknown>>): LoopbackAnswer {
    const times = some.map(({ added }) => added).sort();
    const dates: Record<string, string> =
      quirks.noDates === true || times.length === 0
        ? {}
        : {
            'x-taxii-date-added-first': times[0] ?? '',
            'x-taxii-date-added-last': times.at(-1) ?? '',
          };
    const body = some.length === 0 ? rest : { ...rest, objects: some.map(({ object }) => object) };
    memory.set('end', []);
    return { headers: { ...mediaType, ...dates }, body: JSON.stringify(body) };
  }

  return { objects, requests, answer };
}

function collection(): Readonly<Record<string, unknown>> {
  return { id: collectionId, title: 'Shared actors', alias: 'actors', can_read: true, can_write: false };
}

const unreadable = {
  id: '00000000-0000-4000-8000-0000000000bb',
  title: 'Not for us',
  can_read: false,
  can_write: false,
};

function json(value: unknown): LoopbackAnswer {
  return { headers: mediaType, body: JSON.stringify(value) };
}

export interface TaxiiRun {
  readonly steps: readonly SyncStep[];
  readonly state: SyncState;
  readonly failure: SyncFailure | undefined;
  /** `id modified` of every object that was handed over, each once. */
  readonly delivered: ReadonlySet<string>;
}

export interface SyncSetup {
  readonly connection?: Partial<Connection>;
  readonly key?: string;
  readonly state?: SyncState;
  /** Ends after so many steps. */
  readonly stopAfter?: number;
  readonly limits?: Partial<TaxiiLimits>;
  readonly now?: string;
  /** Answers in place of the server, where it gives something. */
  readonly before?: (url: URL, count: number) => LoopbackAnswer | undefined;
}

/** Syncs with a stand-in without a network: the port `fetch` is answered by it. */
export async function syncWith(server: Pick<StandIn, 'answer'>, setup: SyncSetup = {}): Promise<TaxiiRun> {
  const connection: Connection = {
    name: 'stand-in',
    kind: 'taxii',
    url: 'http://stand-in.test/',
    every: '6h',
    ...setup.connection,
  };
  let count = 0;
  const context: SyncContext = {
    connection,
    state: JSON.parse(JSON.stringify(setup.state ?? {})) as SyncState,
    clock: { now: () => new Date(setup.now ?? '2026-02-01T00:00:00Z') },
    ...(setup.key === undefined ? {} : { key: setup.key }),
    fetch: async (url, options) => {
      if (url.host !== new URL(connection.url).host) return createBoundFetch(connection)(url, options);
      count += 1;
      const given = setup.before?.(url, count);
      const answered =
        given ?? server.answer({ path: url.pathname + url.search, headers: options?.headers ?? {} });
      const { status = 200, headers = {}, body = '' } = answered;
      if (status !== 200)
        return { ok: false, reason: `${url.host} answered ${status}`, isOutage: status >= 500, status };
      return { ok: true, bytes: Buffer.from(body as string), notModified: false, headers, url };
    },
  };
  const steps: SyncStep[] = [];
  let failure: SyncFailure | undefined;
  try {
    for await (const step of createTaxiiConnector({ ...defaultTaxiiLimits, ...setup.limits }).sync(context)) {
      steps.push(step);
      if (steps.length >= (setup.stopAfter ?? Number.POSITIVE_INFINITY)) break;
    }
  } catch (error) {
    if (!(error instanceof SyncFailure)) throw error;
    failure = error;
  }
  const states = steps.flatMap((step) => (step.kind === 'state' ? [step.state] : []));
  return {
    steps,
    state: states.at(-1) ?? context.state,
    failure,
    delivered: new Set(objectsIn(steps).map(keyOf)),
  };
}

/** An object and its version. */
export function keyOf(object: Readonly<Record<string, unknown>>): string {
  return `${String(object['id'])} ${String(object['modified'])}`;
}

/** Every object in the bundles of a sync, in order. */
export function objectsIn(steps: readonly SyncStep[]): readonly Readonly<Record<string, unknown>>[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'document') return [];
    const bundle = JSON.parse(Buffer.from(step.bytes).toString('utf8')) as {
      objects: Readonly<Record<string, unknown>>[];
    };
    return bundle.objects;
  });
}

/** A made-up piece of malware: obviously nobody's. */
export function malware(
  index: number,
  added: string,
  more: Readonly<Record<string, unknown>> = {},
): StoredObject {
  const tail = index.toString(16).padStart(12, '0');
  return {
    added,
    object: {
      type: 'malware',
      spec_version: '2.1',
      id: `malware--00000000-0000-4000-8000-${tail}`,
      created: '2026-01-01T00:00:00.000Z',
      modified: '2026-01-01T00:00:00.000Z',
      name: `Made-up ${index}`,
      is_family: true,
      ...more,
    },
  };
}
