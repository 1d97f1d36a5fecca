import * as fc from 'fast-check';
import { pageSession } from '../../src/playground/page-session.ts';
import type { Canaries } from '../e2e/leak-fixtures.ts';
import { applyJsonEdits, jsonEdits } from './json-edits.ts';
import { buttonValues } from './targets/buttons.ts';
import { commandTexts } from './texts.ts';
import { edited, hostile, repeated } from './words.ts';
import { fuzzNow } from './world.ts';

/** A request as it stands on the wire. */
export interface WebRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export const pageToken = 'page-token-of-the-fuzz-24';
export const metricsToken = 'figures-token-of-fuzz-24';

const nowSeconds = fuzzNow.getTime() / 1_000;
const session = `threatbrief_page=${pageSession(pageToken, nowSeconds + 3_600)}`;

const paths = [
  '/',
  '/healthz',
  '/readyz',
  '/metrics',
  '/slack/events',
  '/slack/install',
  '/slack/oauth_redirect',
  '/api/messages',
  '/actor/APT28',
  '/playground/page.js',
  '/playground/icon.svg',
  '/playground/login',
  '/playground/api/suggest',
  '/playground/api/messages',
  '/playground/api/ask',
  '/playground/api/action',
  '/playground/api/nothing',
] as const;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND', 'get'] as const;
const contentTypes = [
  'application/json',
  'application/json; charset=utf-16',
  'APPLICATION/JSON ;x',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
] as const;
const origins = [
  'http://localhost',
  'https://evil.example',
  'null',
  'http://localhost:1',
  'http://[::1',
] as const;
const hosts = ['localhost', 'localhost:80', '127.0.0.1', '[::1]', 'evil.example', 'LOCALHOST', 'a.localhost'];

/** Any character that a header can hold, so that it comes to be read. */
const headerText = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  texts.map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').trim());

function pathTexts(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const known = fc.constantFrom<string>(...paths);
  const encoded = fc.oneof(texts, hostile()).map((text) => encodeURIComponent(text.toWellFormed()));
  return fc.oneof(
    { arbitrary: known, weight: 8 },
    { arbitrary: encoded.map((text) => `/actor/${text}`), weight: 3 },
    { arbitrary: encoded.map((text) => `/playground/${text}`), weight: 1 },
    {
      arbitrary: edited(known, 2).map((text) => `/${asciiOf(text)}`),
      weight: 2,
    },
    { arbitrary: repeated(3_000).map((text) => `/actor/${asciiOf(text)}`), weight: 1 },
  );
}

/** What may stand in the first line of a request, unencoded. */
function asciiOf(text: string): string {
  return text.replaceAll(/[^!-~]/g, '');
}

function queryTexts(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const name = fc.oneof(
    fc.constantFrom('q', 'after', 'actor', 'state', 'code', 'error', '__proto__', 'q[]'),
    hostile(),
  );
  const value = fc.oneof(texts, hostile(), fc.constantFrom('0', '-1', '1e999', '99999999999999999999', '5'));
  const pairs = fc.array(fc.tuple(name, value), { maxLength: 4 });
  return fc.oneof(
    { arbitrary: fc.constant(''), weight: 3 },
    { arbitrary: pairs.map((all) => `?${new URLSearchParams(all).toString()}`), weight: 4 },
    { arbitrary: hostile().map((text) => `?q=${asciiOf(text)}`), weight: 1 },
  );
}

const otherHeaders: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      'Cookie',
      'Authorization',
      'If-None-Match',
      'X-Request-Id',
      'X-Forwarded-For',
      'X-Forwarded-Proto',
      'X-Slack-Signature',
      'X-Slack-Request-Timestamp',
      'Accept',
      'Range',
      'Origin',
      'Sec-Fetch-Site',
      'Content-Type',
      'Referer',
      'Accept-Encoding',
      'Content-Encoding',
    ),
    headerText(fc.oneof(hostile(), repeated(4_000))),
  ),
  fc.constantFrom<readonly [string, string]>(
    ['Cookie', session],
    ['Cookie', `a=b; ${session}; ${session}`],
    ['Cookie', `threatbrief_page=${'9'.repeat(12)}.${'a'.repeat(43)}`],
    ['Cookie', 'threatbrief_page=%E0%A4%A'],
    ['Authorization', `Bearer ${pageToken}`],
    ['Authorization', `Bearer ${metricsToken}`],
    ['Authorization', 'Basic dGVzdDp0ZXN0'],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Sec-Fetch-Site', 'cross-site'],
    ['X-Forwarded-For', '203.0.113.9'],
    ['X-Request-Id', 'given-by-a-proxy'],
    ['Transfer-Encoding', 'chunked'],
    ['Content-Length', '5'],
    ['Expect', '100-continue'],
    ['Expect', 'something-else'],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
  ),
);

const headerLists: fc.Arbitrary<WebRequest['headers']> = fc
  .record({
    host: fc.oneof(
      { arbitrary: fc.constant('localhost'), weight: 8 },
      { arbitrary: fc.constantFrom(...hosts), weight: 2 },
      { arbitrary: headerText(hostile()), weight: 1 },
    ),
    type: fc.oneof(
      { arbitrary: fc.constant('application/json'), weight: 5 },
      { arbitrary: fc.constantFrom<string>(...contentTypes), weight: 2 },
    ),
    origin: fc.option(fc.constantFrom<string>(...origins), { freq: 3 }),
    other: fc.array(otherHeaders, { maxLength: 3 }),
  })
  .map(({ host, type, origin, other }) => [
    ['Host', host],
    ['Content-Type', type],
    ...(origin === null ? [] : [['Origin', origin] as const]),
    ...other,
  ]);

function bodies(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const zone = fc.constantFrom('Europe/Berlin', 'UTC', 'Mars/Base', '');
  const asked = fc.record({ question: texts, session: fc.constantFrom('a', 'a-page-2'), zone });
  const pressed = fc.record({
    value: buttonValues,
    session: fc.constantFrom('a', 'b'),
    zone,
  });
  const json = fc
    .tuple(fc.oneof(asked, pressed), fc.oneof(fc.constant([]), jsonEdits))
    .map(([document, edits]) => JSON.stringify(applyJsonEdits(document, edits)) ?? '');
  const form = fc
    .tuple(fc.constantFrom('token', 'x'), fc.oneof(fc.constant(pageToken), hostile()))
    .map((pair) => new URLSearchParams([pair]).toString());
  return fc.oneof(
    { arbitrary: json, weight: 6 },
    { arbitrary: form, weight: 1 },
    { arbitrary: edited(json), weight: 2 },
    { arbitrary: hostile(), weight: 1 },
    { arbitrary: repeated(70_000), weight: 1 },
    { arbitrary: fc.constant(''), weight: 1 },
  );
}

/** Requests to every address of the server, sound ones and others. */
export function webRequests(canaries: Canaries): fc.Arbitrary<WebRequest> {
  const texts = commandTexts(canaries);
  const usual = fc.oneof(
    fc.constantFrom<readonly [string, string]>(
      ['POST', '/playground/api/ask'],
      ['POST', '/playground/api/action'],
      ['POST', '/playground/login'],
      ['POST', '/slack/events'],
      ['POST', '/api/messages'],
    ),
    queryTexts(texts).map((query) => ['GET', `/playground/api/suggest${query}`] as const),
    queryTexts(texts).map((query) => ['GET', `/playground/api/messages${query}`] as const),
  );
  const any = fc
    .tuple(
      fc.oneof(
        { arbitrary: fc.constantFrom<string>('GET', 'POST'), weight: 4 },
        { arbitrary: fc.constantFrom<string>(...methods), weight: 2 },
      ),
      pathTexts(texts),
      queryTexts(texts),
    )
    .map(([method, path, query]) => [method, `${path}${query}`] as const);
  return fc
    .record({
      asked: fc.oneof({ arbitrary: usual, weight: 5 }, { arbitrary: any, weight: 5 }),
      headers: headerLists,
      body: bodies(texts),
    })
    .map(({ asked: [method, target], headers, body }) => ({ method, target, headers, body }));
}
