import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveFile } from '../../src/compose/save-file.ts';
import { run } from './fake-runtime.ts';

describe('threatbrief export', () => {
  it('writes STIX for GREEN to standard output unless told otherwise, and what was left out to standard error', async () => {
    const ran = await run(['export', 'Remix', 'Kitten']);

    expect(ran).toMatchObject({ exitCode: 0, out: 'stix of Remix Kitten\n', err: '2 items withheld\n' });
    expect(ran.calls).toEqual(['open green', 'export Remix Kitten stix green', 'close']);
  });

  it('writes into a file', async () => {
    const ran = await run(['export', 'APT39', '--as', 'markdown', '--tlp', 'clear', '--out', 'a.md']);

    expect(ran.out).toBe('');
    expect(ran.calls).toContain('save a.md markdown of APT39');
  });

  it('says what there is instead when there is not one thing', async () => {
    const ran = await run(['export', 'nobody']);

    expect(ran).toMatchObject({ exitCode: 2, out: '' });
    expect(ran.err).toContain('plain: Card of nobody');
  });

  it.each([[['export']], [['export', 'x', '--as', 'pdf']], [['export', 'x', '--tlp', 'purple']]])(
    'refuses %j',
    async (args) => {
      expect((await run(args)).exitCode).toBe(2);
    },
  );
});

describe('a saved file', () => {
  it('is whole, and for its owner only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'threatbrief-export-'));
    const path = join(folder, 'apt39.json');

    await saveFile(path, 'first');
    await saveFile(path, 'second');

    expect(await readFile(path, 'utf8')).toBe('second');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });

  it('that cannot be written is an error that says so', async () => {
    await expect(saveFile('/nonexistent/folder/a', 'x')).rejects.toMatchObject({
      code: 'file-not-written',
      exitCode: 2,
    });
  });
});
