import { encodeActionValue } from '../../src/cards/action-value.ts';
import { formIds, optionSources } from '../../src/cards/form.ts';
import { formCallbackId } from '../../src/cards/slack/form-ids.ts';
import { clickBody, directBody, eventBody, mentionBody, slashBody } from '../helpers/slack-request.ts';
import { stubWho as who } from './slack-stub.ts';

/** How a body travels: a slash command as a form, JSON in a form's `payload`, or JSON. */
export type Envelope = 'form' | 'payload' | 'json';

export interface SlackBody {
  readonly envelope: Envelope;
  readonly body: object;
  /** Where what a person typed stands. */
  readonly withText: (text: string) => object;
}

const person = {
  user: { id: who.user, team_id: who.team, name: 'ann' },
  team: { id: who.team },
  trigger_id: '1.2.abc',
};

function view(more: object = {}): object {
  return {
    id: 'V1',
    hash: 'h1',
    type: 'modal',
    callback_id: formCallbackId('subscribe'),
    private_metadata: '{}',
    blocks: [
      { type: 'input', block_id: 'field:filters', element: { action_id: 'threatbrief:input:filters' } },
    ],
    state: {
      values: {
        'field:filters': {
          'threatbrief:input:filters': { type: 'plain_text_input', value: 'sector:telecom' },
        },
        'field:rhythm': { 'threatbrief:input:rhythm': { selected_option: { value: 'daily' } } },
        'field:time': { 'threatbrief:input:time': { value: '9:30' } },
        'field:actors': { 'threatbrief:search:actor:actors': { selected_options: [{ value: 'x' }] } },
      },
    },
    ...more,
  };
}

const constant = (envelope: Envelope, body: object): SlackBody => ({ envelope, body, withText: () => body });
const typed = (envelope: Envelope, make: (text: string) => object): SlackBody => ({
  envelope,
  body: make('APT28'),
  withText: make,
});
const event = (more: Readonly<Record<string, unknown>>): SlackBody => constant('json', eventBody(who, more));

/** Every kind of body that Slack sends here, as it was recorded. */
export const slackBodies: readonly SlackBody[] = [
  typed('form', (text) => slashBody(who, text)),
  typed('json', (text) => mentionBody(who, `<@UBOT> ${text}`)),
  typed('json', (text) => directBody({ ...who, channel: 'D1' }, text)),
  typed('json', (text) =>
    eventBody(who, {
      type: 'message',
      subtype: 'message_changed',
      channel_type: 'im',
      message: { user: who.user, text, ts: '1.1' },
      previous_message: { user: who.user, text: 'APT29', ts: '1.1' },
    }),
  ),
  typed('json', (text) =>
    eventBody(who, {
      type: 'link_shared',
      message_ts: '1.2',
      links: [
        {
          domain: 'brief.example',
          url: `https://brief.example/actor/${encodeURIComponent(text.toWellFormed())}`,
        },
      ],
      unfurl_id: 'U',
      source: 'conversations_history',
    }),
  ),
  typed('payload', (text) => clickBody(who, text)),
  typed('payload', (text) =>
    clickBody(who, encodeActionValue({ verb: 'ask', question: text.slice(0, 200) })),
  ),
  typed('payload', (text) => ({
    ...person,
    type: 'message_action',
    callback_id: 'brief_message',
    channel: { id: who.channel, name: 'soc' },
    response_url: 'https://hooks.slack.test/app/1',
    message: {
      type: 'message',
      user: 'U9',
      ts: '1.2',
      text,
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
      attachments: [{ title: text, fields: [{ title: 'who', value: 'APT901' }] }],
      files: [
        {
          id: 'F1',
          name: 'notes.txt',
          mimetype: 'text/plain',
          size: 20,
          url_private: 'https://files.slack.com/F1',
        },
      ],
    },
  })),
  ...optionSources.map((source) =>
    typed('payload', (text) => ({
      ...person,
      type: 'block_suggestion',
      action_id: `threatbrief:search:${source}:x`,
      value: text,
      view: { private_metadata: '{}' },
    })),
  ),
  ...formIds.map((form) =>
    constant('payload', {
      ...person,
      type: 'view_submission',
      view: view({ callback_id: formCallbackId(form) }),
    }),
  ),
  constant('payload', {
    ...person,
    type: 'block_actions',
    view: view(),
    actions: [{ action_id: 'threatbrief:input:rhythm', selected_option: { value: 'weekly' } }],
  }),
  constant('payload', {
    ...person,
    type: 'block_actions',
    view: view(),
    actions: [{ action_id: 'threatbrief:form-button:preview', value: 'preview' }],
  }),
  constant('payload', {
    ...person,
    type: 'block_actions',
    view: view({ type: 'home' }),
    actions: [
      { action_id: 'threatbrief:brief:1', value: encodeActionValue({ verb: 'brief', entity: 'malware--x' }) },
    ],
  }),
  constant('payload', { ...person, type: 'shortcut', callback_id: 'look_up' }),
  constant('payload', { ...person, type: 'view_closed', view: view() }),
  event({ type: 'app_home_opened', tab: 'home' }),
  event({ type: 'message', subtype: 'message_deleted', channel_type: 'im', deleted_ts: '1.1' }),
  event({
    type: 'assistant_thread_started',
    assistant_thread: {
      user_id: who.user,
      channel_id: 'D1',
      thread_ts: '1.1',
      context: { channel_id: 'C1' },
    },
  }),
  event({
    type: 'assistant_thread_context_changed',
    assistant_thread: { channel_id: 'D1', thread_ts: '1.1' },
  }),
  event({ type: 'member_joined_channel', inviter: 'U2' }),
  event({ type: 'channel_rename', channel: { id: 'C1', name: 'ops', created: 1 } }),
  event({ type: 'channel_id_changed', old_channel_id: 'C1', new_channel_id: 'C2' }),
  event({ type: 'channel_archive' }),
  event({ type: 'channel_shared', connected_team_id: 'T2' }),
  event({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: ['UBOT'] } }),
  constant('json', { type: 'url_verification', challenge: 'abc', token: 'x' }),
];
