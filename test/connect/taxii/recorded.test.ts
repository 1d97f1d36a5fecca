import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createBoundFetch } from '../../../src/connect/bound-fetch.ts';
import { taxiiConnector } from '../../../src/connect/taxii/index.ts';
import { parsePage } from '../../../src/connect/taxii/page.ts';
import type { Connection, SyncState, SyncStep } from '../../../src/connect/types.ts';
import { fetchDocument } from '../../../src/support/http-fetch.ts';
import { corpusPath, describeWithCorpus } from '../../helpers/corpus.ts';
import {
  type LoopbackAnswer,
  type LoopbackHandler,
  type LoopbackRequest,
  type LoopbackServer,
  startLoopbackServer,
} from '../../helpers/loopback-server.ts';
import { objectsIn } from './stand-in.ts';

interface Exchange {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string>> | null;
    readonly headers: Readonly<Record<string, string>>;
    readonly json?: unknown;
  };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: { readonly objects?: readonly { readonly id: string }[] };
  readonly text?: string;
}

const user = 'admin';
const key = 'recorded-key';
const authorization = `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`;
const highValue = '91a7b528-80eb-42ed-a74d-c6fbd5a26116';
const ics = '365fed99-08fa-fdcd-a1b3-fb247eb41d01';

function load(): readonly Exchange[] {
  const folder = corpusPath('taxii', 'recorded-medallion');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      name,
      ...(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Omit<Exchange, 'name'>),
    }));
}

/** Answers as the recorded server did; a request that came twice is answered in the order of the recording. */
function replay(exchanges: readonly Exchange[]): LoopbackHandler {
  const used = new Map<Exchange, number>();
  return (request) => {
    if (request.headers['authorization'] !== authorization)
      return toAnswer(exchanges.find(({ status }) => status === 401));
    const matching = exchanges.filter((exchange) => isAsked(exchange, request));
    const least = Math.min(...matching.map((exchange) => used.get(exchange) ?? 0));
    const chosen =
      matching.find((exchange) => (used.get(exchange) ?? 0) === least) ??
      exchanges.find(({ request: { path, query } }) => path === request.url.pathname && query === null) ??
      exchanges.find(({ status }) => status === 404);
    if (chosen !== undefined) used.set(chosen, (used.get(chosen) ?? 0) + 1);
    return toAnswer(chosen);
  };
}

function isAsked({ request: recorded }: Exchange, request: LoopbackRequest): boolean {
  const query = Object.fromEntries(request.url.searchParams);
  const wanted = recorded.query ?? {};
  return (
    recorded.method === request.method &&
    recorded.path === request.url.pathname &&
    (recorded.headers['Accept'] === request.headers['accept'] || request.headers['accept'] === undefined) &&
    recorded.headers['Authorization'] !== undefined &&
    Object.keys({ ...wanted, ...query }).every((name) => wanted[name] === query[name])
  );
}

function toAnswer(exchange: Exchange | undefined): LoopbackAnswer {
  if (exchange === undefined) return { status: 500 };
  const { 'Content-Length': _, ...headers } = exchange.headers;
  return {
    status: exchange.status,
    headers,
    body: exchange.text ?? JSON.stringify(exchange.json ?? {}),
  };
}

async function sync(server: LoopbackServer, changes: Partial<Connection>, state: SyncState = {}) {
  const connection: Connection = {
    name: 'recorded',
    kind: 'taxii',
    url: server.origin,
    every: '6h',
    allowPrivate: true,
    user,
    ...changes,
  };
  const steps: SyncStep[] = [];
  const context = {
    connection,
    state,
    key,
    fetch: createBoundFetch(connection),
    clock: { now: () => new Date('2026-12-01T00:00:00Z') },
  };
  for await (const step of taxiiConnector.sync(context)) steps.push(step);
  return steps;
}

describeWithCorpus('the recorded exchanges with a TAXII 2.1 server', () => {
  it('are all understood: pages as pages, refusals as refusals', async () => {
    const exchanges = load();
    const server = await startLoopbackServer(replay(exchanges));
    const options = { maxBytes: 10_000_000, allowPrivateAddresses: true };

    for (const { name, request, status, json } of exchanges) {
      const url = new URL(server.origin + request.path);
      for (const [parameter, value] of Object.entries(request.query ?? {}))
        url.searchParams.set(parameter, value);
      const { Authorization, ...headers } = request.headers;
      const fetched = await fetchDocument(url, {
        ...options,
        headers: { ...headers, ...(Authorization === undefined ? {} : { authorization }) },
        ...(request.json === undefined ? {} : { jsonBody: JSON.stringify(request.json) }),
      });

      expect(fetched.ok, name).toBe(status < 300);
      if (!fetched.ok) expect(fetched, name).toMatchObject({ status, isOutage: false });
      else if (json?.objects !== undefined)
        expect(parsePage(fetched.bytes), name).toMatchObject({
          objects: json.objects.map(({ id }) => ({ id })),
        });
    }
    expect(exchanges).toHaveLength(26);
  });

  it('give every object of a collection whose pages all carry one `next`', async () => {
    const exchanges = load();
    const server = await startLoopbackServer(replay(exchanges));

    const steps = await sync(server, { options: { collection: ics, limit: '20' } });

    const pages = exchanges.filter(({ name }) => /^2[234]-/.test(name));
    const expected = pages.flatMap(({ json }) => json?.objects ?? []).map(({ id }) => id);
    expect(expected).toHaveLength(45);
    const brought = objectsIn(steps).map(({ id }) => id);
    expect(brought).toEqual(expect.arrayContaining(expected));
    expect(steps.flatMap((step) => (step.kind === 'document' ? [step.sourceName] : []))).toEqual([
      'stix-this-data-collection-is-for-testing-adding-objec',
    ]);
    expect(steps.at(-1)).toMatchObject({
      kind: 'state',
      state: { collections: [{ cutoff: '2026-11-22T14:19:29.964673000Z' }] },
    });
  });

  it('tell of API roots under another name of the server, which are asked where the server was found', async () => {
    const server = await startLoopbackServer(replay(load()));

    const steps = await sync(server, { options: { collection: 'High Value Indicator Collection' } });

    const notices = steps.flatMap((step) => (step.kind === 'notice' ? [step.notice.text] : []));
    expect(notices.join('\n')).toContain('http://localhost:5000/trustgroup1/');
    expect(objectsIn(steps)).toHaveLength(5);
    expect(server.requests.every(({ headers }) => headers['authorization'] === authorization)).toBe(true);
  });

  it.each([
    ['the discovery', '/taxii2/'],
    ['an API root', '/trustgroup1/'],
    ['the list of collections', '/trustgroup1/collections/'],
    ['a collection', `/trustgroup1/collections/${highValue}/`],
    ['the objects of a collection', `/trustgroup1/collections/${highValue}/objects/`],
    ['an API root without the last slash', '/trustgroup1'],
  ])('lead to the collection from %s', async (_, path) => {
    const server = await startLoopbackServer(replay(load()));

    const steps = await sync(server, { url: server.origin + path, options: { collection: highValue } });

    expect(objectsIn(steps).map(({ type }) => type)).toContain('malware');
  });

  it('say what the operator can do about a wrong key, a collection that is unreadable, and one that is unknown', async () => {
    const server = await startLoopbackServer(replay(load()));

    await expect(sync(server, { user: 'nobody' })).rejects.toThrow(/401.*check --key-env/);
    await expect(sync(server, { options: { collection: 'Secret Indicators' } })).rejects.toThrow(
      /may not be read/,
    );
    await expect(sync(server, { options: { collection: 'Something else' } })).rejects.toThrow(
      /no collection is called "Something else"; known: .*"High Value Indicator Collection"/,
    );
  });

  it('go on from the last time of adding', async () => {
    const server = await startLoopbackServer(replay(load()));
    const first = await sync(server, { options: { collection: highValue } });
    const [state] = first.flatMap((step) => (step.kind === 'state' ? [step.state] : [])).slice(-1);

    await sync(server, { options: { collection: highValue } }, state);

    expect(server.requests.at(-1)?.url.searchParams.get('added_after')).toBe('2017-12-31T13:49:53.935000Z');
  });
});
