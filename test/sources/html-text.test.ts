import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../src/sources/html-text.ts';

describe('the text of HTML', () => {
  it.each([
    ['plain text as it is', 'Heron Group hits\n  banks', 'Heron Group hits banks'],
    ['paragraphs apart', '<p>One <b>bold</b> word.</p><p>Two</p>', 'One bold word.\n\nTwo'],
    ['line breaks as lines', 'One<br>Two<br/>Three', 'One\nTwo\nThree'],
    ['list items as lines', 'Tools:<ul><li>A</li><li> B</li></ul>End', 'Tools:\n\n- A\n- B\n\nEnd'],
    ['inline elements inside a word', 'Her<i>on</i> <a href="https://x.example/">Door</a>', 'Heron Door'],
    ['entities decoded once', 'AT&amp;T &lt;b&gt; &#x41;&nbsp;&eacute; &amp;lt;', 'AT&T <b> A é &lt;'],
    ['no script, style or comment', 'A<script>if (a<b) x()</script><style>p{}</style><!-- c -->B', 'AB'],
    ['cells apart', '<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>', 'A B\nC'],
    ['no unfinished tag', 'before <a href="x', 'before'],
    ['a bare angle bracket', '1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['nothing behind an open script', 'A<SCRIPT>alert(1)', 'A'],
    ['an unknown element', '<o:p>A</o:p><constructor>B</constructor>', 'AB'],
    ['no control characters', 'A\u0000B\u0007', 'A B'],
    ['nothing', '', ''],
  ])('has %s', (_, html, expected) => {
    expect(htmlToText(html)).toBe(expected);
  });

  it.each([
    ['<b>'.repeat(300_000)],
    ['</b>'.repeat(300_000)],
    ['<a>'.repeat(100_000) + '</b>'.repeat(100_000)],
    ['&'.repeat(500_000)],
    ['<'.repeat(500_000)],
    ['<!--'.repeat(200_000)],
    [`<p ${'a="'.repeat(200_000)}`],
    ['<script>'.repeat(100_000)],
    ['<![CDATA['.repeat(100_000)],
    [' '.repeat(1_000_000)],
    ['<li>x'.repeat(200_000)],
  ])('takes a time in proportion to the length of hostile markup', (html) => {
    const started = performance.now();

    htmlToText(html);

    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('never throws, and gives back no markup of known elements', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<li',
      '>',
      '<script>',
      '</script>',
      '&amp;',
      '&#0;',
      '<',
      'a',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces), fc.string(), (parts, more) => {
        const text = htmlToText(parts.join('') + more);
        expect(text).not.toContain('<p>');
        expect(text).toBe(text.trim());
      }),
      { numRuns: 300 },
    );
  });
});
