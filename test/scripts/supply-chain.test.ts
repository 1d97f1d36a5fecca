import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { licenceProblems } from '../../scripts/supply-chain/licences.ts';
import { type Lock, lockedPackages, parseLock, parseOwnPackage } from '../../scripts/supply-chain/lock.ts';
import { installScriptProblems, lockProblems } from '../../scripts/supply-chain/lock-problems.ts';
import { normaliseSbom } from '../../scripts/supply-chain/normalise-sbom.ts';

const realLock = readFileSync('package-lock.json', 'utf8');
const own = parseOwnPackage(readFileSync('package.json', 'utf8'));
const npmrc = readFileSync('.npmrc', 'utf8');

/** The real lock with one more package. */
function lockWith(name: string, found: object): Lock {
  const lock = parseLock(realLock);
  const added = parseLock(
    JSON.stringify({ lockfileVersion: 3, packages: { [`node_modules/${name}`]: found } }),
  );
  return { ...lock, packages: { ...lock.packages, ...added.packages } };
}

const sound = { version: '1.0.0', integrity: 'sha512-AAAA', license: 'MIT' };

describe('what is installed', () => {
  it('has licences on the list, hashes, exact versions and no unknown install script', () => {
    const lock = parseLock(realLock);
    const packages = lockedPackages(lock);

    expect(packages.length).toBeGreaterThan(500);
    expect([
      ...lockProblems(own, lock, npmrc),
      ...installScriptProblems(packages),
      ...licenceProblems(packages),
    ]).toEqual([]);
  });

  it.each([
    [{ license: 'GPL-3.0-only' }, /^made-up 1\.0\.0 has the licence GPL-3\.0-only/],
    [{ license: 'AGPL-3.0' }, /AGPL/],
    [{ license: 'MIT AND GPL-2.0' }, /GPL-2/],
    [{ license: 'MPL-2.0' }, /MPL/],
    [{ license: 'SEE LICENSE IN LICENSE' }, /SEE LICENSE/],
    [{ license: undefined }, /names no licence/],
  ])('may not have a package with %j', (change, problem) => {
    const lock = lockWith('made-up', { ...sound, ...change });

    expect(licenceProblems(lockedPackages(lock))).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    [{ license: 'MIT OR GPL-3.0' }],
    [{ license: '(Apache-2.0 AND ISC)' }],
    [{ license: 'MPL-2.0', dev: true }],
  ])('may have a package with %j', (change) => {
    expect(licenceProblems(lockedPackages(lockWith('made-up', { ...sound, ...change })))).toEqual([]);
  });

  it('runs no install script that is not named', () => {
    const lock = lockWith('@made/up', { ...sound, hasInstallScript: true });

    expect(installScriptProblems(lockedPackages(lock))).toEqual([
      '@made/up 1.0.0 wants to run a script when it is installed',
    ]);
  });

  it.each([
    ['no hash', { ...sound, integrity: undefined }, /has no SHA-512/],
    ['a weak hash', { ...sound, integrity: 'sha1-AAAA' }, /has no SHA-512/],
    ['another registry', { ...sound, resolved: 'https://evil.example/a.tgz' }, /comes from elsewhere/],
    ['a repository', { ...sound, resolved: 'git+ssh://git@github.com/a/b.git#1' }, /comes from elsewhere/],
    ['a folder', { link: true, resolved: 'packages/x' }, /is a link/],
  ])('may not come from %s', (_, found, problem) => {
    expect(lockProblems(own, lockWith('made-up', found), npmrc)).toEqual([expect.stringMatching(problem)]);
  });

  it('is wanted by exact versions, and without install scripts', () => {
    const lock = parseLock(realLock);

    expect(
      lockProblems({ ...own, dependencies: { ...own.dependencies, zod: '^4.0.0' } }, lock, npmrc),
    ).toHaveLength(2);
    expect(lockProblems(own, lock, 'ignore-scripts=false\n')).toHaveLength(1);
  });

  it('stops the gate when a package with another licence comes in', () => {
    const folder = mkdtempSync(join(tmpdir(), 'threatbrief-lock-'));
    const path = join(folder, 'package-lock.json');
    writeFileSync(path, JSON.stringify(lockWith('made-up', { ...sound, license: 'GPL-3.0-only' })));

    const { status, stderr } = spawnSync(process.execPath, ['scripts/check-supply-chain.ts', path], {
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toContain('made-up 1.0.0 has the licence GPL-3.0-only');
    rmSync(folder, { recursive: true });
  });
});

describe('the bill of materials', () => {
  const component = (name: string): object => ({
    'bom-ref': `${name}@1.0.0`,
    type: 'library',
    name,
    version: '1.0.0',
    properties: [],
    licenses: [{ license: { id: 'MIT' } }],
  });
  const bom = (names: readonly string[], timestamp: string): string =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      serialNumber: `urn:uuid:${timestamp}`,
      metadata: { timestamp, tools: [{ name: 'cli', version: timestamp }], component: component('a-folder') },
      components: names.map(component),
      dependencies: names.map((name) => ({ ref: `${name}@1.0.0`, dependsOn: [...names] })),
    });

  it('is the same whenever, wherever and in whatever order it is made', () => {
    const made = normaliseSbom(bom(['b', 'a'], '2026-01-01'), 'threatbrief');

    expect(made).toBe(normaliseSbom(bom(['a', 'b'], '2026-02-02'), 'threatbrief'));
    expect(JSON.parse(made)).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      metadata: { component: { name: 'threatbrief', type: 'application' } },
      components: [{ name: 'a', licenses: [{ license: { id: 'MIT' } }] }, { name: 'b' }],
    });
    expect(made).not.toBe(normaliseSbom(bom(['a', 'c'], '2026-01-01'), 'threatbrief'));
  });
});
