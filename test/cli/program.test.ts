import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/support/app-error.ts';
import { run } from './fake-runtime.ts';

const commands = [
  ['start'],
  ['ask'],
  ['ingest'],
  ['digest', 'preview'],
  ['manifest', 'slack'],
  ['manifest', 'teams'],
  ['doctor'],
];

describe('the command line', () => {
  it('prints its version', async () => {
    expect(await run(['--version'])).toMatchObject({ exitCode: 0, out: '9.8.7\n', err: '' });
  });

  it.each([[[]], [['digest']], [['manifest']]])(
    'shows on standard error what can follow %j, and ends with 2',
    async (args) => {
      const ran = await run(args);

      expect(ran).toMatchObject({ exitCode: 2, out: '' });
      expect(ran.err).toContain('Commands:');
    },
  );

  it.each([['--help'], ['help'], ['-h']])('names every command under %s', async (flag) => {
    const ran = await run([flag]);

    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    for (const [name = ''] of commands) expect(ran.out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    expect(ran.out).toContain('Examples:');
  });

  it.each(commands.map((words) => [words]))('shows examples in the help of %j', async (words) => {
    const ran = await run([...words, '--help']);

    expect(ran).toMatchObject({ exitCode: 0, err: '', calls: [] });
    const [, examples = ''] = ran.out.split('Examples:\n');
    const lines = examples.trim().split('\n');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain(`threatbrief ${words.join(' ')}`);
  });

  it.each([
    ['aks', 'ask'],
    ['injest', 'ingest'],
    ['docter', 'doctor'],
    ['strat', 'start'],
  ])('suggests for the unknown command %s the command %s', async (typed, meant) => {
    const ran = await run([typed, 'x']);

    expect(ran).toMatchObject({ exitCode: 2, out: '', calls: [] });
    expect(ran.err).toContain(`unknown command '${typed}'`);
    expect(ran.err).toContain(`Did you mean ${meant}?`);
    expect(ran.err).toContain('threatbrief --help');
  });

  it.each([
    [['ask', '--jsn', 'x'], '--json'],
    [['ingest', '--sourc', 'x', 'y'], '--source'],
    [['digest', 'preview', '--dais', '3'], '--dais'],
    [['start', 'now'], 'too many arguments'],
    [['ingest'], "missing required argument 'place'"],
    [['ask', '--tlp'], 'argument missing'],
    [['manifest', 'teams'], '--url'],
  ])('refuses %j, says why, and says where help is', async (args, words) => {
    const ran = await run(args);

    expect(ran).toMatchObject({ exitCode: 2, out: '', calls: [] });
    expect(ran.err).toContain(words);
    expect(ran.err).toContain('--help');
  });

  it.each([
    [2, 'PORT is "abc"; accepted: a number'],
    [3, 'the database does not answer; start it'],
  ] as const)('ends with %d for an error that says so, with its message alone', async (exitCode, message) => {
    const openDesk = (): Promise<never> => Promise.reject(new AppError('x', message, { exitCode }));

    const ran = await run(['ask', 'APT39'], { openDesk });

    expect(ran).toMatchObject({ exitCode, out: '', err: `${message}\n` });
  });

  it('ends with 3 for a failure that nobody foresaw, and shows its stack only when asked to', async () => {
    const openDesk = (): Promise<never> => Promise.reject(new TypeError('x is not a function'));

    const quiet = await run(['ask', 'APT39'], { openDesk });
    const verbose = await run(['ask', 'APT39'], { openDesk, verbose: true });

    expect(quiet).toMatchObject({ exitCode: 3, out: '' });
    expect(quiet.err).toContain('unexpected failure: x is not a function\n');
    expect(quiet.err).toContain('LOG_LEVEL=debug');
    expect(quiet.err).not.toContain('.ts:');
    expect(verbose.err).toContain('program.test.ts:');
  });

  it('gives one line with the address when the server is ready, and ends with it', async () => {
    expect(await run(['start'])).toEqual({
      exitCode: 0,
      out: 'threatbrief is ready at http://127.0.0.1:3978\n',
      err: '',
      calls: ['start'],
    });
  });

  it('prints the checks of doctor, and ends with 2 when one is a problem', async () => {
    const broken = [{ name: 'database', state: 'problem', detail: 'locked; end the other program' }] as const;

    const well = await run(['doctor']);
    const ill = await run(['doctor'], { checks: async () => broken });
    const json = await run(['doctor', '--json'], { checks: async () => broken });

    expect(well).toMatchObject({ exitCode: 0, err: '' });
    expect(well.out).toBe('ok       runtime: Node\nnote     Slack: not connected\n');
    expect(ill).toMatchObject({ exitCode: 2, out: 'PROBLEM  database: locked; end the other program\n' });
    expect(json.exitCode).toBe(2);
    expect(JSON.parse(json.out)).toEqual({ checks: broken });
  });
});
