import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlaces } from '../../src/ingest/places.ts';
import { bundle, createWorld, fileNamed, malware } from './world.ts';

describe('links in a folder', () => {
  it('are followed inside it, and named when they lead out of it', async () => {
    const world = await createWorld();
    world.write('in/data/one.json', bundle(malware(1)));
    const secret = world.write('out/secret.json', bundle(malware(2)));
    const folder = join(world.folder, 'in');
    symlinkSync(join(folder, 'data'), join(folder, 'a-link'));
    symlinkSync(secret, join(folder, 'b-file.json'));
    symlinkSync(join(world.folder, 'out'), join(folder, 'c-folder'));
    symlinkSync('/', join(folder, 'data', 'd-root'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'e-nothing'));

    const summary = await world.ingest([folder]);

    expect(summary.files.map(({ place, status }) => [place.slice(folder.length + 1), status])).toEqual([
      ['a-link/d-root', 'skipped'],
      ['a-link/one.json', 'imported'],
      ['b-file.json', 'skipped'],
      ['c-folder', 'skipped'],
    ]);
    expect(fileNamed(summary, 'b-file.json')?.reason).toMatch(/leads out of the folder/);
    expect((await world.records()).map(({ record }) => record.title)).toEqual(['Made Up 1']);
  });

  it('are followed when they are named themselves', async () => {
    const world = await createWorld();
    world.write('real/one.json', bundle(malware(1)));
    symlinkSync(join(world.folder, 'real'), join(world.folder, 'link'));

    const summary = await world.ingest([join(world.folder, 'link')]);

    expect(summary.files).toMatchObject([{ status: 'imported', new: 1 }]);
  });

  it('do not let a folder beside pass for one inside', async () => {
    const world = await createWorld();
    world.write('in-too/one.json', bundle(malware(1)));
    mkdirSync(join(world.folder, 'in'));
    symlinkSync(join(world.folder, 'in-too'), join(world.folder, 'in', 'link'));

    expect(await findPlaces([join(world.folder, 'in')])).toMatchObject([{ kind: 'left-out' }]);
  });
});

describe("a table's mapping", () => {
  it.each(['yaml', 'yml', 'json'])(
    'is the file beside it ending in .mapping.%s, and no document',
    async (ending) => {
      const world = await createWorld();
      const table = world.write('actors.csv', 'name\nA\n');
      const mapping = world.write(`actors.mapping.${ending}`, 'columns: {}');

      expect(await findPlaces([world.folder])).toEqual([
        { kind: 'file', path: table, named: false, mapping },
      ]);
      expect(await findPlaces([table])).toEqual([{ kind: 'file', path: table, named: true, mapping }]);
    },
  );

  it('is found for a packed table, and a mapping without a table is a file like others', async () => {
    const world = await createWorld();
    const table = world.write('actors.csv.gz', 'x');
    const mapping = world.write('actors.mapping.yaml', 'columns: {}');
    const other = world.write('others.mapping.yaml', 'columns: {}');

    expect(await findPlaces([world.folder])).toEqual([
      { kind: 'file', path: table, named: false, mapping },
      { kind: 'file', path: other, named: false },
    ]);
  });

  it('is refused when it is too large, and with it the table', async () => {
    const world = await createWorld();
    const table = world.write('actors.csv', 'name\nA\n');
    world.write('actors.mapping.yaml', `# ${'x'.repeat(300_000)}`);

    const summary = await world.ingest([table]);

    expect(summary.files[0]).toMatchObject({
      status: 'rejected',
      reason: expect.stringMatching(/actors\.mapping\.yaml is larger than 256 KB/),
    });
  });
});
