import { utimesSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ingestPaths } from '../../src/ingest/ingest.ts';
import type { IngestOptions, IngestSummary } from '../../src/ingest/types.ts';
import type { Store } from '../../src/store/types.ts';
import { bundle, createWorld, galaxy, malware, release, uuid, type World } from './world.ts';

const index = { uuid: uuid(50), info: 'Example', date: '2021-01-01', timestamp: '1600000000' };
const event = {
  Event: { ...index, Attribute: [{ type: 'domain', value: 'a.example.org', to_ids: true }] },
};

/** A store that says which imports were begun in it. */
function watched(store: Store): { readonly store: Store; readonly begun: string[] } {
  const begun: string[] = [];
  const beginImport: Store['beginImport'] = (source, options) => {
    begun.push(source.name);
    return store.beginImport(source, options);
  };
  return { begun, store: { ...store, beginImport } };
}

function ingestInto(
  store: Store,
  paths: readonly string[],
  options: IngestOptions = {},
  minute = 1,
): Promise<IngestSummary> {
  const clock = { now: () => new Date(Date.UTC(2026, 0, 1, 0, minute)) };
  return ingestPaths(paths, options, { store, clock });
}

describe('a document that was imported before', () => {
  it('is not read again while nothing changed, and counts as unchanged', async () => {
    const world = await createWorld();
    world.write('one.json', bundle(malware(1), malware(2)));
    world.write('tool.json', galaxy('tool', 3, [10, 11]));
    world.write('event.json', event);
    world.write('LICENSE', 'Permission is hereby granted.');
    const first = await world.ingest([world.folder]);
    const { store, begun } = watched(world.store);

    const again = await ingestInto(store, [world.folder]);

    expect(begun).toEqual([]);
    expect(again.totals).toMatchObject({ new: 0, changed: 0, unchanged: 5, rejected: 0 });
    expect(again.sources.map(({ name, unchanged }) => [name, unchanged])).toEqual(
      first.sources.map((source) => [source.name, source.new]),
    );
    expect(again.files.map(({ status, reason }) => [status, reason])).toEqual(
      first.files.map(({ status, reason }) => [status, reason]),
    );
  });

  it('has its source noted as imported now', async () => {
    const world = await createWorld();
    const path = world.write('one.json', bundle(malware(1)));
    await ingestInto(world.store, [path], {}, 1);

    await ingestInto(world.store, [path], {}, 9);

    expect((await world.store.sources())[0]?.importedAt).toBe(Date.UTC(2026, 0, 1, 0, 9));
  });

  it('tells its rejections and notices again', async () => {
    const world = await createWorld();
    const path = world.write(
      'mixed.json',
      bundle(malware(1), malware(2, { name: 7 }), { type: 'note', id: 'x' }),
    );
    const first = await world.ingest([path]);
    const { store, begun } = watched(world.store);

    const again = await ingestInto(store, [path]);

    expect(begun).toEqual([]);
    expect(again.rejections).toEqual(first.rejections);
    expect(again.rejections.length).toBeGreaterThan(0);
    expect(again.notices).toEqual(first.notices);
    expect(again.sources).toMatchObject([{ unchanged: 1, rejected: first.rejections.length }]);
  });

  it.each<readonly [string, IngestOptions]>([
    ['another source', { sourceName: 'acme' }],
    ['another marking', { marking: 'red' }],
    ['a kind', { kind: 'stix' }],
  ])('is read again for %s', async (_, options) => {
    const world = await createWorld();
    const path = world.write('one.json', bundle(malware(1)));
    await world.ingest([path]);
    const { store, begun } = watched(world.store);

    await ingestInto(store, [path], options);

    expect(begun).toHaveLength(1);
  });

  it('is read again when it changed, and not when only its time did', async () => {
    const world = await createWorld();
    const path = world.write('one.json', bundle(malware(1)));
    await world.ingest([path]);
    utimesSync(path, 1, 1);
    const touched = watched(world.store);
    await ingestInto(touched.store, [path]);
    world.write('one.json', bundle(malware(1, { name: 'Renamed' })));
    const changed = watched(world.store);

    const { totals } = await ingestInto(changed.store, [path]);

    expect(touched.begun).toEqual([]);
    expect(changed.begun).toHaveLength(1);
    expect(totals.changed).toBe(1);
  });

  it('is read again when another document altered a record of it, however it did', async () => {
    const world = await createWorld();
    const old = world.write('old/tool.json', bundle(malware(1, { description: 'One.' })));
    const other = world.write('new/tool.json', bundle(malware(1, { description: 'Other.' })));
    await world.ingest([old]);
    await world.ingest([other]);

    const { totals } = await world.ingest([old]);

    expect(totals).toMatchObject({ changed: 1, unchanged: 0 });
  });

  it('is not read again by a dry run, which is not remembered itself', async () => {
    const world = await createWorld();
    const path = world.write('one.json', bundle(malware(1)));
    await world.ingest([path], { dryRun: true });
    const first = await world.ingest([path]);
    const { store, begun } = watched(world.store);

    const dry = await ingestInto(store, [path], { dryRun: true });

    expect(first.totals.new).toBe(1);
    expect(dry).toMatchObject({ dryRun: true, totals: { unchanged: 1 } });
    expect(begun).toEqual([]);
  });

  it('is read again once the bundled data took its place or it withdrew them', async () => {
    const world = await createWorld();
    const path = world.write('one.json', release('18.1', [1]));
    await world.ingest([path]);
    const source = (await world.store.sources())[0];
    if (source === undefined) throw new Error('no source');
    const session = await world.store.beginImport(source, { now: 5, complete: false });
    await session.put([{ externalId: 'other', title: 'Other', claims: [] }]);
    await session.finish();

    const { totals } = await world.ingest([path]);

    expect(totals).toMatchObject({ unchanged: 1, withdrawn: 1 });
  });
});

describe('remembering documents', () => {
  it('never changes what an import does or tells', { timeout: 120_000 }, async () => {
    const contents: readonly (readonly [string, unknown])[] = [
      ['17.json', release('17.1', [1, 2])],
      ['18.json', release('18.1', [2, 3])],
      ['18-again.json', release('18.1', [3, 4])],
      ['damaged.json', release('18.1', [2], { type: 'malware', id: 'malware--x', name: 5 })],
      ['tool.json', galaxy('tool', 7, [1, 2])],
      ['tool.json', galaxy('tool', 8, [2])],
      ['rat.json', galaxy('rat', 90, [3])],
      ['b/one.json', bundle(malware(1), malware(2))],
      ['b/one.json', bundle(malware(1, { name: 'Of 2025', modified: '2025-01-01T00:00:00Z' }))],
      ['c/one.json', bundle(malware(1, { name: 'Other' }), malware(5))],
      ['cut.json', '{"type": "bund'],
      ['event.json', event],
      ['index.json', [{ ...index, EventTag: [{ Tag: { name: 'osint' } }] }]],
    ];
    const step = fc.record({
      files: fc.array(fc.nat(contents.length - 1), { minLength: 1, maxLength: 3 }),
      options: fc.constantFrom<IngestOptions>(
        {},
        {},
        {},
        { dryRun: true },
        { sourceName: 'acme' },
        { marking: 'red' },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 6 }), async (steps) => {
        const [remembering, forgetful] = [await createWorld(), await createWorld()];
        const forgetting = { ...forgetful.store, knownDocument: async () => undefined };
        for (const [minute, { files, options }] of steps.entries()) {
          const run = (world: World, store: Store): Promise<IngestSummary> => {
            const paths = files.flatMap((file) => {
              const [name, content] = contents[file] ?? [];
              return name === undefined ? [] : [world.write(name, content)];
            });
            return ingestInto(store, paths, options, minute);
          };

          const remembered = await run(remembering, remembering.store);
          const read = await run(forgetful, forgetting);

          expect(within(remembering, remembered)).toEqual(within(forgetful, read));
          expect(await remembering.records()).toEqual(await forgetful.records());
          expect(await remembering.store.sources()).toEqual(await forgetful.store.sources());
          expect(await changesOf(remembering)).toEqual(await changesOf(forgetful));
        }
      }),
      { numRuns: 3 },
    );
  });
});

/** A summary without the folder of its world. */
function within(world: World, summary: IngestSummary): unknown {
  return JSON.parse(JSON.stringify({ ...summary, elapsedMs: 0 }).replaceAll(world.folder, ''));
}

async function changesOf(world: World): Promise<readonly unknown[]> {
  return world.store.changes(0, Number.MAX_SAFE_INTEGER);
}
