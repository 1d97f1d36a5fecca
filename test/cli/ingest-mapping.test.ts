import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './fake-runtime.ts';

const folder = mkdtempSync(join(tmpdir(), 'mapping-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('threatbrief ingest --mapping', () => {
  it('hands the mapping on as it was written', async () => {
    const text = 'columns: {name: Actor}\n';

    const ran = await run(['ingest', 'a.csv', '--mapping', file('good.yaml', text)]);

    expect(ran.exitCode).toBe(0);
    expect(ran.calls).toEqual([`ingest a.csv ${JSON.stringify({ dryRun: false, mapping: text })}`]);
  });

  it.each([
    ['is not there', () => join(folder, 'missing.yaml'), 'cannot be read (ENOENT)'],
    ['is a folder', () => folder, 'cannot be read (EISDIR)'],
    ['is too large', () => file('large.yaml', 'x'.repeat(300_000)), 'is larger than 256 KB'],
    ['has an unknown key', () => file('odd.yaml', 'columns: {nmae: Actor}'), 'columns: unknown key "nmae"'],
  ])('ends with 2 and says why when the mapping %s', async (_, path, reason) => {
    const ran = await run(['ingest', 'a.csv', '--mapping', path()]);

    expect([ran.exitCode, ran.calls]).toEqual([2, []]);
    expect(ran.err).toContain(reason);
  });
});
