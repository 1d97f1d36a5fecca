import { describe, expect, it } from 'vitest';
import { readDraft } from '../../src/connect/draft.ts';
import { presets } from '../../src/connect/presets.ts';
import { connectorOf } from '../../src/connect/registry.ts';
import { parseSchedule } from '../../src/connect/when.ts';

const keys = {
  env: { ACME_KEY: 'hush-hush' },
  readFile: () => {
    throw new Error('no file');
  },
};

function problems(draft: Parameters<typeof readDraft>[0]): string {
  const reading = readDraft(draft, keys);
  return reading.ok ? '' : reading.problems.join('\n');
}

describe('a source to connect', () => {
  it.each(presets.map((preset) => [preset.name, preset] as const))(
    'is the preset %s by its name',
    (name, preset) => {
      const reading = readDraft({ name }, keys);

      expect(reading).toMatchObject({
        ok: true,
        warnings: [],
        connection: { name, ...preset.connection, marking: preset.marking },
      });
      expect(connectorOf(preset.connection.kind)).toBeDefined();
      expect(parseSchedule(preset.connection.every).ok).toBe(true);
      expect(preset.connection.url).toMatch(/^https:/);
    },
  );

  it('is a preset with some of it said otherwise', () => {
    const reading = readDraft(
      {
        name: 'misp-galaxy',
        url: 'https://mirror.example/clusters/',
        every: 'daily 04:00',
        options: { header: 'X-Key' },
      },
      keys,
    );

    expect(reading).toMatchObject({
      ok: true,
      connection: {
        url: 'https://mirror.example/clusters/',
        every: 'daily 04:00',
        options: { header: 'X-Key', paths: expect.stringContaining('threat-actor.json') },
      },
    });
  });

  it('takes nothing of a preset when it is of another kind', () => {
    const reading = readDraft({ name: 'kev', kind: 'misp-feed', url: 'https://acme.example/feed/' }, keys);

    expect(reading).toMatchObject({ ok: true, connection: { sourceName: 'kev', every: '6h' } });
    expect(reading.ok && 'marking' in reading.connection).toBe(false);
  });

  it('has a source of its own, unless it is a preset or says otherwise', () => {
    const url = 'https://acme.example/';
    const preset = readDraft({ name: 'kev', url }, keys);

    expect(readDraft({ name: 'acme', url }, keys)).toMatchObject({ connection: { sourceName: 'acme' } });
    expect(readDraft({ name: 'acme', url, sourceName: 'own' }, keys)).toMatchObject({
      connection: { sourceName: 'own' },
    });
    expect(preset.ok && 'sourceName' in preset.connection).toBe(false);
  });

  it('tells everything that is wrong at once', () => {
    const text = problems({
      name: 'Not A Name',
      kind: 'gopher',
      url: 'ftp://acme.example/',
      every: '1m',
      keyEnv: '1 2',
      allowedHosts: ['https://x.example/'],
      format: 'pdf',
    });

    for (const part of [
      'Not A Name',
      'gopher',
      'only http and https',
      'too often',
      '--key-env',
      '--allow-host',
      'pdf',
    ]) {
      expect(text).toContain(part);
    }
  });

  it.each([
    ['https://me:hush-hush@acme.example/', /--user NAME and --key-env VARIABLE/],
    ['https://hush-hush@acme.example/', /--user NAME/],
    ['https://acme.example/?apikey=hush-hush', /parameter "apikey"/],
    ['https://acme.example/?x-access_token=hush-hush', /looks like a secret/],
    ['https://acme.example/#token=hush-hush', /parameter "token"/],
    ['https://acme.example:hush-hush/', /no address/],
    ['file:///etc/passwd', /only http and https/],
    ['javascript:alert(1)', /only http and https/],
    ['', /no address/],
  ])('refuses the address %s without repeating a secret', (url, message) => {
    const text = problems({ name: 'acme', url });

    expect(text).toMatch(message);
    expect(text).not.toContain('hush-hush');
  });

  it.each([
    ['a.json b.json?token=hush-hush', /--option paths: the parameter "token"/],
    ['https://me:hush-hush@acme.example/a.json', /--option paths: .*--user NAME/],
    ['a.json#api_key=hush-hush', /parameter "api_key"/],
  ])('refuses the paths %s without repeating a secret', (paths, message) => {
    const text = problems({ name: 'acme', url: 'https://acme.example/', options: { paths } });

    expect(text).toMatch(message);
    expect(text).not.toContain('hush-hush');
  });

  it.each(['a.json b.json', 'a.json?page=2', 'tlp:amber #x !@y'])('takes the paths %s', (paths) => {
    expect(problems({ name: 'acme', url: 'https://acme.example/', options: { paths } })).toBe('');
  });

  it.each(['', 'A', 'a b', '../x', '-a', 'a-', 'x'.repeat(64), 'ü', '__proto__', 'a\nb'])(
    'refuses the name %j',
    (name) => {
      expect(problems({ name, url: 'https://acme.example/' })).toContain('cannot be a name');
    },
  );

  it.each(['THREATBRIEF_KEY', 'SLACK_X', 'TEAMS_X', 'DIGEST_X'])(
    'refuses %s for the key: the program would refuse to start with it',
    (keyEnv) => {
      expect(problems({ name: 'acme', url: 'https://acme.example/', keyEnv })).toContain(
        'choose another name',
      );
    },
  );

  it('names the options that there are', () => {
    expect(problems({ name: 'kev', options: { speed: '9' } })).toMatch(
      /^--option: url has no option "speed"; it has: paths, /,
    );
  });

  it.each([
    ['taxii', { auth: 's3cr3t-word' }, 'option auth: this is not understood; known: basic, bearer, api-key'],
    ['misp', { published: 's3cr3t-word' }, 'the option "published" is not understood: expected yes or any'],
    ['misp-feed', { hashes: 's3cr3t-word' }, 'the option "hashes" is not understood: expected yes or no'],
  ])('is told at once when an option of %s cannot be meant', (kind, options, problem) => {
    const text = problems({ name: 'acme', kind, url: 'https://acme.example/', options });

    expect(text).toContain(`--option: `);
    expect(text).toContain(problem);
    expect(text).not.toContain('s3cr3t');
  });

  it.each([
    ['taxii', { auth: 'API-Key', header: 'X-Acme', limit: '10' }],
    ['misp', { published: 'any', limit: '500' }],
    ['misp-feed', { hashes: 'Yes', since: '2024-01-31' }],
  ])('may use the options of %s', (kind, options) => {
    expect(problems({ name: 'acme', kind, url: 'https://acme.example/', options })).toBe('');
  });

  it('tells the key from its name without repeating it', () => {
    const text = problems({
      name: 'acme',
      url: 'https://acme.example/',
      keyEnv: 'd41d8cd98f00b204e9800998ecf8427e00',
    });

    expect(text).toContain('not the key itself');
    expect(text).not.toContain('d41d8');
  });

  it('warns of a key that is not there, or goes in the open, and of this machine', () => {
    const reading = readDraft({ name: 'acme', url: 'http://localhost:1/', keyEnv: 'NO_KEY' }, keys);

    expect(reading.ok ? reading.warnings : []).toEqual([
      expect.stringContaining('set NO_KEY, or NO_KEY_FILE'),
      expect.stringContaining('readable for anyone on the way'),
      expect.stringContaining('--allow-private'),
    ]);
  });
});
