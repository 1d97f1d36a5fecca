import { describe, expect, it } from 'vitest';
import { run } from './fake-runtime.ts';

describe('threatbrief why', () => {
  it('asks for the reasons behind its words, for the given audience', async () => {
    const ran = await run(['why', 'APT39', 'chafer', '--tlp', 'white']);

    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.calls).toEqual(['open clear', 'why APT39 chafer clear', 'close']);
    expect(ran.out).toBe('text: Card of why APT39 chafer\n');
  });

  it('prints one JSON object with the reasons as data', async () => {
    const { out } = await run(['why', 'APT39', '--json']);

    expect(JSON.parse(out)).toMatchObject({ question: 'why APT39', outcome: 'not-found', why: null });
  });

  it.each([
    ['no word', ['why'], /missing required argument/],
    ['two forms', ['why', 'APT39', '--json', '--as', 'slack'], /exclude each other/],
  ])('refuses %s', async (_, args, expected) => {
    const ran = await run(args);

    expect(ran.exitCode).toBe(2);
    expect(ran.err).toMatch(expected);
  });
});

describe('--naming', () => {
  it.each(['ask', 'why'])('is taken by %s', async (command) => {
    expect((await run([command, 'APT39', '--naming', 'CrowdStrike, Microsoft'])).exitCode).toBe(0);
  });
});
