import { describe, expect, it } from 'vitest';
import type { PageGuard } from '../../src/playground/guard.ts';
import { createApp } from '../../src/server/app.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';

const token = 'the-token-of-the-page-0123';
const here = { remoteAddress: '127.0.0.1' };
const elsewhere = { remoteAddress: '192.0.2.7' };

interface World {
  readonly app: ReturnType<typeof createApp>;
  readonly chat: ReturnType<typeof createFakeChat>;
  pass(milliseconds: number): void;
}

function worldWith(guard: PageGuard): World {
  let now = Date.parse('2025-11-20T08:00:00Z');
  const chat = createFakeChat();
  const app = createApp({
    chat,
    ready: async () => ({ ready: true, parts: {} }),
    metrics: createMetrics(),
    clock: { now: () => new Date(now) },
    nowMs: () => now,
    log: silentLog,
    newId: () => 'request-1',
    playground: {
      ceiling: 'green',
      examples: ['a question to try'],
      suggest: async () => [],
      asset: async (name) => ({ body: new TextEncoder().encode(name), type: 'text/plain', etag: '"x"' }),
      guard,
    },
  });
  return {
    app,
    chat,
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

function askInit(headers: Record<string, string> = {}): RequestInit {
  const body = JSON.stringify({ question: 'APT99', session: 'a' });
  return { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } };
}

function loginInit(given: string, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    body: new URLSearchParams({ token: given }).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
  };
}

describe('the page without a token', () => {
  it('is for programs of its own machine', async () => {
    const { app } = worldWith({});

    expect((await app.request('/', {}, here)).status).toBe(200);
    expect((await app.request('/playground/api/ask', askInit(), here)).status).toBe(200);
  });

  it.each([
    ['another machine', {}, elsewhere],
    ['nobody knows where', {}, {}],
    ['what a proxy passes on', { 'X-Forwarded-For': '127.0.0.1' }, here],
    ['what a tunnel passes on', { 'CF-Connecting-IP': '192.0.2.7' }, here],
  ])('is not for %s', async (_, headers, env) => {
    const { app, chat } = worldWith({});

    expect((await app.request('/', { headers }, env)).status).toBe(403);
    expect((await app.request('/playground/page.js', { headers }, env)).status).toBe(403);
    expect((await app.request('/playground/api/suggest?q=a', { headers }, env)).status).toBe(403);
    expect((await app.request('/playground/api/ask', askInit(headers), env)).status).toBe(403);
    expect(chat.requests).toEqual([]);
    expect((await app.request('/healthz', { headers }, env)).status).toBe(200);
  });
});

describe('the page with a token', () => {
  it('asks for it, also on its own machine, and shows nothing before', async () => {
    const { app, chat } = worldWith({ token });

    const page = await app.request('/', {}, here);
    const api = await app.request('/playground/api/ask', askInit(), here);

    expect([page.status, api.status]).toEqual([401, 401]);
    expect(await page.text()).not.toMatch(/<script|a question to try/);
    expect(page.headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(chat.requests).toEqual([]);
  });

  it('gives a cookie for it that scripts and other sites never see, and with which the page opens', async () => {
    const { app } = worldWith({ token, isSecure: true });

    const login = await app.request('/playground/login', loginInit(token), elsewhere);

    expect([login.status, login.headers.get('Location')]).toEqual([303, '/']);
    const cookie = login.headers.get('Set-Cookie') ?? '';
    expect(cookie).toMatch(/; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(cookie).not.toContain(token);
    const headers = { Cookie: cookie.split(';')[0] ?? '' };
    expect((await app.request('/', { headers }, elsewhere)).status).toBe(200);
    expect((await app.request('/playground/api/ask', askInit(headers), elsewhere)).status).toBe(200);
    const crossSite = askInit({ ...headers, 'Sec-Fetch-Site': 'cross-site' });
    expect((await app.request('/playground/api/ask', crossSite, elsewhere)).status).toBe(403);
  });

  it('opens for half a day, and not for a cookie that was changed or made with another token', async () => {
    const { app, pass } = worldWith({ token });
    const other = worldWith({ token: `${token}-other` });
    const cookieOf = async (world: World, given: string): Promise<string> =>
      (await world.app.request('/playground/login', loginInit(given), here)).headers
        .get('Set-Cookie')
        ?.split(';')[0] ?? '';
    const mine = await cookieOf(worldWith({ token }), token);
    const foreign = await cookieOf(other, `${token}-other`);
    const [name, value] = mine.split('=');
    const later = `${name}=${Number(value?.split('.')[0]) + 60}.${value?.split('.')[1]}`;
    const statusOf = async (cookie: string): Promise<number> =>
      (await app.request('/', { headers: { Cookie: cookie } }, here)).status;

    expect(await statusOf(mine)).toBe(200);
    expect(await statusOf(foreign)).toBe(401);
    expect(await statusOf(later)).toBe(401);
    expect(await statusOf(`${name}=${token}`)).toBe(401);
    pass(12 * 3_600_000);
    expect(await statusOf(mine)).toBe(401);
  });

  it('takes it from programs as Bearer', async () => {
    const { app } = worldWith({ token });

    const right = await app.request(
      '/playground/api/ask',
      askInit({ Authorization: `Bearer ${token}` }),
      elsewhere,
    );
    const wrong = await app.request(
      '/playground/api/ask',
      askInit({ Authorization: 'Bearer nothing' }),
      elsewhere,
    );

    expect([right.status, wrong.status]).toEqual([200, 401]);
  });

  it('lets nobody try more than five times a minute, whichever way', async () => {
    const { app, pass } = worldWith({ token });
    const login = async (given: string, env = elsewhere): Promise<Response> =>
      app.request('/playground/login', loginInit(given), env);
    for (let index = 0; index < 4; index += 1) expect((await login('wrong')).status).toBe(401);
    await app.request('/', { headers: { Authorization: 'Bearer wrong' } }, elsewhere);

    const sixth = await login(token);

    expect([sixth.status, sixth.headers.get('Retry-After')]).toEqual([429, '60']);
    expect(sixth.headers.get('Set-Cookie')).toBeNull();
    expect((await login(token, { remoteAddress: '192.0.2.8' })).status).toBe(303);
    const bearer = { Authorization: `Bearer ${token}` };
    expect((await app.request('/playground/api/ask', askInit(bearer), elsewhere)).status).toBe(429);
    pass(60_000);
    expect((await login(token)).status).toBe(303);
  });

  it('lets a thousand addresses together try fifty times a minute', async () => {
    const { app } = worldWith({ token });
    let refused = 0;

    for (let index = 0; index < 60; index += 1) {
      const env = { remoteAddress: `192.0.2.${index}` };
      if ((await app.request('/playground/login', loginInit('wrong'), env)).status === 429) refused += 1;
    }

    expect(refused).toBe(10);
  });

  it.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }, token, 403],
    ['another origin', { Origin: 'https://evil.example' }, token, 403],
    ['a long body', {}, 'x'.repeat(5_000), 413],
    ['nothing', {}, '', 401],
  ])('refuses a token from %s', async (_, headers, given, status) => {
    const { app } = worldWith({ token });

    const response = await app.request('/playground/login', loginInit(given, headers), elsewhere);

    expect(response.status).toBe(status);
    expect(response.headers.get('Set-Cookie')).toBeNull();
  });
});
