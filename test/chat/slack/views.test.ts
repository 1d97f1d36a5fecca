import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlackFile } from '../../../src/chat/slack/shortcuts-files.ts';
import { messageText, parseBriefedMessage } from '../../../src/chat/slack/shortcuts-message.ts';
import { parseHomeOpened, parseViewPress, toFormValues } from '../../../src/chat/slack/views-parse.ts';
import { decodeOrigin, encodeOrigin } from '../../../src/chat/slack/views-place.ts';
import '../../helpers/property-runs.ts';

describe('what comes back from a view', () => {
  it('gives the values of fields, one or several, and leaves out what is empty or not ours', () => {
    const values = toFormValues({
      'field:actors': { a: { selected_options: [{ value: 'x' }, { value: 'y' }] } },
      'field:zone': { b: { selected_option: { value: 'UTC' } } },
      'field:time': { c: { value: '08:00' } },
      'field:empty': { d: { value: null } },
      'field:none': { e: { selected_options: [] } },
      'field:odd': { f: 7 },
      other: { g: { value: 'z' } },
    });

    expect(values).toEqual({ actors: ['x', 'y'], zone: ['UTC'], time: ['08:00'] });
  });

  it('keeps a field that is named like a member of every object to itself', () => {
    const values = toFormValues(JSON.parse('{"field:__proto__": {"a": {"value": "x"}}}'));

    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
    expect(Object.hasOwn(values, '__proto__')).toBe(true);
  });

  it('is no press in a view where it comes from a message', () => {
    expect(
      parseViewPress({ user: { id: 'U1' }, actions: [{ action_id: 'a' }], channel: { id: 'C1' } }),
    ).toBeUndefined();
  });

  it.each([
    [
      { team_id: 'T1', event: { user: 'U1', tab: 'home' } },
      { teamId: 'T1', userId: 'U1' },
    ],
    [{ team_id: 'T1', event: { user: 'U1', tab: 'messages' } }, undefined],
    [{ team_id: 'T1', event: {} }, undefined],
  ])('reads %j as a look at the home tab', (body, expected) => {
    expect(parseHomeOpened(body)).toEqual(expected);
  });
});

describe('where a view was opened from', () => {
  it('travels within the view and comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            channelId: fc.string({ maxLength: 40 }),
            threadTs: fc.string({ maxLength: 40 }),
            isMember: fc.constant(true),
            depth: fc.integer({ min: 1, max: 9 }),
            state: fc.string({ maxLength: 1_500 }),
          },
          { requiredKeys: [] },
        ),
        (origin) => {
          const metadata = encodeOrigin(origin);

          expect(decodeOrigin(metadata)).toEqual(origin);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each(['', 'x', '[]', '{"c": 7}', '{"d": -1}', 'null'])('is nothing known for %j', (metadata) => {
    expect(decodeOrigin(metadata)).toEqual({});
  });
});

describe('what a message says', () => {
  it.each([
    [{ text: 'a <https://evil.example/x|b> c' }, 'a b https://evil.example/x c'],
    [{ text: 'see <http://x.example|x.example>' }, 'see http://x.example'],
    [
      {
        text: 'APT39',
        blocks: [
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'APT39' }] }],
          },
        ],
      },
      'APT39',
    ],
    [
      {
        text: 'short',
        blocks: [
          {
            type: 'section',
            text: { type: 'mrkdwn', text: 'long' },
            fields: [{ type: 'mrkdwn', text: 'more' }],
          },
        ],
      },
      'long\nmore',
    ],
    [
      {
        text: 'x',
        attachments: [{ fallback: 'again', title: 'T', fields: [{ title: 'who', value: 'APT28' }] }],
      },
      'x\nT\nwho\nAPT28',
    ],
    [{ text: '', attachments: [{ fallback: 'only this' }] }, 'only this'],
    [
      {
        text: '',
        attachments: [
          {
            blocks: [
              {
                type: 'rich_text',
                elements: [
                  {
                    type: 'rich_text_section',
                    elements: [
                      { type: 'text', text: 'APT' },
                      { type: 'text', text: '39' },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
      'APT39',
    ],
    [{}, ''],
  ])('is read from %j', (message, expected) => {
    expect(messageText(message)).toBe(expected);
  });

  it('is bounded, however deep and large it is', () => {
    let deep: unknown = { text: 'end' };
    for (let at = 0; at < 20_000; at += 1) deep = { elements: [deep] };
    const wide = Array.from({ length: 100_000 }, () => ({ type: 'section', text: 'x'.repeat(50) }));

    expect(messageText({ text: 'a', blocks: [deep] })).toBe('a');
    expect(messageText({ text: 'y'.repeat(1_000_000), blocks: wide }).length).toBeLessThanOrEqual(200_000);
  });

  it('leaves out files whose id is none of Slack', () => {
    const body = {
      user: { id: 'U1' },
      trigger_id: '1',
      message: { text: 'x', files: [{ id: '../x' }, { id: 'F1', name: 'a.txt' }, null] },
    };

    expect(parseBriefedMessage(body)?.files.map(({ id }) => id)).toEqual(['F1']);
  });
});

describe('isSlackFile', () => {
  it.each([
    ['https://files.slack.com/files-pri/T1-F1/a.txt', true],
    ['http://files.slack.com/files-pri/T1-F1/a.txt', false],
    ['https://files.slack.com.evil.example/a', false],
    ['https://evil.example/files.slack.com', false],
    ['https://u:p@files.slack.com/a', false],
    ['https://files.slack.com:8443/a', false],
    ['file:///etc/passwd', false],
    ['no address', false],
  ])('says of %s %j', (address, expected) => {
    expect(isSlackFile(address)).toBe(expected);
  });

  it('takes the files of another Web API where one is set', () => {
    expect(isSlackFile('http://127.0.0.1:4003/files/F1', 'http://127.0.0.1:4003/api/')).toBe(true);
    expect(isSlackFile('http://127.0.0.1:4004/files/F1', 'http://127.0.0.1:4003/api/')).toBe(false);
  });
});
