import { describe, expect, it } from 'vitest';
import { insightAccess, pageAccess } from '../../src/compose/web-access.ts';
import { type Environment, loadSettings } from '../../src/config/load-settings.ts';

const token = 'a-token-of-twenty-characters';

function accessOf(env: Environment): ReturnType<typeof pageAccess> {
  return pageAccess(loadSettings(env, () => ''));
}

describe('the playground page', () => {
  it.each([
    [{}],
    [{ HOST: '::1' }],
    [{ PLAYGROUND: '1' }],
    [{ HOST: '0.0.0.0', PLAYGROUND: '1', PLAYGROUND_TOKEN: token }],
  ])('is there with %j', (env) => {
    expect(accessOf(env)).toBeDefined();
  });

  it.each([
    [{ HOST: '0.0.0.0' }],
    [{ HOST: '0.0.0.0', PLAYGROUND_TOKEN: token }],
    [{ HOST: '0.0.0.0', PLAYGROUND: '0', PLAYGROUND_TOKEN: token }],
    [{ PLAYGROUND: '0' }],
  ])('is not there with %j', (env) => {
    expect(accessOf(env)).toBeUndefined();
  });

  it('needs its token where other machines reach it', () => {
    expect(() => loadSettings({ HOST: '0.0.0.0', PLAYGROUND: '1' }, () => '')).toThrow(
      /needs PLAYGROUND_TOKEN/,
    );
    expect(() => loadSettings({ PLAYGROUND_TOKEN: 'short-secret' }, () => '')).toThrow(
      /^PLAYGROUND_TOKEN is a value that is not shown here/,
    );
  });

  it('asks for the token wherever one is set, and keeps its cookie to https where that is how it is reached', () => {
    const env = {
      HOST: '0.0.0.0',
      PLAYGROUND: '1',
      PLAYGROUND_TOKEN: token,
      PUBLIC_URL: 'https://bot.example.com',
    };

    expect(accessOf(env)).toEqual({
      hosts: ['0.0.0.0', 'localhost', '127.0.0.1', '[::1]', 'bot.example.com'],
      guard: { token, isSecure: true },
    });
    expect(accessOf({ PLAYGROUND_TOKEN: token })?.guard).toEqual({ token, isSecure: false });
    expect(accessOf({})?.guard).toEqual({ isSecure: false });
  });
});

it('figures are for whoever has METRICS_TOKEN', () => {
  const settings = loadSettings({ METRICS_TOKEN_FILE: '/run/secrets/metrics' }, () => `${token}\n`);

  expect(insightAccess(settings)).toEqual({ token });
});
