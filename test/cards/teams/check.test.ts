import { describe, expect, it } from 'vitest';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { escapeMarkdown } from '../../../src/cards/teams/text.ts';

const block = (text: string) => ({ type: 'TextBlock', text, wrap: true });
const card = (...body: readonly unknown[]) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'x',
  speak: 'x',
  body,
});

describe('checkAdaptiveCard', () => {
  it('finds nothing wrong with a sound card', () => {
    expect(checkAdaptiveCard(card(block('**x** [y](https://a.example/b) \\[z\\]\\(w\\)')))).toEqual([]);
  });

  it.each([
    ['no card', {}, 'card: not an object of type AdaptiveCard'],
    ['another version', { ...card(block('x')), version: '1.6' }, 'version: "1.6", must be 1.5'],
    ['no fallback text', { ...card(block('x')), fallbackText: '' }, 'fallbackText: missing or empty'],
    ['more than 25 KB', card(block('x'.repeat(13_000))), /bytes as UTF-16/],
    ['an empty text', card(block(' ')), 'body[0]: text missing or empty'],
    ['a text that does not wrap', card({ type: 'TextBlock', text: 'x' }), 'body[0]: does not wrap'],
    ['an image', card({ type: 'Image', url: 'https://a.example/i.png' }), 'body[0]: loads from elsewhere'],
    ['an image in markdown', card(block('![i](https://a.example/i.png)')), 'body[0].text: image syntax'],
    ['a script link', card(block('[x](javascript:alert)')), /body\[0\]\.text: unescaped bracket/],
    ['a tag', card(block('<b>x</b>')), 'body[0].text: unescaped < or >'],
    [
      'an image in a fact',
      card({ type: 'FactSet', facts: [{ title: 'x', value: '![i](u)' }] }),
      'body[0].facts[0].value: image syntax',
    ],
    ['an unknown element', card({ type: 'Carousel' }), 'body[0]: unknown element Carousel'],
    [
      'no fallback',
      { ...card(block('x')), actions: [{ type: 'Action.Execute', title: 'x', verb: 'y' }] },
      'actions[0]: no fallback for clients without Action.Execute',
    ],
    [
      'a link of another scheme',
      { ...card(block('x')), actions: [{ type: 'Action.OpenUrl', title: 'x', url: 'ftp://a' }] },
      'actions[0].url: not http or https',
    ],
    [
      'six buttons',
      {
        ...card(block('x')),
        actions: Array.from({ length: 6 }, () => ({ type: 'Action.Submit', title: 'x' })),
      },
      'actions: 6 buttons in sight, at most 5',
    ],
  ])('finds %s', (_, payload, problem) => {
    const problems = checkAdaptiveCard(payload);

    expect(
      problems.some((found) => (typeof problem === 'string' ? found === problem : problem.test(found))),
    ).toBe(true);
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['[x](https://evil.example)', '\\[x\\]\\(https://evil.example\\)'],
    ['![i](u)', '\\!\\[i\\]\\(u\\)'],
    ['1. one', '1\\. one'],
    ['- one\n# two', '\\- one\n\\# two'],
    ['APT_1 *x* ~y~ `z` <b>', 'APT\\_1 \\*x\\* \\~y\\~ \\`z\\` \\<b\\>'],
    ['a\\[b', 'a\\\\\\[b'],
  ])('escapes %s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});
