import { describe, expect, it } from 'vitest';
import { run } from './fake-runtime.ts';

describe('threatbrief diff', () => {
  it('asks for an actor since a date, and prints the card', async () => {
    const ran = await run(['diff', 'Lazarus', 'Group', '--since', '2025-01-01', '--until', '2025-02-01']);

    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.calls).toEqual(['open green', 'diff [Lazarus Group] 2025-01-01 2025-02-01 green', 'close']);
    expect(ran.out).toContain('text: Changes of Lazarus Group');
  });

  it('prints what changed as JSON with the question and the text', async () => {
    const ran = await run(['diff', '--since', '30d', '--json', '--tlp', 'amber', '--full']);

    expect(ran.calls[1]).toBe('diff [] 30d - amber whole');
    expect(JSON.parse(ran.out)).toMatchObject({
      question: '',
      outcome: 'answer',
      actor: null,
      since: '30d',
      history: { complete: true },
      text: 'plain: Changes of ',
    });
  });

  it('shows near names for a name that leads nowhere', async () => {
    const plain = await run(['diff', 'nobody', '--since', '30d']);
    const json = await run(['diff', 'nobody', '--since', '30d', '--json']);

    expect(plain).toMatchObject({ exitCode: 0, out: expect.stringContaining('Card of nobody') });
    expect(JSON.parse(json.out)).toMatchObject({ question: 'nobody', outcome: 'not-found', answers: [] });
  });

  it.each([
    [['diff', 'APT39'], 'required option'],
    [['diff', 'APT39', '--since', 'never'], '“never” is no date'],
    [['diff', '--since', '30d', '--tlp', 'purple'], 'no TLP 2.0 level'],
  ])('ends with 2 and says what is wrong with %j', async (args, problem) => {
    const ran = await run(args);

    expect(ran.exitCode).toBe(2);
    expect(ran.err).toContain(problem);
    expect(ran.out).toBe('');
  });
});

describe('threatbrief stats', () => {
  it('prints the counts as lines', async () => {
    const ran = await run(['stats', '--tlp', 'amber']);

    expect(ran).toMatchObject({ exitCode: 0, err: '', calls: ['open amber', 'stats amber', 'close'] });
    expect(ran.out).toMatch(/malware +3$/m);
    expect(ran.out).toContain('Shared: A, B');
    expect(ran.out).toMatch(/Lost Bird +2$/m);
  });

  it('prints them as JSON', async () => {
    const ran = await run(['stats', '--json']);

    expect(JSON.parse(ran.out)).toMatchObject({ ceiling: 'green', records: 12_345 });
  });
});
