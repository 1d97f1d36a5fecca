import { describe, expect, it } from 'vitest';
import { createBoundFetch } from '../../../src/connect/bound-fetch.ts';
import { mispConnector } from '../../../src/connect/misp/index.ts';
import type { Connection, SyncContext, SyncState, SyncStep } from '../../../src/connect/types.ts';
import { describeConnectorContract } from '../../contracts/connector-contract.ts';
import { type LoopbackServer, startLoopbackServer } from '../../helpers/loopback-server.ts';
import {
  type HeldEvent,
  json,
  mispEvent,
  mispStandIn,
  standInKey,
  uuidOf,
  type Wrapper,
} from './stand-in.ts';

interface Run {
  readonly steps: readonly SyncStep[];
  readonly state: SyncState;
  /** The events of each document, by number. */
  readonly pages: readonly (readonly number[])[];
  readonly notices: readonly string[];
  readonly failure: unknown;
}

async function sync(
  server: LoopbackServer,
  state: SyncState = {},
  options: Readonly<Record<string, string>> = {},
  more: {
    readonly key?: string;
    readonly stopAfter?: number;
    readonly wasTaken?: SyncContext['wasTaken'];
  } = {},
): Promise<Run> {
  const connection: Connection = {
    name: 'acme-misp',
    kind: 'misp',
    url: `${server.origin}/misp/`,
    every: '6h',
    allowPrivate: true,
    options,
  };
  const steps: SyncStep[] = [];
  let failure: unknown;
  try {
    const context: SyncContext = {
      connection,
      state: JSON.parse(JSON.stringify(state)) as SyncState,
      key: more.key ?? standInKey,
      fetch: createBoundFetch(connection),
      clock: { now: () => new Date('2026-01-18T03:00:00Z') },
      ...(more.wasTaken === undefined ? {} : { wasTaken: more.wasTaken }),
    };
    for await (const step of mispConnector.sync(context)) {
      steps.push(step);
      if (steps.length >= (more.stopAfter ?? Number.POSITIVE_INFINITY)) break;
    }
  } catch (error) {
    failure = error;
  }
  return {
    steps,
    state: steps.findLast((step) => step.kind === 'state')?.state ?? state,
    pages: steps.flatMap((step) => (step.kind === 'document' ? [numbersIn(step.bytes)] : [])),
    notices: steps.flatMap((step) => (step.kind === 'notice' ? [step.notice.text] : [])),
    failure,
  };
}

function numbersIn(bytes: Uint8Array): readonly number[] {
  const found = new TextDecoder().decode(bytes).matchAll(/"uuid":"00000000-0000-4000-8000-(\d{12})"/g);
  return [...found].map(([, digits]) => Number(digits));
}

const asked = ({ requests }: LoopbackServer): readonly unknown[] =>
  requests.map(({ body }) => JSON.parse(body) as unknown);
const numbered = (count: number): readonly HeldEvent[] =>
  Array.from({ length: count }, (_, index) => ({ n: index + 1 }));

describeConnectorContract(mispConnector, [
  {
    name: 'an instance',
    connection: (origin) => ({ url: origin, options: { limit: '2' } }),
    answer: mispStandIn(numbered(5)),
    key: standInKey,
  },
]);

describe('the interface of a MISP instance', () => {
  it('is asked with the key, page by page, until a page is short', async () => {
    const server = await startLoopbackServer(mispStandIn(numbered(5)));

    const run = await sync(server, {}, { limit: '2' });

    expect(run.pages).toEqual([[1, 2], [3, 4], [5]]);
    expect(asked(server)).toMatchObject([
      { page: 1, limit: 2, returnFormat: 'json', published: true, withAttachments: false },
      { page: 2 },
      { page: 3 },
    ]);
    for (const { headers, path, method } of server.requests) {
      expect([method, path, headers['authorization']]).toEqual([
        'POST',
        '/misp/events/restSearch',
        standInKey,
      ]);
    }
  });

  it('is asked for what was published since, and no more', async () => {
    const server = await startLoopbackServer(mispStandIn(numbered(4)));
    const first = await sync(server);
    const later = [...numbered(4), { n: 5, publishedAt: 1_700_000_000 }, { n: 6, published: false }];
    server.answer(mispStandIn([{ ...later[0], n: 1, publishedAt: 1_700_000_001 }, ...later.slice(1)]));

    const second = await sync(server, first.state);

    expect(asked(server)).toMatchObject([{}, { publish_timestamp: '1600000004' }]);
    expect(second.pages).toEqual([[1, 4, 5]]);
  });

  it('is asked by the time of the change where drafts are wanted too', async () => {
    const server = await startLoopbackServer(mispStandIn([{ n: 1 }, { n: 2, published: false }]));
    const options = { published: 'any' };
    const first = await sync(server, {}, options);

    const second = await sync(server, first.state, options);

    expect(first.pages).toEqual([[1, 2]]);
    expect(second.pages).toEqual([[2]]);
    expect(asked(server)[0]).not.toHaveProperty('published');
    expect(asked(server)[1]).toMatchObject({ timestamp: '1600000002' });
  });

  it('is asked for tags, creators and a first day', async () => {
    const events = [
      { n: 1, tags: ['acme:share'] },
      { n: 2, tags: ['acme:share'], creator: 'Other Lab' },
      { n: 3 },
    ];
    const server = await startLoopbackServer(mispStandIn(events));

    const run = await sync(server, {}, { tags: 'acme:share, x', org: 'Other Lab', since: '2020-01-01' });

    expect(run.pages).toEqual([[2]]);
    expect(asked(server)).toMatchObject([
      { tags: ['acme:share', 'x'], org: ['Other Lab'], publish_timestamp: '1577836800' },
    ]);
  });

  it('begins anew when somebody asks for something else', async () => {
    const server = await startLoopbackServer(mispStandIn(numbered(3)));
    const first = await sync(server);

    const second = await sync(server, first.state, { org: 'Sample CERT' });

    expect(second.pages).toEqual([[1, 2, 3]]);
  });

  it('does not go past the time at which it began to ask', async () => {
    const server = await startLoopbackServer(mispStandIn([{ n: 1, publishedAt: 1_900_000_000 }]));

    const { state } = await sync(server);

    expect(state['since']).toBe(Date.parse('2026-01-18T03:00:00Z') / 1000 - 60);
  });

  it('goes on one page before the place where a listing broke off', async () => {
    const server = await startLoopbackServer(mispStandIn(numbered(8)));
    const cut = await sync(server, {}, { limit: '2' }, { stopAfter: 6 });
    server.requests.length = 0;

    const rest = await sync(server, cut.state, { limit: '2' });

    expect(cut.pages).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(rest.pages).toEqual([
      [5, 6],
      [7, 8],
    ]);
    expect(rest.state).toEqual((await sync(server, {}, { limit: '2' })).state);
  });

  it.each<Wrapper>(['response list', 'bare list', 'response object'])(
    'may wrap events as %s',
    async (wrapper) => {
      const server = await startLoopbackServer(mispStandIn(numbered(3), { wrapper }));

      const run = await sync(server, {}, { limit: '2' });

      expect(run.pages).toEqual([[1, 2], [3]]);
      expect(run.failure).toBeUndefined();
    },
  );

  it('gives no document for an answer without events', async () => {
    const server = await startLoopbackServer(mispStandIn([]));

    const run = await sync(server);

    expect([run.pages, run.failure, run.steps.map(({ kind }) => kind)]).toEqual([[], undefined, ['state']]);
  });

  it('is left when it gives the same page again and again, or pages in a circle', async () => {
    const page = (...numbers: readonly number[]) =>
      json(200, { response: numbers.map((n) => ({ Event: mispEvent({ n }) })) });
    const server = await startLoopbackServer(() => page(1, 2));
    const same = await sync(server, {}, { limit: '2' });
    let turn = 0;
    server.answer(() => {
      turn += 1;
      return turn % 2 === 0 ? page(1, 2) : page(3, 4);
    });
    const circle = await sync(server, {}, { limit: '2' });

    expect(same.pages).toEqual([[1, 2]]);
    expect(circle.pages).toEqual([
      [3, 4],
      [1, 2],
    ]);
    for (const { notices } of [same, circle]) expect(notices).toEqual([expect.stringContaining('before')]);
  });

  it('is asked for smaller pages where one is too much to be read at once', async () => {
    const server = await startLoopbackServer(mispStandIn(numbered(5)));
    const taken = (place: string): boolean => !place.endsWith('-1-to-4');

    const run = await sync(server, {}, { limit: '4' }, { wasTaken: taken });

    expect(run.pages).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [5]]);
  });
});

describe('a MISP instance that refuses', () => {
  it.each([
    ['a wrong key', 403, /answered 403.*check that the key/],
    ['no rights', 401, /answered 401.*check that the key/],
    ['no such page', 404, /answered 404/],
  ])('says so: %s', async (_name, status, message) => {
    const server = await startLoopbackServer(() => json(status, { message: `Key ${standInKey} is wrong.` }));

    const { failure } = await sync(server);

    expect(failure).toMatchObject({ isOutage: false, message: expect.stringMatching(message) as string });
    expect(String(failure)).not.toContain(standInKey);
  });

  it('says so with a status that says that all is well', async () => {
    const message = `Authentication failed for ${standInKey}.`;
    const server = await startLoopbackServer(() => json(200, { saved: false, name: 'Error', message }));

    const { failure } = await sync(server);

    expect(failure).toMatchObject({ isOutage: false });
    expect(String(failure)).toContain('Authentication failed for (key).');
  });

  it('answers with its page to sign in, which is no interface', async () => {
    const server = await startLoopbackServer(() => ({ body: '<html>Login</html>' }));

    const { failure } = await sync(server);

    expect(String(failure)).toContain('is it the address of one?');
  });

  it('is busy, and says for how long', async () => {
    const server = await startLoopbackServer(() => ({ status: 429, headers: { 'retry-after': '90' } }));

    expect((await sync(server)).failure).toMatchObject({ isOutage: true, retryAfterSeconds: 90 });
  });

  it.each([{ published: 'no' }, { limit: '0' }, { limit: 'many' }, { since: 'yesterday' }])(
    'is not asked at all with the option %j',
    async (options) => {
      const server = await startLoopbackServer(mispStandIn(numbered(1)));

      expect((await sync(server, {}, options)).failure).toMatchObject({ isOutage: false });
      expect(server.requests).toEqual([]);
    },
  );

  it('forgets a state that is not its own', async () => {
    const server = await startLoopbackServer(mispStandIn(numbered(1)));
    const broken: SyncState = { since: 'x', listing: { offset: -1 }, query: 7 };

    expect((await sync(server, broken)).pages).toEqual([[1]]);
  });
});

describe('an event of an instance', () => {
  it('is named by its uuid in what is handed on', async () => {
    const server = await startLoopbackServer(mispStandIn(numbered(1)));

    const [document] = (await sync(server)).steps;

    expect(document).toMatchObject({ kind: 'document', format: 'misp-instance' });
    expect(JSON.stringify(document?.kind === 'document' ? document.place : '')).not.toContain(uuidOf(1));
  });
});
