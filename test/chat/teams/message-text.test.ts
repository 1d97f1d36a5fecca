import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../../src/chat/teams/html-text.ts';
import { messageText } from '../../../src/chat/teams/message-payload.ts';
import { typedText } from '../../../src/chat/teams/message-text.ts';

const bot = { id: '28:bot', name: 'threatbrief' };
const own = { text: '<at>threatbrief</at>', id: '28:bot', name: 'threatbrief' };
const bob = { text: '<at>Bob</at>', id: '29:bob', name: 'Bob' };

describe('typedText', () => {
  it.each([
    ['<at>threatbrief</at> ask <at>Bob</at> about APT39', [own, bob], 'ask Bob about APT39'],
    ['<at><at>threatbrief</at></at> APT39', [own], 'APT39'],
    ['<at>threat<at>brief</at></at> APT39', [], 'APT39'],
    ['<at>threatbrief</at> APT39 <at>threatbrief</at>', [own], 'APT39'],
    ['<at id="0">threatbrief</at>&nbsp;APT39', [], 'APT39'],
    ['<at>THREATBRIEF</at> <at>Carol</at>', [], 'Carol'],
    ['<at>threatbrief</at> who?', [{ ...own, id: '29:twin' }], 'threatbrief who?'],
    ['<div><p><at>threatbrief</at> $& APT39</p></div>', [own], '$& APT39'],
    ['<at>never closed APT39', [], 'never closed APT39'],
    ['</at></at> APT39', [], 'APT39'],
    ['', [own], ''],
  ])('reads %j', (text, mentions, expected) => {
    expect(typedText(text, mentions, bot)).toBe(expected);
  });
});

describe('htmlToText', () => {
  it.each([
    ['<p>one</p><p>two<br>three</p>', 'one\ntwo\nthree'],
    [
      'a < b > c &lt;d&gt; &amp;amp; &#x41;&#66; &bogus; &constructor;',
      'a < b > c <d> &amp; AB &bogus; &constructor;',
    ],
    ['<a href="https://x.example/?a=1&amp;b=2">see</a>', 'see (https://x.example/?a=1&b=2)'],
    ['<a href="https://x.example/">https://x.example/</a>', 'https://x.example/'],
    ['<a href="javascript:alert(1)">x</a>', 'x'],
    ['<style>p{}</style><script>alert("<p>")</script>left', 'left'],
    ['<script>never closed', ''],
    ['<img alt="x" src="y">text', 'text'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
    ['<', '<'],
  ])('reads %j', (html, expected) => {
    expect(htmlToText(html)).toBe(expected);
  });

  it('takes anything, however long', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '<a href="',
      '</a>',
      '<p>',
      '<script>',
      '</script',
      '&#',
      '&amp;',
      'x',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(htmlToText(pieces.join('')).includes('\0')).toBe(false);
      }),
      { numRuns: 200 },
    );
    for (const evil of ['<', '<a ', '<script>', '<a href="', '&#', '\n', ' \n', '<at>']) {
      const text = evil.repeat(Math.floor(250_000 / evil.length));
      expect(htmlToText(text).length).toBeLessThanOrEqual(text.length);
      expect(typedText(text, [own], bot).length).toBeLessThanOrEqual(text.length);
    }
  });
});

describe('messageText', () => {
  it.each([
    [undefined, ''],
    ['text', ''],
    [{ body: { contentType: 'text', content: 'a <b> c' } }, 'a <b> c'],
    [{ body: null, attachments: null, summary: 'only this' }, 'only this'],
    [{ attachments: [{ content: '{broken' }] }, '{broken'],
    [
      { attachments: [{ content: { __proto__: { text: 'x' }, sections: [{ activityTitle: 'deep' }] } }] },
      'deep',
    ],
  ])('reads %j', (payload, expected) => {
    expect(messageText(payload)).toBe(expected);
  });
});
