import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askLines, createTestHome, type Finished, type TestHome } from '../helpers/threatbrief-process.ts';
import { acmeBundle } from './cli-fixtures.ts';

let home: TestHome;
let folder: string;
let before: unknown;

beforeAll(async () => {
  home = createTestHome();
  folder = join(home.folder, 'files');
  mkdirSync(folder);
  const ran = await home.run(['ingest', write('good.json', JSON.stringify(acmeBundle()))]);
  expect(ran.exitCode).toBe(0);
  before = await knowledge();
});
afterAll(() => home.remove());

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What the program answers about what was there before: outcomes, entities and facts. */
async function knowledge(): Promise<unknown> {
  const questions = 'XPT901\nWalrusDoor 901\nAPT39\nsources\n';
  const { stdout } = await home.run(['ask', '--stdin', '--json'], { input: questions });
  return askLines(stdout).map(({ outcome, answers, facts, withheld }) => [outcome, answers, facts, withheld]);
}

/** A refusal as a person needs it: the file's name and the reason, and no trace of the program's inside. */
function expectClear(ran: Finished, place: string, reason: RegExp): void {
  const said = ran.stdout + ran.stderr;
  expect(said).toContain(place);
  expect(said).toMatch(reason);
  expect(said).not.toMatch(/\bat .*(?:\.[cm]?[jt]s|node:)|unexpected failure|\[object|undefined/);
  expect(said).not.toContain('\u001b');
}

const bundleText = JSON.stringify(acmeBundle());

const rejected: readonly (readonly [name: string, content: () => string | Uint8Array, reason: RegExp])[] = [
  ['empty.json', () => '', /the file is empty/],
  ['blank.json', () => ' \n\t ', /only blanks/],
  ['truncated.json', () => bundleText.slice(0, -40), /the text ends inside a string/],
  ['cut-in-a-string.json', () => bundleText.slice(0, 300), /the text ends inside a string/],
  ['binary.json', () => Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2), /binary/],
  ['picture.png', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0), /binary/],
  ['number.json', () => '42', /no importer reads this/],
  ['list.json', () => '[1, 2, 3]', /no importer reads this/],
  ['other.json', () => '{"hello": "world"}', /no importer reads this/],
  ['objects-as-text.json', () => '{"type":"bundle","id":"bundle--1","objects":"all"}', /objects/],
  ['objects-of-nothing.json', () => '{"type":"bundle","id":"bundle--1","objects":null}', /objects/],
  ['event-as-list.json', () => '{"Event": [1, 2]}', /no MISP event/],
  [
    'values-as-number.json',
    () => '{"type":"threat-actor","values":3,"uuid":"x","name":"y"}',
    /no importer reads this/,
  ],
  ['deep.json', () => '['.repeat(20 * 1024 * 1024), /nested more than/],
  [
    'deep-object.json',
    () => `{"type":"bundle","objects":[{"type":"intrusion-set","x":${'{"a":'.repeat(100_000)}`,
    /nested more than/,
  ],
  [
    'bomb.json.gz',
    () => gzipSync(Buffer.alloc(300 * 1024 * 1024, 0x20)),
    /more than 256 MB once decompressed/,
  ],
  ['cut.json.gz', () => gzipSync(bundleText).subarray(0, 120), /gzip file that is cut off/],
  [
    'damaged.json.gz',
    () => Buffer.concat([Uint8Array.of(0x1f, 0x8b), Buffer.from('not gzip at all')]),
    /damaged gzip/,
  ],
  ['utf-32.json', () => Uint8Array.of(0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0), /UTF-32/],
];

interface Report {
  readonly files: readonly {
    readonly place: string;
    readonly status: string;
    readonly unchanged: number;
    readonly rejected: number;
    readonly reason?: string;
  }[];
  readonly rejections: readonly { readonly place: string; readonly reason: string }[];
}

describe('a hostile or broken file', () => {
  let report: Report;

  beforeAll(async () => {
    const paths = rejected.map(([name, content]) => write(name, content()));
    const ran = await home.run(['ingest', ...paths, join(folder, 'good.json'), '--json']);
    expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
    report = JSON.parse(ran.stdout) as Report;
  });

  it.each(rejected)('%s is refused by its name with a reason', (name, _, reason) => {
    const path = join(folder, name);

    const reasons = report.rejections.filter(({ place }) => place === path).map((one) => one.reason);
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.join('\n')).toMatch(reason);
    expect(report.files.find(({ place }) => place === path)).toMatchObject({ rejected: reasons.length });
  });

  it('keeps no good file beside it from being read', () => {
    expect(report.files.at(-1)).toMatchObject({ status: 'imported', unchanged: 3, rejected: 0 });
  });

  it('leaves what was there before as it was', async () => {
    expect(await knowledge()).toEqual(before);
  });

  it.each(['empty.json', 'truncated.json', 'deep.json', 'bomb.json.gz'])(
    '%s alone ends the command with 1 and a message for a person',
    async (name) => {
      const path = join(folder, name);

      const ran = await home.run(['ingest', path]);

      expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
      expectClear(ran, path, rejected.find(([one]) => one === name)?.[2] ?? /^$/);
      expect(ran.stdout).toContain('Rejected (1):');
    },
  );

  it('in a folder is rejected when it looks like data, and else skipped by name', async () => {
    const ran = await home.run(['ingest', folder, '--dry-run', '--json']);

    expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
    const { files } = JSON.parse(ran.stdout) as Report;
    const statusOf = (name: string): string | undefined =>
      files.find(({ place }) => place === join(folder, name))?.status;
    expect(statusOf('good.json')).toBe('imported');
    expect(statusOf('truncated.json')).toBe('rejected');
    expect(statusOf('picture.png')).toBe('skipped');
    expect(statusOf('other.json')).toBe('skipped');
    expect(files).toHaveLength(rejected.length + 1);
  });
});

describe('a place that cannot be read', () => {
  it('is told with 2 before anything is taken when it is missing', async () => {
    const fresh = write('fresh.json', JSON.stringify(acmeBundle([], 'XPT981', 8)));
    const missing = join(folder, 'nowhere.json');

    const ran = await home.run(['ingest', fresh, missing]);

    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expectClear(ran, missing, /no such file or folder/);
    expect(await knowledge()).toEqual(before);
  });

  it('is told with 2 when it lies under a file as if that were a folder', async () => {
    const path = join(folder, 'good.json', 'x');

    const ran = await home.run(['ingest', path]);

    expect(ran.exitCode).toBe(2);
    expectClear(ran, path, /no such file or folder/);
  });

  it('is told with 2 when it is a link that leads nowhere or in a circle', async () => {
    const nowhere = join(folder, 'nowhere-link');
    const circle = join(folder, 'circle-link');
    symlinkSync(join(folder, 'gone'), nowhere);
    symlinkSync(circle, circle);

    for (const path of [nowhere, circle]) {
      const ran = await home.run(['ingest', path]);

      expect(ran.exitCode).toBe(2);
      expectClear(ran, path, /cannot read/);
    }
  });

  it('is told with 2 when it is a device, which never ends', async () => {
    const ran = await home.run(['ingest', '/dev/zero']);

    expect(ran.exitCode).toBe(2);
    expectClear(ran, '/dev/zero', /neither a file nor a folder/);
  });

  it('is told with 1 when permission is missing, and read where the user may read everything', async () => {
    const mayReadAll = process.getuid?.() === 0;
    const path = write('private.json', bundleText);
    chmodSync(path, 0o000);

    const ran = await home.run(['ingest', path]);

    expect(ran.exitCode).toBe(mayReadAll ? 0 : 1);
    if (!mayReadAll) expectClear(ran, path, /no permission to read it/);
  });

  it.skipIf(process.platform !== 'linux')('is told with 1 when reading fails', async () => {
    const ran = await home.run(['ingest', '/proc/self/mem']);

    expect(ran.exitCode).toBe(1);
    expectClear(ran, '/proc/self/mem', /cannot be read \(EIO\)/);
  });

  it.each([
    ['ftp://files.example/x.json', /expected an http or https address/],
    ['http://', /expected an http or https address/],
    ['http://user:hunter2@127.0.0.1:9/x.json', /not a public address; .*--allow-private/],
    ['file:///etc/passwd', /expected an http or https address/],
  ])('is told when it is the address %s, without the password in it', async (address, reason) => {
    const ran = await home.run(['ingest', address]);

    expect([1, 2, 3]).toContain(ran.exitCode);
    expect(ran.stdout + ran.stderr).toMatch(reason);
    expect(ran.stdout + ran.stderr).not.toContain('hunter2');
  });
});

describe('names that attack the terminal', () => {
  it('are shown harmless', async () => {
    const path = write('a\u001b[2Jb\u202ec.json', '{');

    const ran = await home.run(['ingest', path]);

    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('begins like JSON');
    expect(ran.stdout + ran.stderr).not.toMatch(/[\u001b\u202e]/);
  });

  it('are written out where an error gives back what was typed', async () => {
    const ran = await home.run(['digest', 'redrive', 'a\u001b]0;title\u0007\u202eb']);

    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('\\u001b]0;title\\u0007\\u202eb');
    expect(ran.stdout + ran.stderr).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});
