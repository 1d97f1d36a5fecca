import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretValues } from '../../src/config/describe-settings.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import type { AnySetting } from '../../src/config/setting.ts';
import { settingDefinitions } from '../../src/config/settings.ts';
import { createLog } from '../../src/support/log.ts';
import { createRedactor } from '../../src/support/secrets.ts';

const secret = 'p@ss w/rd"\\+é&=?';

describe('a secret that was told', () => {
  const redact = createRedactor([secret]);

  it.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ token: secret })],
    ['in JSON inside JSON', JSON.stringify(JSON.stringify({ token: secret }))],
    ['percent-encoded', `https://a.example/?q=${encodeURIComponent(secret)}`],
    ['percent-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
    ['in a form', new URLSearchParams({ q: secret }).toString()],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
    ['in base64 behind a name', Buffer.from(`a:${secret}`).toString('base64')],
    ['in base64 behind a longer name', Buffer.from(`ab:${secret}:z`).toString('base64')],
    ['in base64 behind another', Buffer.from(`user:${secret}`).toString('base64')],
  ])('is hidden %s', (_, text) => {
    const shown = redact(`before ${text} after`);

    expect(shown).toMatch(/^before .*\[redacted\].* after$/s);
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      expect(shown).not.toContain(form);
    }
    const left = shown.replaceAll('[redacted]', ' ');
    for (const word of left.split(/[^\w+/=-]/)) {
      expect(Buffer.from(word, 'base64').toString('utf8')).not.toContain('ss w/rd');
    }
  });

  it.each([
    ['hunt', 'password hunt failed', 'password [redacted] failed'],
    ['hunt', 'hunting and hunt2', 'hunting and hunt2'],
    ['a.b*', 'x a.b* y', 'x [redacted] y'],
    ['a.b*', 'x acb y', 'x acb y'],
    ['abc', 'abc', 'abc'],
  ])('of few characters, %s, is hidden as a word: %s', (short, text, shown) => {
    expect(createRedactor([short])(text)).toBe(shown);
  });

  it('is hidden whatever it is, and hiding twice changes nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 6, maxLength: 40 }),
        fc.string(),
        (value, around) => {
          fc.pre(!'[redacted]'.includes(value));
          const hide = createRedactor([value]);
          const shown = hide(`${around}${value}${around} ${encodeURIComponent(value.toWellFormed())}`);

          expect(shown.replaceAll('[redacted]', '')).not.toContain(value);
          expect(hide(shown)).toBe(shown);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the secrets of the settings', () => {
  const settings: readonly AnySetting[] = Object.values(settingDefinitions);

  it('are all that hold a token, a key, a password or a secret', () => {
    const names = settings.filter(({ env }) => /TOKEN|KEY|PASSWORD|SECRET|DATABASE_URL/.test(env));

    expect(names.filter((setting) => !setting.secret).map(({ env }) => env)).toEqual([]);
  });

  it('can each be read from a file, and are then hidden from every line of the log', () => {
    const values: Readonly<Record<string, string>> = {
      DATABASE_URL: 'postgresql://tb:canary-of-the-database@db.example/tb',
      ENCRYPTION_KEY: 'c0ffee'.repeat(10).padEnd(64, '0'),
    };
    const env: Record<string, string> = { SLACK_CLIENT_ID: '1', TEAMS_APP_ID: 'a', TEAMS_TENANT_ID: 't' };
    const files = new Map<string, string>();
    for (const setting of settings.filter(({ secret: isSecret }) => isSecret)) {
      files.set(
        `/run/secrets/${setting.env}`,
        values[setting.env] ?? `canary-of-${setting.env.toLowerCase()}`,
      );
      env[`${setting.env}_FILE`] = `/run/secrets/${setting.env}`;
    }

    const loaded = loadSettings(env, (path) => `${files.get(path)}\n`);

    const lines: string[] = [];
    const log = createLog(
      { level: 'debug', secrets: secretValues(loaded) },
      { write: (line) => void lines.push(line) },
    );
    const all = [...files.values()];
    const error = new Error(`failed with ${all.join(' ')}`, { cause: new AggregateError([], all.join(' ')) });
    Object.assign(error, { code: all[0], facts: { detail: all.join(' ') } });
    log.error({ error, settings: { ...loaded }, list: all, [all[0] ?? '']: 1 }, all.join(' '));
    for (const value of [...all, 'canary-of-the-database']) expect(lines.join('')).not.toContain(value);
    expect(lines.join('')).toContain('secrets.test.ts');
  });
});
