import { request as nodeRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFront } from '../../src/server/app.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import type { Log } from '../../src/support/log.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics, type Metrics } from '../../src/support/metrics.ts';
import type { PlainAnswer, PlainRequest } from '../../src/support/plain-hook.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';

let server: Listening | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

interface Served {
  readonly url: string;
  readonly metrics: Metrics;
  /** What came over the web's Request instead. */
  readonly overWeb: string[];
}

async function serve(
  answer: (request: PlainRequest) => Promise<PlainAnswer>,
  log: Log = silentLog,
): Promise<Served> {
  const metrics = createMetrics();
  const overWeb: string[] = [];
  const { app, direct } = createFront({
    chat: createFakeChat(),
    ready: async () => ({ ready: true, parts: {} }),
    metrics,
    clock: { now: () => new Date('2026-11-20T08:00:00Z') },
    log,
    teams: { fetch: async (request) => new Response(String((await request.arrayBuffer()).byteLength)) },
    slack: {
      plain: { answer },
      fetch: async (request) => {
        overWeb.push(request.method);
        return new Response('over the web');
      },
    },
  });
  server = await listen(app, { host: '127.0.0.1', port: 0, graceMs: 10, direct });
  return { url: `${server.url}/slack/events`, metrics, overWeb };
}

describe('a delivery that is answered before the app', () => {
  it('is given whole, with its headers, and answered with what the hook says', async () => {
    const seen: unknown[] = [];
    const { url, overWeb } = await serve(async ({ method, header, body }) => {
      seen.push(method, header('x-slack-signature'), header('x-none'), Buffer.from(body).toString());
      return { status: 200, json: { text: 'é' } };
    });

    const answer = await fetch(`${url}?a=1`, {
      method: 'POST',
      body: 'text=APT39',
      headers: { 'X-Slack-Signature': 'v0=1' },
    });

    expect([answer.status, await answer.json()]).toEqual([200, { text: 'é' }]);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(seen).toEqual(['POST', 'v0=1', null, 'text=APT39']);
    expect(overWeb).toEqual([]);
  });

  it('bears the headers, the request id and the figures of every other answer', async () => {
    const { url, metrics } = await serve(async () => ({ status: 401 }));

    const given = await fetch(url, { method: 'POST', headers: { 'X-Request-Id': 'from-the-proxy-1' } });
    const made = await fetch(url, { method: 'POST', headers: { 'X-Request-Id': 'no' } });
    const { headers } = await fetch(new URL('/healthz', url));

    expect(await given.text()).toBe('');
    expect(given.headers.get('x-request-id')).toBe('from-the-proxy-1');
    expect(made.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    const own = new Set(['x-request-id', 'content-length', 'content-type', 'date']);
    for (const [name, value] of headers) if (!own.has(name)) expect(given.headers.get(name)).toBe(value);
    expect(metrics.render()).toContain(
      'threatbrief_http_requests_total{route="/slack/events",method="POST",status="401"} 2',
    );
  });

  it.each([
    ['told', { 'Content-Length': String(1024 * 1024 + 1) }],
    ['counted', { 'Transfer-Encoding': 'chunked' }],
  ])('is refused past a megabyte, %s, and its sender gets to read that', async (_, headers) => {
    let asked = 0;
    const { url } = await serve(async () => {
      asked += 1;
      return { status: 200 };
    });

    const { status, text } = await post(url, headers, Buffer.alloc(1024 * 1024 + 1, 'x'));

    expect(status).toBe(413);
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'too-large' } });
    expect(asked).toBe(0);
  });

  it.each(['/slack/events', '/api/messages'])(
    'is taken at %s while others fill the memory for long bodies, and long ones again when they have gone',
    async (path) => {
      const { url: slackUrl } = await serve(async ({ body }) => ({ status: 200, json: body.byteLength }));
      const url = new URL(path, slackUrl).href;
      const { hostname, port } = new URL(url);
      const long = Buffer.alloc(1024 * 1024, 'x');
      const begun = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${long.length}\r\n\r\n`;
      const others = Array.from({ length: 40 }, () => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined);
        socket.write(begun);
        socket.write(long.subarray(1));
        return socket;
      });

      await expect.poll(async () => (await post(url, {}, long)).status, { timeout: 5_000 }).toBe(503);
      const { status, text } = await post(url, {}, long);
      expect([status, JSON.parse(text)]).toMatchObject([503, { error: { code: 'busy' } }]);
      expect(await post(url, {}, Buffer.alloc(60_000, 'x'))).toEqual({ status: 200, text: '60000' });

      for (const socket of others) socket.destroy();
      await expect.poll(async () => (await post(url, {}, long)).status, { timeout: 5_000 }).toBe(200);
    },
  );

  it('says nothing of what failed inside, and logs it under the id', async () => {
    const logged: unknown[] = [];
    const log: Log = { ...silentLog, error: (facts) => void logged.push(facts) };
    const { url } = await serve(() => Promise.reject(new Error('inner secret')), log);

    const answer = await fetch(url, { method: 'POST', body: 'x' });
    const text = await answer.text();

    expect(answer.status).toBe(500);
    expect(text).not.toContain('secret');
    expect(logged).toMatchObject([
      { requestId: answer.headers.get('x-request-id'), error: expect.any(Error) },
    ]);
  });

  it('is not handed on when its sender goes away in the middle of it', async () => {
    let asked = 0;
    const { url } = await serve(async () => {
      asked += 1;
      return { status: 200 };
    });
    const { hostname, port, pathname } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`);

    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(asked).toBe(0);
    expect((await fetch(url, { method: 'POST', body: 'whole' })).status).toBe(200);
    expect(asked).toBe(1);
  });

  it('is only what is posted to that very address', async () => {
    const { url, overWeb } = await serve(async () => ({ status: 200 }));

    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(`${url}/more`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}x`, { method: 'POST' })).status).toBe(404);
    expect(overWeb).toEqual([]);
  });
});

function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const request = nodeRequest(url, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}
