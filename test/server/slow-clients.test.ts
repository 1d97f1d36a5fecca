import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/server/limits.ts';
import { type Fetcher, type Listening, listen } from '../../src/server/listen.ts';

const quick = {
  ...defaultLimits,
  headersTimeoutMs: 60,
  requestTimeoutMs: 120,
  keepAliveTimeoutMs: 60,
  idleTimeoutMs: 300,
  checkEveryMs: 20,
};

/** Only what a test makes short ends a connection. */
const patient = { ...defaultLimits, checkEveryMs: 20 };

let server: Listening | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.stop();
  server = undefined;
});

async function serve(app: Fetcher, limits = quick): Promise<void> {
  server = await listen(app, { host: '127.0.0.1', port: 0, graceMs: 10, limits });
}

interface Client {
  readonly socket: Socket;
  /** Everything that was answered until the connection ended. */
  readonly ended: Promise<string>;
}

function client(): Client {
  const socket = connect(server?.port ?? 0, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  return { socket, ended: new Promise((resolve) => socket.once('close', () => resolve(text))) };
}

const hello: Fetcher = { fetch: async (request) => new Response(`got ${(await request.text()).length}`) };

describe('a client that takes its time', () => {
  it('loses its connection when its headers do not end', async () => {
    await serve(hello, { ...patient, headersTimeoutMs: 60 });
    const { socket, ended } = client();

    socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');

    expect(await ended).toMatch(/^HTTP\/1\.1 408 [\s\S]*X-Content-Type-Options: nosniff/);
  }, 5_000);

  it('loses its connection when its body does not end', async () => {
    await serve(hello, { ...patient, requestTimeoutMs: 60, headersTimeoutMs: 60 });
    const { socket, ended } = client();

    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc');

    expect(await ended).not.toContain('200 OK');
  });

  it('loses its connection when it says nothing at all', async () => {
    await serve(hello);

    expect(await client().ended).not.toContain('200');
  });

  it('loses its connection when it asks nothing more', async () => {
    await serve(hello, { ...patient, keepAliveTimeoutMs: 60 });
    const { socket, ended } = client();

    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');

    expect(await ended).toContain('got 0');
  });

  it('loses its connection when it does not read what it asked for', async () => {
    let told: () => void = () => undefined;
    const givenUp = new Promise<void>((resolve) => {
      told = resolve;
    });
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(256 * 1024)),
      cancel: () => told(),
    });
    await serve({ fetch: () => new Response(endless) }, { ...quick, idleTimeoutMs: 100 });
    const { socket } = client();
    socket.pause();

    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');

    await expect(givenUp).resolves.toBeUndefined();
  });
});

describe('a client that takes much', () => {
  it('gets a new connection after so many requests', async () => {
    await serve(hello, { ...quick, maxRequestsPerConnection: 2 });
    const { socket, ended } = client();

    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3));

    const text = await ended;
    expect(text.match(/got 0/g)).toHaveLength(2);
    expect(text).toContain('503');
  });

  it('gets no more connections than there are', async () => {
    await serve(hello, { ...quick, headersTimeoutMs: 5_000, requestTimeoutMs: 5_000, maxConnections: 3 });
    const three = [client(), client(), client()];
    await Promise.all(three.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));

    const fourth = client();
    fourth.socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');

    expect(await fourth.ended).toBe('');
  });

  it.each([
    [
      'headers of more than 16 KB',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(20_000)}\r\n\r\n`,
      '431',
    ],
    ['what is no HTTP', 'not http at all\r\n\r\n', '400'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', '400'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', '400'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400',
    ],
    ['a bad host', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', '400'],
  ])(
    'is refused for %s, with protective headers and no word of what runs here',
    async (_, request, status) => {
      await serve(hello);
      const { socket, ended } = client();

      socket.write(request);

      const text = await ended;
      expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
      expect(text).not.toMatch(/^server:|node|stack|Error:/im);
    },
  );
});
