import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundle, createWorld, galaxy, malware, uuid, type World } from './world.ts';

/** Everything that can be is read in pieces. */
const inPieces = { streamAboveBytes: 1 };

const text = JSON.stringify(
  bundle(
    ...Array.from({ length: 30 }, (_, index) => malware(index, { name: `Ça Brûle ${index}` })),
    { type: 'report', id: `report--${uuid(100)}`, name: 'Report', object_refs: [`indicator--${uuid(101)}`] },
    { type: 'indicator', id: `indicator--${uuid(101)}`, pattern: "[domain-name:value = 'a.example.org']" },
  ),
);

async function titlesOf(world: World): Promise<readonly string[]> {
  return (await world.records()).map(({ record }) => record.title);
}

describe('a large STIX bundle', () => {
  it.each([
    ['as a file', Buffer.from(text)],
    ['with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['packed', gzipSync(text)],
    ['packed with a byte order mark', gzipSync(`\ufeff${text}`)],
    ['packed in two members', Buffer.concat([gzipSync(text.slice(0, 900)), gzipSync(text.slice(900))])],
    ['in UTF-16, which is held', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['in Latin-1, which is held', Buffer.from(text, 'latin1')],
  ])('gives the same in pieces as held, %s', async (_, content) => {
    const held = await createWorld();
    await held.ingest([held.write('one.json', content)]);
    const streamed = await createWorld();

    const summary = await streamed.ingest([streamed.write('one.json', content)], {}, inPieces);

    expect(summary.totals).toMatchObject({ new: 31, rejected: 0 });
    expect(await titlesOf(streamed)).toEqual(await titlesOf(held));
    expect(await titlesOf(streamed)).toContain('Ça Brûle 7');
    expect(await streamed.store.indicators(['a.example.org'], 5)).toHaveLength(1);
  });

  it('may be larger than what is held, packed or not, and leaves nothing behind', async () => {
    const world = await createWorld();
    const before = temporaryFolders();
    const limits = { ...inPieces, maxBytes: 1000 };

    const summary = await world.ingest(
      [world.write('one.json', text), world.write('two.json.gz', gzipSync(text))],
      {},
      limits,
    );

    expect(summary.files.map(({ status }) => status)).toEqual(['imported', 'imported']);
    expect(temporaryFolders()).toEqual(before);
  });

  it.each([
    ['a NUL byte', text.replace('Brûle 9', 'Br\u0000le'), /NUL byte at byte \d+/],
    ['another encoding and too large to be held', Buffer.from(text, 'latin1'), /not UTF-8.*iconv/],
    ['UTF-16 and too large to be held', Buffer.from(`\ufeff${text}`, 'utf16le'), /not UTF-8.*iconv/],
    ['an end in mid-object', text.slice(0, -40), /not a whole STIX bundle/],
    ['a gzip file that is cut off', gzipSync(text).subarray(0, 300), /cut off/],
    ['a gzip file that is damaged', damaged(gzipSync(text)), /damaged/],
    ['too many bytes', `${text.slice(0, -2)}${' '.repeat(20_000)}]}`, /at most 0 MB are read; split/],
    [
      'too many bytes once unpacked',
      gzipSync(`${text}${' '.repeat(20_000)}`),
      /more than 0 MB once decompressed/,
    ],
  ])('is refused for %s', async (_, content, reason) => {
    const world = await createWorld();
    const limits = { ...inPieces, maxBytes: 1000, maxStreamedBytes: 15_000 };

    const summary = await world.ingest([world.write('bad.json', content)], {}, limits);

    expect(summary.files[0]).toMatchObject({ status: 'rejected', reason: expect.stringMatching(reason) });
    expect(await world.records()).toEqual([]);
  });

  it('is the only kind that may be: others are told their limit', async () => {
    const world = await createWorld();
    const path = world.write('tool.json', galaxy('tool', 3, [10, 11]));

    const summary = await world.ingest([path], {}, { ...inPieces, maxBytes: 100 });

    expect(summary.files[0]?.reason).toMatch(/at most 0 MB are read, except of STIX bundles; split/);
  });
});

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, 40, 200);
  return copy;
}

function temporaryFolders(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => /^threatbrief-[A-Za-z0-9]{6}$/.test(name));
}
