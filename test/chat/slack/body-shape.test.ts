import { describe, expect, it } from 'vitest';
import { hasKnownShape } from '../../../src/chat/slack/body-shape.ts';
import {
  clickBody,
  directBody,
  eventBody,
  mentionBody,
  slashBody,
  type Who,
} from '../../helpers/slack-request.ts';

const who: Who = { team: 'T1', channel: 'C1', user: 'U1' };
const person = { user: { id: 'U1', team_id: 'T1' }, team: { id: 'T1' } };
const pane = (thread: unknown): Record<string, unknown> =>
  eventBody(who, { type: 'assistant_thread_started', assistant_thread: thread });

describe('what Bolt takes for granted', () => {
  it.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['a command', slashBody(who, 'APT39')],
    ['a mention', mentionBody(who, 'APT39')],
    ['a direct message', directBody(who, 'APT39')],
    ['a press', clickBody(who, 'b|x')],
    ['a press in an organisation', clickBody(who, 'b|x', { team: null, enterprise: { id: 'E1' } })],
    ['a press in a view', clickBody(who, 'b|x', { channel: undefined, view: { callback_id: '' } })],
    ['an event about a whole channel', eventBody(who, { type: 'channel_rename', channel: { id: 'C1' } })],
    ['an event about a whole person', eventBody(who, { type: 'user_change', user: { id: 'U1' } })],
    ['a pane', pane({ channel_id: 'D1', thread_ts: '1.1', context: {} })],
    ['a form', { ...person, type: 'view_submission', view: { callback_id: 'x' } }],
    ['type-ahead', { ...person, type: 'block_suggestion', action_id: 'x', value: '' }],
    ['a shortcut', { ...person, type: 'shortcut', callback_id: 'look_up' }],
  ])('is in %s', (_, body) => {
    expect(hasKnownShape(body)).toBe(true);
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['an event that is a text', { ...eventBody(who, {}), event: '<!channel>' }],
    ['an event whose channel is null', eventBody(who, { type: 'message', channel: null })],
    ['an event whose item is a text', eventBody(who, { type: 'reaction_added', item: 'x' })],
    ['a pane without its thread', pane({ channel_id: 'D1', thread_ts: null })],
    ['a pane without anything', pane(undefined)],
    ['a press of nobody', clickBody(who, 'b|x', { user: null })],
    ['a press whose element has no name', clickBody(who, 'b|x', { actions: [{ action_id: false }] })],
    ['a press on nothing', clickBody(who, 'b|x', { actions: [] })],
    ['a press in a channel that is null', clickBody(who, 'b|x', { channel: null })],
    ['a form without its view', { ...person, type: 'view_submission' }],
    ['type-ahead whose field is a list', { ...person, type: 'block_suggestion', action_id: ['x'] }],
    ['a shortcut whose name is a number', { ...person, type: 'shortcut', callback_id: 7 }],
    ['a command that is a list', { ...slashBody(who, ''), command: [] }],
    ['a pane without an id', pane({ channel_id: '', thread_ts: '1.1' })],
    ['a command in a channel whose id has no end', { ...slashBody(who, ''), channel_id: 'C'.repeat(101) }],
    [
      'a press on a message whose time has no end',
      clickBody(who, 'b|x', { message: { ts: '1'.repeat(101) } }),
    ],
    ['nothing', {}],
  ])('is not in %s', (_, body) => {
    expect(hasKnownShape(body)).toBe(false);
  });
});
