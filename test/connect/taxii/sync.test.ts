import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SyncStep } from '../../../src/connect/types.ts';
import { openIngest } from '../../../src/ingest/ingest.ts';
import { openStore } from '../../../src/store/open-store.ts';
import {
  collectionId,
  collectionPath,
  createStandIn,
  malware,
  objectsIn,
  type StandIn,
  type StoredObject,
  syncWith,
} from './stand-in.ts';

const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')}T00:00:00.000000Z`;

function rejections(steps: readonly SyncStep[]): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'rejection' ? [step.rejection.reason] : []));
}

function documents(steps: readonly SyncStep[]) {
  return steps.flatMap((step) => (step.kind === 'document' ? [step] : []));
}

/** What the bundles of a sync become, by external id. */
async function imported(steps: readonly SyncStep[]) {
  const home = mkdtempSync(join(tmpdir(), 'threatbrief-taxii-'));
  const store = await openStore({ home });
  onTestFinished(async () => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });
  const ingest = openIngest({}, { store, clock: { now: () => new Date('2026-02-01T00:00:00Z') } });
  for (const step of documents(steps)) await ingest.add(step);
  const summary = ingest.summary();
  await ingest.close();
  const records = new Map<string, { source: string; marking?: unknown; publisher?: string }>();
  for await (const { source, record } of store.records()) {
    const { marking, publisher } = record;
    records.set(record.externalId, {
      source,
      ...(marking === undefined ? {} : { marking }),
      ...(publisher === undefined ? {} : { publisher }),
    });
  }
  return { summary, records };
}

describe('what is asked for', () => {
  it('is found from the server alone, and only what may be read', async () => {
    const server = createStandIn([malware(1, day(1))], 10);

    const run = await syncWith(server);

    expect(run.failure).toBeUndefined();
    expect(documents(run.steps)).toMatchObject([
      {
        place: `http://stand-in.test${collectionPath}Shared actors#page 1`,
        sourceName: 'stix-shared-actors',
        format: 'stix',
      },
    ]);
  });

  it.each([collectionId, collectionId.slice(0, 8), 'Shared actors', 'ACTORS', ` ${collectionId}, actors`])(
    'is the collection "%s" by id, its beginning, title or alias',
    async (collection) => {
      const server = createStandIn([malware(1, day(1))], 10);

      const run = await syncWith(server, { connection: { options: { collection } } });

      expect(run.delivered.size).toBe(1);
    },
  );

  it('holds the types that were named, and what explains them', async () => {
    const server = createStandIn([], 10);

    await syncWith(server, { connection: { options: { types: 'malware, tool', 'spec-version': '2.1' } } });

    const asked = server.requests.at(-1)?.searchParams;
    expect(asked?.get('match[type]')).toBe('malware,tool,marking-definition,identity,location');
    expect(asked?.get('match[spec_version]')).toBe('2.1');
  });

  it('is asked anew from the beginning when the question is another one', async () => {
    const server = createStandIn([malware(1, day(1))], 10);
    const first = await syncWith(server);

    await syncWith(server, { state: first.state, connection: { options: { types: 'malware' } } });

    expect(server.requests.at(-1)?.searchParams.has('added_after')).toBe(false);
  });

  it.each([
    [{ auth: 'magic' }, /option auth.*basic, bearer, api-key/],
    [{ limit: '0' }, /option limit/],
    [{ types: 'Malware;DROP' }, /option types/],
    [{ 'spec-version': 'two' }, /option spec-version/],
    [{ auth: 'api-key', header: 'Host' }, /option header/],
    [{ auth: 'api-key', header: 'X Key\r\nCookie' }, /option header/],
    [{ 'api-root': 'elsewhere' }, /no API root is called "elsewhere"; known: http/],
  ])('is refused with the remedy for the options %o', async (options, message) => {
    const run = await syncWith(createStandIn([], 10), { connection: { options }, key: 'made-up-key' });

    expect(run.failure?.isOutage).toBe(false);
    expect(run.failure?.message).toMatch(message);
  });
});

describe('proving who asks', () => {
  const key = 'made-up-key-4711';
  it.each([
    ['user and key', { user: 'analyst' }, 'authorization', `Basic ${btoa(`analyst:${key}`)}`],
    ['a key alone', {}, 'authorization', `Bearer ${key}`],
    ['a key in place of a user', { options: { auth: 'basic' } }, 'authorization', `Basic ${btoa(`${key}:`)}`],
    ['a header of its own', { options: { auth: 'api-key', header: 'X-Feed' } }, 'x-feed', key],
    ['the usual header', { options: { auth: 'api-key' } }, 'x-api-key', key],
  ])('works with %s', async (_, connection, header, expected) => {
    const seen = new Set<string | undefined>();
    const server = createStandIn([malware(1, day(1))], 10);
    const watched = {
      answer: (request: Parameters<StandIn['answer']>[0]) => {
        seen.add(request.headers[header]);
        return server.answer(request);
      },
    };

    const run = await syncWith(watched, { connection, key });

    expect(run.delivered.size).toBe(1);
    expect([...seen]).toEqual([expected]);
  });

  it.each([
    ['a line break', 'made-up\r\nx-evil: 1'],
    ['another script', 'ключ-ключ'],
  ])('refuses a key with %s, without showing it', async (_, odd) => {
    const run = await syncWith(createStandIn([], 10), { key: odd });

    expect(run.failure?.message).toContain('the key holds');
    expect(run.failure?.message).not.toContain(odd);
  });

  it('sends the key to no host that the operator did not name', async () => {
    const asked: string[] = [];
    const answer = ({ path }: { path: string }) => {
      asked.push(path);
      const body = { title: 'x', api_roots: ['http://evil.test/api/', 'ftp://evil.test/', 7, 'http://['] };
      return path === '/taxii2/' ? { body: JSON.stringify(body) } : { status: 404 };
    };

    const run = await syncWith({ answer }, { key });

    expect(run.failure?.message).not.toContain('evil');
    expect(asked).toContain('/api/collections/');
  });
});

describe('a server with ways of its own', () => {
  it('may know no version in media types, and no limit', async () => {
    const server = createStandIn([malware(1, day(1))], 10, { olderMediaType: true, noLimit: true });

    expect((await syncWith(server)).delivered.size).toBe(1);
  });

  it('may refuse the media type for good', async () => {
    const run = await syncWith({ answer: () => ({ status: 406 }) });

    expect(run.failure?.message).toContain('does not speak TAXII 2.1');
  });

  it('may say "not found" when nothing was added', async () => {
    const server = createStandIn([malware(1, day(1))], 10);
    const first = await syncWith(server);
    const before = (url: URL) => (url.searchParams.has('added_after') ? { status: 404 } : undefined);

    const second = await syncWith(server, { state: first.state, before });

    expect(second.failure).toBeUndefined();
    expect(second.state).toEqual(first.state);
  });

  it('may give the first page for ever: what can be had is taken by time, or the circle is told', async () => {
    const many = Array.from({ length: 9 }, (_, index) => malware(index, day(1 + index)));

    const dated = await syncWith(createStandIn(many, 3, { ignoresNext: true }));
    const undated = await syncWith(createStandIn(many, 3, { ignoresNext: true, noDates: true }));
    const deaf = await syncWith(
      createStandIn(many, 3, { ignoresNext: true, ignoresAddedAfter: true, ignoresLimit: true }),
    );

    expect(dated.delivered.size).toBe(9);
    expect(undated.failure?.message).toContain('the same page again and again');
    expect(deaf.failure?.message).toContain('the same page again and again');
  });

  it('may hide objects that share a time behind pages that do not grow: that is said, and the rest is read', async () => {
    const together = Array.from({ length: 5 }, (_, index) => malware(index, day(1)));
    const server = createStandIn([...together, malware(9, day(2))], 2, { next: 'none', ignoresLimit: true });
    const answer: StandIn['answer'] = (request) =>
      server.answer({ ...request, path: request.path.replace(/limit=\d+/, 'limit=2') });

    const run = await syncWith({ answer }, { connection: { options: { limit: '2' } } });

    expect(rejections(run.steps).join()).toContain('more objects were added at 2026-01-01');
    expect(run.delivered.size).toBe(3);
    // Nothing is taken for read: the next time all of it is asked for again.
    expect(run.state).toEqual({ collections: [] });
  });

  it('may say "more" without any way to it', async () => {
    const answer = createStandIn([malware(1, day(1)), malware(2, day(1))], 1, {
      next: 'none',
      noDates: true,
    }).answer;

    const run = await syncWith({ answer }, { connection: { options: { limit: '1' } } });

    expect(rejections(run.steps).join()).toContain('neither where (next) nor when');
  });

  it('may claim times of another age: what comes later is still asked for', async () => {
    const server = createStandIn([malware(1, '9999-12-31T23:59:59.000000Z')], 10);
    const first = await syncWith(server);
    server.objects.push(malware(2, '2026-02-01T12:00:00.000000Z'));

    const second = await syncWith(server, { state: first.state, now: '2026-02-02T00:00:00Z' });

    expect(second.delivered.size).toBe(2);
  });
});

const marking = 'marking-definition--00000000-0000-4000-8000-00000000aaaa';
const identity = 'identity--00000000-0000-4000-8000-00000000bbbb';

function definitions(added: string): StoredObject[] {
  const common = { spec_version: '2.1', created: '2026-01-01T00:00:00.000Z' };
  return [
    {
      added,
      object: {
        ...common,
        type: 'marking-definition',
        id: marking,
        definition_type: 'tlp',
        definition: { tlp: 'amber' },
      },
    },
    {
      added,
      object: {
        ...common,
        type: 'identity',
        id: identity,
        modified: '2026-01-01T00:00:00.000Z',
        name: 'Acme CERT',
        identity_class: 'organization',
        contact_information: 'jane.doe@acme.example',
      },
    },
  ];
}

const marked = { object_marking_refs: [marking], created_by_ref: identity };

describe('markings and identities on other pages', () => {
  it.each([
    ['before what they explain', true],
    ['behind it', false],
  ])('hold when they stand %s', async (_, first) => {
    const [early, late] = first ? [day(1), day(3)] : [day(3), day(1)];
    const server = createStandIn([...definitions(early), malware(1, late, marked)], 1);

    const run = await syncWith(server, { limits: { bundleObjects: 1 } });

    const { records } = await imported(run.steps);
    const id = String(malware(1, '').object['id']);
    expect(documents(run.steps).length).toBeGreaterThan(1);
    expect(records.get(id)).toMatchObject({ marking: { tlp: 'amber' }, publisher: 'Acme CERT' });
  });

  it('hold in later syncs, when the server gives them no more, and keep no address of a person', async () => {
    const server = createStandIn([...definitions(day(1))], 10, { noMatchId: true });
    const first = await syncWith(server);
    server.objects.splice(0, server.objects.length, malware(1, day(20), marked));

    const second = await syncWith(server, { state: first.state });

    const { records } = await imported(second.steps);
    expect([...records.values()]).toMatchObject([{ marking: { tlp: 'amber' }, publisher: 'Acme CERT' }]);
    expect(JSON.stringify(first.state)).not.toContain('jane.doe');
  });

  it('count as strict when nobody defines them', async () => {
    const run = await syncWith(createStandIn([malware(1, day(1), marked)], 10));

    const { records } = await imported(run.steps);
    expect([...records.values()]).toMatchObject([{ marking: { tlp: 'amber+strict', unknown: true } }]);
  });

  it('are asked for once each, whatever the number of bundles', async () => {
    const many = Array.from({ length: 6 }, (_, index) => malware(index, day(1 + index), marked));
    const server = createStandIn(many, 1);

    await syncWith(server, { limits: { bundleObjects: 1 } });

    expect(server.requests.filter(({ searchParams }) => searchParams.has('match[id]'))).toHaveLength(1);
  });

  it('come with a report: the indicators that it holds, when the report alone was changed', async () => {
    const indicator = 'indicator--00000000-0000-4000-8000-00000000cccc';
    const server = createStandIn(
      [
        {
          added: day(1),
          object: {
            type: 'indicator',
            spec_version: '2.1',
            id: indicator,
            created: '2026-01-01T00:00:00.000Z',
            modified: '2026-01-01T00:00:00.000Z',
            pattern: "[domain-name:value = 'bad.example']",
            pattern_type: 'stix',
            valid_from: '2026-01-01T00:00:00Z',
          },
        },
      ],
      10,
    );
    const first = await syncWith(server);
    server.objects.push(
      malware(7, day(20), {
        type: 'report',
        id: 'report--00000000-0000-4000-8000-00000000dddd',
        published: '2026-01-01T00:00:00Z',
        object_refs: [indicator],
      }),
    );

    const second = await syncWith(server, { state: first.state });

    expect(objectsIn(second.steps).map(({ type }) => type)).toEqual(['report', 'indicator']);
  });
});

describe('a collection of ATT&CK', () => {
  it('is read as such, and never taken for all of it', async () => {
    const mitre = 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5';
    const group = malware(1, day(1), { created_by_ref: mitre, x_mitre_domains: ['ics-attack'] });
    const whole = malware(2, day(1), {
      type: 'x-mitre-collection',
      id: 'x-mitre-collection--00000000-0000-4000-8000-000000000002',
      name: 'ICS ATT&CK',
      x_mitre_version: '18.1',
      created_by_ref: mitre,
      x_mitre_contents: [{ object_ref: group.object['id'], object_modified: '2026-01-01T00:00:00.000Z' }],
    });
    const server = createStandIn([group, whole], 10);
    const first = await syncWith(server);
    server.objects.splice(0, 1);

    const { summary, records } = await imported([...first.steps, ...(await syncWith(server)).steps]);

    expect(summary.sources).toMatchObject([{ name: 'stix-shared-actors', withdrawn: 0 }]);
    expect(records.size).toBe(1);
  });
});
