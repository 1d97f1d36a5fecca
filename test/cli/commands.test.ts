import { describe, expect, it } from 'vitest';
import { sampleCard } from '../helpers/sample-card.ts';
import { run } from './fake-runtime.ts';

describe('threatbrief ingest', () => {
  it('passes on places and options, and prints the summary', async () => {
    const ran = await run([
      'ingest',
      'a.json',
      'reports',
      '--kind',
      'stix',
      '--source',
      'acme',
      '--tlp',
      'white',
      '--dry-run',
    ]);

    expect(ran).toMatchObject({ exitCode: 0, out: 'one line\n', err: '' });
    expect(ran.calls).toEqual([
      'ingest a.json reports {"dryRun":true,"kind":"stix","sourceName":"acme","marking":"clear"}',
    ]);
  });

  it('asks private addresses only when told to', async () => {
    const ran = await run(['ingest', 'https://misp.example/events', '--allow-private']);

    expect(ran.calls).toEqual([
      'ingest https://misp.example/events {"dryRun":false,"allowPrivateAddresses":true}',
    ]);
  });

  it('leaves to the importers what was not given', async () => {
    expect((await run(['ingest', 'a'])).calls).toEqual(['ingest a {"dryRun":false}']);
  });

  it.each([0, 1, 2, 3] as const)('ends with %d when the import says so', async (exitCode) => {
    const ingest = async (): Promise<{ summary: object; text: string; exitCode: 0 | 1 | 2 | 3 }> => ({
      summary: { files: [] },
      text: 'two\nlines',
      exitCode,
    });

    const text = await run(['ingest', 'a'], { ingest });
    const json = await run(['ingest', 'a', '--json'], { ingest });

    expect(text).toMatchObject({ exitCode, out: 'two\nlines\n' });
    expect(json).toMatchObject({ exitCode, out: '{"files":[]}\n' });
  });
});

describe('threatbrief digest preview', () => {
  it('asks for the last seven days without filters unless told otherwise', async () => {
    const ran = await run(['digest', 'preview']);

    expect(ran).toMatchObject({ exitCode: 0, out: `text: ${sampleCard.title}\n`, err: '' });
    expect(ran.calls).toEqual(['open green', 'digest 7 [] green', 'close']);
  });

  it('takes days, filters, an exclusion behind --, and a ceiling', async () => {
    const ran = await run([
      'digest',
      'preview',
      '--days',
      '30',
      '--tlp',
      'amber',
      'country:iran',
      '--',
      '-source:misp-galaxy',
    ]);

    expect(ran.calls).toEqual(['open amber', 'digest 30 [country:iran -source:misp-galaxy] amber', 'close']);
  });

  it('takes an exclusion as the help writes it', async () => {
    const ran = await run(['digest', 'preview', '--as', 'teams', 'sector:telecom', '-source:misp-galaxy']);

    expect(ran).toMatchObject({ exitCode: 0, out: `teams: ${sampleCard.title}\n` });
    expect(ran.calls).toContain('digest 7 [sector:telecom -source:misp-galaxy] green');
  });

  it.each(['0', '3661', '-1', '1.5', 'week', ''])('refuses --days %j with what is accepted', async (days) => {
    const ran = await run(['digest', 'preview', `--days=${days}`]);

    expect(ran).toMatchObject({ exitCode: 2, out: '', calls: [] });
    expect(ran.err).toContain('whole number from 1 to 3660');
  });

  it('prints the card itself with --json', async () => {
    expect(JSON.parse((await run(['digest', 'preview', '--json'])).out)).toEqual(sampleCard);
  });

  it('refuses --json beside --as', async () => {
    const ran = await run(['digest', 'preview', '--json', '--as', 'slack']);

    expect(ran).toMatchObject({ exitCode: 2, out: '', calls: [] });
    expect(ran.err).toContain('exclude each other');
  });
});

describe('threatbrief manifest', () => {
  it.each([
    [['--url', 'https://bot.example/'], { socketMode: false, url: 'https://bot.example' }],
    [['--url', 'https://bot.example/under/'], { socketMode: false, url: 'https://bot.example/under' }],
    [['--socket'], { socketMode: true }],
    [['--socket', '--url', 'https://bot.example'], { socketMode: true, url: 'https://bot.example' }],
  ])('prints the Slack manifest for %j', async (args, options) => {
    const ran = await run(['manifest', 'slack', ...args]);

    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.out)).toEqual({ made: options });
  });

  it('refuses a Slack manifest for neither an address nor a socket', async () => {
    const ran = await run(['manifest', 'slack']);

    expect(ran).toMatchObject({ exitCode: 2, out: '' });
    expect(ran.err).toContain('--socket');
  });

  it.each([
    'http://bot.example',
    'bot.example',
    'https://user:word@bot.example',
    'https://bot.example/?a=1',
    'https://bot.example/#a',
    'javascript:alert(1)',
    '',
  ])('refuses the address %j with an example of a good one', async (url) => {
    for (const platform of ['slack', 'teams']) {
      const ran = await run(['manifest', platform, '--url', url]);

      expect(ran).toMatchObject({ exitCode: 2, out: '', calls: [] });
      expect(ran.err).toContain('https://threatbrief.example.org');
      expect(ran.err).not.toContain('word');
    }
  });

  it('writes the Teams package and says where', async () => {
    const ran = await run(['manifest', 'teams', '--url', 'https://bot.example', '--out', 'x.zip']);

    expect(ran).toMatchObject({
      exitCode: 0,
      out: 'wrote x.zip\n',
      err: '',
      calls: ['package https://bot.example -'],
    });
  });
});
