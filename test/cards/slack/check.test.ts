import { describe, expect, it } from 'vitest';
import { checkSlackPayload } from '../../../src/cards/slack/check.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = { type: 'section', text: plain('x') };
const message = (...blocks: readonly unknown[]) => ({ text: 'x', blocks });
const button = { type: 'button', action_id: 'a', text: plain('x') };

describe('checkSlackPayload', () => {
  it.each([
    ['a message', message(section, { type: 'divider' })],
    [
      'a link and a date in mrkdwn',
      message({
        type: 'section',
        text: { type: 'mrkdwn', text: '<https://a.example|x> <!date^1^{date}|y>' },
      }),
    ],
    ['a modal', { type: 'modal', title: plain('x'), blocks: [section] }],
    ['a home', { type: 'home', blocks: [section] }],
  ])('finds nothing wrong with %s', (_, payload) => {
    expect(checkSlackPayload(payload)).toEqual([]);
  });

  const view = (...blocks: readonly unknown[]) => ({
    type: 'modal',
    title: plain('x'),
    submit: plain('x'),
    blocks,
  });
  const option = (value: string) => ({ text: plain('x'), value });
  const input = (element: object) => ({
    type: 'input',
    block_id: 'b',
    label: plain('x'),
    element: { action_id: 'a', ...element },
  });

  it.each([
    [
      'a title on a home',
      { type: 'home', title: plain('x'), blocks: [section] },
      'title: belongs to modals only',
    ],
    [
      'a table in a view',
      view({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }),
      'table belongs to messages only',
    ],
    [
      'a field without a name',
      view({ ...input({ type: 'plain_text_input' }), block_id: undefined }),
      'has no block_id',
    ],
    [
      'a text longer than may be typed',
      view(input({ type: 'plain_text_input', max_length: 2, initial_value: 'abc' })),
      '3 characters, at most 2',
    ],
    [
      'an empty text',
      view(input({ type: 'plain_text_input', initial_value: '' })),
      'initial_value: is empty',
    ],
    [
      'no choice at first',
      view(input({ type: 'multi_external_select', initial_options: [] })),
      'must not be empty',
    ],
    [
      'one choice twice',
      view(input({ type: 'multi_external_select', initial_options: [option('a'), option('a')] })),
      'holds a value twice',
    ],
    [
      'a choice that is not offered',
      view(input({ type: 'static_select', options: [option('a')], initial_option: option('b') })),
      'is none of the options',
    ],
    [
      'an offer twice',
      view(input({ type: 'static_select', options: [option('a'), option('a')] })),
      'offers a value twice',
    ],
    [
      'options of a list that loads them',
      view(input({ type: 'external_select', options: [option('a')] })),
      'may not hold any',
    ],
    [
      'a long value',
      view(input({ type: 'external_select', initial_option: option('x'.repeat(76)) })),
      '76 characters, at most 75',
    ],
    [
      'long metadata',
      { ...view(section), private_metadata: 'x'.repeat(3_001) },
      '3001 characters, at most 3000',
    ],
  ])('tells of %s', (_, payload, problem) => {
    expect(checkSlackPayload(payload).join('\n')).toContain(problem);
  });

  it.each([
    ['no object', 7, 'payload: not an object'],
    ['no text', { blocks: [section] }, 'text: text is missing'],
    [
      'too many blocks',
      message(...Array.from({ length: 51 }, () => section)),
      'blocks: 51 blocks, at most 50',
    ],
    [
      'too much text',
      message(...Array.from({ length: 4 }, () => ({ type: 'section', text: plain('x'.repeat(2_900)) }))),
      'blocks: 11600 characters in all, at most 10,000',
    ],
    ['an unknown block', message({ type: 'carousel' }), 'blocks[0]: unknown block carousel'],
    ['a name of Object.prototype', message({ type: 'constructor' }), 'blocks[0]: unknown block constructor'],
    [
      'an image',
      message({ type: 'image', image_url: 'https://a.example' }),
      'blocks[0]: image loads from elsewhere',
    ],
    [
      'an empty text',
      message({ type: 'section', text: plain('') }),
      'blocks[0].text: text is missing or blank',
    ],
    [
      'a long header',
      message({ type: 'header', text: plain('x'.repeat(151)) }),
      'blocks[0].text: 151 characters, at most 150',
    ],
    [
      'a header of emoji',
      message({ type: 'header', text: plain('😀'.repeat(40)) }),
      'blocks[0].text: 160 characters, at most 150',
    ],
    [
      'a mention',
      message({ type: 'section', text: { type: 'mrkdwn', text: '<!channel>' } }),
      'blocks[0].text: mentions someone',
    ],
    ['a mention in the text', { text: '<@U1>' }, 'text: mentions someone'],
    ['an unescaped bracket', { text: 'a < b' }, 'text: has an unescaped < or >'],
    ['an unescaped ampersand', { text: 'a & b' }, 'text: has an unescaped &'],
    [
      'a link that is no web link',
      message({ type: 'actions', elements: [{ ...button, url: 'javascript:x' }] }),
      'blocks[0].elements[0].url: is not http or https',
    ],
    [
      'two equal action ids',
      message({ type: 'actions', elements: [button, button] }),
      'blocks[0].elements[1]: action_id "a" is used twice',
    ],
    [
      'six overflow options',
      message({
        type: 'actions',
        elements: [
          {
            type: 'overflow',
            action_id: 'a',
            options: Array.from({ length: 6 }, () => ({ text: plain('x'), value: 'x' })),
          },
        ],
      }),
      'blocks[0].elements[0]: 6 options, must be 1 to 5',
    ],
    [
      'a user in rich text',
      message({
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
      }),
      'blocks[0].elements[0].elements[0]: user mentions someone',
    ],
    [
      'a long modal title',
      { type: 'modal', title: plain('x'.repeat(25)), blocks: [section] },
      'title: 25 characters, at most 24',
    ],
    [
      'a table in a modal',
      {
        type: 'modal',
        title: plain('x'),
        blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }],
      },
      'blocks[0]: table belongs to messages only',
    ],
    [
      'an uneven table',
      message({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }], []] }),
      'blocks[0].rows[1]: is empty',
    ],
    ['unfurling', { text: 'x', unfurl_links: true }, 'unfurl_links: must not be on'],
    ['link_names', { text: 'x', link_names: true }, 'link_names: must not be sent'],
  ])('finds %s', (_, payload, problem) => {
    expect(checkSlackPayload(payload)).toContain(problem);
  });
});
