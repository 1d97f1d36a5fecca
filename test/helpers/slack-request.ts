import { createHmac } from 'node:crypto';

export const signingSecret = 'test-signing-secret';
/** When the tests take place. */
export const testNow = new Date('2026-11-22T12:00:00Z');

export interface SignOptions {
  readonly secret?: string;
  readonly timestampSeconds?: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as Slack signs it. */
export function signedRequest(body: string, contentType: string, options: SignOptions = {}): Request {
  const timestamp = String(options.timestampSeconds ?? testNow.getTime() / 1000);
  const digest = createHmac('sha256', options.secret ?? signingSecret).update(`v0:${timestamp}:${body}`);
  return new Request('http://127.0.0.1/slack/events', {
    method: 'POST',
    body,
    headers: {
      'content-type': options.contentType ?? contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest.digest('hex')}`,
      ...options.headers,
    },
  });
}

const form = 'application/x-www-form-urlencoded';

export function formRequest(fields: Readonly<Record<string, string>>, options: SignOptions = {}): Request {
  return signedRequest(new URLSearchParams(fields).toString(), form, options);
}

export function jsonRequest(body: unknown, options: SignOptions = {}): Request {
  return signedRequest(JSON.stringify(body), 'application/json', options);
}

/** An interactive payload: JSON in a form field. */
export function payloadRequest(payload: unknown, options: SignOptions = {}): Request {
  return formRequest({ payload: JSON.stringify(payload) }, options);
}

export interface Who {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
}

let triggers = 0;

/** Each thing that a person does has a trigger of its own. */
export function nextTrigger(): string {
  triggers += 1;
  return `1.2.${triggers}`;
}

export const responseUrl = 'https://hooks.slack.test/commands/T/1/secret';

export function slashBody(who: Who, text: string): Readonly<Record<string, string>> {
  return {
    token: 'legacy',
    team_id: who.team,
    team_domain: 'w',
    channel_id: who.channel,
    channel_name: 'soc',
    user_id: who.user,
    user_name: 'ann',
    command: '/apt',
    text,
    api_app_id: 'A0TEST',
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: nextTrigger(),
  };
}

let nextEvent = 0;

/** An Events API envelope; each call has an event id of its own. */
export function eventBody(
  who: Who,
  event: Readonly<Record<string, unknown>>,
  extra: object = {},
): Record<string, unknown> {
  nextEvent += 1;
  return {
    token: 'legacy',
    team_id: who.team,
    api_app_id: 'A0TEST',
    type: 'event_callback',
    event_id: `Ev${nextEvent}`,
    event_time: testNow.getTime() / 1000,
    authorizations: [{ team_id: who.team, user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event: { user: who.user, channel: who.channel, ts: '1795348800.000100', ...event },
    ...extra,
  };
}

export function mentionBody(
  who: Who,
  text: string,
  extra: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return eventBody(who, { type: 'app_mention', text, ...extra });
}

export function directBody(
  who: Who,
  text: string,
  extra: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return eventBody(who, { type: 'message', channel_type: 'im', text, ...extra });
}

/** A press on a button of an ephemeral message, unless `container` says otherwise. */
export function clickBody(who: Who, value: string | undefined, extra: object = {}): Record<string, unknown> {
  return {
    type: 'block_actions',
    user: { id: who.user, username: 'ann', name: 'ann', team_id: who.team },
    api_app_id: 'A0TEST',
    token: 'legacy',
    team: { id: who.team, domain: 'w' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: who.channel, name: 'soc' },
    container: {
      type: 'message',
      message_ts: '1795348801.000100',
      channel_id: who.channel,
      is_ephemeral: true,
    },
    trigger_id: nextTrigger(),
    response_url: responseUrl,
    actions: [{ type: 'button', action_id: 'threatbrief:more:0', block_id: 'b', value, action_ts: '1' }],
    ...extra,
  };
}
