import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdentitySource } from '../../src/identity/identity-source.ts';
import { rankedDecisions } from '../../src/knowledge/identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threatbrief-identity-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('createIdentitySource', () => {
  it('ranks the first file over the second', () => {
    const own = write('own.yaml', 'same: [[G9001, G9002]]');
    const bundled = write('bundled.yaml', 'different: [[G9001, G9002]]');

    const { decisions } = createIdentitySource([{ path: own }, { path: bundled }]).current();

    expect(rankedDecisions(decisions).map(({ kind, rank }) => [kind, rank])).toEqual([
      ['same', 0],
      ['different', 1],
    ]);
  });

  it('decides nothing where no file lies', () => {
    const { decisions, key } = createIdentitySource([{ path: join(folder, 'none.yaml') }]).current();

    expect(rankedDecisions(decisions)).toEqual([]);
    expect(key).not.toBe('');
  });

  it('reads again what changed, and only that changes the key', () => {
    const path = write('identity.yaml', 'same: [[G9001, G9002]]');
    const source = createIdentitySource([{ path }]);
    const before = source.current();

    expect(source.refresh()).toBe(before);
    writeFileSync(path, 'same: []');
    const after = source.refresh();

    expect(after.key).not.toBe(before.key);
    expect(after.decisions.same).toEqual([]);
    rmSync(path);
    expect(source.refresh().decisions.same).toEqual([]);
  });

  it('keeps the last good decisions when a file breaks', () => {
    const path = write('identity.yaml', 'same: [[G9001, G9002]]');
    const source = createIdentitySource([{ path }]);

    writeFileSync(path, 'same: [');
    expect(() => source.refresh()).toThrow(/identity\.yaml line 1/);
    expect(source.current().decisions.same).toHaveLength(1);
    expect(() => source.refresh()).toThrow(/identity\.yaml line 1/);
  });

  it.each([
    ['is missing though someone named it', 'required', /cannot be read \(ENOENT\).*IDENTITY_FILE/],
    ['is a folder', 'folder', /no file|EISDIR/],
    ['is too large', 'large', /at most 1000000 are read/],
    ['is not UTF-8', 'latin', /not UTF-8/],
  ])('says so when a file %s', (_, what, expected) => {
    const path = join(folder, 'identity.yaml');
    if (what === 'large') writeFileSync(path, '#'.repeat(1_000_001));
    if (what === 'latin') writeFileSync(path, new Uint8Array([0x23, 0xe9, 0x0a]));

    const file = what === 'folder' ? { path: folder } : { path, required: true };

    expect(() => createIdentitySource([file])).toThrow(expected);
  });
});
