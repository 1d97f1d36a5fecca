import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeActionValue } from '../../src/cards/action-value.ts';
import { formAction } from '../../src/cards/form.ts';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { createSlackPlatform, type SlackPlatform } from '../../src/chat/slack/index.ts';
import { silentLog } from '../../src/support/log.ts';
import { ids } from '../helpers/knowledge.ts';
import { slackText } from '../helpers/platforms/shown.ts';
import { apiError, botToken, createSlackNetwork, type SlackNetwork } from '../helpers/slack-network.ts';
import {
  clickBody,
  eventBody,
  formRequest,
  jsonRequest,
  nextTrigger,
  payloadRequest,
  signingSecret,
  slashBody,
  testNow,
  type Who,
} from '../helpers/slack-request.ts';
import { openSurfaceWorld, type SurfaceWorld } from '../helpers/surfaces.ts';

interface View {
  readonly type: string;
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly blocks: readonly (Record<string, unknown> & {
    readonly block_id?: string;
    readonly element?: { readonly action_id: string };
  })[];
}

let network: SlackNetwork;
let world: SurfaceWorld;
let platform: SlackPlatform;

beforeAll(async () => {
  [network, world] = await Promise.all([createSlackNetwork(), openSurfaceWorld({ now: testNow })]);
});
afterAll(() => Promise.all([network.close(), world.close()]));

beforeEach(() => {
  network.reset();
  for (const method of ['open', 'push', 'update', 'publish']) {
    network.stubs.set(`views.${method}`, () => Response.json({ ok: true, view: { id: `V-${method}` } }));
  }
  platform = createSlackPlatform(
    { mode: 'http', botToken, signingSecret, apiUrl: network.apiUrl },
    {
      chat: world.chat,
      surfaces: world.surfaces,
      clock: { now: () => testNow },
      log: silentLog,
      fetch: network.fetch,
    },
  );
});
afterEach(async () => {
  network.expectSoundMessages();
  for (const { view } of views()) expect(checkSlackPayload(view)).toEqual([]);
  await platform.stop();
});

const ann = (): Who => ({ team: network.team, channel: network.channel, user: network.users.ann });

async function send(request: Request): Promise<Response> {
  const response = await platform.fetch(request);
  await platform.stop();
  return response;
}

function views(): readonly { readonly method: string; readonly view: View }[] {
  return network.sent
    .filter(({ method }) => method.startsWith('views.'))
    .map(({ method, body }) => ({ method, view: body['view'] as View }));
}

function lastView(method: string): View {
  const found = views()
    .filter((one) => one.method === method)
    .at(-1);
  if (found === undefined)
    throw new Error(`no ${method}; sent: ${network.sent.map((one) => one.method).join()}`);
  return found.view;
}

const textOf = (view: View): string => slackText(view.blocks);

/** What Slack tells of a view in which something was filled in or pressed. */
function seen(view: View, values: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const blocks = view.blocks.filter((block) => block['type'] === 'input');
  return {
    id: 'V1',
    hash: 'h1',
    type: view.type,
    callback_id: view.callback_id,
    private_metadata: view.private_metadata,
    blocks: view.blocks,
    state: {
      values: Object.fromEntries(
        blocks.map(({ block_id = '', element }) => [
          block_id,
          { [element?.action_id ?? '']: values[block_id.replace('field:', '')] ?? { value: null } },
        ]),
      ),
    },
  };
}

function interactive(type: string, more: object): Request {
  const user = { id: network.users.ann, team_id: network.team, name: 'ann' };
  return payloadRequest({ type, user, team: { id: network.team }, trigger_id: nextTrigger(), ...more });
}

const submit = (view: View, values: Readonly<Record<string, unknown>>): Promise<Response> =>
  send(interactive('view_submission', { view: seen(view, values) }));

const press = (view: View, action: object, values = {}): Promise<Response> =>
  send(interactive('block_actions', { view: seen(view, values), actions: [action] }));

const option = (value: string) => ({ selected_option: { value } });

describe('dialogs in Slack', () => {
  it('opens the form of a subscription for the bare command, and makes what is sent', async () => {
    await send(formRequest(slashBody(ann(), 'subscribe')));
    const form = lastView('views.open');

    expect(textOf(form)).toContain('Next');
    expect(network.messages()).toEqual([]);

    const response = await submit(form, {
      actors: { selected_options: [{ value: ids.actor }] },
      rhythm: option('weekdays'),
      time: { value: '9:30' },
      zone: option('Europe/Berlin'),
    });

    const answer = (await response.json()) as { response_action: string; view: View };
    expect(answer.response_action).toBe('update');
    expect(checkSlackPayload(answer.view)).toEqual([]);
    expect(textOf(answer.view)).toContain('weekdays at 09:30 Europe/Berlin');
    const made = (await world.store.subscriptions()).at(-1);
    expect(made).toMatchObject({ filters: 'actor:APT900', destination: { kind: 'channel' } });
    expect(textOf(lastView('views.publish'))).toContain('APT900');
  });

  it('answers a form that cannot be read with problems at its fields', async () => {
    const before = (await world.store.subscriptions()).length;
    await send(formRequest(slashBody(ann(), 'subscribe')));
    const response = await submit(lastView('views.open'), {
      filters: { value: 'sektor:x' },
      time: { value: '25 o’clock' },
      rhythm: option('daily'),
    });

    const answer = (await response.json()) as { response_action: string; errors: Record<string, string> };
    expect(answer.response_action).toBe('errors');
    expect(Object.keys(answer.errors).sort()).toEqual(['field:filters', 'field:time']);
    expect(await world.store.subscriptions()).toHaveLength(before);
  });

  it('shows the form anew when what is missing is a field that it did not have', async () => {
    await send(formRequest(slashBody(ann(), 'subscribe')));
    const response = await submit(lastView('views.open'), { rhythm: option('other') });

    const answer = (await response.json()) as { response_action: string; view: View };
    expect(answer.response_action).toBe('update');
    expect(answer.view.blocks.map(({ block_id }) => block_id)).toContain('field:when');
    expect(textOf(answer.view)).toContain('Write when it comes');
  });

  it('gives the form anew when a field changes on which the rest depends', async () => {
    await send(formRequest(slashBody(ann(), 'subscribe')));
    const form = lastView('views.open');
    const action = { action_id: 'threatbrief:input:rhythm', ...option('weekly') };
    await press(form, action, { rhythm: option('weekly'), zone: option('Asia/Tokyo') });

    const update = network.sent.find(({ method }) => method === 'views.update')?.body;
    expect(update).toMatchObject({ view_id: 'V1', hash: 'h1' });
    expect(lastView('views.update').blocks.map(({ block_id }) => block_id)).toContain('field:day');
  });

  it('shows a preview above the form', async () => {
    await send(formRequest(slashBody(ann(), 'subscribe')));
    const form = lastView('views.open');
    await press(form, { action_id: 'threatbrief:form-button:preview', value: 'preview' });

    expect(textOf(lastView('views.push'))).toContain('Preview');
  });

  it('falls back on the card where Slack takes no modal', async () => {
    network.stubs.set('views.open', () => apiError('expired_trigger_id'));
    await send(formRequest(slashBody(ann(), 'subscribe')));

    const [message] = network.messages();
    expect(slackText(message?.body['blocks'])).toContain('Subscribe');
  });

  it('opens a form from a button in a message, with what the button is about', async () => {
    await world.chat.handle({ ...world.asked(), text: 'subscribe weekdays at 8' });
    const made = (await world.store.subscriptions()).at(-1);
    const action = formAction('Edit', 'edit-subscription', { entity: made?.id ?? '' });
    if (action.type !== 'command') throw new Error('a link');
    await send(payloadRequest(clickBody(ann(), encodeActionValue(action.value))));

    // It was made in another workspace, so that nobody here knows of it.
    expect(textOf(lastView('views.open'))).toContain('There is no subscription');
  });

  it('offers what fits while it is typed', async () => {
    const view = { private_metadata: '{}' };
    const ask = async (source: string, value: string): Promise<unknown> =>
      (
        await send(
          interactive('block_suggestion', { action_id: `threatbrief:search:${source}:x`, value, view }),
        )
      ).json();

    expect(await ask('actor', 'velvet')).toEqual({
      options: [
        {
          text: { type: 'plain_text', text: 'APT900 (Velvet Heron) · Actor G9001', emoji: false },
          value: ids.actor,
        },
      ],
    });
    expect(JSON.stringify(await ask('filter', 'telecom'))).toContain('sector:telecommunications');
    expect(await ask('zone', 'nowhere at all')).toEqual({ options: [] });
  });

  it('tells people of another workspace that it is not for them', async () => {
    const before = (await world.store.subscriptions()).length;
    const view = {
      ...seen({
        type: 'modal',
        callback_id: 'threatbrief:form:subscribe',
        private_metadata: '{}',
        blocks: [],
      }),
    };
    const user = { id: 'U-OTHER', team_id: 'T-OTHER' };
    const response = await send(interactive('view_submission', { user, view }));

    const answer = (await response.json()) as { view: View };
    expect(textOf(answer.view)).toContain('Only members of the workspace');
    expect(await world.store.subscriptions()).toHaveLength(before);
  });
});

describe('the home tab', () => {
  it('is published when it is opened, and says how to begin', async () => {
    await send(jsonRequest(eventBody(ann(), { type: 'app_home_opened', tab: 'home' })));

    const home = lastView('views.publish');
    expect(home.type).toBe('home');
    expect(textOf(home)).toContain('Nothing yet');
    expect(network.sent.find(({ method }) => method === 'views.publish')?.body['user_id']).toBe(
      network.users.ann,
    );
  });

  it('is left alone when another tab is opened', async () => {
    await send(jsonRequest(eventBody(ann(), { type: 'app_home_opened', tab: 'messages' })));

    expect(views()).toEqual([]);
  });

  it('is published again when the person watches something', async () => {
    await send(formRequest(slashBody(ann(), 'watch APT900')));

    expect(textOf(lastView('views.publish'))).toContain('APT900');
  });

  it('opens what is pressed in it', async () => {
    await send(jsonRequest(eventBody(ann(), { type: 'app_home_opened', tab: 'home' })));
    const value = encodeActionValue({ verb: 'brief', entity: ids.actor });
    await press(lastView('views.publish'), { action_id: 'threatbrief:brief:1', value });

    const card = lastView('views.open');
    expect(textOf(card)).toContain('APT900');
    expect(JSON.stringify(card.blocks)).not.toContain('"Share"');
  });
});

describe('shortcuts', () => {
  const global = { callback_id: 'look_up', type: 'shortcut' };

  it('looks an actor up from anywhere', async () => {
    await send(interactive('shortcut', global));
    const form = lastView('views.open');
    const response = await submit(form, { entity: option(ids.actor) });

    const answer = (await response.json()) as { view: View };
    expect(textOf(answer.view)).toContain('APT900');
  });

  const message = (more: object) => ({
    callback_id: 'brief_message',
    channel: { id: network.channel, name: 'soc' },
    response_url: 'https://hooks.slack.test/app/1',
    message: { type: 'message', user: 'U9', ts: '1.2', text: '', ...more },
  });

  it('briefs on a message, behind a modal that is there at once', async () => {
    await send(
      interactive('message_action', message({ text: 'APT900 came with <http://herons.example/x|this>' })),
    );

    expect(textOf(lastView('views.open'))).toContain('One moment');
    const brief = textOf(lastView('views.update'));
    expect(brief).toContain('APT900');
    expect(brief).toContain('hxxp://herons[.]example/x');
  });

  it('reads blocks, attachments and the text files that Slack keeps', async () => {
    const base = network.apiUrl.replace(/\/api\/$/, '');
    network.stubs.set('file', () => new Response('HeronDoor was dropped'));
    await send(
      interactive(
        'message_action',
        message({
          blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Seen: *NetPeek*' } }],
          attachments: [{ title: 'T9022', fields: [{ title: 'who', value: 'APT901' }] }],
          files: [
            {
              id: 'F1',
              name: 'notes.txt',
              mimetype: 'text/plain',
              size: 20,
              url_private: `${base}/files/F1`,
            },
            {
              id: 'F2',
              name: 'virus.exe',
              mimetype: 'application/octet-stream',
              size: 20,
              url_private: `${base}/F2`,
            },
            { id: 'F3', name: 'far.txt', mimetype: 'text/plain', url_private: 'https://evil.example/F3' },
            { id: 'F4', name: 'big.txt', mimetype: 'text/plain', size: 9e6, url_private: `${base}/F4` },
          ],
        }),
      ),
    );

    const brief = textOf(lastView('views.update'));
    for (const name of ['NetPeek', 'Script Runner', 'APT901', 'HeronDoor']) expect(brief).toContain(name);
    expect(brief).toContain('virus.exe (no text file)');
    expect(brief).toContain('far.txt (not kept by Slack)');
    expect(brief).toContain('big.txt (larger than 1 MB)');
    expect(network.sent.some(({ url }) => url.includes('evil.example'))).toBe(false);
  });

  it('says when a message names nothing, and leads on', async () => {
    await send(interactive('message_action', message({ text: 'lunch?' })));

    expect(textOf(lastView('views.update'))).toContain('names no actor');
  });

  it('opens a card above the list, from which one comes back to it', async () => {
    await send(interactive('message_action', message({ text: 'APT900 again' })));
    const list = lastView('views.update');
    const value = encodeActionValue({ verb: 'brief', entity: ids.actor });
    await press(list, { action_id: 'threatbrief:brief:0', value });

    expect(textOf(lastView('views.push'))).toContain('Velvet Heron');
  });
});
