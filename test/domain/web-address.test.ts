import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWebAddress, withoutTracking } from '../../src/domain/web-address.ts';

describe('parseWebAddress', () => {
  it.each([
    ['https://blog.example/a?utm_source=rss&utm_medium=feed', 'https://blog.example/a'],
    ['https://blog.example/a?id=5&utm_source=rss&page=2#top', 'https://blog.example/a?id=5&page=2#top'],
    ['https://blog.example/a?UTM_Source=rss&x=1', 'https://blog.example/a?x=1'],
    ['https://blog.example/a?utm_source=rss&amp;utm_medium=feed', 'https://blog.example/a'],
    ['https://blog.example/a?utm%5Fuserid=person@blog.example', 'https://blog.example/a'],
    [
      'https://blog.example/a?gclid=1&fbclid=2&mc_eid=3&mkt_tok=4&_hsenc=5&msclkid=6',
      'https://blog.example/a',
    ],
    ['https://blog.example/a#utm_source=rss', 'https://blog.example/a'],
    ['  https://blog.example/a b?utm_term=x ', 'https://blog.example/a%20b'],
    ['HTTPS://Blog.example/A', 'https://Blog.example/A'],
  ])('keeps %j as %j', (text, expected) => {
    expect(parseWebAddress(text)).toBe(expected);
  });

  it.each([
    'https://blog.example/a?source=utm_source&ref=x',
    'https://blog.example/?p=4411',
    'https://blog.example/a?',
    'https://blog.example/a#utm_source',
    'https://blog.example/utm_source=1/b?a=b&&c',
    'http://blog.example/a?q=%E2%82%AC;x=1#section-2',
  ])('leaves %j as it is', (text) => {
    expect(parseWebAddress(text)).toBe(text);
  });

  it.each([
    'ftp://blog.example/a',
    'javascript:alert(1)',
    'https://user:pw@blog.example/',
    '/a',
    '',
    'https://',
  ])('takes %j for no address', (text) => {
    expect(parseWebAddress(text)).toBeUndefined();
  });

  it('gives the same when it is done twice', () => {
    const pair = fc.constantFrom('utm_source=a', 'x=1', 'gclid=2', '', 'amp;utm_id=3', 'utm', 'a=utm_b');
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 6 }), fc.string({ maxLength: 8 }), (pairs, fragment) => {
        const once = withoutTracking(`https://blog.example/a?${pairs.join('&')}#${fragment}`);
        expect(withoutTracking(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});
