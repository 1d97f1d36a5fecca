import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/ingest/summary.ts';
import { bundle, createWorld, fileNamed, galaxy, malware, release, uuid } from './world.ts';

describe('ingesting files and folders', () => {
  it('imports a folder in the order of names, .gz included, without hidden files and endless links', async () => {
    const world = await createWorld();
    world.write('b/one.json', bundle(malware(1)));
    world.write('a.json.gz', gzipSync(JSON.stringify(bundle(malware(2)))));
    world.write('.hidden.json', bundle(malware(3)));
    world.write('b/LICENSE', 'Permission is hereby granted.');
    symlinkSync(world.folder, join(world.folder, 'b', 'loop'));
    symlinkSync(join(world.folder, 'nowhere'), join(world.folder, 'dangling'));

    const summary = await world.ingest([world.folder]);

    expect(summary.files.map(({ place, status }) => [place.slice(world.folder.length + 1), status])).toEqual([
      ['a.json.gz', 'imported'],
      ['b/LICENSE', 'skipped'],
      ['b/one.json', 'imported'],
    ]);
    expect(summary.sources.map(({ name, new: added }) => [name, added])).toEqual([
      ['stix-a', 1],
      ['stix-one', 1],
    ]);
    expect(exitCodeOf(summary)).toBe(0);
  });

  it('imports the rest of a folder of which a part may not be read, and rejects that part', async () => {
    const world = await createWorld();
    world.write('open.json', bundle(malware(1)));
    const closed = join(world.folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0);

    const summary = await world.ingest([world.folder]);
    chmodSync(closed, 0o700);

    expect(fileNamed(summary, 'open.json')?.status).toBe('imported');
    // Nothing is closed to root.
    const mayReadAll = process.getuid?.() === 0;
    expect(exitCodeOf(summary)).toBe(mayReadAll ? 0 : 1);
    expect(fileNamed(summary, 'closed')?.reason).toBe(mayReadAll ? undefined : 'no permission to read it');
  });

  it('finds everything unchanged the second time', async () => {
    const world = await createWorld();
    world.write('one.json', bundle(malware(1), malware(2)));
    world.write('tool.json', galaxy('tool', 3, [10, 11]));
    await world.ingest([world.folder]);

    const { totals } = await world.ingest([world.folder]);

    expect(totals).toEqual({ new: 0, changed: 0, unchanged: 4, withdrawn: 0, older: 0, rejected: 0 });
  });

  it('changes nothing in a dry run', async () => {
    const world = await createWorld();
    const path = world.write('one.json', bundle(malware(1)));

    const summary = await world.ingest([path], { dryRun: true });

    expect(summary).toMatchObject({ dryRun: true, totals: { new: 1 } });
    expect(await world.records()).toEqual([]);
    expect(await world.store.sources()).toEqual([]);
  });

  it('takes the source, the marking and the kind that the operator gives', async () => {
    const world = await createWorld();
    const path = world.write('one.json', bundle(malware(1)));

    await world.ingest([path], { kind: 'stix', sourceName: 'acme', marking: 'amber' });

    expect(await world.store.sources()).toMatchObject([{ name: 'acme', defaultMarking: 'amber' }]);
  });

  it('refuses an unknown kind and a path that does not exist before anything is imported', async () => {
    const world = await createWorld();
    const path = world.write('one.json', bundle(malware(1)));

    await expect(world.ingest([path], { kind: 'xml' })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('known: stix'),
    });
    await expect(world.ingest([path, join(world.folder, 'gone.json')])).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('gone.json'),
    });
    await expect(world.ingest(['ftp://user:secret@example.org/x'])).rejects.toMatchObject({
      exitCode: 2,
      message: expect.not.stringContaining('secret'),
    });
    expect(await world.records()).toEqual([]);
  });

  it('reads an empty folder as nothing', async () => {
    const world = await createWorld();
    mkdirSync(join(world.folder, 'empty'));

    expect(await world.ingest([join(world.folder, 'empty')])).toMatchObject({ files: [], rejections: [] });
  });
});

describe('what a release withdraws', () => {
  it('withdraws what a newer whole release lacks, and keeps an older one out', async () => {
    const world = await createWorld();
    const older = world.write('17.json', release('17.1', [1, 2]));
    const newer = world.write('18.json', release('18.1', [2, 3]));
    await world.ingest([older]);

    const updated = await world.ingest([newer]);
    const again = await world.ingest([older]);

    expect(updated.totals).toMatchObject({ new: 1, unchanged: 1, withdrawn: 1 });
    expect(again.totals).toMatchObject({ new: 0, changed: 0, withdrawn: 0, older: 2 });
    expect(again.notices[0]).toMatchObject({ place: older, text: expect.stringContaining('17.1') });
    expect((await world.records()).map(({ record }) => record.title)).toEqual(['Made Up 2', 'Made Up 3']);
  });

  it('comes to the same end when both releases come in one run, in any order', async () => {
    for (const names of [
      ['17.json', '18.json'],
      ['18.json', '17.json'],
    ]) {
      const world = await createWorld();
      world.write('17.json', release('17.1', [1, 2]));
      world.write('18.json', release('18.1', [2, 3]));

      await world.ingest(names.map((name) => join(world.folder, name)));

      expect((await world.records()).map(({ record }) => record.title)).toEqual(['Made Up 2', 'Made Up 3']);
    }
  });

  it('does not let two documents of one release withdraw what the other brought', async () => {
    const world = await createWorld();
    world.write('a.json', release('18.1', [1]));
    world.write('b.json', release('18.1', [2]));

    const { totals } = await world.ingest([world.folder]);

    expect(totals).toMatchObject({ new: 2, withdrawn: 0 });
  });

  it('withdraws within a galaxy file only, each by its own version', async () => {
    const world = await createWorld();
    world.write('tool.json', galaxy('tool', 7, [1, 2]));
    world.write('rat.json', galaxy('rat', 90, [3]));
    await world.ingest([world.folder]);

    const updated = await world.ingest([world.write('new/tool.json', galaxy('tool', 8, [2]))]);
    const older = await world.ingest([world.write('old/tool.json', galaxy('tool', 6, [1, 2]))]);

    expect(updated.totals).toMatchObject({ unchanged: 1, withdrawn: 1 });
    expect(older.totals).toMatchObject({ new: 0, changed: 0, older: 2 });
    expect((await world.records()).map(({ record }) => record.title)).toEqual(['Entry 2', 'Entry 3']);
  });

  it('withdraws nothing when a release has a record that cannot be read', async () => {
    const world = await createWorld();
    await world.ingest([world.write('17.json', release('17.1', [1, 2]))]);
    const damaged = world.write(
      '18.json',
      release('18.1', [2], { type: 'malware', id: 'malware--x', name: 5 }),
    );

    const summary = await world.ingest([damaged]);

    expect(summary.totals).toMatchObject({ unchanged: 1, withdrawn: 0, rejected: 1 });
    expect(exitCodeOf(summary)).toBe(1);
    expect(await world.records()).toHaveLength(2);
  });

  it('keeps a record out whose stored version is newer', async () => {
    const world = await createWorld();
    const at = (modified: string) => malware(1, { name: `Of ${modified.slice(0, 4)}`, modified });
    await world.ingest([world.write('one.json', bundle(at('2025-01-01T00:00:00Z')))]);

    const summary = await world.ingest([world.write('one.json', bundle(at('2024-01-01T00:00:00Z')))]);

    expect(summary.totals).toMatchObject({ changed: 0, older: 1 });
    expect((await world.records())[0]?.record.title).toBe('Of 2025');
  });
});

describe('rows of an event index', () => {
  const event = { uuid: uuid(50), info: 'Example', date: '2021-01-01', timestamp: '1600000000' };
  const whole = {
    Event: { ...event, Attribute: [{ type: 'domain', value: 'a.example.org', to_ids: true }] },
  };
  const rows = (timestamp: string) => [{ ...event, timestamp, EventTag: [{ Tag: { name: 'osint' } }] }];

  it.each(['1500000000', '1600000000', '1700000000'])(
    'never replace the whole event, whatever their time (%s)',
    async (timestamp) => {
      const world = await createWorld();
      await world.ingest([world.write('event.json', whole)]);

      const { totals, notices } = await world.ingest([world.write('index.json', rows(timestamp))]);

      expect(totals).toMatchObject({ new: 0, changed: 0, rejected: 0 });
      expect(await world.store.indicators(['a.example.org'], 5)).toHaveLength(1);
      expect((await world.records())[0]?.record.summary).toBeUndefined();
      expect(notices[0]?.text).toContain('index');
    },
  );

  it('are replaced by the whole event of the same time', async () => {
    const world = await createWorld();
    await world.ingest([world.write('index.json', rows('1600000000'))]);

    const { totals } = await world.ingest([world.write('event.json', whole)]);

    expect(totals).toMatchObject({ changed: 1 });
    expect(await world.store.indicators(['a.example.org'], 5)).toHaveLength(1);
  });
});

describe('what an event holds of persons and files', () => {
  it('is in no table', async () => {
    const world = await createWorld();
    const secret = { data: 'UEFZTE9BRC1PRi1BLVNBTVBMRQ==', comment: '' };
    const event = {
      uuid: uuid(51),
      info: 'Example',
      event_creator_email: 'jane.doe@person.example',
      Attribute: [{ type: 'malware-sample', value: 'a.exe|00', ...secret }],
      Object: [{ name: 'file', Attribute: [{ type: 'attachment', value: 'a.png', ...secret }] }],
    };

    await world.ingest([world.write('event.json', { response: [{ Event: event }] })]);

    const stored = JSON.stringify([
      await world.records(),
      await world.store.indicators(['a.exe'], 5),
      await world.store.changes(0, Number.MAX_SAFE_INTEGER),
    ]);
    expect(stored).toContain('a.exe');
    expect(stored).not.toMatch(/jane\.doe|UEFZTE9/);
  });
});

describe('broken documents', () => {
  const good = JSON.stringify(bundle(malware(1), malware(2)));

  it.each([
    ['empty', '', /empty/],
    ['blank', ' \n\t ', /empty/],
    ['binary', new Uint8Array(4096).map((_, index) => index % 256), /binary/],
    ['cut off', good.slice(0, -30), /ends/],
    ['cut off JSON of no format', '{"a": [1, 2', /cut off/],
    ['wrongly typed', '{"type": "bundle", "objects": 5}', /expected a list/],
    ['JSON of no format', '[1, 2, 3]', /no importer reads this/],
    ['a number', '42', /no importer reads this/],
    ['damaged gzip', gzipSync(good).subarray(0, 40), /cut off/],
    ['gzip inside gzip', gzipSync(gzipSync(good)), /gzip file inside a gzip file: unpack it/],
    ['a zip archive', Buffer.from('PK\u0003\u0004\u0014\u0000'), /zip archive: unpack it/],
    ['empty gzip', gzipSync(''), /empty once decompressed/],
    ['a table', 'name,value\na,1\n', /no importer reads this; what is read: .*STIX.*MISP event/],
    ['a gzip bomb', gzipSync(Buffer.alloc(3_000_000, ' ')), /more than 2 MB/],
    ['nested without end', '['.repeat(2_000_000), /levels deep/],
    ['too large', Buffer.alloc(2_200_000, 'x'), /at most 2 MB/],
  ])('rejects one that is %s by name, and leaves the rest untouched', async (_, content, reason) => {
    const world = await createWorld();
    await world.ingest([world.write('good.json', good)]);
    const path = world.write('bad.json', content);

    const summary = await world.ingest(
      [path, join(world.folder, 'good.json')],
      {},
      { maxBytes: 2 * 1024 * 1024 },
    );

    expect(fileNamed(summary, 'bad.json')).toMatchObject({
      status: 'rejected',
      reason: expect.stringMatching(reason),
    });
    expect(summary.rejections).toEqual([{ place: path, path: '', reason: expect.stringMatching(reason) }]);
    expect(fileNamed(summary, 'good.json')).toMatchObject({ status: 'imported', unchanged: 2 });
    expect(exitCodeOf(summary)).toBe(1);
    expect(await world.records()).toHaveLength(2);
  });

  it('skips companions in a folder with a reason, but rejects broken data there', async () => {
    const world = await createWorld();
    world.write('README.md', 'Hello.');
    world.write(
      'logo.png',
      new Uint8Array(2048).map((_, index) => index % 256),
    );
    world.write('schema.json', { $schema: 'https://json-schema.org/draft-07/schema' });
    world.write('broken.json', '{"type": "bund');

    const summary = await world.ingest([world.folder]);

    expect(summary.files.map(({ place, status }) => [place.slice(world.folder.length + 1), status])).toEqual([
      ['README.md', 'skipped'],
      ['broken.json', 'rejected'],
      ['logo.png', 'skipped'],
      ['schema.json', 'skipped'],
    ]);
    expect(summary.files.every(({ reason }) => reason !== undefined)).toBe(true);
  });

  it('loses only the file that needs more memory than a document may take', async () => {
    const world = await createWorld();
    const values = Array.from({ length: 150_000 }, (_, index) => ({
      uuid: index,
      value: 'x'.repeat(20),
      a: [[], [], {}],
    }));
    world.write('a-huge.json', { type: 'tool', authors: [], category: 'tool', values });
    world.write('b-good.json', good);

    const summary = await world.ingest([world.folder], {}, { maxHeapMb: 24 });

    expect(fileNamed(summary, 'a-huge.json')).toMatchObject({
      status: 'rejected',
      reason: expect.stringContaining('memory'),
    });
    expect(fileNamed(summary, 'b-good.json')).toMatchObject({ status: 'imported', new: 2 });
  });

  it('names each bad record of a good document with its place', async () => {
    const world = await createWorld();
    const path = world.write('mixed.json', bundle(malware(1), malware(2, { name: 7 }), 'text'));

    const summary = await world.ingest([path]);

    expect(summary.rejections.map((rejection) => rejection.path)).toEqual([
      'objects[1] (malware--00000000-0000-4000-8000-000000000002)',
      'objects[2]',
    ]);
    expect(summary.sources).toMatchObject([{ new: 1, rejected: 2 }]);
  });
});

describe('encodings', () => {
  const text = JSON.stringify(bundle(malware(1, { name: 'Ça Brûle' })));
  const utf16be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', utf16be],
    ['Latin-1', Buffer.from(text, 'latin1')],
  ])('reads %s', async (name, content) => {
    const world = await createWorld();

    const summary = await world.ingest([world.write('one.json', content)]);

    expect((await world.records())[0]?.record.title).toBe('Ça Brûle');
    expect(summary.notices.some(({ text: told }) => told.includes('Latin-1'))).toBe(name === 'Latin-1');
  });
});
