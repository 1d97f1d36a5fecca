import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/support/app-error.ts';
import { createLog, type Log, type LogSettings } from '../../src/support/log.ts';

function logInto(settings: Partial<LogSettings> = {}): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const log = createLog({ level: 'info', ...settings }, { write: (line) => void lines.push(line) });
  return { log, lines };
}

function logged(write: (log: Log) => void, settings: Partial<LogSettings> = {}): Record<string, unknown> {
  const { log, lines } = logInto(settings);
  write(log);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

describe('the log', () => {
  it('writes one JSON object a line, with level, time, fields and message', () => {
    const line = logged((log) => log.warn({ version: 3 }, 'knowledge loaded'));

    expect(line).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      version: 3,
      msg: 'knowledge loaded',
    });
  });

  it.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['error', ['error']],
    ['silent', []],
  ] as const)('at level %s writes %j', (level, expected) => {
    const { log, lines } = logInto({ level });

    for (const one of ['debug', 'info', 'warn', 'error'] as const) log[one]({}, one);

    expect(lines.map((line) => JSON.parse(line).level)).toEqual(expected);
  });

  it.each([
    ['a bot token', 'xoxb-0000-fake-token'],
    ['an app-level token', 'xapp-1-FAKE-0000-abcdef'],
    ['a rotating token', 'xoxe.xoxp-1-fakefakefake'],
    ['a bearer header', 'Bearer abc.def-ghi_123'],
    ['a basic header', 'basic dXNlcjpwYXNz'],
    ['a JSON Web Token', 'eyJhbGciOiJub25lIn0.eyJmYWtlIjp0cnVlfQ.c2lnbmF0dXJl'],
    ['a password in an address', 'postgresql://threatbrief:hunter2hunter2@db.example/tb'],
    ['a client secret', `abc8Q~${'x'.repeat(34)}`],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIfake\n-----END PRIVATE KEY-----'],
    ['a secret in a query', 'https://api.example/?x=1&client_secret=verysecret&y=2'],
    ['an address to post to', 'https://hooks.slack.com/commands/T0/1/fakefake'],
    [
      'an address to post to in Teams',
      'https://a.webhook.office.com/webhookb2/fake@fake/IncomingWebhook/f/f',
    ],
    ['a token of GitHub', `ghp_${'fake'.repeat(9)}`],
    ['a fine-grained token of GitHub', `github_pat_${'fake_'.repeat(9)}`],
    ['a token of GitLab', `glpat-${'fake-'.repeat(4)}`],
    ['a key of Google', `AIza${'fake_'.repeat(7)}`],
    ['a key of Amazon', `AKIA${'FAKE'.repeat(4)}`],
    ['a password in settings', 'password=hunter2hunter2'],
    ['a password of a database in its address', 'postgresql://db.example/tb?password=hunter2hunter2'],
    ['a header with a token', 'Authorization: token 0123456789abcdef'],
    ['a header with a key', 'x-api-key: 0123456789abcdef'],
  ])('hides %s wherever it stands', (_title, secret) => {
    const { log, lines } = logInto({ level: 'debug' });

    log.info({ detail: `before ${secret} after`, nested: { list: [secret] } }, `message ${secret}`);
    log.error({ error: new Error(`failed with ${secret}`) }, 'failed');

    const shown = lines.join('');
    const core = secret.replace(
      /^(?:Bearer|basic) |^postgresql:\/\/|@.*$|^https:\S*client_secret=|&y=2$|^https:\/\/hooks\.slack\.com\//g,
      '',
    );
    expect(shown).not.toContain(core);
    expect(shown).toContain('before');
    expect(shown).toContain('[redacted]');
  });

  it.each([
    'password',
    'dbPassword',
    'SLACK_SIGNING_SECRET',
    'botToken',
    'Authorization',
    'set-cookie',
    'apiKey',
    'response_url',
  ])('hides what stands under the key %s', (key) => {
    expect(logged((log) => log.info({ [key]: 'plain words', deep: { [key]: ['x'] } }, 'm'))).toMatchObject({
      [key]: '[redacted]',
      deep: { [key]: '[redacted]' },
    });
  });

  it('hides the values it was told about, but not words of a few letters', () => {
    const line = logged((log) => log.info({ a: 'my-odd-secret!', b: 'dev' }, 'm'), {
      secrets: ['my-odd-secret!', 'dev', ''],
    });

    expect(line).toMatchObject({ a: '[redacted]', b: 'dev' });
  });

  it('keeps numbers under such keys', () => {
    expect(logged((log) => log.info({ tokens: 17 }, 'm'))).toMatchObject({ tokens: 17 });
  });

  it('writes an error without its stack, with its code, facts and cause', () => {
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const error = new AppError('store-unreachable', 'cannot be reached', { facts: { place: 'db' }, cause });

    expect(logged((log) => log.error({ error }, 'm'))['error']).toEqual({
      name: 'AppError',
      message: 'cannot be reached',
      code: 'store-unreachable',
      facts: { place: 'db' },
      cause: { name: 'Error', message: 'refused', code: 'ECONNREFUSED' },
    });
  });

  it('adds the stack at level debug', () => {
    const line = logged((log) => log.error({ error: new Error('x') }, 'm'), { level: 'debug' });

    expect(line['error']).toMatchObject({ stack: expect.stringContaining('log.test.ts') });
  });

  it('keeps its own keys, whatever the fields are called', () => {
    const fields = JSON.parse('{"level":"fatal","time":1,"msg":"x","__proto__":{"a":1}}');

    const line = logged((log) => log.info(fields, 'message'));

    expect(line).toMatchObject({ level: 'info', msg: 'message', field_level: 'fatal', field_msg: 'x' });
  });

  it('keeps members whose names mean something to objects as what they are', () => {
    const nested = JSON.parse('{"given":{"__proto__":{"a":1},"b":2}}');

    const line = logged((log) => log.info(nested, 'message'));

    expect(JSON.stringify(line['given'])).toBe('{"field___proto__":{"a":1},"b":2}');
  });

  it('survives cycles, odd values and long ones, and says what it left out', () => {
    const cycle: Record<string, unknown> = { when: new Date(Number.NaN), bytes: new Uint8Array(3), big: 1n };
    cycle['self'] = cycle;

    const line = logged((log) => log.info({ cycle, long: 'a'.repeat(5000), many: Array(60).fill(1) }, 'm'));

    expect(JSON.stringify(line)).toContain('[deeper]');
    expect(line['long']).toMatch(/… \[1000 more characters\]$/);
    expect(line['many']).toContain('[10 more]');
  });

  it('writes one line of plain characters for any text', () => {
    const obeyed = fc.constantFrom(
      '\r\n',
      '\u001b[2J',
      '\u007f',
      '\u009b',
      '\u2028',
      '\u202e',
      '\u2066',
      '\u200b',
    );
    const unit = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), obeyed);
    fc.assert(
      fc.property(fc.string({ unit }), fc.string({ unit }), (text, key) => {
        const { log, lines } = logInto();

        log.info({ [key]: text, nested: { [text]: text } }, text);

        expect(lines).toHaveLength(1);
        expect(lines[0]).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]*\n$/);
        expect(() => JSON.parse(lines[0] ?? '')).not.toThrow();
      }),
    );
  });
});
