import { describe, expect, it } from 'vitest';
import { readIndicator } from '../../src/search/read-indicator.ts';

describe('readIndicator', () => {
  it.each([
    ['mail.heron.example', 'domain'],
    ['heron.co.uk', 'domain'],
    ['heron[.]unheardof', 'domain'],
    ['192.0.2.7', 'ipv4'],
    ['https://heron.example/a', 'url'],
    ['d41d8cd98f00b204e9800998ecf8427e', 'md5'],
  ])('reads "%s" as %s', (text, form) => {
    expect(readIndicator(text)?.form).toBe(form);
  });

  it.each(['TEMP.Vles', 'temp.hexx', 'heron.unheardof', 'setup.exe', 'two words', ''])(
    'takes "%s" for none',
    (text) => {
      expect(readIndicator(text)).toBeUndefined();
    },
  );

  it('takes a host with any ending where the text was written defanged', () => {
    expect(readIndicator('heron.unheardof', true)?.value).toBe('heron.unheardof');
  });
});
