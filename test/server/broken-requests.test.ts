import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { bareHeaderFields } from '../../src/server/headers.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import type { Log } from '../../src/support/log.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';

let server: Listening;
let errors: string[];
let statuses: unknown[];

beforeEach(async () => {
  errors = [];
  statuses = [];
  const printed = vi
    .spyOn(console, 'error')
    .mockImplementation((...parts) => void errors.push(parts.join(' ')));
  const log: Log = {
    ...silentLog,
    debug: (facts) => void statuses.push(Reflect.get(facts, 'status')),
    warn: (facts) => void statuses.push(Reflect.get(facts, 'status')),
    error: (_facts, message) => void errors.push(message),
  };
  const app = createApp({
    chat: createFakeChat(),
    ready: async () => ({ ready: true, parts: {} }),
    metrics: createMetrics(),
    clock: { now: () => new Date('2025-11-20T08:00:00Z') },
    log,
    teams: { fetch: async () => new Response() },
    playground: {
      ceiling: 'green',
      examples: [],
      suggest: async () => [],
      asset: async () => undefined,
      guard: { token: 'the-token-of-the-page-0123' },
    },
  });
  server = await listen(app, { host: '127.0.0.1', port: 0 });
  return async () => {
    await server.stop();
    printed.mockRestore();
  };
});

afterEach(() => {
  expect(errors).toEqual([]);
});

/** What comes back for some lines, after which the client sends nothing more. */
async function exchange(...lines: readonly string[]): Promise<string> {
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  socket.on('data', (part: Buffer) => (text += part.toString()));
  socket.on('end', () => socket.end());
  socket.end(lines.join('\r\n'));
  await once(socket, 'close');
  return text;
}

describe('a request that is none', () => {
  it.each([
    ['a host that is none', 400, ['GET / HTTP/1.1', 'Host: <!channel>']],
    ['a host of digits that are no address', 400, ['GET / HTTP/1.1', 'Host: 99999999999999999999']],
    ['no host', 400, ['GET /healthz HTTP/1.1']],
    ['an address that is none', 400, ['GET /a\\b HTTP/1.1', 'Host: localhost']],
    ['an expectation that nobody fulfils', 417, ['GET /healthz HTTP/1.1', 'Host: localhost', 'Expect: x']],
    ['no words of HTTP', 400, ['hello']],
  ])('is refused with the protective headers: %s', async (_what, status, lines) => {
    const answer = await exchange(...lines, 'Connection: close', '', '');
    const headers = answer.split('\r\n\r\n')[0]?.toLowerCase() ?? '';

    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    for (const [name, value] of Object.entries(bareHeaderFields)) {
      expect(headers).toContain(`${name}: ${value}`.toLowerCase());
    }
  });
});

describe('a body that ends too early', () => {
  it.each([
    ['/playground/login', 'Content-Length: 40'],
    ['/playground/login', 'Transfer-Encoding: chunked'],
    ['/playground/api/ask', 'Transfer-Encoding: chunked'],
    ['/api/messages', 'Transfer-Encoding: chunked'],
  ])('is no failure of the server: %s with %s', async (path, length) => {
    const token = 'Authorization: Bearer the-token-of-the-page-0123';
    const type = 'Content-Type: application/json';

    await exchange(`POST ${path} HTTP/1.1`, 'Host: localhost', token, type, length, '', 'to');

    await vi.waitFor(() => expect(statuses).toEqual([400]));
  });
});
