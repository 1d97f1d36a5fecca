import { describe, expect, it } from 'vitest';
import { type AppDeps, createApp } from '../../src/server/app.ts';
import { createPlaygroundAssets } from '../../src/server/playground-assets.ts';
import type { Log } from '../../src/support/log.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';

const token = 'a-token-of-metrics-24-chars';

function appWith(change: Partial<AppDeps> = {}): ReturnType<typeof createApp> {
  return createApp({
    chat: createFakeChat(),
    ready: async () => ({ ready: true, parts: { database: { ready: true, detail: 'inner state' } } }),
    metrics: createMetrics(),
    clock: { now: () => new Date('2025-11-20T08:00:00Z') },
    log: silentLog,
    newId: () => 'made-here',
    playground: {
      ceiling: 'green',
      examples: [],
      suggest: async () => [],
      asset: async () => undefined,
    },
    ...change,
  });
}

const elsewhere = { remoteAddress: '192.0.2.7' };
const here = { remoteAddress: '127.0.0.1' };

describe('every answer of the server', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/nothing'],
    ['DELETE', '/healthz'],
    ['POST', '/slack/events'],
    ['POST', '/playground/api/ask'],
    ['HEAD', '/healthz'],
  ])(
    'to %s %s forbids framing, sniffing, other origins and the features of a browser',
    async (method, path) => {
      const { headers } = await appWith().request(path, { method });

      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'cache-control': 'no-store',
      });
      expect(headers.get('Content-Security-Policy')).not.toMatch(/unsafe|\*|data:|https?:/);
    },
  );

  it('names no software, whatever a hook says of itself', async () => {
    const hook = async (): Promise<Response> =>
      new Response('ok', {
        headers: { Server: 'Example/1', 'X-Powered-By': 'Example', 'X-Frame-Options': 'ALLOWALL' },
      });

    const { headers } = await appWith({ slack: { fetch: hook } }).request('/slack/events', {
      method: 'POST',
    });

    expect([headers.get('Server'), headers.get('X-Powered-By')]).toEqual([null, null]);
    expect(headers.get('X-Frame-Options')).toBe('DENY');
  });

  it('carries no stack and no message of what failed inside', async () => {
    const failing = (): Promise<Response> => {
      throw new Error('secret at /srv/app/inner.ts:12');
    };

    const response = await appWith({ slack: { fetch: failing } }).request('/slack/events', {
      method: 'POST',
    });

    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/secret|inner|at .*:\d+/);
  });
});

describe('methods', () => {
  it.each([
    ['POST', '/healthz', 'GET, HEAD'],
    ['OPTIONS', '/metrics', 'GET, HEAD'],
    ['GET', '/slack/events', 'POST'],
    ['PUT', '/api/messages', 'POST'],
    ['DELETE', '/playground/api/ask', 'POST'],
    ['POST', '/playground/page.js', 'GET, HEAD'],
  ])('refuse %s %s and name those that are taken', async (method, path, allowed) => {
    const response = await appWith().request(path, { method });

    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe(allowed);
    expect(await response.json()).toMatchObject({
      error: { code: 'method-not-allowed', requestId: 'made-here' },
    });
  });

  it('answer HEAD as GET, without a body', async () => {
    const response = await appWith().request('/healthz', { method: 'HEAD' });

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it('allow no other site to ask before asking', async () => {
    const response = await appWith().request('/playground/api/ask', {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });

    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('request ids', () => {
  it('are those of a proxy where they are well-formed, in the answer, its error and the log', async () => {
    const logged: unknown[] = [];
    const log: Log = { ...silentLog, debug: (fields) => void logged.push(fields['requestId']) };

    const response = await appWith({ log }).request('/nothing', {
      headers: { 'X-Request-Id': '0192f3a4-proxy.1_x' },
    });

    expect(response.headers.get('X-Request-Id')).toBe('0192f3a4-proxy.1_x');
    expect(await response.json()).toMatchObject({ error: { requestId: '0192f3a4-proxy.1_x' } });
    expect(logged).toEqual(['0192f3a4-proxy.1_x']);
  });

  it.each([
    'short',
    'x'.repeat(65),
    'has a space in it',
    '<script>alert(1)</script>',
    '"quoted-id-here"',
    '12345678;',
  ])('are made here instead of %s', async (id) => {
    const response = await appWith().request('/healthz', { headers: { 'X-Request-Id': id } });

    expect(response.headers.get('X-Request-Id')).toBe('made-here');
  });

  it('stand in the errors of the playground too', async () => {
    const response = await appWith().request('/playground/api/ask', { method: 'POST', body: '{' });

    expect(await response.json()).toMatchObject({ error: { code: 'not-json', requestId: 'made-here' } });
  });
});

describe('figures and the states of parts', () => {
  const insight = { token };
  const bearer = { headers: { Authorization: `Bearer ${token}` } };

  it.each([
    ['this machine', {}, here, 200],
    ['this machine over IPv6', {}, { remoteAddress: '::1' }, 200],
    ['elsewhere', {}, elsewhere, 401],
    ['nobody knows where', {}, {}, 401],
    ['a proxy on this machine', { headers: { 'X-Forwarded-For': '192.0.2.7' } }, here, 401],
    ['elsewhere with the token', bearer, elsewhere, 200],
    ['elsewhere with another token', { headers: { Authorization: `Bearer ${token}x` } }, elsewhere, 401],
    [
      'elsewhere with the token as a password',
      { headers: { Authorization: `Basic ${token}` } },
      elsewhere,
      401,
    ],
  ])('are for %s: %#', async (_, init, env, status) => {
    const app = appWith({ insight });

    const metrics = await app.request('/metrics', init, env);
    const ready = await app.request('/readyz', init, env);

    expect(metrics.status).toBe(status);
    expect(ready.status).toBe(200);
    expect((await ready.text()).includes('inner state')).toBe(status === 200);
    expect((await metrics.text()).includes('threatbrief_')).toBe(status === 200);
  });

  it.each([
    ['localhost:3978', 200],
    ['127.0.0.1:3978', 200],
    ['[::1]:3978', 200],
    ['evil.example', 401],
    ['localhost.evil.example:3978', 401],
    ['127.0.0.1.evil.example', 401],
    ['a b', 401],
  ])('are not for a page that lets a name of its own lead here: %s', async (host, status) => {
    const app = appWith({ insight: {} });

    expect((await app.request('/metrics', { headers: { Host: host } }, here)).status).toBe(status);
    const parts = await app.request('/readyz', { headers: { Host: host } }, here);
    expect((await parts.text()).includes('inner state')).toBe(status === 200);
  });

  it('are for nobody elsewhere where no token is set', async () => {
    const app = appWith({ insight: {} });

    expect((await app.request('/metrics', bearer, elsewhere)).status).toBe(401);
    expect((await app.request('/healthz', {}, elsewhere)).status).toBe(200);
  });
});

describe('addresses', () => {
  it.each([
    '/playground/../package.json',
    '/playground/..%2f..%2fpackage.json',
    '/playground/%2e%2e/%2e%2e/etc/passwd',
    '/playground/....//page.js',
    '/playground/page.js%00',
    '/playground/__proto__',
    '/playground/constructor.name',
    '/.git/config',
    '//etc/passwd',
    '/%',
    '/playground/%E0%A4%A',
    `/${'a/'.repeat(2_000)}`,
  ])('that lead out of the page give nothing: %s', async (path) => {
    const response = await appWith().request(`http://localhost${path}`);

    expect([400, 404]).toContain(response.status);
    expect(await response.text()).not.toMatch(/root:|"dependencies"/);
  });
});

describe('the files of the page', () => {
  it.each(['../package.json', '../../package.json', 'page.ts', 'constructor', '__proto__', 'page.js\0', ''])(
    'are known by their names, and %j is none',
    async (name) => {
      expect(await createPlaygroundAssets()(name)).toBeUndefined();
    },
  );
});

describe('a body with keys that mean something to objects', () => {
  const session = 'a';
  const bodies = [
    '{"question":"APT99","session":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    '{"__proto__":{"question":"APT99","session":"a"}}',
    '{"value":"s|x","session":"a","__proto__":{"polluted":1}}',
    `{"question":{"__proto__":{"polluted":1}},"session":"${session}"}`,
    '[{"__proto__":{"polluted":1}}]',
  ];

  it.each(bodies)('changes nothing of other objects: %s', async (body) => {
    const headers = { 'Content-Type': 'application/json' };

    const statuses = [];
    for (const path of ['ask', 'action']) {
      const response = await appWith().request(`/playground/api/${path}`, { method: 'POST', body, headers });
      statuses.push(response.status);
    }

    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(statuses.every((status) => status === 200 || status === 400)).toBe(true);
  });
});
