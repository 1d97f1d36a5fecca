import { readFileSync } from 'node:fs';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../../src/chat/commands/index.ts';
import { specimen, teamsManifest, teamsPackage } from '../../../src/chat/teams/manifest.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const commands = commandTable.map(({ name, summary }) => ({ title: name, description: summary }));
const manifest = teamsManifest({ ...specimen, version, commands });

describe('teamsManifest', () => {
  it('is what teams/manifest.json holds', () => {
    expect(JSON.parse(readFileSync('teams/manifest.json', 'utf8'))).toEqual(manifest);
  });

  it("holds against Microsoft's schema", async () => {
    const problems = await AppManifestUtils.validateAgainstSchema(manifest as TeamsManifest);

    expect(problems).toEqual([]);
  });

  it('notices what the schema does not allow', async () => {
    const broken = { ...manifest, name: { short: 'x'.repeat(31), full: 'x' } } as TeamsManifest;

    expect(await AppManifestUtils.validateAgainstSchema(broken)).not.toEqual([]);
  });

  it('refuses an app id that is none', () => {
    expect(() => teamsManifest({ ...specimen, appId: 'my-bot', version, commands })).toThrow(
      /no Microsoft app id/,
    );
  });
});

describe('teamsPackage', () => {
  it('is a zip with the manifest and both icons at its root', () => {
    const icons = { color: readFileSync('teams/color.png'), outline: readFileSync('teams/outline.png') };

    const files = unzipSync(teamsPackage(manifest, icons));

    expect(Object.keys(files).toSorted()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    expect(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))).toEqual(manifest);
  });

  it.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('has %s in the size that Teams asks for', (name, size) => {
    const png = readFileSync(`teams/${name}`);

    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });
});
