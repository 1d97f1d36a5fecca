import { describe, expect, it } from 'vitest';
import { secretValues, settingsTable } from '../../src/config/describe-settings.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import { settingDefinitions } from '../../src/config/settings.ts';

describe('the configuration table', () => {
  it('has a row of four cells for every setting, with its default', () => {
    const rows = settingsTable()
      .split('\n')
      .filter((line) => line.startsWith('| `'));

    expect(rows).toHaveLength(Object.keys(settingDefinitions).length);
    expect(rows.every((row) => row.split(/(?<!\\)\|/).length === 6)).toBe(true);
    expect(rows).toContain(
      '| `PORT` | `3978` | The port to listen on. | a number from 0 to 65535 (0 takes a free port) |',
    );
    expect(rows.find((row) => row.includes('TEAMS_DEV_NO_AUTH'))).toContain('| `0` |');
  });

  it('names each variable once', () => {
    const names = Object.values(settingDefinitions).map(({ env }) => env);

    expect(new Set(names).size).toBe(names.length);
  });

  it('ends the help of each setting with a full stop', () => {
    expect(Object.values(settingDefinitions).filter(({ help }) => !help.endsWith('.'))).toEqual([]);
  });
});

describe('secret values', () => {
  it('are those of secret settings, and passwords inside addresses', () => {
    const settings = loadSettings(
      {
        DATABASE_URL: 'postgresql://user:p%40ssword@db.example/tb',
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_SIGNING_SECRET: 'signing',
        SLACK_CLIENT_ID: '123',
        SLACK_CLIENT_SECRET: 'client',
        ENCRYPTION_KEY: `${'ab'.repeat(32)}, ${'cd'.repeat(32)}`,
      },
      () => '',
    );

    expect(secretValues(settings)).toEqual([
      'postgresql://user:p%40ssword@db.example/tb',
      'p%40ssword',
      'p@ssword',
      `${'ab'.repeat(32)},${'cd'.repeat(32)}`,
      'ab'.repeat(32),
      'cd'.repeat(32),
      'xoxb-1',
      'signing',
      'client',
    ]);
  });
});
