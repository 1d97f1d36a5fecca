import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsTable } from '../../src/config/describe-settings.ts';

const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it('holds the table of settings that the code has', () => {
    const block = /<!-- settings:begin -->\n([\s\S]*?)\n<!-- settings:end -->/.exec(readme)?.[1];

    expect(block?.trim()).toBe(settingsTable().trim());
  });

  it('links only to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '');

    expect(links.filter((link) => !link.startsWith('http') && !existsSync(link))).toEqual([]);
  });

  it('names the test command that .ci/run runs', () => {
    expect(readme).toContain('    npm ci && npm test\n');
    expect(readFileSync('.ci/run', 'utf8')).toContain('\nnpm ci && npm test\n');
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1] ?? '');

    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
