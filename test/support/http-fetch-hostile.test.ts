import { request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchDocument, isPublicAddress } from '../../src/support/http-fetch.ts';
import { createAgent, guardedLookup, type ResolveHost } from '../../src/support/http-fetch-agent.ts';
import { closed, open, serve, serveRaw } from './http-fetch-server.ts';

const quick = { ...open, timeouts: { headersMs: 300, bodyMs: 300, totalMs: 700 } };

describe('addresses that hide where they lead', () => {
  it.each([
    'http://127.0.0.1./',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://127.000.000.001/',
    'http://①②⑦.⓪.⓪.①/',
    'http://１２７.0.0.1/',
    'http://127。0。0。1/',
    'http://169.254.43518/',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://example.org@127.0.0.1/',
    'http://example.org%2f@127.0.0.1/',
    'http://127.0.0.1\\@example.org/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[0:0:0:0:0:ffff:a9fe:a9fe]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b:1::7f00:1]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fec0::1]/',
    'http://[fd00:ec2::254]/',
    'http://[ff02::1]/',
    'http://[100::1]/',
    'http://192.0.0.1/',
    'http://168.63.129.16/',
    'http://[::ffff:168.63.129.16]/',
    'http://198.18.0.1/',
    'http://240.0.0.1/',
    'http://LOCALHOST/',
    'http://%6c%6f%63%61%6c%68%6f%73%74/',
  ])('lead to nothing private: %s', async (address) => {
    expect(await fetchDocument(new URL(address), closed)).toMatchObject({
      ok: false,
      isOutage: false,
      reason: expect.stringContaining('not a public address'),
    });
  });

  it.each(['file:///etc/passwd', 'ftp://example.org/', 'data:text/plain,x', 'javascript:1'])(
    'are of no other protocol: %s',
    async (address) => {
      expect(await fetchDocument(new URL(address), open)).toMatchObject({
        ok: false,
        reason: expect.stringContaining('only http and https'),
      });
    },
  );

  it.each([25, 22, 6667, 6000])('are of no other service: port %i', async (port) => {
    expect(await fetchDocument(new URL(`http://127.0.0.1:${port}/`), open)).toMatchObject({
      ok: false,
      isOutage: false,
      reason: expect.stringContaining(`port ${port}`),
    });
  });
});

describe('names', () => {
  const rules = {
    mayBePrivate: (name: string) => name === 'intern.test',
    notPublic: (text: string) => new Error(text),
  };
  const answering =
    (addresses: readonly string[]): ResolveHost =>
    (_, __, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );

  function look(name: string, addresses: readonly string[]): unknown {
    let outcome: unknown;
    guardedLookup(rules, answering(addresses))(name, { all: true }, (error, found) => {
      outcome = error?.message ?? found;
    });
    return outcome;
  }

  it.each([
    [['10.0.0.1'], 'a.test (10.0.0.1)'],
    [['93.184.216.34', '127.0.0.1'], 'a.test (127.0.0.1)'],
    [['2606:2800:220:1::1', '::1'], 'a.test (::1)'],
    [['::ffff:10.0.0.1'], 'a.test (::ffff:10.0.0.1)'],
    [[], 'the name has no address'],
  ])('are refused when one of their addresses is private: %o', (addresses, reason) => {
    expect(look('a.test', addresses)).toBe(reason);
  });

  it('may be private when the operator named them, and only then', () => {
    expect(look('intern.test', ['10.0.0.1'])).toEqual([{ address: '10.0.0.1', family: 4 }]);
    expect(look('93.test', ['93.184.216.34'])).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });

  it('that lead elsewhere when the connection is made are refused by their peer', async () => {
    const url = await serve((_, response) => void response.end('inside'));
    const timeouts = { connectMs: 1000, headersMs: 1000, bodyMs: 1000, totalMs: 1000 };
    const agent = createAgent(rules, timeouts);
    onTestFinished(() => agent.destroy());

    await expect(request(url, { dispatcher: agent })).rejects.toThrow('127.0.0.1');
  });

  it('that a redirect brings in are not private because the first one was allowed to be', async () => {
    const url = await serve((asked, response) => {
      response.writeHead(302, { location: `http://localhost:${asked.socket.localPort}/inside` }).end();
    });

    expect(await fetchDocument(url, open)).toMatchObject({
      ok: false,
      isOutage: false,
      reason: expect.stringContaining('another host than the one that was allowed'),
    });
    expect(
      await fetchDocument(url, { ...open, allowedHosts: [url.host, `localhost:${url.port}`] }),
    ).toMatchObject({
      reason: expect.stringContaining('redirects'),
    });
  });
});

describe('a hostile server', () => {
  it('cannot hold a reader by dripping headers, or pieces of a body', async () => {
    const drip = (head: string) => (socket: { write(text: string): unknown; destroyed: boolean }) => {
      socket.write(head);
      const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write('x')), 20);
    };
    const started = Date.now();

    const headers = await fetchDocument(await serveRaw(drip('HTTP/1.1 200 OK\r\nX-Long: ')), quick);
    const body = await fetchDocument(
      await serveRaw(drip('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n')),
      quick,
    );

    expect(headers).toMatchObject({ ok: false, isOutage: true });
    expect(body).toMatchObject({ ok: false, isOutage: true, reason: expect.stringContaining('too long') });
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it.each([
    ['interim answers without end', 'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n'.repeat(2000)],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(20_000)}\r\n`],
    ['one header without end', `HTTP/1.1 200 OK\r\nX-A: ${'b'.repeat(200_000)}\r\n\r\n`],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['nothing', ''],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nhello'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello'],
    [
      'a chunk without end',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n${'x'.repeat(2_000_000)}`,
    ],
    [
      'an upgrade that nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
  ])('gains nothing by sending %s', async (_, text) => {
    const url = await serveRaw((socket) => void socket.end(text));

    const fetched = await fetchDocument(url, quick);

    expect(fetched).toMatchObject({ ok: false });
    expect(!fetched.ok && fetched.reason.length).toBeLessThan(300);
  });

  it.each([
    ['nowhere', 'http://['],
    ['another protocol', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['an address in the network', '//169.254.169.254/latest'],
    ['an address in decimal', 'http://2852039166/'],
    ['another service', '//127.0.0.1:25/'],
  ])('cannot redirect to %s', async (_, location) => {
    const url = await serve((__, response) => void response.writeHead(302, { location }).end());

    expect(await fetchDocument(url, open)).toMatchObject({ ok: false, isOutage: false });
  });

  it('is asked at most six times', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked += 1;
      response.writeHead(302, { location: `/${asked}` }).end();
    });

    await fetchDocument(url, open);

    expect(asked).toBe(6);
  });

  it('plants no headers that mean something to objects', async () => {
    const url = await serveRaw((socket) => {
      socket.end('HTTP/1.1 200 OK\r\n__proto__: polluted\r\nconstructor: x\r\nContent-Length: 0\r\n\r\n');
    });

    const fetched = await fetchDocument(url, open);

    expect(fetched.ok && Object.getPrototypeOf(fetched.headers)).toBe(Object.prototype);
    expect(isPublicAddress('__proto__')).toBe(false);
  });
});
