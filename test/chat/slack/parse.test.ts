import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseAskedMessage,
  parseClick,
  parseSlashCommand,
  parseThreadStarted,
} from '../../../src/chat/slack/parse.ts';
import { parseChangedMessage } from '../../../src/chat/slack/parse-changes.ts';
import { parseLinkShared, parsePlaceChange } from '../../../src/chat/slack/parse-places.ts';
import { clickBody, directBody, mentionBody, responseUrl, slashBody } from '../../helpers/slack-request.ts';

const who = { team: 'T1', channel: 'C1', user: 'U1' };

describe('parseSlashCommand', () => {
  it('reads the form of a slash command', () => {
    expect(parseSlashCommand(slashBody(who, 'who is APT39'))).toEqual({
      teamId: 'T1',
      channelId: 'C1',
      userId: 'U1',
      text: 'who is APT39',
      responseUrl,
      triggerId: expect.stringMatching(/^1\.2\.\d+$/),
    });
  });

  it.each([
    ['no response_url', { response_url: '' }],
    ['an address that is no web address', { response_url: 'file:///etc/passwd' }],
    ['a list for a user', { user_id: [] }],
  ])('refuses %s', (_what, changes) => {
    expect(parseSlashCommand({ ...slashBody(who, 'x'), ...changes })).toBeUndefined();
  });
});

describe('parseAskedMessage', () => {
  it('reads a mention, and the thread that it stands in', () => {
    expect(parseAskedMessage(mentionBody(who, '<@UBOT> APT39', { thread_ts: '1.2' }), 'UBOT')).toEqual({
      kind: 'mention',
      teamId: 'T1',
      channelId: 'C1',
      userId: 'U1',
      text: '<@UBOT> APT39',
      ts: '1795348800.000100',
      threadTs: '1.2',
      isExternalChannel: false,
    });
  });

  it('reads a direct message', () => {
    expect(parseAskedMessage(directBody(who, 'APT39'))).toMatchObject({ kind: 'direct', text: 'APT39' });
  });

  it.each([['file_share'], ['thread_broadcast']])('reads a message of the subtype %s', (subtype) => {
    expect(parseAskedMessage(directBody(who, 'APT39', { subtype }))).toMatchObject({ text: 'APT39' });
  });

  it('knows a direct conversation by its id where Slack leaves the type out', () => {
    const body = directBody({ ...who, channel: 'D1' }, 'APT39', { channel_type: undefined });

    expect(parseAskedMessage(body)).toMatchObject({ kind: 'direct' });
    expect(parseAskedMessage(mentionBody({ ...who, channel: 'D1' }, 'APT39'))).toBeUndefined();
  });

  it('says when the envelope names the channel external', () => {
    const body = { ...mentionBody(who, 'x'), is_ext_shared_channel: true };

    expect(parseAskedMessage(body)).toMatchObject({ isExternalChannel: true });
  });

  it('takes the team that has the app before the team that wrote', () => {
    const body = { ...mentionBody(who, 'x'), team_id: 'TOTHER' };

    expect(parseAskedMessage(body)).toMatchObject({ teamId: 'T1' });
  });

  it.each([
    ['its own message', { user: 'UBOT' }],
    ["another bot's message", { bot_id: 'B2' }],
    ["Slackbot's message", { user: 'USLACKBOT' }],
    ['a message without a person', { user: undefined }],
    ['an edit', { subtype: 'message_changed' }],
    ['a deletion', { subtype: 'message_deleted' }],
    ['a bot message of the old kind', { subtype: 'bot_message' }],
    ['a hidden message', { hidden: true }],
    ['an edited message', { edited: { user: 'U1', ts: '1' } }],
    ['a message in a channel that mentions nobody', { channel_type: 'channel' }],
    ['a message in a group conversation', { channel_type: 'mpim' }],
    ['an event of another type', { type: 'reaction_added' }],
  ])('ignores %s', (_what, changes) => {
    expect(parseAskedMessage(directBody(who, 'APT39', changes), 'UBOT')).toBeUndefined();
  });

  it('ignores a mention that was edited, which Slack sends again', () => {
    expect(parseAskedMessage(mentionBody(who, 'x', { edited: { user: 'U1', ts: '1' } }))).toBeUndefined();
  });
});

describe('parseClick', () => {
  it('reads a press on a button', () => {
    expect(parseClick(clickBody(who, 'm|x'))).toEqual({
      triggerId: expect.stringMatching(/^1\.2\.\d+$/),
      teamId: 'T1',
      userId: 'U1',
      userTeamId: 'T1',
      userName: 'ann',
      channelId: 'C1',
      responseUrl,
      isEphemeral: true,
      value: 'm|x',
    });
  });

  it('reads a choice from an overflow menu', () => {
    const actions = [{ type: 'overflow', action_id: 'a', selected_option: { value: 's|x' } }];

    expect(parseClick(clickBody(who, undefined, { actions }))).toMatchObject({ value: 's|x' });
  });

  it.each([
    ['a link button', [{ type: 'button', action_id: 'a', url: 'https://example.com' }]],
    ['a link in a menu', [{ type: 'overflow', action_id: 'a', selected_option: { value: 'link:0' } }]],
  ])('finds no value in %s', (_what, actions) => {
    expect(parseClick(clickBody(who, undefined, { actions }))?.value).toBeUndefined();
  });

  it('reads a press in a thread of an organisation-wide install', () => {
    const click = parseClick(
      clickBody(who, 'x', { team: null, message: { thread_ts: '1.2' }, container: null }),
    );

    expect(click).toMatchObject({ threadTs: '1.2', isEphemeral: false });
    expect(click?.teamId).toBeUndefined();
  });

  it.each([
    [{}],
    [null],
    ['x'],
    [{ type: 'block_actions', actions: [] }],
    [clickBody(who, 'x', { user: 7 })],
  ])('refuses %j', (body) => {
    expect(parseClick(body)).toBeUndefined();
  });
});

describe('events of any shape', () => {
  const types = [
    'app_mention',
    'message',
    'link_shared',
    'channel_rename',
    'channel_id_changed',
    'member_left_channel',
    'assistant_thread_started',
  ];
  const subtypes = ['message_changed', 'message_deleted', 'file_share', undefined];
  const message = fc.oneof(
    fc.anything(),
    fc.record({ user: fc.anything(), ts: fc.anything(), subtype: fc.constantFrom('tombstone', undefined) }),
  );

  it('are read or passed over, and never fail', () => {
    const event = fc.record(
      {
        type: fc.constantFrom(...types),
        subtype: fc.constantFrom(...subtypes),
        channel: fc.anything(),
        user: fc.anything(),
        text: fc.anything(),
        edited: fc.anything(),
        message,
        previous_message: message,
        deleted_ts: fc.anything(),
        links: fc.anything(),
        assistant_thread: fc.anything(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(event, fc.anything(), (one, authorizations) => {
        const body = { event: one, authorizations };
        for (const parse of [parseAskedMessage, parseChangedMessage, parsePlaceChange]) parse(body, 'UBOT');
        parseLinkShared(body);
        parseThreadStarted(body);
      }),
      { numRuns: 300 },
    );
  });

  it('keep what stands under a name of the language itself out', () => {
    const body = JSON.parse(
      '{"event": {"__proto__": {"type": "app_mention", "channel": "C1"}, "type": "x"}}',
    );

    expect(parseChangedMessage(body)).toBeUndefined();
    expect(parsePlaceChange(body)).toBeUndefined();
  });
});
