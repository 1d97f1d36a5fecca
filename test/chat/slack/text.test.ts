import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleOfQuestion, unwrapSlackText } from '../../../src/chat/slack/text.ts';

describe('unwrapSlackText', () => {
  it.each([
    ['<http://x.com|x.com>', 'x.com'],
    ['is <https://evil.example/a?b=1&amp;c=2> known', 'is https://evil.example/a?b=1&c=2 known'],
    ['<mailto:ann@example.com|ann@example.com>', 'ann@example.com'],
    ['<mailto:ann@example.com>', 'ann@example.com'],
    ['<@UBOT> who is APT39?', 'who is APT39?'],
    ['<@UBOT|threatbrief>   who is APT39?', 'who is APT39?'],
    ['hey <@UBOT> compare APT28 and APT29 <@UBOT>', 'hey compare APT28 and APT29'],
    ['ask <@U1|ann> and <@U2>', 'ask @U1 and @U2'],
    ['<#C1|soc> <#C2>', '#soc #C2'],
    ['<!here> <!subteam^S1|@soc> <!date^1^{date}|1 January>', '@here @soc 1 January'],
    ['AT&amp;T &lt;b&gt; &amp;lt;', 'AT&T <b> &lt;'],
    ['“remix kitten” ‘x’ — APT–39', '"remix kitten" \'x\' - APT-39'],
    ['APT\u00a039\u202f?', 'APT 39 ?'],
    ['  a \t b  ', 'a b'],
    ['line one\nline two', 'line one\nline two'],
    ['a < b > c', 'a < b > c'],
    ['', ''],
  ])('reads %j as %j', (wire, expected) => {
    expect(unwrapSlackText(wire, 'UBOT')).toBe(expected);
  });

  it('leaves plain words as they are', () => {
    const words = fc.array(fc.stringMatching(/^[a-zA-Z0-9.,?:]+$/), { minLength: 1 });
    fc.assert(
      fc.property(words, (list) => {
        expect(unwrapSlackText(list.join(' '))).toBe(list.join(' '));
      }),
    );
  });

  it('takes any text in time that grows with its length only', () => {
    for (const hostile of [
      '<'.repeat(500_000),
      '<@'.repeat(250_000),
      '&amp;'.repeat(100_000),
      ' '.repeat(500_000),
    ]) {
      const before = performance.now();
      unwrapSlackText(hostile, 'UBOT');
      expect(performance.now() - before).toBeLessThan(10_000);
    }
  });
});

describe('titleOfQuestion', () => {
  it.each([
    ['who is APT39?', 'who is APT39?'],
    ['is http://evil.example/x known', 'is hxxp://evil[.]example/x known'],
    ['  one\n\ntwo ', 'one two'],
    ['<!channel> <@U1>', '‹!channel> ‹@U1>'],
    ['', ''],
  ])('makes %j into %j', (question, title) => {
    expect(titleOfQuestion(question)).toBe(title);
  });

  it('is short and of one line, whatever was asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (question) => {
        const title = titleOfQuestion(question);
        expect(title.length).toBeLessThanOrEqual(80);
        expect(title).not.toMatch(/[\n\r\u0000-\u001f\u202a-\u202e\u2066-\u2069]|<[!@#]/);
      }),
    );
    expect(titleOfQuestion('x'.repeat(1_000_000)).length).toBeLessThanOrEqual(80);
  });
});
