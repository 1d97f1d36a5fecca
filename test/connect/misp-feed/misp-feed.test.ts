import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBoundFetch } from '../../../src/connect/bound-fetch.ts';
import { mispFeedConnector } from '../../../src/connect/misp-feed/index.ts';
import type { Connection, SyncState, SyncStep } from '../../../src/connect/types.ts';
import { describeConnectorContract } from '../../contracts/connector-contract.ts';
import { corpusPath, describeWithCorpus } from '../../helpers/corpus.ts';
import {
  type LoopbackAnswer,
  type LoopbackServer,
  startLoopbackServer,
} from '../../helpers/loopback-server.ts';

const uuidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

interface FeedEvent {
  readonly n: number;
  readonly timestamp?: string | number;
  readonly creator?: string;
  readonly date?: string;
  readonly tags?: readonly string[];
  readonly value?: string;
}

function eventOf({ n, timestamp = 1_600_000_000 + n, creator = 'Sample CERT', value }: FeedEvent): string {
  const attribute = { type: 'domain', value: value ?? `host${n}.example.org`, to_ids: true };
  return JSON.stringify({
    Event: {
      uuid: uuidOf(n),
      info: `Sample event ${n}`,
      date: '2024-01-01',
      timestamp: String(timestamp),
      Orgc: { name: creator },
      Tag: [{ name: 'tlp:green' }],
      Attribute: [attribute],
    },
  });
}

function manifestOf(events: readonly FeedEvent[]): string {
  const rows = events.map(
    ({ n, timestamp = 1_600_000_000 + n, creator = 'Sample CERT', date, tags = [] }) => [
      uuidOf(n),
      {
        info: `Sample event ${n}`,
        date: date ?? '2024-01-01',
        timestamp,
        Orgc: { name: creator },
        Tag: tags.map((name) => ({ name })),
      },
    ],
  );
  return JSON.stringify(Object.fromEntries(rows));
}

type Files = Readonly<Record<string, string | LoopbackAnswer>>;

function feedFiles(events: readonly FeedEvent[], more: Files = {}): Files {
  const own = events.map((event) => [`${uuidOf(event.n)}.json`, eventOf(event)] as const);
  return { 'manifest.json': manifestOf(events), ...Object.fromEntries(own), ...more };
}

function serve(files: Files): (request: { readonly path: string }) => LoopbackAnswer {
  return ({ path }) => {
    const name = path.replace(/^\/(?:feed\/)?/, '').replace(/\?.*$/, '');
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (file === undefined) return { status: 404, body: 'not here' };
    return typeof file === 'string' ? { body: file } : file;
  };
}

interface Run {
  readonly steps: readonly SyncStep[];
  readonly state: SyncState;
  /** Names of the events that were given as documents. */
  readonly brought: readonly string[];
  readonly rejected: readonly string[];
  readonly present: readonly (SyncStep & { kind: 'present' })[];
  readonly failure: unknown;
}

async function sync(
  server: LoopbackServer,
  state: SyncState = {},
  changes: Partial<Connection> = {},
  stopAfter = Number.POSITIVE_INFINITY,
): Promise<Run> {
  const connection: Connection = {
    name: 'sample',
    kind: 'misp-feed',
    url: `${server.origin}/feed`,
    every: '6h',
    allowPrivate: true,
    ...changes,
  };
  const steps: SyncStep[] = [];
  let failure: unknown;
  try {
    const context = {
      connection,
      state,
      fetch: createBoundFetch(connection),
      clock: { now: () => new Date('2026-01-01T00:00:00Z') },
    };
    for await (const step of mispFeedConnector.sync(context)) {
      steps.push(step);
      if (steps.length >= stopAfter) break;
    }
  } catch (error) {
    failure = error;
  }
  return {
    steps,
    state: steps.findLast((step) => step.kind === 'state')?.state ?? state,
    brought: steps.flatMap((step) =>
      step.kind === 'document'
        ? [/-(\d+)\.json$/.exec(step.place)?.[1]?.replace(/^0+/, '') ?? step.place]
        : [],
    ),
    rejected: steps.flatMap((step) => (step.kind === 'rejection' ? [step.rejection.reason] : [])),
    present: steps.flatMap((step) => (step.kind === 'present' ? [step] : [])),
    failure,
  };
}

const three = [{ n: 1 }, { n: 2 }, { n: 3 }];
const hashRow = (n: number, text: string): string => {
  const hash = (name: string) => createHash(name).update(text).digest('hex');
  return `${uuidOf(n)}.json,${hash('md5')},${hash('sha1')}`;
};

describeConnectorContract(mispFeedConnector, [
  {
    name: 'a feed',
    connection: (origin) => ({ url: `${origin}/feed/` }),
    answer: serve(feedFiles(three)),
  },
  {
    name: 'a feed with hashes, a key and a name of its own',
    connection: (origin) => ({ url: `${origin}/feed/manifest.json`, sourceName: 'own-feed' }),
    answer: serve(
      feedFiles(three, { 'hashes.csv': three.map((one) => hashRow(one.n, eventOf(one))).join('\n') }),
    ),
    key: 'feed-key-0123456789',
  },
]);

describe('a MISP feed', () => {
  it('is fetched whole at first, latest first, then only where a timestamp changed', async () => {
    const server = await startLoopbackServer(serve(feedFiles(three)));
    const first = await sync(server);
    const changed = [{ n: 1 }, { n: 2, timestamp: 1_700_000_000 }, { n: 3 }, { n: 4 }];
    server.answer(serve(feedFiles(changed)));
    server.requests.length = 0;

    const second = await sync(server, first.state);

    expect(first.brought).toEqual(['3', '2', '1']);
    expect(second.brought).toEqual(['2', '4']);
    expect(second.present).toEqual([]);
    expect(server.requests.filter(({ path }) => path.endsWith(`${uuidOf(1)}.json`))).toEqual([]);
  });

  it('takes a timestamp that is a number for the same as one that is a text', async () => {
    const server = await startLoopbackServer(serve(feedFiles([{ n: 1, timestamp: 1_600_000_001 }])));
    const first = await sync(server);
    server.answer(serve(feedFiles([{ n: 1, timestamp: '1600000001' }])));

    expect((await sync(server, first.state)).brought).toEqual([]);
  });

  it('asks on condition, and does nothing when the manifest stayed the same', async () => {
    const manifest = { headers: { etag: '"one"' }, body: manifestOf(three) };
    const server = await startLoopbackServer(serve(feedFiles(three, { 'manifest.json': manifest })));
    const first = await sync(server);
    server.answer(({ headers }) => (headers['if-none-match'] === '"one"' ? { status: 304 } : { body: '{}' }));

    const second = await sync(server, first.state);

    expect(second).toMatchObject({ steps: [], failure: undefined });
  });

  it('reads the manifest again although it stayed the same when the filters changed', async () => {
    const manifest = { headers: { etag: '"one"' }, body: manifestOf(three) };
    const server = await startLoopbackServer(serve(feedFiles(three, { 'manifest.json': manifest })));
    const first = await sync(server, {}, { options: { since: '2030-01-01' } });
    server.requests.length = 0;

    await sync(server, first.state);

    expect(server.requests[0]?.headers['if-none-match']).toBeUndefined();
  });

  it('says which events are gone, source by source', async () => {
    const events = [{ n: 1 }, { n: 2 }, { n: 3, creator: 'Other Lab' }];
    const server = await startLoopbackServer(serve(feedFiles(events)));
    const first = await sync(server);
    server.answer(serve(feedFiles([events[0] ?? { n: 1 }])));

    const second = await sync(server, first.state);
    const third = await sync(server, second.state);

    expect(second.present).toEqual([
      { kind: 'present', source: 'misp-other-lab', externalIds: [] },
      { kind: 'present', source: 'misp-sample-cert', externalIds: [uuidOf(1)] },
    ]);
    expect(third.present).toEqual([]);
  });

  it("goes by the creator that the event names, and by the connection's own source where it has one", async () => {
    const event = eventOf({ n: 1, creator: 'Real Author' });
    const server = await startLoopbackServer(
      serve({
        'manifest.json': manifestOf(three.slice(0, 2)),
        [`${uuidOf(1)}.json`]: event,
        [`${uuidOf(2)}.json`]: eventOf({ n: 2 }),
      }),
    );
    const goneFrom = async (changes: Partial<Connection>): Promise<readonly string[]> => {
      server.answer(
        serve({
          'manifest.json': manifestOf(three.slice(0, 2)),
          [`${uuidOf(1)}.json`]: event,
          [`${uuidOf(2)}.json`]: eventOf({ n: 2 }),
        }),
      );
      const { state } = await sync(server, {}, changes);
      server.answer(serve({ 'manifest.json': manifestOf([{ n: 2 }]) }));
      return (await sync(server, state, changes)).present.map(({ source }) => source);
    };

    expect(await goneFrom({})).toEqual(['misp-real-author']);
    expect(await goneFrom({ sourceName: 'own' })).toEqual(['own']);
  });

  it.each([
    ['is empty', '{}'],
    ['is broken', '{"00000000-0000-4000-8000-0000000'],
    ['is a list', '[]'],
    ['is a page', '<html></html>'],
    ['is readable in part only', `{"../../etc/passwd": {}, "${uuidOf(1)}": {"timestamp": 1600000001}}`],
  ])('takes nothing for gone when the manifest %s', async (_name, manifest) => {
    const server = await startLoopbackServer(serve(feedFiles(three)));
    const first = await sync(server);
    server.answer(serve({ 'manifest.json': manifest }));

    const second = await sync(server, first.state);

    expect(second.present).toEqual([]);
    server.answer(serve(feedFiles(three)));
    expect((await sync(server, second.state)).brought).toEqual([]);
  });

  it.each([
    '../../etc/passwd',
    'https://evil.example/x',
    '/etc/passwd',
    `${uuidOf(1)}/../x`,
    '__proto__',
    '',
  ])('rejects the name %j and fetches nothing by it', async (name) => {
    const manifest = `{${JSON.stringify(name)}: {"timestamp": 1}, "${uuidOf(1)}": {"timestamp": 1600000001}}`;
    const server = await startLoopbackServer(serve(feedFiles([{ n: 1 }], { 'manifest.json': manifest })));

    const run = await sync(server);

    expect(run.rejected).toHaveLength(1);
    expect(run.brought).toEqual(['1']);
    const paths = server.requests.map(({ path }) => path).sort();
    expect(paths).toEqual([`/feed/${uuidOf(1)}.json`, '/feed/hashes.csv', '/feed/manifest.json'].sort());
  });
});

describe('events of a MISP feed that are not what they should be', () => {
  it('costs a missing, a broken and a swapped event itself only, and tries it again', async () => {
    const files = feedFiles([...three, { n: 4 }], {
      [`${uuidOf(1)}.json`]: '{"Event": {"uuid": "',
      [`${uuidOf(2)}.json`]: eventOf({ n: 9 }),
      [`${uuidOf(3)}.json`]: { status: 404, body: '' },
    });
    const server = await startLoopbackServer(serve(files));

    const bad = await sync(server);
    server.answer(serve(feedFiles([...three, { n: 4 }])));
    const good = await sync(server, bad.state);

    expect(bad.brought).toEqual(['4']);
    expect(bad.rejected).toEqual([
      expect.stringContaining('404'),
      expect.stringContaining('another event'),
      expect.stringContaining('cut off'),
    ]);
    expect(good.brought).toEqual(['3', '2', '1']);
  });

  it('fetches an event again whose bytes are not those of hashes.csv, and takes it when they are then', async () => {
    const hashes = hashRow(1, eventOf({ n: 1 }));
    let asked = 0;
    const server = await startLoopbackServer((request) => {
      if (!request.path.includes(uuidOf(1)))
        return serve(feedFiles([{ n: 1 }], { 'hashes.csv': hashes }))(request);
      asked += 1;
      return { body: asked === 1 ? eventOf({ n: 1, value: 'changed.example.org' }) : eventOf({ n: 1 }) };
    });

    const run = await sync(server);

    expect([asked, run.brought, run.rejected]).toEqual([2, ['1'], []]);
  });

  it('rejects an event whose bytes are never those of hashes.csv', async () => {
    const hashes = `${hashRow(1, 'something else')}\r\n${hashRow(2, eventOf({ n: 2 }))}\r\n`;
    const server = await startLoopbackServer(
      serve(feedFiles([{ n: 1 }, { n: 2 }], { 'hashes.csv': hashes })),
    );

    const run = await sync(server);

    expect(run.brought).toEqual(['2']);
    expect(run.rejected).toEqual([expect.stringContaining('hashes.csv')]);
  });

  it('ends after a few outages in a row, keeps what it has and goes on from there', async () => {
    const many = Array.from({ length: 8 }, (_, index) => ({ n: index + 1 }));
    const down = { status: 503, body: '' };
    const broken = Object.fromEntries([1, 2, 3, 4].map((n) => [`${uuidOf(n)}.json`, down]));
    const server = await startLoopbackServer(serve(feedFiles(many, broken)));

    const first = await sync(server);
    server.answer(serve(feedFiles(many)));
    const second = await sync(server, first.state);

    expect(first.failure).toMatchObject({ isOutage: true });
    expect(first.brought).toEqual(['8', '7', '6', '5']);
    expect(second.brought).toEqual(['4', '3', '2', '1']);
  });

  it('stops at once when the server asks for patience, and says for how long', async () => {
    const busy = { status: 429, headers: { 'retry-after': '7' }, body: '' };
    const server = await startLoopbackServer(serve(feedFiles(three, { [`${uuidOf(2)}.json`]: busy })));

    const run = await sync(server);

    expect(run.failure).toMatchObject({ isOutage: true, retryAfterSeconds: 7 });
    expect(run.brought).toEqual(['3']);
    expect(server.requests.filter(({ path }) => path.includes(uuidOf(2)))).toHaveLength(1);
  });
});

describe('a MISP feed of which a part is wanted', () => {
  const events = [
    { n: 1, date: '2020-01-01', tags: ['misp-galaxy:threat-actor="EXAMPLE BEAR"'] },
    { n: 2, date: '2024-01-01', tags: ['misp-galaxy:threat-actor="EXAMPLE BEAR"'] },
    { n: 3, date: '2024-01-01', tags: ['type:OSINT'] },
  ];

  it.each([
    [{ since: '2023-01-01' }, ['3', '2']],
    [{ tags: 'example bear, other' }, ['2', '1']],
    [{ since: '2023-01-01', tags: 'Example Bear' }, ['2']],
  ])('fetches by %j', async (options, expected) => {
    const server = await startLoopbackServer(serve(feedFiles(events)));

    expect((await sync(server, {}, { options })).brought).toEqual(expected);
  });

  it('keeps titles, tags and hashes of what it does not fetch, and fetches it when it is wanted', async () => {
    const md5 = createHash('md5').update('host1.example.org').digest('hex');
    const hashes = `${md5},${uuidOf(1)}\n${'0'.repeat(32)},${uuidOf(3)}\n`;
    const server = await startLoopbackServer(serve(feedFiles(events, { 'hashes.csv': hashes })));
    const options = { since: '2023-01-01', hashes: 'yes' };

    const first = await sync(server, {}, { options });
    const again = await sync(server, first.state, { options });
    const whole = await sync(server, again.state);

    const rows = first.steps.findLast((step) => step.kind === 'document');
    expect(JSON.parse(new TextDecoder().decode(rows?.bytes))).toEqual([
      expect.objectContaining({ uuid: uuidOf(1), info: 'Sample event 1', md5OfValues: [md5] }),
    ]);
    expect(again.brought).toEqual([]);
    expect(whole.brought).toEqual(['1']);
  });

  it.each([{ since: 'yesterday' }, { hashes: 'maybe' }])('refuses the option %j', async (options) => {
    const server = await startLoopbackServer(serve(feedFiles(events)));

    expect((await sync(server, {}, { options })).failure).toMatchObject({ isOutage: false });
    expect(server.requests).toEqual([]);
  });
});

describe('a large MISP feed', () => {
  it('saves where it is every so often, in a small state', async () => {
    const many = Array.from({ length: 400 }, (_, index) => ({ n: index + 1 }));
    const server = await startLoopbackServer(serve(feedFiles(many)));

    const cut = await sync(server, {}, {}, 150);
    const rest = await sync(server, cut.state);

    const states = [...cut.steps, ...rest.steps].filter(({ kind }) => kind === 'state');
    expect(states.length).toBeGreaterThan(4);
    expect(JSON.stringify(rest.state).length / many.length).toBeLessThan(70);
    expect(cut.brought.length + rest.brought.length).toBeLessThan(500);
    expect(new Set([...cut.brought, ...rest.brought]).size).toBe(400);
  });
});

describeWithCorpus('the MISP feeds of the corpus', () => {
  it.each([
    ['chrome-mal-ids', 79],
    ['derived-eset-circl', 24],
  ])('brings every event of %s, unharmed', async (feed, count) => {
    const folder = corpusPath('misp-feed', feed);
    const names = new Set(readdirSync(folder));
    const server = await startLoopbackServer(({ path }) => {
      const name = path.replace('/feed/', '');
      return names.has(name) ? { body: readFileSync(`${folder}/${name}`) } : { status: 404, body: '' };
    });

    const first = await sync(server);
    const second = await sync(server, first.state);

    expect(first.failure).toBeUndefined();
    expect(first.rejected).toEqual([]);
    expect(first.brought).toHaveLength(count);
    expect(second.brought).toEqual([]);
  });
});
