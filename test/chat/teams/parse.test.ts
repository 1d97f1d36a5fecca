import { describe, expect, it } from 'vitest';
import { encodeActionValue } from '../../../src/cards/action-value.ts';
import { teamsActionKey as actionKey } from '../../../src/cards/teams/limits.ts';
import { parseActivity } from '../../../src/chat/teams/parse.ts';

const bot = { id: '28:bot', name: 'threatbrief' };
const alice = { id: '29:alice', name: 'Alice' };
const message = { type: 'message', from: alice, recipient: bot };
const more = encodeActionValue({ verb: 'more', question: 'APT39', section: 'techniques', page: 1 });

describe('parseActivity', () => {
  it.each([
    ['APT39', 'APT39'],
    ['<at>threatbrief</at> APT39', 'APT39'],
    ['<at>threatbrief</at>&nbsp;who is chafer?\r\n', 'who is chafer?'],
    ['<p>AT&amp;T &lt;b&gt; &#128013;</p>', 'AT&T <b> 🐍'],
    ['&#99999999;', '&#99999999;'],
  ])('reads the text %j as %j', (text, expected) => {
    const entities = [{ type: 'mention', text: '<at>threatbrief</at>', mentioned: bot }];

    expect(parseActivity({ ...message, text, entities })).toMatchObject({ kind: 'text', text: expected });
  });

  it('reads a person who is mentioned to the audit as an id, since several may have one name', () => {
    const entities = [
      { type: 'mention', text: '<at>threatbrief</at>', mentioned: bot },
      { type: 'mention', text: '<at>Bob Ray</at>', mentioned: { id: '29:bob', name: 'Bob Ray' } },
    ];
    const text = '<at>threatbrief</at> audit person <at>Bob Ray</at>';

    expect(parseActivity({ ...message, text, entities })).toMatchObject({ text: 'audit person 29:bob' });
  });

  it('keeps the name of another person who is mentioned', () => {
    const entities = [{ type: 'mention', text: '<at>Bob</at>', mentioned: { id: '29:bob', name: 'Bob' } }];

    expect(parseActivity({ ...message, text: 'ask <at>Bob</at>', entities })).toMatchObject({
      text: 'ask Bob',
    });
  });

  it('reads a message with a value as a pressed button', () => {
    expect(parseActivity({ ...message, text: null, value: { [actionKey]: more }, replyToId: 'm1' })).toEqual({
      kind: 'action',
      press: {
        value: { verb: 'more', question: 'APT39', section: 'techniques', page: 1 },
        isPrivate: false,
      },
      via: 'submit',
      from: { id: '29:alice', name: 'Alice' },
      replyToId: 'm1',
    });
  });

  it('reads an executed action', () => {
    const activity = {
      type: 'invoke',
      name: 'adaptiveCard/action',
      from: alice,
      recipient: bot,
      value: { action: { type: 'Action.Execute', verb: 'threatbrief', data: { [actionKey]: more } } },
    };

    expect(parseActivity(activity)).toMatchObject({ kind: 'action', via: 'execute' });
  });

  it.each([
    ['an invoke of another name', { type: 'invoke', name: 'composeExtension/query', from: alice }],
    [
      'an execute with junk',
      { type: 'invoke', name: 'adaptiveCard/action', from: alice, value: { action: 7 } },
    ],
    [
      'an execute with a forged value',
      {
        type: 'invoke',
        name: 'adaptiveCard/action',
        from: alice,
        value: { action: { data: { [actionKey]: '???' } } },
      },
    ],
  ])('answers %s as unknown', (_what, activity) => {
    expect(parseActivity(activity)).toMatchObject({ kind: 'unknown-invoke' });
  });

  it.each([
    ['its own message', { ...message, from: bot, text: 'APT39' }],
    ["another bot's message", { ...message, from: { ...alice, role: 'bot' }, text: 'APT39' }],
    [
      'an inserted card',
      { ...message, text: '<span itemtype="http://schema.skype.com/InputExtension"></span>' },
    ],
    [
      'an inserted card of a client that sends no text with it',
      { ...message, text: '', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }] },
    ],
    ['a reaction', { type: 'messageReaction', from: alice }],
    ['a message without a sender', { type: 'message', text: 'APT39' }],
    ['no activity', 'text'],
  ])('ignores %s', (_what, activity) => {
    expect(parseActivity(activity)).toMatchObject({ kind: 'ignore' });
  });

  it('welcomes when the bot itself was added, not when a person was', () => {
    const added = { type: 'conversationUpdate', recipient: bot, membersAdded: [bot] };

    expect(parseActivity(added).kind).toBe('welcome');
    expect(parseActivity({ ...added, membersAdded: [alice] }).kind).toBe('ignore');
  });
});
