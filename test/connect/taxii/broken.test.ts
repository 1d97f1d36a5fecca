import { describe, expect, it } from 'vitest';
import { taxiiConnector } from '../../../src/connect/taxii/index.ts';
import type { SyncStep } from '../../../src/connect/types.ts';
import { collectionPath, createStandIn, malware, type StandIn, syncWith } from './stand-in.ts';

const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')}T00:00:00.000000Z`;

function rejections(steps: readonly SyncStep[]): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'rejection' ? [step.rejection.reason] : []));
}

function documents(steps: readonly SyncStep[]) {
  return steps.flatMap((step) => (step.kind === 'document' ? [step] : []));
}

describe('what is broken', () => {
  const list = `${collectionPath}objects/`;
  const serving = (body: string): StandIn['answer'] => {
    const good = createStandIn([], 10);
    return (request) =>
      request.path.startsWith(list)
        ? { headers: { 'content-type': 'application/taxii+json;version=2.1' }, body }
        : good.answer(request);
  };
  const good = JSON.stringify(malware(1, '').object);

  it.each([
    ['numbers', `{"objects": [1, null, "x", [], ${good}]}`, /no STIX object/],
    ['an object without an id', `{"objects": [{"type": "malware"}, ${good}]}`, /no STIX object/],
    ['nesting', `{"objects": [${'['.repeat(500)}${']'.repeat(500)}, ${good}]}`, /nested 50\d levels/],
    ['a huge object', `{"objects": [{"id": "${'x'.repeat(5_000_000)}"}, ${good}]}`, /bytes, at most/],
  ])('costs itself only: %s beside a good object', async (_, body, reason) => {
    const run = await syncWith({ answer: serving(body) });

    expect(run.failure).toBeUndefined();
    expect(rejections(run.steps)[0]).toMatch(reason);
    expect(run.delivered.size).toBe(1);
  });

  it('is counted and not listed when there is much of it', async () => {
    const run = await syncWith({ answer: serving(`{"objects": [${'1,'.repeat(100_000)}1]}`) });

    expect(rejections(run.steps)).toHaveLength(21);
    expect(rejections(run.steps).at(-1)).toBe('99981 more like these');
  });

  it.each([
    ['cut off', '{"objects": [{"id": "malware--'],
    ['a web page', '<html>sign in</html>'],
    ['empty', ''],
    ['a list', '[]'],
    ['objects that are no list', '{"objects": {"a": 1}}'],
    ['hopeless nesting', `{"objects": ${'['.repeat(100_000)}`],
  ])('ends the sync and keeps the state: a page that is %s', async (_, body) => {
    const run = await syncWith({ answer: serving(body) });

    expect(run.failure?.message).toMatch(/page 1 is no TAXII envelope/);
    expect(run.steps).toEqual([]);
  });

  it.each([
    '__proto__',
    '{"__proto__": {"more": true}, "next": 5, "more": "maybe"}',
    '{"more": false, "next": null, "objects": null}',
  ])('does no harm as an envelope: %s', async (body) => {
    const run = await syncWith({ answer: serving(body) });

    expect(Object.keys({})).toEqual([]);
    expect(run.failure === undefined || run.failure.message.includes('envelope')).toBe(true);
  });

  it('is no way out of the API root: ids of collections are ids', async () => {
    const asked: string[] = [];
    const collections = [
      { id: '../../admin', title: 'Up', can_read: true },
      { id: 7, can_read: true },
      { id: 'good-one', title: 'toString', can_read: 'yes' },
    ];
    const answer = ({ path }: { path: string }) => {
      asked.push(path);
      const body = path.endsWith('/objects/?limit=1000') ? {} : { collections };
      return { body: JSON.stringify(body) };
    };

    const run = await syncWith({ answer }, { connection: { url: 'http://stand-in.test/api/' } });

    expect(run.failure).toBeUndefined();
    expect(rejections(run.steps)).toHaveLength(2);
    expect(asked.at(-1)).toBe('/api/collections/good-one/objects/?limit=1000');
  });

  it('is read again when its import was refused', async () => {
    const server = createStandIn([malware(1, day(1))], 10);
    const context = {
      connection: { name: 'x', kind: 'taxii', url: 'http://stand-in.test/', every: '6h' },
      state: {},
      clock: { now: () => new Date('2026-02-01T00:00:00Z') },
      wasTaken: () => false,
      fetch: async (url: URL) => {
        const { headers = {}, body } = server.answer({ path: url.pathname + url.search, headers: {} });
        return { ok: true, bytes: Buffer.from(String(body)), notModified: false, headers, url } as const;
      },
    };
    const states: unknown[] = [];

    for await (const step of taxiiConnector.sync(context)) if (step.kind === 'state') states.push(step.state);

    expect(states).toEqual([{ collections: [] }]);
  });
});

describe('several collections', () => {
  const ids = ['00000000-0000-4000-8000-00000000000a', '11111111-0000-4000-8000-00000000000b'];
  const answering =
    (failing: Readonly<Record<string, number>>): StandIn['answer'] =>
    ({ path }) => {
      const id = ids.find((one) => path.includes(one));
      if (path === '/api/collections/')
        return {
          body: JSON.stringify({ collections: ids.map((one) => ({ id: one, title: 'Same title' })) }),
        };
      const status = id === undefined ? 404 : (failing[id] ?? 200);
      return { status, body: JSON.stringify({ objects: [malware(ids.indexOf(id ?? ''), '').object] }) };
    };
  const connection = { url: 'http://stand-in.test/api/' };

  it('go to sources of their own, even under one title', async () => {
    const first = await syncWith(
      { answer: answering({}) },
      { connection: { ...connection, url: 'http://stand-in.test/api/collections/' } },
    );

    expect(documents(first.steps).map(({ sourceName }) => sourceName)).toEqual([
      'stix-same-title',
      'stix-same-title-11111111',
    ]);
  });

  it('do not stop one another: one that is refused is told, one that is out ends the sync at its end', async () => {
    const url = 'http://stand-in.test/api/collections/';
    const refused = await syncWith({ answer: answering({ [ids[0] ?? '']: 403 }) }, { connection: { url } });
    const out = await syncWith({ answer: answering({ [ids[0] ?? '']: 500 }) }, { connection: { url } });

    expect(refused.failure).toBeUndefined();
    expect(rejections(refused.steps)).toHaveLength(1);
    expect(refused.delivered.size).toBe(1);
    expect(out.failure?.isOutage).toBe(true);
    expect(out.delivered.size).toBe(1);
  });
});
