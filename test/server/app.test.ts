import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { PlaygroundSettings } from '../../src/playground/api.ts';
import { type AppDeps, createApp } from '../../src/server/app.ts';
import type { ReadyReport } from '../../src/server/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';

const playground: PlaygroundSettings = {
  ceiling: 'green',
  examples: ['APT99', '"><script>alert(1)</script>'],
  suggest: async (text, limit) =>
    Array.from({ length: limit }, (_, index) => ({ text: `${text} ${index}`, hint: 'Actor' })),
  asset: async (name) =>
    name === 'page.js'
      ? { body: new TextEncoder().encode('1'), type: 'text/javascript', etag: '"x"' }
      : undefined,
};

function appWith(change: Partial<AppDeps> = {}): {
  app: ReturnType<typeof createApp>;
  chat: ReturnType<typeof createFakeChat>;
} {
  const chat = createFakeChat();
  const app = createApp({
    chat,
    ready: async () => ({ ready: true, parts: { database: { ready: true } } }),
    metrics: createMetrics(),
    clock: { now: () => new Date('2025-11-20T08:00:00Z') },
    log: silentLog,
    playground,
    newId: () => 'request-1',
    ...change,
  });
  return { app, chat };
}

function ask(body: unknown, headers: Record<string, string> = {}): RequestInit {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { method: 'POST', body: text, headers: { 'Content-Type': 'application/json', ...headers } };
}

describe('every answer', () => {
  it.each(['/', '/healthz', '/readyz', '/metrics', '/nothing', '/playground/page.js'])(
    'of %s carries the protective headers and a request id',
    async (path) => {
      const { app } = appWith();

      const { headers } = await app.request(path);

      expect(headers.get('Content-Security-Policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('X-Request-Id')).toBe('request-1');
      expect(headers.get('Server')).toBeNull();
      expect(headers.get('X-Powered-By')).toBeNull();
    },
  );

  it('says nothing of what failed inside but its request id', async () => {
    const { app } = appWith();

    const response = await app.request('/playground/api/ask', ask({ question: 'fail', session: 'a' }));

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: {
        code: 'internal',
        message: 'Something failed here. Try again in a minute.',
        requestId: 'request-1',
      },
    });
  });

  it('to an unknown address is a JSON 404', async () => {
    const { app } = appWith();

    const response = await app.request('/.env');

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('health and readiness', () => {
  it('is up as soon as the process answers', async () => {
    const { app } = appWith({ ready: async () => ({ ready: false, parts: {} }) });

    expect((await app.request('/healthz')).status).toBe(200);
  });

  it('is not ready while a part is not, and says which', async () => {
    const report: ReadyReport = {
      ready: false,
      parts: { database: { ready: true }, index: { ready: false, detail: 'still loading' } },
    };
    const { app } = appWith({ ready: async () => report });

    const response = await app.request('/readyz');

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual(report);
  });

  it('is not ready when readiness cannot be told', async () => {
    const { app } = appWith({ ready: () => Promise.reject(new Error('secret detail')) });

    const response = await app.request('/readyz');

    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('secret');
  });
});

describe('metrics', () => {
  it('count requests by route and status, whatever addresses are tried', async () => {
    const { app } = appWith();
    await app.request('/healthz');
    await app.request('/a');
    await app.request('/b');

    const text = await (await app.request('/metrics')).text();

    expect(text).toContain('threatbrief_http_requests_total{route="/healthz",method="GET",status="200"} 1');
    expect(text).toContain('threatbrief_http_requests_total{route="other",method="GET",status="404"} 2');
    expect(text).toMatch(/threatbrief_http_request_seconds_bucket\{route="\/healthz",le="\+Inf"\} 1/);
  });
});

describe('the hooks of the platforms', () => {
  it.each([
    ['/slack/events', 'Slack'],
    ['/api/messages', 'Microsoft Teams'],
  ])('say at %s that %s is not set up', async (path, name) => {
    const { app } = appWith();

    const response = await app.request(path, ask({}));

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { code: 'not-configured', message: expect.stringContaining(`${name} is not set up`) },
    });
    expect(await readFile('README.md', 'utf8')).toContain('\n## For teams: connect your chat\n');
  });

  it('get the request untouched', async () => {
    const seen: string[] = [];
    const hook = {
      fetch: async (request: Request) => {
        seen.push(`${request.headers.get('X-Slack-Signature')} ${await request.text()}`);
        return new Response('ok');
      },
    };
    const { app } = appWith({ slack: hook });

    const response = await app.request(
      '/slack/events',
      ask('payload=%7B%7D', { 'X-Slack-Signature': 'v0=1' }),
    );

    expect(await response.text()).toBe('ok');
    expect(seen).toEqual(['v0=1 payload=%7B%7D']);
  });

  it('refuse a body of more than a megabyte', async () => {
    const { app } = appWith({ teams: { fetch: async () => new Response('ok') } });

    const response = await app.request('/api/messages', ask('x'.repeat(1024 * 1024 + 1)));

    expect(response.status).toBe(413);
  });
});

describe('the playground API', () => {
  it('answers a question in every rendering', async () => {
    const { app, chat } = appWith();

    const response = await app.request(
      '/playground/api/ask',
      ask({ question: '/apt  APT99', session: 'abc', zone: 'Asia/Kolkata' }),
    );

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      title: 'APT99 (Example Kitten)',
      audience: 'asker',
      slack: { payload: { unfurl_links: false } },
      teams: { payload: { type: 'AdaptiveCard' } },
      text: expect.stringContaining('APT99 (Example Kitten)'),
    });
    expect(chat.requests).toEqual([
      {
        text: 'APT99',
        place: {
          platform: 'playground',
          id: 'playground',
          kind: 'direct',
          ceiling: 'green',
          workspace: 'local',
          thread: 'abc',
        },
        person: 'playground',
        asker: { role: 'admin', isMemberHere: true, zone: 'Asia/Kolkata' },
        now: new Date('2025-11-20T08:00:00Z'),
      },
    ]);
  });

  it('runs a button', async () => {
    const { app } = appWith();

    const response = await app.request('/playground/api/action', ask({ value: 's|x', session: 'abc' }));

    expect(await response.json()).toMatchObject({ title: 'Shared: APT99', audience: 'place' });
  });

  it.each([
    ['a button of somebody else', 'action', { value: 'link:0', session: 'a' }, {}, 400, 'bad-action'],
    ['no JSON', 'ask', 'question=x', {}, 400, 'bad-request'],
    ['a body of the wrong shape', 'ask', { question: 1, session: 'a' }, {}, 400, 'bad-request'],
    ['a session that is no id', 'ask', { question: 'x', session: '../a' }, {}, 400, 'bad-request'],
    ['a form', 'ask', 'x', { 'Content-Type': 'text/plain' }, 415, 'not-json'],
    [
      'another origin',
      'ask',
      { question: 'x', session: 'a' },
      { Origin: 'https://evil.example' },
      403,
      'other-origin',
    ],
    [
      'another site',
      'ask',
      { question: 'x', session: 'a' },
      { 'Sec-Fetch-Site': 'cross-site' },
      403,
      'other-origin',
    ],
    ['an opaque origin', 'ask', { question: 'x', session: 'a' }, { Origin: 'null' }, 403, 'other-origin'],
    ['too much', 'ask', { question: 'x'.repeat(65 * 1024), session: 'a' }, {}, 413, 'too-large'],
  ])('refuses %s', async (_, path, body, headers, status, code) => {
    const { app, chat } = appWith();

    const response = await app.request(`/playground/api/${path}`, ask(body, headers));

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect(chat.requests).toEqual([]);
  });

  it('accepts its own origin', async () => {
    const { app } = appWith();
    const headers = { Origin: 'http://localhost', 'Sec-Fetch-Site': 'same-origin' };

    const response = await app.request('/playground/api/ask', ask({ question: 'x', session: 'a' }, headers));

    expect(response.status).toBe(200);
  });

  it('refuses to be asked under a name that is not its own', async () => {
    const { app } = appWith({ playground: { ...playground, hosts: ['127.0.0.1', 'localhost'] } });

    expect((await app.request('http://127.0.0.1:3978/')).status).toBe(200);
    expect((await app.request('http://rebound.evil.example/')).status).toBe(421);
  });

  it('leaves health and hooks to any name', async () => {
    const { app } = appWith({ playground: { ...playground, hosts: ['127.0.0.1'] } });

    expect((await app.request('http://bot.example.com/healthz')).status).toBe(200);
    expect((await app.request('http://bot.example.com/slack/events', ask({}))).status).toBe(404);
  });

  it('completes names, and nothing for nothing', async () => {
    const { app } = appWith();

    expect(await (await app.request('/playground/api/suggest?q=apt')).json()).toMatchObject({
      suggestions: [{ text: 'apt 0' }, {}, {}, {}, {}, {}, {}, {}],
    });
    expect(await (await app.request('/playground/api/suggest?q=%20')).json()).toEqual({ suggestions: [] });
  });
});

describe('the page', () => {
  it('holds no script of its own, whatever its examples say', async () => {
    const { app } = appWith();

    const html = await (await app.request('/')).text();

    expect(html.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="/playground/page.js">']);
    expect(html).not.toContain('<style');
  });

  it('lets a browser keep a file that did not change', async () => {
    const { app } = appWith();

    expect((await app.request('/playground/page.js')).headers.get('ETag')).toBe('"x"');
    expect((await app.request('/playground/page.js', { headers: { 'If-None-Match': '"x"' } })).status).toBe(
      304,
    );
    expect((await app.request('/playground/other.js')).status).toBe(404);
  });

  it('says that it is switched off when it is', async () => {
    const app = createApp(depsWithoutPage());

    expect(await (await app.request('/')).text()).toContain(
      'a loopback HOST only, or with PLAYGROUND=1 and PLAYGROUND_TOKEN',
    );
    expect((await app.request('/playground/api/ask', ask({}))).status).toBe(404);
  });
});

describe('the address behind a shared link', () => {
  it.each([
    ['/actor/APT39', '/?actor=APT39'],
    ['/actor/Lazarus%20Group', '/?actor=Lazarus%20Group'],
    ['/actor/%2F%2Fevil.example%0d%0aX:1', '/?actor=%2F%2Fevil.example%0D%0AX%3A1'],
    ['/actor/%22%3E%3Cscript%3E', '/?actor=%22%3E%3Cscript%3E'],
  ])('%s leads to the page, which asks', async (path, location) => {
    const response = await appWith().app.request(path);

    expect([response.status, response.headers.get('Location')]).toEqual([302, location]);
  });

  it('says how to ask in chat where there is no page, the same for every name', async () => {
    const app = createApp(depsWithoutPage());

    const known = await app.request('/actor/APT39');
    const html = await known.text();

    expect(known.status).toBe(200);
    expect(known.headers.get('Content-Type')).toContain('text/html');
    expect(known.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(html).toContain('/apt');
    expect(html).not.toMatch(/APT39|<script|<style|<img/);
    expect(await (await app.request('/actor/%3Cscript%3Ealert(1)')).text()).toBe(html);
  });

  it.each(['/actor/', '/actor', '/actor/%20', `/actor/${'x'.repeat(301)}`, '/actor/a/b'])(
    '%s is nothing',
    async (path) => {
      expect((await createApp(depsWithoutPage()).request(path)).status).toBe(404);
    },
  );

  it('counts as one route, whatever names are asked for', async () => {
    const { app } = appWith();
    for (const name of ['a', 'b', 'c']) await app.request(`/actor/${name}`);

    const figures = await (await app.request('/metrics')).text();

    expect(figures).toContain('route="/actor"');
    expect(figures).not.toContain('/actor/');
  });
});

function depsWithoutPage(): Omit<AppDeps, 'playground'> {
  return {
    chat: createFakeChat(),
    ready: async () => ({ ready: true, parts: {} }),
    metrics: createMetrics(),
    clock: { now: () => new Date(0) },
    log: silentLog,
  };
}
