import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestHome, type RunningProcess, type TestHome } from '../helpers/threatbrief-process.ts';
import { acmeBundle } from './cli-fixtures.ts';

let home: TestHome;
let server: RunningProcess;

beforeAll(async () => {
  home = createTestHome();
  server = await home.start();
});
afterAll(() => home.remove());

async function get(path: string): Promise<Response> {
  return fetch(`${server.address}${path}`, { signal: AbortSignal.timeout(5_000) });
}

async function outcomeOf(question: string): Promise<unknown> {
  const response = await fetch(`${server.address}/playground/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question, session: 'test' }),
    signal: AbortSignal.timeout(5_000),
  });
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && 'outcome' in body ? body.outcome : body;
}

describe('threatbrief start', () => {
  it('prints one line with its address, once it can answer', async () => {
    expect(server.stdout()).toMatch(/^threatbrief is ready at http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(await outcomeOf('chafer')).toBe('found');
  });

  it('answers health, readiness, metrics and the page', async () => {
    const answers = await Promise.all(['/healthz', '/readyz', '/metrics', '/'].map(get));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const [health, ready, metrics, page] = await Promise.all(answers.map((one) => one.text()));
    expect(health).toBe('{"status":"up"}');
    expect(JSON.parse(ready ?? '')).toEqual({
      ready: true,
      parts: {
        database: { ready: true },
        index: { ready: true },
        scheduler: { ready: true },
        deliveries: { ready: true },
      },
    });
    expect(metrics).toMatch(/^threatbrief_lookups_total\{platform="playground",outcome="found"\} 1$/m);
    expect(page).toContain('<title>');
  });

  it('says what it lacks where a platform is not connected', async () => {
    const answers = await Promise.all(
      ['/slack/events', '/api/messages'].map((path) => fetch(`${server.address}${path}`, { method: 'POST' })),
    );

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    for (const answer of answers) expect(await answer.text()).toContain('not set up');
  });

  it('logs to standard error, a JSON object a line', () => {
    const lines = server.stderr().trimEnd().split('\n');

    const messages = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(messages).toContain('ready');
  });

  it('answers what another process imported within seconds, without a restart', async () => {
    expect(await outcomeOf('XPT901')).not.toBe('found');
    const file = join(home.folder, 'acme.json');
    writeFileSync(file, JSON.stringify(acmeBundle()));

    const ran = await home.run(['ingest', file]);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });

    const giveUpAt = performance.now() + 25_000;
    while ((await outcomeOf('quartz walrus')) !== 'found' && performance.now() < giveUpAt) await wait(250);
    expect(await outcomeOf('quartz walrus')).toBe('found');
    expect(server.stdout().split('\n')).toHaveLength(2);
  });

  it('ends a second server on the same port with 2 and the remedy, and goes on itself', async () => {
    const { port } = new URL(server.address);

    const ran = await home.run(['start'], { env: { PORT: port, LOG_LEVEL: 'silent' } });

    expect(ran).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `127.0.0.1:${port} is already in use; stop the program that uses it, or set PORT to a free one\n`,
    });
    expect((await get('/healthz')).status).toBe(200);
  });

  it('ends with 2 and the remedy for an address of another machine', async () => {
    const ran = await home.run(['start'], {
      env: { PORT: '0', HOST: '192.0.2.1', LOG_LEVEL: 'silent' },
    });

    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/192\.0\.2\.1:\d+ is not an address of this machine; set HOST/);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s, closing what it opened', async (signal) => {
    const other = await home.start();
    const held = await fetch(`${other.address}/healthz`);
    expect(held.status).toBe(200);

    const ended = await other.end(signal);

    expect(ended.exitCode).toBe(0);
    expect(ended.stdout.split('\n')).toHaveLength(2);
    const messages = ended.stderr
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(messages).toContain('stopping');
    expect(messages.filter((message) => /not stop cleanly|failed/.test(message))).toEqual([]);
  });
});

describe('the very first start', () => {
  it('ends with 0 when it is ended at once, and leaves a database that answers', async () => {
    const fresh = createTestHome();
    try {
      const first = await fresh.start();

      const ended = await first.end('SIGTERM');
      const ran = await fresh.run(['ask', '--json', 'chafer']);

      expect(ended.exitCode).toBe(0);
      expect(ended.stderr).not.toMatch(/failed|not stop cleanly/);
      expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
      expect(JSON.parse(ran.stdout)).toMatchObject({ outcome: 'found', answers: [{ name: 'APT39' }] });
    } finally {
      await fresh.remove();
    }
  });
});

describe('threatbrief start with Slack in Socket Mode', () => {
  let slack: Server;
  let apiUrl: string;

  beforeAll(async () => {
    slack = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"ok":false,"error":"invalid_auth"}');
    });
    await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
    apiUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`;
  });
  afterAll(() => new Promise((resolve) => slack.close(resolve)));

  it('ends with 2 and the remedy when Slack refuses the token, which it does not show', async () => {
    const ran = await home.run(['start'], {
      env: {
        PORT: '0',
        SLACK_MODE: 'socket',
        SLACK_BOT_TOKEN: 'xoxb-hunter2',
        SLACK_APP_TOKEN: 'xapp-hunter2',
        SLACK_API_URL: apiUrl,
      },
    });

    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('Slack refuses SLACK_APP_TOKEN');
    expect(ran.stderr).not.toContain('hunter2');
  });
});
