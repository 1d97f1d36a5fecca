import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../helpers/property-runs.ts';
import { displayAddress, fetchDocument } from '../../src/support/http-fetch.ts';
import { open, serve } from './http-fetch-server.ts';

/** A secret that nothing else contains, of characters that addresses and headers carry as they are. */
const canary = fc.stringMatching(/^[a-zA-Z0-9]{12,30}$/).map((text) => `cAnArY${text}`);

const parameterNames = fc.constantFrom(
  'key',
  'api_key',
  'access_token',
  'sig',
  'X-Amz-Signature',
  'password',
  'auth',
  'jwt',
);

const places = fc.record({
  user: canary,
  password: canary,
  bearer: canary,
  header: canary,
  parameter: canary,
  name: parameterNames,
  fragment: canary,
  body: canary,
  /** What the server does with what it was sent. */
  behaviour: fc.constantFrom(
    '404',
    '503',
    'redirect-host',
    'redirect-query',
    'encoding',
    'reset',
    'garbage',
    'circle',
  ),
});

describe('secrets', () => {
  it('stand in no message, wherever they were given and whatever the server sends back', async () => {
    let behaviour = '';
    let secrets: readonly string[] = [];
    const url = await serve((_, response) => {
      const all = secrets.join('-');
      switch (behaviour) {
        case 'redirect-host':
          return void response.writeHead(302, { location: `http://${secrets[2]}.test.invalid:9/` }).end();
        case 'redirect-query':
          return void response.writeHead(302, { location: `ftp://x/?key=${all}#${all}` }).end();
        case 'encoding':
          return void response.writeHead(200, { 'content-encoding': secrets[3]?.slice(0, 20) }).end('x');
        case 'reset':
          return void response.destroy();
        case 'garbage':
          return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(all);
        case 'circle':
          return void response.writeHead(301, { location: `/?key=${all}` }).end();
        default:
          return void response.writeHead(Number(behaviour), { 'x-echo': all }).end(all);
      }
    });
    await fc.assert(
      fc.asyncProperty(places, fc.boolean(), async (given, isPost) => {
        ({ behaviour } = given);
        secrets = [given.user, given.password, given.bearer, given.header, given.parameter, given.body];
        const address = new URL(url);
        address.username = given.user;
        address.password = given.password;
        address.searchParams.set(given.name, given.parameter);
        address.hash = given.fragment;

        const fetched = await fetchDocument(address, {
          ...open,
          allowedHosts: [url.host],
          headers: { authorization: `Bearer ${given.bearer}`, 'x-api-key': given.header },
          ...(isPost ? { jsonBody: JSON.stringify({ secret: given.body }) } : {}),
        });

        const told = JSON.stringify(fetched).toLowerCase();
        expect(fetched.ok).toBe(false);
        expect(told).not.toContain('canary');
        expect(displayAddress(address).toLowerCase()).not.toContain('canary');
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['https://x.test/a?list=2&list=3', 'https://x.test/a?list=2&list=3'],
    [
      'https://x.test/?id=6e2e8ef2-9b3c-4c2a-a6cf-0b9a83f5e1aa',
      'https://x.test/?id=6e2e8ef2-9b3c-4c2a-a6cf-0b9a83f5e1aa',
    ],
    ['https://x.test/?t=abcdefghij0123456789XYZ', 'https://x.test/?t=hidden'],
    ['https://x.test/?abcdefghij0123456789XYZ', 'https://x.test/?hidden'],
    ['https://x.test/?next=https%3A%2F%2Fu%3Ap%40y.test%2F', 'https://x.test/?next=hidden'],
    ['https://x.test/?a=1;key=secret', 'https://x.test/?a=hidden'],
    ['https://x.test/?api%5Fkey=secret', 'https://x.test/?api_key=hidden'],
    ['https://u:p@x.test/#secret', 'https://x.test/'],
  ])('are hidden in %s', (address, shown) => {
    expect(displayAddress(new URL(address))).toBe(shown);
  });
});
