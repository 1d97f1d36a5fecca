import { describe, expect, it } from 'vitest';
import { fakeAnswer, run } from './fake-runtime.ts';

function parsedLines(out: string): readonly { question: string }[] {
  expect(out.endsWith('\n')).toBe(true);
  return out
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as { question: string });
}

describe('threatbrief ask', () => {
  it('takes all words as one question, and closes what it opened', async () => {
    expect(await run(['ask', 'who', 'is', 'chafer'])).toEqual({
      exitCode: 0,
      out: 'text: Card of who is chafer\n',
      err: '',
      calls: ['open green', 'ask who is chafer green', 'close'],
    });
  });

  it.each([
    ['handover 12h', 'threatbrief audit --since 12h'],
    ['subscribe weekdays at 8', 'threatbrief subscriptions add'],
    ['watch APT39', 'threatbrief start'],
    ['digest now', 'threatbrief digest preview'],
  ])('sends who asks for the chat command “%s” there, and opens nothing', async (text, there) => {
    const ran = await run(['ask', ...text.split(' ')]);

    expect(ran).toMatchObject({ exitCode: 2, calls: [] });
    expect(ran.err).toContain(`"${text.split(' ')[0]}" is a command of the chat`);
    expect(ran.err).toContain(there);
  });

  it.each(['sources of APT39', 'search bear', 'help', 'why APT39 chafer', 'compare APT28 and APT29'])(
    'takes “%s” for a question',
    async (text) => {
      expect(await run(['ask', text])).toMatchObject({ exitCode: 0, out: `text: Card of ${text}\n` });
    },
  );

  it('asks for cards without shortened lists with --full', async () => {
    expect((await run(['ask', '--full', 'aliases', 'of', 'Turla'])).calls).toContain(
      'ask aliases of Turla green whole',
    );
  });

  it('says under a card with shortened lists how to see them whole, in the terminal only', async () => {
    const hint = 'Lists are shortened; ask with --full for all of them.';

    expect((await run(['ask', 'shortened'])).out).toContain(hint);
    expect((await run(['ask', '--full', 'shortened'])).out).not.toContain(hint);
    expect((await run(['ask', '--as', 'slack', 'shortened'])).out).not.toContain(hint);
    expect((await run(['ask', '--json', 'shortened'])).out).not.toContain(hint);
    expect((await run(['ask', 'something else'])).out).not.toContain(hint);
  });

  it('closes what it opened when the answer fails', async () => {
    const calls: string[] = [];
    const openDesk = async (): Promise<never> =>
      ({
        ask: () => Promise.reject(new Error('locked')),
        close: async () => void calls.push('close'),
      }) as never;

    const ran = await run(['ask', 'x'], { openDesk });

    expect(ran.exitCode).toBe(3);
    expect(calls).toEqual(['close']);
  });

  it.each([
    ['clear', 'clear'],
    ['white', 'clear'],
    ['WHITE', 'clear'],
    ['TLP:GREEN', 'green'],
    ['amber', 'amber'],
    ['Amber+Strict', 'amber+strict'],
    ['red', 'red'],
  ])('reads --tlp %s as the ceiling %s', async (given, ceiling) => {
    const ran = await run(['ask', '--tlp', given, 'x']);

    expect(ran).toMatchObject({
      exitCode: 0,
      calls: [`open ${ceiling}`, `ask x ${ceiling}`, 'close'],
    });
  });

  it.each(['', 'blue', 'ex:chr', 'green amber', '1'])(
    'refuses --tlp %j with the levels that are known',
    async (given) => {
      const ran = await run(['ask', '--tlp', given, 'x']);

      expect(ran).toMatchObject({ exitCode: 2, out: '', calls: [] });
      expect(ran.err).toContain('known: clear, green, amber, amber+strict, red');
    },
  );

  it.each(['text', 'slack', 'teams', 'html'])('renders --as %s', async (form) => {
    expect((await run(['ask', '--as', form, 'x'])).out).toBe(`${form}: Card of x\n`);
  });

  it.each([
    [['ask'], '--stdin'],
    [['ask', '--json'], '--stdin'],
    [['ask', '--stdin', 'x'], 'not both'],
    [['ask', '--json', '--as', 'slack', 'x'], 'exclude each other'],
    [['ask', '--stdin', '--json', '--as', 'text'], 'exclude each other'],
    [['ask', '--as', 'pdf', 'x'], 'text, slack, teams, html'],
  ])('refuses %j before anything is opened', async (args, words) => {
    const ran = await run(args);

    expect(ran).toMatchObject({ exitCode: 2, out: '', calls: [] });
    expect(ran.err).toContain(words);
  });

  it('prints one JSON object with --json, with the plain card as its text', async () => {
    const ran = await run(['ask', '--json', 'x']);

    const [line, ...others] = parsedLines(ran.out);
    const { card: _, ...facts } = fakeAnswer('x');
    expect(others).toEqual([]);
    expect(line).toEqual({ ...facts, latencyMs: expect.any(Number), text: 'plain: Card of x' });
  });

  it('keeps the question as it was typed, whatever the answer calls it', async () => {
    const ran = await run(['ask', '--json', '  Chäfer  "x" ']);

    expect(parsedLines(ran.out)[0]?.question).toBe('  Chäfer  "x" ');
  });
});

describe('threatbrief ask --stdin', () => {
  it('answers each line in its order, over one desk', async () => {
    const ran = await run(['ask', '--stdin', '--json'], { stdin: ['a\nb\nc\n'] });

    expect(parsedLines(ran.out).map(({ question }) => question)).toEqual(['a', 'b', 'c']);
    expect(ran.calls).toEqual(['open green', 'ask a green', 'ask b green', 'ask c green', 'close']);
  });

  it.each([
    ['empty lines', ['a\n\n\nb\n'], ['a', '', '', 'b']],
    ['CRLF', ['a\r\n\r\nb\r\n'], ['a', '', 'b']],
    ['a CR that is cut from its LF', ['a\r', '\nb'], ['a', 'b']],
    ['a last line without an end', ['a\nb'], ['a', 'b']],
    ['other things that look like line ends', ['a\u2028b\rc\u0085d\u000be\n'], ['a\u2028b\rc\u0085d\u000be']],
    ['a byte order mark', ['\ufeffa\nb\n'], ['a', 'b']],
    ['characters cut in two', [Uint8Array.of(0xc3), Uint8Array.of(0xa4, 0x0a)], ['ä']],
    ['invalid UTF-8', [Uint8Array.of(0x61, 0xff, 0x0a, 0xc3, 0x0a, 0xe2)], ['a\ufffd', '\ufffd', '\ufffd']],
    ['a NUL', ['a\u0000b\n'], ['a\u0000b']],
    [
      '10,000 characters',
      ['x'.repeat(4_000), `${'y'.repeat(6_000)}\n`],
      ['x'.repeat(4_000) + 'y'.repeat(6_000)],
    ],
  ])('reads %s', async (_, stdin, questions) => {
    const ran = await run(['ask', '--stdin', '--json'], { stdin });

    expect(parsedLines(ran.out).map(({ question }) => question)).toEqual(questions);
  });

  it('prints nothing for an empty input', async () => {
    expect(await run(['ask', '--stdin', '--json'])).toMatchObject({ exitCode: 0, out: '', err: '' });
  });

  it('prints cards one below the other without --json', async () => {
    const ran = await run(['ask', '--stdin', '--as', 'slack'], { stdin: ['a\nb\n'] });

    expect(ran.out).toBe('slack: Card of a\nslack: Card of b\n');
  });
});
