import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { displayAddress, fetchDocument, isPublicAddress } from '../../src/support/http-fetch.ts';
import { closed, open, serve } from './http-fetch-server.ts';

describe('fetching a document', () => {
  it('gives the body, decompressed', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync('hello'));
    });

    const fetched = await fetchDocument(url, open);

    expect(fetched.ok && Buffer.from(fetched.bytes).toString()).toBe('hello');
  });

  it('counts decoded bytes against the limit', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(8_000_000)));
    });

    expect(await fetchDocument(url, open)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('larger than 1 MB'),
    });
  });

  it('follows redirects by hand, and not for ever', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/end') response.end('there');
      else response.writeHead(302, { location: request.url === '/loop' ? '/loop' : '/end' }).end();
    });

    expect(await fetchDocument(url, open)).toMatchObject({ ok: true });
    expect(await fetchDocument(new URL('/loop', url), open)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('redirects'),
    });
  });

  it('sends credentials to their own origin only', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('x');
    });
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { location: other.href }).end();
    });
    url.username = 'me';
    url.password = 'pass';

    await fetchDocument(url, open);

    expect(seen).toEqual([`Basic ${Buffer.from('me:pass').toString('base64')}`, undefined]);
  });

  it('tells a refusal from an outage, without credentials', async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.url?.startsWith('/busy') ? 503 : 404).end();
    });
    const secret = new URL(`http://me:hush@${url.host}/busy?api_key=hush2`);

    const busy = await fetchDocument(secret, open);

    expect(busy).toMatchObject({ ok: false, isOutage: true });
    expect(JSON.stringify(busy)).not.toContain('hush');
    expect(await fetchDocument(url, open)).toMatchObject({
      isOutage: false,
      reason: expect.stringContaining('404'),
    });
  });

  it('gives up on a server that does not answer, or does not end', async () => {
    const silent = await serve(() => {});
    const dripping = await serve((_, response) => {
      response.write('x');
    });
    const timeouts = { headersMs: 200, bodyMs: 200, totalMs: 1000 };

    expect(await fetchDocument(silent, { ...open, timeouts })).toMatchObject({ ok: false, isOutage: true });
    expect(await fetchDocument(dripping, { ...open, timeouts })).toMatchObject({ ok: false, isOutage: true });
  });
});

describe('private addresses', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://localhost/',
  ])('does not ask %s', async (address) => {
    expect(await fetchDocument(new URL(address), closed)).toMatchObject({
      ok: false,
      isOutage: false,
      reason: expect.stringContaining('not a public address'),
    });
  });

  it('does not follow a redirect to one', async () => {
    const url = await serve((_, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });

    expect(await fetchDocument(url, closed)).toMatchObject({ ok: false, isOutage: false });
  });

  it.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1::1', true],
    ['2001:db8::1', false],
    ['192.168.1.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['nonsense', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});

describe('showing an address', () => {
  it('hides user, password, and parameters that look like secrets', () => {
    expect(displayAddress(new URL('https://me:pass@example.org/a?page=2&api_key=x#frag'))).toBe(
      'https://example.org/a?page=2&api_key=hidden',
    );
  });
});
