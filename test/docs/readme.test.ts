import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chatCommandsTable } from '../../scripts/readme-tables.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { settingsTable } from '../../src/config/describe-settings.ts';
import { systemClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { bundledStore } from '../helpers/bundled-store.ts';

const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it('holds the table of settings that the code has', () => {
    const block = /<!-- settings:begin -->\n([\s\S]*?)\n<!-- settings:end -->/.exec(readme)?.[1];

    expect(block?.trim()).toBe(settingsTable().trim());
  });

  it('holds the table of chat commands that the code has', () => {
    const block = /<!-- commands:begin -->\n([\s\S]*?)\n<!-- commands:end -->/.exec(readme)?.[1];

    expect(block).toBe(chatCommandsTable());
  });

  it('asks only questions that are answered', async () => {
    const [, part = ''] = readme.split('## For analysts: ask\n');
    const rows = (part.split('\n\n', 1)[0] ?? '').split('\n').slice(2);
    const asked = rows
      .flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code))
      .filter((text) => text !== 'and its tools?');
    const desk = createDesk({ store: bundledStore(), clock: systemClock, log: silentLog });
    const outcomes: Record<string, string> = {};
    for (const text of asked) outcomes[text] = (await desk.ask(text, 'green')).outcome;

    expect(asked.length).toBeGreaterThan(30);
    const unanswered = asked.filter((text) => !['found', 'answer'].includes(outcomes[text] ?? ''));
    // No indicators are bundled, as the page says below the table.
    expect(unanswered).toEqual(['8.8.8.8', '10.1.0.0/16', 'hxxp://evil[.]example/x']);
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
