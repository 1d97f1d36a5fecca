import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listen } from '../../src/server/listen.ts';

const hello = { fetch: () => new Response('hello') };

describe('listen', () => {
  it('answers at the address that it names, and no more after it stopped', async () => {
    const server = await listen(hello, { host: '127.0.0.1', port: 0 });

    expect(await (await fetch(server.url)).text()).toBe('hello');
    await server.stop();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('says what to do when the port is taken', async () => {
    const first = await listen(hello, { host: '127.0.0.1', port: 0 });

    await expect(listen(hello, { host: '127.0.0.1', port: first.port })).rejects.toMatchObject({
      code: 'port-in-use',
      exitCode: 2,
      message: `127.0.0.1:${first.port} is already in use; stop the program that uses it, or set PORT to a free one`,
    });
    await first.stop();
  });

  it('says what to do when the host is not of this machine', async () => {
    await expect(listen(hello, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
      code: 'host-unknown',
    });
  });

  it('lets a request in progress end before it stops', async () => {
    let finish: (response: Response) => void = () => undefined;
    const answer = new Promise<Response>((resolve) => {
      finish = resolve;
    });
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = await listen(
      {
        fetch: () => {
          arrived();
          return answer;
        },
      },
      { host: '127.0.0.1', port: 0 },
    );
    const pending = fetch(server.url);
    await arrival;

    const stopped = server.stop();
    finish(new Response('late'));

    expect(await (await pending).text()).toBe('late');
    await stopped;
  });

  it('stops although a client holds its connection, once the grace is over', async () => {
    const server = await listen(
      { fetch: () => new Promise<Response>(() => undefined) },
      {
        host: '127.0.0.1',
        port: 0,
        graceMs: 10,
      },
    );
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n', () => resolve());
    });

    await server.stop();

    socket.destroy();
  });
});
