import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandTable } from '../../src/chat/commands/index.ts';
import { writeTeamsPackage } from '../../src/compose/manifests.ts';
import { readVersion } from '../../src/compose/paths.ts';

const url = 'https://bot.example';
const appId = '00000000-0000-4000-8000-00000000000a';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'threatbrief-manifest-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('writeTeamsPackage', () => {
  it('writes the commands of the table and this version, and gives back where', () => {
    const out = join(folder, 'app.zip');

    expect(writeTeamsPackage({ url, appId, out })).toBe(out);

    const text = Buffer.from(unzipSync(readFileSync(out))['manifest.json'] ?? []).toString('utf8');
    const manifest = JSON.parse(text) as {
      version: string;
      bots: readonly { commandLists: readonly { commands: readonly { title: string }[] }[] }[];
    };
    expect(manifest.version).toBe(readVersion());
    const titles = manifest.bots[0]?.commandLists[0]?.commands.map(({ title }) => title);
    // Teams offers ten at most.
    expect(titles).toEqual(commandTable.slice(0, 10).map(({ name }) => name));
    expect(titles).toContain('help');
  });

  it.each([
    [undefined, 'x.zip', /--app-id/],
    [appId, join('no', 'such', 'folder', 'x.zip'), /cannot be written; choose another file with --out/],
  ])('refuses the app id %s with the file %s, and says what to do', (id, out, message) => {
    expect(() => writeTeamsPackage({ url, appId: id, out: join(folder, out) })).toThrow(message);
  });
});
