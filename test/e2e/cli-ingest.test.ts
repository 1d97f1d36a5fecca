import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeId } from '../helpers/knowledge.ts';
import { askLines, createTestHome, type Finished, type TestHome } from '../helpers/threatbrief-process.ts';
import { acmeBundle, brokenObjects } from './cli-fixtures.ts';

let home: TestHome;
let folder: string;
let good: string;
let mixed: string;

beforeAll(() => {
  home = createTestHome();
  folder = join(home.folder, 'files');
  mkdirSync(folder);
  good = write('acme.json', JSON.stringify(acmeBundle()));
  mixed = write('mixed.json', JSON.stringify(acmeBundle(brokenObjects)));
});
afterAll(() => home.remove());

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Counts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
  readonly rejected: number;
}

interface Summary {
  readonly dryRun: boolean;
  readonly totals: Counts;
  readonly sources: readonly (Counts & { readonly name: string })[];
  readonly files: readonly (Counts & { readonly place: string; readonly status: string })[];
  readonly rejections: readonly { readonly place: string; readonly path: string; readonly reason: string }[];
}

function summaryOf({ stdout }: Finished): Summary {
  return JSON.parse(stdout) as Summary;
}

/** What the program finds when it is asked, in one process. */
async function outcomes(...questions: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await home.run(['ask', '--stdin', '--json'], { input: questions.join('\n') });
  return askLines(stdout).map(({ outcome }) => outcome);
}

describe('threatbrief ingest', () => {
  it('changes nothing in a dry run, and says what it would do', async () => {
    const ran = await home.run(['ingest', good, '--dry-run', '--json']);
    const text = await home.run(['ingest', good, '--dry-run']);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(summaryOf(ran)).toMatchObject({ dryRun: true, totals: { new: 3, changed: 0, rejected: 0 } });
    expect(text.stdout).toContain('Dry run, nothing was changed');
    expect(await outcomes('XPT901')).not.toEqual(['found']);
  });

  it('takes all of a good file with 0, says so by source, and knows it afterwards', async () => {
    const ran = await home.run(['ingest', good]);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^stix-acme +3 +0 +0 +0 +0 +0$/m);
    expect(ran.stdout).toContain('1 of 1 files, 3 records (3 new)');
    expect(await outcomes('quartz walrus')).toEqual(['found']);
  });

  it('finds the same file unchanged the second time', async () => {
    const ran = await home.run(['ingest', good, '--json']);

    expect(ran.exitCode).toBe(0);
    expect(summaryOf(ran).totals).toMatchObject({
      new: 0,
      changed: 0,
      unchanged: 3,
      withdrawn: 0,
      rejected: 0,
    });
  });

  it('keeps the good records of a mixed file with 1, and names each bad one with its reason', async () => {
    const text = await home.run(['ingest', mixed, '--source', 'mixed']);
    const json = await home.run(['ingest', mixed, '--source', 'mixed', '--json']);

    expect(text).toMatchObject({ exitCode: 1, stderr: '' });
    expect(text.stdout).toContain(`Rejected (${brokenObjects.length}):`);
    expect(text.stdout).toContain('3 records (3 new, 3 rejected)');
    const { rejections } = summaryOf(json);
    expect(json.exitCode).toBe(1);
    expect(rejections).toHaveLength(brokenObjects.length);
    for (const { place, path, reason } of rejections) {
      expect([place, reason.length > 10]).toEqual([mixed, true]);
      expect(text.stdout).toContain(`  ${mixed}: ${path}: ${reason}`);
    }
    expect(rejections.map(({ path }) => path.replace(/ .*/, ''))).toEqual([
      'objects[4]',
      'objects[5]',
      'objects[6]',
    ]);
  });

  it('reads a folder with what lies under it, gzipped or not, each format by its content', async () => {
    const below = join(folder, 'reports', 'deeper');
    mkdirSync(below, { recursive: true });
    const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
    copyFileSync(`${fixtures}misp/event.json`, join(below, 'data.txt'));
    copyFileSync(`${fixtures}markdown/report.md`, join(folder, 'reports', 'a report.md'));
    writeFileSync(join(below, 'bundle.gz'), gzipSync(JSON.stringify(acmeBundle())));
    writeFileSync(join(below, 'notes.bin'), Uint8Array.of(0, 1, 2, 3));
    writeFileSync(join(below, 'list.csv'), 'a,b\n1,2\n');
    writeFileSync(join(below, '.hidden.json'), '{');

    const ran = await home.run(['ingest', join(folder, 'reports'), '--json']);

    const { files, totals } = summaryOf(ran);
    expect(files.map(({ place, status }) => [place.slice(folder.length + 1), status])).toEqual([
      ['reports/a report.md', 'imported'],
      ['reports/deeper/bundle.gz', 'imported'],
      ['reports/deeper/data.txt', 'imported'],
      ['reports/deeper/list.csv', 'skipped'],
      ['reports/deeper/notes.bin', 'skipped'],
    ]);
    // The event fixture has one attribute that cannot be read.
    expect([ran.exitCode, totals.rejected]).toEqual([1, 1]);
    expect(await outcomes('192.0.2.1', 'EXAMPLEBEAR: a sample event')).toEqual(['answer', 'found']);
  });

  it('holds back what is stricter than the asker may see', async () => {
    const secret = write('secret.json', JSON.stringify(acmeBundle([], 'XPT955', 5)));
    await home.run(['ingest', secret, '--source', 'secret', '--tlp', 'amber']);

    const [green] = askLines((await home.run(['ask', '--json', 'XPT955'])).stdout);
    const [amber] = askLines((await home.run(['ask', '--json', '--tlp', 'amber', 'XPT955'])).stdout);

    expect(green?.outcome).not.toBe('found');
    expect(JSON.stringify(green)).not.toContain(fakeId('intrusion-set', 951));
    expect(amber?.outcome).toBe('found');
    const markings = amber?.facts.flatMap(({ sources }) => sources.map(({ tlp }) => tlp));
    expect(new Set(markings)).toEqual(new Set(['amber']));
  });

  it('tells a later version as changed, and what is no longer there is still known', async () => {
    const later = acmeBundle();
    const [identity, actor, ...rest] = later.objects;
    const changed = write(
      'acme-2.json',
      JSON.stringify({
        ...later,
        objects: [
          identity,
          {
            ...(actor as object),
            modified: '2024-06-01T00:00:00.000Z',
            aliases: ['Quartz Walrus', 'Onyx Walrus'],
          },
          ...rest,
        ],
      }),
    );

    const ran = await home.run(['ingest', changed, '--source', 'stix-acme', '--json']);

    expect(summaryOf(ran).totals).toMatchObject({ new: 0, changed: 1, unchanged: 2, withdrawn: 0 });
    expect(await outcomes('onyx walrus', 'quartz walrus')).toEqual(['found', 'found']);
  });

  it('waits for another import, so that two at once both arrive', async () => {
    const one = write('one.json', JSON.stringify(acmeBundle([], 'XPT961', 6)));
    const two = write('two.json', JSON.stringify(acmeBundle([], 'XPT971', 7)));

    const ran = await Promise.all([home.run(['ingest', one]), home.run(['ingest', two])]);

    expect(ran.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(await outcomes('XPT961', 'XPT971')).toEqual(['found', 'found']);
  });
});
