import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeActionValue } from '../../src/cards/action-value.ts';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { ids } from '../helpers/knowledge.ts';
import { slackText } from '../helpers/platforms/shown.ts';
import {
  clickBody,
  directBody,
  eventBody,
  formRequest,
  jsonRequest,
  mentionBody,
  nextTrigger,
  payloadRequest,
  slashBody,
  type Who,
} from '../helpers/slack-request.ts';
import { type Called, openTenantWorld, type TenantWorld } from '../helpers/slack-tenants.ts';

const ann: Who = { team: 'TONE', channel: 'CONE', user: 'UANN' };
const guest: Who = { ...ann, user: 'UGUEST' };
const members = ['UANN', 'UGUEST', 'UADMIN'];
const channel = { id: 'CONE', teams: ['TONE'], members };

let world: TenantWorld;
let gone: readonly string[];

beforeAll(async () => {
  world = await openTenantWorld(
    {
      installed: ['TONE'],
      people: [
        { id: 'UANN', team: 'TONE' },
        { id: 'UADMIN', team: 'TONE', more: { is_admin: true } },
        { id: 'UGUEST', team: 'TONE', more: { is_ultra_restricted: true } },
      ],
      channels: [channel],
    },
    { publicUrl: 'https://tb.example' },
  );
});
afterAll(() => world.close());
beforeEach(() => {
  gone = [];
  world.stubs.clear();
  world.stubs.set('conversations.members', () => ({
    ok: true,
    members: members.filter((id) => !gone.includes(id)),
  }));
});
afterEach(() => world.expectSound());

const shownIn = (called: readonly Called[]): string =>
  called
    .map(({ body }) =>
      slackText(body['blocks'] ?? (body['view'] as { blocks?: unknown } | undefined)?.blocks),
    )
    .join('\n');
const said = (called: readonly Called[]): readonly Called[] =>
  called.filter(({ method }) => method === 'response_url' || /^(?:chat|views)\./.test(method));

const long = 'x'.repeat(900_000);
const marks = '<!channel> <@UANN> <https://evil.example|click> \u202e\u200b\u0000';

describe('a value in a button that nobody wrote', () => {
  it.each([
    ['no value of ours', 'x'],
    ['no more than a verb', 'b'],
    ['too many parts', 'b|a|b|c|d|e|f'],
    ['a name that every object has', 'b|__proto__|constructor|toString'],
    ['an entity that is not there', 'b|intrusion-set--00000000-0000-4000-8000-999999999999'],
    ['an entity of no form', `b|${marks}`],
    ['a section that is not there', `m|${ids.actor}|__proto__|0`],
    ['a page that is not there', `m|${ids.actor}|software|99999999999999999999`],
    ['a page below zero', `m|${ids.actor}|software|-1`],
    ['a section of marks', `m|${ids.actor}|${marks}|1`],
    ['a report that is marked higher', `b|${ids.secretReport}`],
    ['a share of what is marked higher', `s|${ids.secretReport}`],
    ['a command behind a share', 's||||subscribe daily 8:00 UTC'],
    ['a command behind a page', 'm||x|0|unsubscribe all'],
    ['a form that is not there', 'f||constructor'],
    ['a form of a subscription that is not there', `f|${marks}|edit-subscription`],
    ['a question of marks', `a||||${marks}`],
    ['a question that is far too long', `a||||${long}`],
    ['an entity that is far too long', `b|${long}`],
  ])('does nothing: %s', async (_what, value) => {
    const { response, called } = await world.send(payloadRequest(clickBody(ann, value)));

    expect(response.status).toBe(200);
    const answers = said(called).filter(({ method }) => method !== 'views.publish');
    expect(answers.length).toBeLessThanOrEqual(1);
    expect(shownIn(called)).not.toMatch(/something failed|tb-[0-9a-f]{8}|Mandated secrecy/);
    expect(await world.store.subscriptions()).toEqual([]);
  });

  it.each([
    ['a member', ann, 'a||||settings sectors finance', 'admins'],
    ['a member', ann, 'a||||settings permissions settings anyone', 'admins'],
    ['a guest', guest, 'a||||subscribe daily 8:00 UTC', 'uests'],
    ['a guest', guest, `s|${ids.actor}`, 'Guests cannot'],
  ])('lets %s do nothing more than asking would (%#)', async (_who, who, value, allowed) => {
    const before = await world.store.workspaceSettings('slack:TONE');
    const { called } = await world.send(payloadRequest(clickBody(who, value)));

    const answers = said(called).filter(({ method }) => method !== 'views.publish');
    expect(answers.map(({ method }) => method)).toEqual(['response_url']);
    expect(shownIn(called)).toContain(allowed);
    expect(await world.store.workspaceSettings('slack:TONE')).toEqual(before);
    expect(await world.store.subscriptions()).toEqual([]);
  });
});

interface Form {
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly blocks: readonly {
    readonly type: string;
    readonly block_id?: string;
    readonly element?: { readonly action_id: string };
  }[];
}

async function openForm(who: Who): Promise<Form> {
  const { called } = await world.send(formRequest(slashBody(who, 'subscribe')));
  return called.find(({ method }) => method === 'views.open')?.body['view'] as Form;
}

function submission(who: Who, form: Form, changes: object = {}): Request {
  const daily: Readonly<Record<string, object>> = {
    rhythm: { selected_option: { value: 'daily' } },
    time: { value: '09:00' },
    zone: { selected_option: { value: 'UTC' } },
  };
  const inputs = form.blocks.filter(({ type }) => type === 'input');
  const values = inputs.map(({ block_id = '', element }) => [
    block_id,
    { [element?.action_id ?? '']: daily[block_id.replace('field:', '')] ?? { value: null } },
  ]);
  const view = {
    ...form,
    id: 'V1',
    type: 'modal',
    state: { values: Object.fromEntries(values) },
    ...changes,
  };
  const user = { id: who.user, team_id: who.team };
  return payloadRequest({
    type: 'view_submission',
    user,
    team: { id: who.team },
    trigger_id: nextTrigger(),
    view,
  });
}

describe('a view that is not as it was shown', () => {
  afterEach(async () => {
    for (const { id } of await world.store.subscriptions()) await world.store.removeSubscription(id);
  });

  it.each([
    ['no metadata', { private_metadata: '' }],
    ['metadata of no form', { private_metadata: '{"c":' }],
    ['metadata of another form', { private_metadata: '[{"c":"CONE"}]' }],
    ['metadata that names a prototype', { private_metadata: '{"__proto__":{"c":"CONE","m":1}}' }],
    ['metadata of other types', { private_metadata: '{"c":{},"m":true,"d":"9","s":7}' }],
    ['metadata that is far too long', { private_metadata: `{"c":"CONE","s":"${long}"}` }],
    ['a form that is not there', { callback_id: 'threatbrief:form:constructor' }],
    ['the form of a subscription that is not there', { callback_id: 'threatbrief:form:edit-subscription' }],
    ['no state', { state: null }],
    ['a state of other types', { state: { values: { 'field:rhythm': { x: 7 }, 'field:time': { y: [] } } } }],
    ['a prototype for a field', { state: { values: { 'field:__proto__': { x: { value: 'a' } } } } }],
    ['fields that are far too long', { state: { values: { 'field:filters': { x: { value: long } } } } }],
    ['a thousand blocks', { blocks: Array.from({ length: 1_000 }, () => ({ block_id: marks })) }],
  ])('is answered, and never means another place: %s', async (_what, changes) => {
    const form = await openForm(ann);
    const { response } = await world.send(submission(ann, form, changes));
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(text).not.toMatch(/tb-[0-9a-f]{8}/);
    if (text.includes('"view"')) {
      const { view } = JSON.parse(text) as { view: unknown };
      expect(checkSlackPayload(view)).toEqual([]);
    }
    for (const { destination } of await world.store.subscriptions()) {
      expect(['TONE/CONE', 'TONE/UANN']).toContain(destination.id);
      if ('private_metadata' in changes) expect(destination.id).toBe('TONE/UANN');
    }
  });

  it('that stood open while its reader left the channel subscribes it no more', async () => {
    const form = await openForm(ann);
    gone = ['UANN'];
    await world.send(jsonRequest(eventBody(ann, { type: 'member_left_channel' })));
    const { response } = await world.send(submission(ann, form));

    expect(await response.text()).toMatch(/member/i);
    expect(
      (await world.store.subscriptions()).filter(({ destination }) => destination.kind === 'channel'),
    ).toEqual([]);
  });

  it('is for a member who came since the list of members was read', async () => {
    gone = ['UANN'];
    await world.send(jsonRequest(eventBody(ann, { type: 'member_left_channel' })));
    await world.send(
      payloadRequest(clickBody({ ...ann, user: 'UADMIN' }, `b|${ids.actor}`, { container: {} })),
    );
    gone = [];
    const { response } = await world.send(submission(ann, await openForm(ann)));

    expect(await response.text()).toContain('Subscribed');
    const made = (await world.store.subscriptions()).filter(
      ({ destination }) => destination.kind === 'channel',
    );
    expect(made).toHaveLength(1);
  });
});

describe('a trigger that has expired', () => {
  beforeEach(() => {
    for (const method of ['open', 'push', 'update']) {
      world.stubs.set(`views.${method}`, () => ({ ok: false, error: 'expired_trigger_id' }));
    }
  });

  it.each<[string, object]>([
    ['a button that opens a form', clickBody(ann, encodeActionValue({ verb: 'form', section: 'subscribe' }))],
    [
      'the shortcut of a message',
      {
        ...clickBody(ann, undefined),
        actions: undefined,
        type: 'message_action',
        callback_id: 'brief_message',
        message: { text: `APT900 ${marks}` },
      },
    ],
  ])('of %s is answered by a message', async (_what, body) => {
    const { called } = await world.send(payloadRequest(body));

    const answers = called.filter(({ method }) => method === 'response_url');
    expect(answers.map(({ body: { response_type } }) => response_type)).toEqual(['ephemeral']);
    expect(shownIn(answers)).toMatch(/APT900|Subscri/);
  });
});

describe('a text that is far too long, or full of marks', () => {
  it.each<[string, () => Request]>([
    ['a command', () => formRequest(slashBody(ann, `APT900 ${long}`))],
    ['a command of marks', () => formRequest(slashBody(ann, marks))],
    ['a mention', () => jsonRequest(mentionBody(ann, `<@UBOTTONE> APT900 ${long}`))],
    ['a mention of marks', () => jsonRequest(mentionBody(ann, `<@UBOTTONE> ${marks}`))],
    ['a direct message', () => jsonRequest(directBody({ ...ann, channel: 'DANN' }, `${marks} ${long}`))],
    ['a mention in brackets', () => jsonRequest(mentionBody(ann, '<'.repeat(200_000)))],
  ])('gets one answer: %s', async (_what, request) => {
    const { response, called } = await world.send(request());

    expect(response.status).toBe(200);
    expect(said(called).filter(({ method }) => method !== 'views.publish')).toHaveLength(1);
    expect(shownIn(called)).not.toMatch(/tb-[0-9a-f]{8}/);
  });

  it('gets options within the limits while it is typed', async () => {
    for (const value of [long, marks, '']) {
      const body = {
        user: { id: 'UANN', team_id: 'TONE' },
        team: { id: 'TONE' },
        view: { private_metadata: '{}' },
      };
      const { response } = await world.send(
        payloadRequest({
          ...body,
          type: 'block_suggestion',
          action_id: 'threatbrief:search:entity:x',
          value,
        }),
      );
      const { options } = (await response.json()) as { options: { text: { text: string }; value: string }[] };

      expect(options.length).toBeLessThanOrEqual(100);
      for (const option of options) {
        expect(Math.max(option.text.text.length, option.value.length)).toBeLessThanOrEqual(75);
      }
    }
  });

  it('gets no preview for what is no path of ours', async () => {
    const urls = ['https://tb.example/actor/%00', 'https://tb.example/actor/%3C!channel%3E'];
    const event = { type: 'link_shared', message_ts: '1.1', links: urls.map((url) => ({ url })) };
    const { called } = await world.send(jsonRequest(eventBody(ann, event)));

    expect(called.filter(({ method }) => method === 'chat.unfurl')).toEqual([]);
  });
});
