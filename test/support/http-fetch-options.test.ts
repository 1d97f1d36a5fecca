import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchDocument } from '../../src/support/http-fetch.ts';
import { parseRetryAfter } from '../../src/support/http-fetch-fault.ts';
import { open, serve } from './http-fetch-server.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'threatbrief-fetch-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('hosts that may be asked', () => {
  it('are those that are listed, with their ports', async () => {
    const url = await serve((_, response) => void response.end('x'));
    const { hostname, host } = url;

    expect(await fetchDocument(url, { ...open, allowedHosts: [host.toUpperCase()] })).toMatchObject({
      ok: true,
    });
    for (const allowedHosts of [[], [hostname], [`${hostname}:1`], ['', '[', 'a/b', `x@${host}`]]) {
      expect(await fetchDocument(url, { ...open, allowedHosts })).toMatchObject({
        ok: false,
        isOutage: false,
        reason: expect.stringContaining(`--allow-host ${host}`),
      });
    }
  });

  it('include no other to which one of them redirects', async () => {
    let asked = 0;
    const other = await serve((_, response) => {
      asked += 1;
      response.end('x');
    });
    const url = await serve((_, response) => void response.writeHead(302, { location: other.href }).end());

    const refused = await fetchDocument(url, { ...open, allowedHosts: [url.host] });
    const allowed = await fetchDocument(url, { ...open, allowedHosts: [url.host, other.host] });

    expect(refused).toMatchObject({ reason: expect.stringContaining(`--allow-host ${other.host}`) });
    expect(allowed).toMatchObject({ ok: true });
    expect(asked).toBe(1);
  });
});

describe('headers of the caller', () => {
  it('go to the origin of the first address only', async () => {
    const seen: unknown[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers['x-key'], request.headers.accept);
      response.end('x');
    });
    const url = await serve((request, response) => {
      seen.push(request.headers['x-key'], request.headers.accept);
      const location = request.url === '/' ? '/again' : other.href;
      response.writeHead(302, { location }).end();
    });

    await fetchDocument(url, { ...open, headers: { 'X-Key': 'secret', Accept: 'text/csv' } });

    expect(seen).toEqual(['secret', 'text/csv', 'secret', 'text/csv', undefined, '*/*']);
  });

  it('that are none are a refusal without their text', async () => {
    const url = await serve((_, response) => void response.end('x'));

    const fetched = await fetchDocument(url, { ...open, headers: { authorization: 'Bearer hush\r\nx: y' } });

    expect(fetched).toMatchObject({ ok: false, isOutage: false });
    expect(JSON.stringify(fetched)).not.toContain('hush');
  });
});

describe('a request with a body', () => {
  it('is a POST of JSON', async () => {
    const url = await serve((request, response) => {
      request.setEncoding('utf8').once('data', (body) => {
        response.end(`${request.method} ${request.headers['content-type']} ${body}`);
      });
    });

    const fetched = await fetchDocument(url, { ...open, jsonBody: '{"page":1}' });

    expect(fetched.ok && Buffer.from(fetched.bytes).toString()).toBe('POST application/json {"page":1}');
  });

  it.each([
    [307, true],
    [308, true],
    [301, false],
    [302, false],
    [303, false],
  ])('stays one after a redirect with %i inside its origin: %s', async (status, isFollowed) => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.method);
      if (request.url === '/') response.writeHead(status, { location: '/there' }).end();
      else response.end('x');
    });

    const fetched = await fetchDocument(url, { ...open, jsonBody: '{}' });

    expect(fetched.ok).toBe(isFollowed);
    expect(seen).toEqual(isFollowed ? ['POST', 'POST'] : ['POST']);
    if (!fetched.ok) expect(fetched.reason).toContain(`redirects to ${url.href}there`);
  });

  it('goes to no other origin', async () => {
    let asked = 0;
    const other = await serve((_, response) => {
      asked += 1;
      response.end();
    });
    const url = await serve((_, response) => void response.writeHead(307, { location: other.href }).end());

    expect(await fetchDocument(url, { ...open, jsonBody: '{}' })).toMatchObject({
      ok: false,
      isOutage: false,
    });
    expect(asked).toBe(0);
  });
});

describe('validators of an earlier answer', () => {
  it('let the server say that nothing changed', async () => {
    const url = await serve((request, response) => {
      const { 'if-none-match': etag, 'if-modified-since': since } = request.headers;
      const isSame = etag === '"v1"' && since === 'Mon, 05 Jan 2026 00:00:00 GMT';
      response.writeHead(isSame ? 304 : 200, { etag: '"v1"' }).end(isSame ? undefined : 'new');
    });
    const path = join(folder(), 'file');
    const validators = { etag: '"v1"', lastModified: 'Mon, 05 Jan 2026 00:00:00 GMT' };

    const same = await fetchDocument(url, { ...open, validators, toFile: path });
    const first = await fetchDocument(url, open);

    expect(same).toMatchObject({ ok: true, notModified: true, headers: { etag: '"v1"' } });
    expect(existsSync(path)).toBe(false);
    expect(first).toMatchObject({ ok: true, notModified: false });
  });

  it('have to be sent before "not modified" means anything', async () => {
    const url = await serve((_, response) => void response.writeHead(304).end());
    const refused = { ok: false, isOutage: false, status: 304 };

    expect(await fetchDocument(url, open)).toMatchObject(refused);
    expect(await fetchDocument(url, { ...open, validators: { etag: 'a\r\nb' } })).toMatchObject(refused);
    expect(await fetchDocument(url, { ...open, validators: { etag: '"v"' }, jsonBody: '{}' })).toMatchObject(
      refused,
    );
  });
});

describe('an answer that goes into a file', () => {
  it('is for its owner alone, whatever stood there before', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync('hello'));
    });
    const path = join(folder(), 'file');
    const target = join(folder(), 'target');
    writeFileSync(target, 'untouched');
    symlinkSync(target, path);

    const fetched = await fetchDocument(url, { ...open, toFile: path });

    expect(fetched).toMatchObject({ ok: true, bytes: new Uint8Array(0) });
    expect(readFileSync(path, 'utf8')).toBe('hello');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(target, 'utf8')).toBe('untouched');
  });

  it('leaves none behind when it is too large, cut off, or has nowhere to go', async () => {
    const large = await serve((_, response) => void response.end(Buffer.alloc(2_000_000)));
    const cut = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    const path = join(folder(), 'file');

    expect(await fetchDocument(large, { ...open, toFile: path })).toMatchObject({
      isOutage: false,
      isTooLarge: true,
    });
    expect(existsSync(path)).toBe(false);
    expect(await fetchDocument(cut, { ...open, toFile: path })).toMatchObject({ ok: false, isOutage: true });
    expect(existsSync(path)).toBe(false);
    expect(await fetchDocument(cut, { ...open, toFile: '/dev/null/file' })).toMatchObject({ ok: false });
  });
});

describe('compressed answers', () => {
  const text = Buffer.from('the same words '.repeat(50));
  it.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['identity', text],
    ['identity, gzip', gzipSync(text)],
    ['gzip', Buffer.concat([gzipSync(text.subarray(0, 90)), gzipSync(text.subarray(90))])],
  ])('are read: %s', async (encoding, body) => {
    const url = await serve((_, response) => void response.setHeader('content-encoding', encoding).end(body));

    const fetched = await fetchDocument(url, open);

    expect(fetched.ok && Buffer.from(fetched.bytes).equals(text)).toBe(true);
  });

  it.each([
    ['zstd', zstdCompressSync(text), 'encoded as "zstd"'],
    ['gzip, gzip', gzipSync(gzipSync(text)), 'several times'],
    ['compress', text, 'encoded as "compress"'],
    ['gzip', text, 'cannot be decompressed'],
    ['br', text, 'cannot be decompressed'],
    ['deflate', Buffer.from('ffffffff', 'hex'), 'cannot be decompressed'],
  ])('are refused clearly: %s', async (encoding, body, reason) => {
    const url = await serve((_, response) => void response.setHeader('content-encoding', encoding).end(body));

    expect(await fetchDocument(url, open)).toMatchObject({
      ok: false,
      isOutage: false,
      reason: expect.stringContaining(reason),
    });
  });

  it('that end in the middle are cut short', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync(text).subarray(0, 30));
    });

    expect(await fetchDocument(url, open)).toMatchObject({
      isOutage: true,
      reason: expect.stringContaining('cut short'),
    });
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(40_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(40_000_000))],
  ])('that are bombs are refused by their ratio, before their size: %s', async (encoding, body) => {
    const url = await serve((_, response) => void response.setHeader('content-encoding', encoding).end(body));

    const fetched = await fetchDocument(url, { ...open, maxBytes: 1_000_000_000 });

    expect(fetched).toMatchObject({ ok: false, reason: expect.stringContaining('250 times its size') });
  });
});

describe('what went wrong', () => {
  it.each([
    [404, false],
    [401, false],
    [206, false],
    [300, false],
    [302, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ])('is told with the status %i', async (status, isOutage) => {
    const url = await serve((_, response) => void response.writeHead(status, { 'retry-after': '17' }).end());

    expect(await fetchDocument(url, open)).toMatchObject({
      ok: false,
      isOutage,
      status,
      retryAfterSeconds: 17,
    });
  });

  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['120', 120],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
    ['Thursday, 01-Jan-26 00:01:00 GMT', 60],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['999999999999', 604_800],
    ['Fri, 31 Dec 9999 00:00:00 GMT', 604_800],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['9'.repeat(10_000), undefined],
    ['', undefined],
    [undefined, undefined],
  ])('asks to wait: %s', (text, seconds) => {
    expect(parseRetryAfter(text, now)).toBe(seconds);
  });
});
