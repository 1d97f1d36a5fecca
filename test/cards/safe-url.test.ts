import { describe, expect, it } from 'vitest';
import { safeUrl } from '../../src/cards/safe-url.ts';

describe('safeUrl', () => {
  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'ftp://example.com/',
    'https://user@example.com/',
    'https://user:pass@example.com/',
    'http://[::1]/',
    '//example.com',
    'example.com',
    '',
    `https://example.com/${'a'.repeat(2_000)}`,
  ])('refuses %s', (url) => {
    expect(safeUrl(url)).toBeUndefined();
  });

  it('encodes what would end a link in Slack or in markdown', () => {
    expect(safeUrl('https://example.com/a)b](c|d>e"f?q=<x>|(y)')).toBe(
      'https://example.com/a%29b%5D%28c%7Cd%3Ee%22f?q=%3Cx%3E%7C%28y%29',
    );
  });

  it('writes a host of another script in its safe form', () => {
    expect(safeUrl('https://аpple.com/')).toBe('https://xn--pple-43d.com/');
  });

  it('leaves an ordinary link as it is', () => {
    expect(safeUrl('https://attack.mitre.org/groups/G0087/?a=1&b=2#x')).toBe(
      'https://attack.mitre.org/groups/G0087/?a=1&b=2#x',
    );
  });
});
