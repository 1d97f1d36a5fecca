import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeActionValue } from '../../src/cards/action-value.ts';
import type { ActionValue } from '../../src/cards/card.ts';
import { ids } from '../helpers/knowledge.ts';
import { slackText } from '../helpers/platforms/shown.ts';
import {
  clickBody,
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

/** A workspace of its own, another one, and a channel that both read. */
const tenants = {
  installed: ['TONE', 'TTWO'],
  people: [
    { id: 'UONE', team: 'TONE', more: { is_admin: true } },
    { id: 'UTWO', team: 'TTWO', more: { is_admin: true } },
    { id: 'UFAR', team: 'TFAR', more: { is_admin: true } },
  ],
  channels: [
    { id: 'CONE', teams: ['TONE'], members: ['UONE'] },
    { id: 'CTWO', teams: ['TTWO'], members: ['UTWO'] },
    { id: 'CBOTH', teams: ['TONE', 'TTWO'], members: ['UONE', 'UTWO'], flags: { is_ext_shared: true } },
  ],
};
const one: Who = { team: 'TONE', channel: 'CONE', user: 'UONE' };
const two: Who = { team: 'TTWO', channel: 'CTWO', user: 'UTWO' };

/** What has to be chosen in the form of a subscription; the second one is at another time. */
function filled(
  blocks: readonly {
    readonly type: string;
    readonly block_id?: string;
    readonly element?: { readonly action_id: string };
  }[],
  view: { readonly app_installed_team_id?: string },
): Record<string, object> {
  const choose = (field: string, value: object): [string, object][] => {
    const block = blocks.find(({ block_id }) => block_id === `field:${field}`);
    return block === undefined ? [] : [[`field:${field}`, { [block.element?.action_id ?? '']: value }]];
  };
  const hour = view.app_installed_team_id === undefined ? '08:00' : '09:00';
  return Object.fromEntries([
    ...choose('rhythm', { selected_option: { value: 'daily' } }),
    ...choose('time', { value: hour }),
    ...choose('zone', { selected_option: { value: 'UTC' } }),
    ...choose('shape', { selected_option: { value: 'thread' } }),
    ...choose('empty', { selected_option: { value: 'line' } }),
  ]);
}

let world: TenantWorld;

beforeAll(async () => {
  world = await openTenantWorld(tenants, { publicUrl: 'https://tb.example' });
});
afterAll(() => world.close());
beforeEach(() => world.stubs.clear());
afterEach(() => world.expectSound());

const shownIn = (called: readonly Called[]): string =>
  called
    .filter(({ method }) => method === 'response_url' || /^(?:chat|views)\./.test(method))
    .map(({ body }) =>
      slackText(body['blocks'] ?? (body['view'] as { blocks?: unknown } | undefined)?.blocks),
    )
    .join('\n');

async function say(who: Who, text: string): Promise<string> {
  return shownIn((await world.send(formRequest(slashBody(who, text)))).called);
}

async function press(who: Who, value: ActionValue, more: object = {}): Promise<readonly Called[]> {
  return (await world.send(payloadRequest(clickBody(who, encodeActionValue(value), more)))).called;
}

async function home(who: Who): Promise<string> {
  const event = eventBody(who, { type: 'app_home_opened', tab: 'home' });
  return shownIn((await world.send(jsonRequest(event))).called);
}

describe('two workspaces', () => {
  it('never see one another’s subscriptions, nor change them', async () => {
    await say(one, 'subscribe weekdays at 8 UTC actor:APT901');
    const [made] = await world.store.subscriptions();
    const id = made?.id ?? '';
    const before = JSON.stringify(await world.store.subscriptions());

    const shown = [
      await say(two, 'list'),
      await say(two, `edit ${id}`),
      await say(two, `pause ${id}`),
      await say(two, `unsubscribe ${id}`),
      await say(two, 'unsubscribe all'),
      await say(two, `edit ${id} daily 9:00`),
      await home(two),
      shownIn(await press(two, { verb: 'form', section: 'edit-subscription', entity: id })),
      shownIn(await press(two, { verb: 'ask', question: `unsubscribe ${id}` })),
      shownIn(await press({ ...two, channel: 'CONE' }, { verb: 'ask', question: `pause ${id}` })),
    ];

    expect(id).not.toBe('');
    for (const text of shown) expect(text).not.toMatch(/APT901/);
    expect(JSON.stringify(await world.store.subscriptions())).toBe(before);
    expect(await say(one, 'list')).toContain(id);
  });

  it('never see one another’s settings and watches', async () => {
    await say(one, 'settings sectors telecom');
    await say(one, 'watch APT900');

    const [own, other, ownHome, otherHome] = [
      await say(one, 'settings'),
      await say(two, 'settings'),
      await home(one),
      await home(two),
    ];

    expect(own.toLowerCase()).toContain('telecommunications');
    expect(other.toLowerCase()).not.toContain('telecommunications');
    expect(ownHome).toContain('APT900');
    expect(otherHome).not.toContain('APT900');
  });

  it('never continue one another’s conversations, in a thread that both read', async () => {
    const thread = { thread_ts: '1795340000.000100' };
    const both = (who: Who): Who => ({ ...who, channel: 'CBOTH' });
    const mention = (who: Who, text: string): Promise<{ readonly called: readonly Called[] }> =>
      world.send(jsonRequest(mentionBody(both(who), `<@UBOT${who.team}> ${text}`, thread)));
    await mention(one, 'APT900');

    const [follow, others] = [
      shownIn((await mention(one, 'and its tools?')).called),
      shownIn((await mention(two, 'and its tools?')).called),
    ];

    expect(follow).toContain('NetPeek');
    expect(others).not.toContain('NetPeek');
  });

  it('never see what one another’s answers rested on, asked and looked up', async () => {
    await say(one, 'APT900');
    const evidence = /E-[A-Z0-9-]+/.exec(await say(one, 'APT901'))?.[0] ?? '';
    const asked = { verb: 'ask', question: `why ${evidence}` } as const;

    const [own, typed, pressed, handover, lastSeen] = [
      await say(one, `why ${evidence}`),
      await say(two, `why ${evidence}`),
      shownIn(await press(two, asked)),
      await say(two, 'handover'),
      await home(two),
    ];

    expect(evidence).not.toBe('');
    expect(own).toContain('APT901');
    for (const text of [typed, pressed, handover, lastSeen]) expect(text).not.toMatch(/APT90[01]/);
  });

  it('are each called with their own token', async () => {
    const uses = world.called.map(({ as, body }) => `${as} ${JSON.stringify(body['channel'])}`);

    expect(uses).toContain('TONE "CONE"');
    expect(uses).toContain('TTWO "CTWO"');
    // What one claims to press in a channel of the other is asked with one's own token, which does not see it.
    expect(uses.filter((use) => /TONE "CTWO"/.test(use))).toEqual([]);
  });
});

describe('someone of another workspace, in a channel that both read', () => {
  const far = { user: { id: 'UFAR', username: 'far', team_id: 'TFAR' } };
  const inBoth: Who = { ...one, channel: 'CBOTH' };

  it.each<[string, ActionValue]>([
    ['a card', { verb: 'brief', entity: ids.actor }],
    ['the rest of a card', { verb: 'more', entity: ids.actor, section: 'software' }],
    ['a share', { verb: 'share', entity: ids.actor }],
    ['a command', { verb: 'ask', question: 'subscribe daily 8:00 UTC' }],
    ['a form', { verb: 'form', section: 'subscribe' }],
  ])('gets %s from no button', async (_what, value) => {
    const before = await world.store.subscriptions();
    const called = await press(inBoth, value, far);

    expect(shownIn(called)).toContain('Only members of the workspace');
    expect(called.map(({ method }) => method)).toEqual(['response_url']);
    expect(await world.store.subscriptions()).toEqual(before);
  });

  it('gets nothing out of an open form', async () => {
    const view = {
      id: 'V1',
      type: 'modal',
      callback_id: 'threatbrief:form:settings',
      private_metadata: '{"c":"CONE","m":1}',
      app_installed_team_id: 'TONE',
      state: { values: {} },
    };
    const body = { ...far, team: { id: 'TFAR' }, trigger_id: nextTrigger(), view };
    const actions = [
      { action_id: 'threatbrief:x:0', value: encodeActionValue({ verb: 'share', question: 'APT900' }) },
    ];
    const sent = await world.send(payloadRequest({ ...body, type: 'view_submission' }));
    const pressed = await world.send(payloadRequest({ ...body, type: 'block_actions', actions }));
    const typed = await world.send(
      payloadRequest({
        ...body,
        type: 'block_suggestion',
        action_id: 'threatbrief:search:actor:x',
        value: 'velvet',
      }),
    );

    expect(await sent.response.json()).toMatchObject({ response_action: 'update' });
    expect(
      [...sent.called, ...pressed.called, ...typed.called].filter(({ method }) => method !== 'users.info'),
    ).toEqual([]);
    expect([pressed.response.status, typed.response.status]).toEqual([200, 200]);
    expect(await typed.response.text()).not.toContain('Velvet');
  });

  it('asks in the channel for what is CLEAR, by a mention', async () => {
    await world.send(
      jsonRequest(mentionBody({ ...inBoth, user: 'UFAR' }, '<@UBOTTONE> subscribe daily 8:00 UTC')),
    );

    expect(await world.store.subscriptions()).not.toContainEqual(
      expect.objectContaining({ createdBy: expect.objectContaining({ id: 'TONE/UFAR' }) }),
    );
  });
});

describe('an organisation that installed the app', () => {
  const enterprise = { enterprise_id: 'EORG' };
  const inBoth = { team: 'TONE', more: { enterprise_user: { ...enterprise, teams: ['TONE', 'TTWO'] } } };
  let organisation: TenantWorld;

  beforeAll(async () => {
    organisation = await openTenantWorld({
      installed: ['TFAR'],
      organisation: 'EORG',
      people: [
        { id: 'UBOTH', ...inBoth },
        {
          id: 'UFAR',
          team: 'TFAR',
          more: { is_admin: true, enterprise_user: { enterprise_id: 'EFAR', teams: ['TFAR'] } },
        },
      ],
      channels: [
        { id: 'CONE', teams: ['TONE'], members: ['UBOTH'] },
        { id: 'CTWO', teams: ['TTWO'], members: ['UBOTH'] },
        { id: 'COUT', teams: ['TONE', 'TFAR'], members: ['UBOTH', 'UFAR'], flags: { is_ext_shared: true } },
      ],
    });
  });
  afterAll(() => organisation.close());
  afterEach(() => organisation.expectSound());

  /** As Slack tells of a press where an organisation installed the app: the workspace is left out. */
  const pressed = (user: string, team: string, more: object): object => ({
    type: 'block_actions',
    user: { id: user, username: 'x', team_id: team },
    team: null,
    enterprise: { id: 'EORG', name: 'Org' },
    is_enterprise_install: true,
    trigger_id: nextTrigger(),
    response_url: 'https://hooks.slack.test/actions/1',
    ...more,
  });
  const inChannel = (channel: string, value: ActionValue): object => ({
    channel: { id: channel },
    container: { type: 'message', message_ts: '1.1', channel_id: channel, is_ephemeral: false },
    actions: [{ type: 'button', action_id: 'threatbrief:x:0', value: encodeActionValue(value) }],
  });
  const slash = (
    channel: string,
    team: string,
    text: string,
  ): Promise<{ readonly called: readonly Called[] }> =>
    organisation.send(
      formRequest({
        ...slashBody({ team, channel, user: 'UBOTH' }, text),
        ...enterprise,
        is_enterprise_install: 'true',
      }),
    );

  it.each([
    ['CONE', 'TONE'],
    ['CTWO', 'TTWO'],
  ])('serves who is in several of its workspaces as a member, in %s of %s', async (channel, team) => {
    const shown = shownIn((await slash(channel, team, 'APT900')).called);

    expect(shown).toContain('Gamma notes');
    expect(await organisation.store.teamsOfInstallation('EORG')).toContain(team);
  });

  it('takes a form that was sent for the workspace of its sender, whatever the view names', async () => {
    for (const view of [{ app_installed_team_id: 'EORG', team_id: null }, { team_id: 'TTWO' }]) {
      const opened = await slash('CTWO', 'TTWO', 'subscribe');
      const form = opened.called.find(({ method }) => method === 'views.open')?.body['view'] as object;
      const blocks = (
        form as { blocks: { type: string; block_id?: string; element?: { action_id: string } }[] }
      ).blocks;
      const values = Object.fromEntries(
        blocks
          .filter(({ type }) => type === 'input')
          .map(({ block_id = '', element }) => [block_id, { [element?.action_id ?? '']: { value: null } }]),
      );
      const sent = { ...form, ...view, id: 'V1', state: { values: { ...values, ...filled(blocks, view) } } };
      await organisation.send(
        payloadRequest(pressed('UBOTH', 'TTWO', { type: 'view_submission', view: sent })),
      );
    }

    const made = await organisation.store.subscriptions();
    expect(made.map(({ destination }) => [destination.workspace, destination.id])).toEqual([
      ['slack:TTWO', 'TTWO/CTWO'],
      ['slack:TTWO', 'TTWO/CTWO'],
    ]);
  });

  it('answers the press of one of its own people', async () => {
    const { called } = await organisation.send(
      payloadRequest(pressed('UBOTH', 'TTWO', inChannel('CTWO', { verb: 'brief', entity: ids.actor }))),
    );

    expect(shownIn(called)).toContain('APT900');
  });

  it('answers what somebody of another organisation writes for those who installed it', async () => {
    const who = { team: 'TFAR', channel: 'COUT', user: 'UFAR' };
    const envelope = {
      enterprise_id: 'EFAR',
      context_team_id: 'TONE',
      context_enterprise_id: 'EORG',
      authorizations: [{ enterprise_id: 'EORG', team_id: null, is_enterprise_install: true }],
    };
    const mention = { type: 'app_mention', text: '<@UBOTEORG> subscribe daily 7:00 UTC' };
    const { called } = await organisation.send(jsonRequest(eventBody(who, mention, envelope)));

    expect(called.find(({ method }) => method === 'chat.postMessage')?.as).toBe('EORG');
    expect(await organisation.store.teamsOfInstallation('EORG')).not.toContain('TFAR');
    const made = await organisation.store.subscriptions();
    expect(made.filter(({ destination }) => destination.id.endsWith('COUT'))).toEqual([]);
  });

  it('turns away the people of others, and takes their workspace for none of its own', async () => {
    const button = inChannel('COUT', { verb: 'ask', question: 'subscribe daily 9:00 UTC' });
    const form = inChannel('COUT', { verb: 'form', section: 'subscribe' });
    const shortcut = { type: 'shortcut', callback_id: 'look_up' };
    const brief = {
      type: 'message_action',
      callback_id: 'brief_message',
      channel: { id: 'COUT' },
      message: { text: 'APT900' },
    };
    const shown: string[] = [];
    for (const more of [button, form, shortcut, brief]) {
      shown.push(shownIn((await organisation.send(payloadRequest(pressed('UFAR', 'TFAR', more)))).called));
    }

    for (const text of shown) expect(text).toContain('Only members of the workspace');
    expect(shown.join()).not.toContain('APT900');
    expect(await organisation.store.teamsOfInstallation('EORG')).not.toContain('TFAR');
    expect(
      (await organisation.store.subscriptions()).map(({ destination }) => destination.workspace),
    ).not.toContain('slack:TFAR');
  });
});
