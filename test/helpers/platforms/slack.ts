import { createSlackPlatform } from '../../../src/chat/slack/index.ts';
import type { Surfaces } from '../../../src/chat/surfaces-types.ts';
import type { Chat } from '../../../src/chat/types.ts';
import { silentLog } from '../../../src/support/log.ts';
import type { ConversationDriver } from '../../contracts/chat-conversation-contract.ts';
import type { Shown } from '../../contracts/chat-platform-contract.ts';
import { botToken, createSlackNetwork } from '../slack-network.ts';
import {
  clickBody,
  formRequest,
  jsonRequest,
  mentionBody,
  payloadRequest,
  signingSecret,
  slashBody,
  testNow,
} from '../slack-request.ts';
import { type Pressable, pressableNamed, slackPressables, slackText } from './shown.ts';
import { slackViews } from './slack-views.ts';

/** Slack: the real adapter over Bolt behind signed requests, in a channel that another workspace reads too. */
export async function openSlack(
  chat: Chat,
  { surfaces }: { readonly surfaces?: Surfaces } = {},
): Promise<ConversationDriver> {
  const network = await createSlackNetwork();
  network.stubs.set('conversations.info', async (_body, passOn) => {
    const answer = (await (await passOn()).json()) as { channel: object };
    return Response.json({ ...answer, channel: { ...answer.channel, is_ext_shared: true } });
  });
  await network.joinBot();
  const platform = createSlackPlatform(
    { mode: 'http', botToken, signingSecret, apiUrl: network.apiUrl },
    {
      chat,
      clock: { now: () => testNow },
      log: silentLog,
      fetch: network.fetch,
      ...(surfaces === undefined ? {} : { surfaces }),
    },
  );
  const who = { team: network.team, channel: network.channel, user: network.users.ann };
  let shown: readonly Pressable[] = [];
  /** Where something was typed last. */
  let at = who;

  async function send(request: Request): Promise<Shown> {
    const before = network.messages().length;
    await platform.fetch(request);
    await platform.stop();
    network.expectSoundMessages();
    const [message, ...others] = network.messages().slice(before);
    if (message === undefined || others.length > 0)
      throw new Error(`${others.length} answers too many, or none`);
    const { method, body } = message;
    shown = slackPressables(body['blocks']);
    return {
      text: slackText(body['blocks']),
      buttons: shown.map(({ label }) => label),
      audience: audienceOf(method, body),
    };
  }

  const views = slackViews(network, async (request) => {
    const response = await platform.fetch(request);
    await platform.stop();
    return response;
  });

  return {
    role: 'member',
    say: (text) => {
      at = who;
      return send(formRequest(slashBody(at, text)));
    },
    direct: (text) => {
      at = { ...who, channel: network.direct };
      return send(formRequest(slashBody(at, text)));
    },
    press: async (label) => {
      const { value, inMenu } = pressableNamed(label, shown);
      const pressed = inMenu ? { type: 'overflow', selected_option: { value } } : { type: 'button', value };
      const actions = [{ ...pressed, action_id: 'threatbrief:x:0', block_id: 'b', action_ts: '1' }];
      return send(payloadRequest(clickBody(at, value, { actions })));
    },
    // A mention in one thread.
    talk: (text) => {
      const mention = `<@${network.users.bot}> ${text}`;
      return send(jsonRequest(mentionBody(who, mention, { ts: nextTs(), thread_ts: '1795348700.000100' })));
    },
    type: (text) => views.labels('entity', text, network.channel),
    home: () => views.home(who),
    dialogs: {
      open: (form) => views.open(form === 'subscribe' ? formRequest(slashBody(who, 'subscribe')) : undefined),
      send: views.send,
      offer: views.values,
    },
    close: async () => {
      await platform.stop();
      await network.close();
    },
  };
}

let lastTs = 100;

function nextTs(): string {
  lastTs += 1;
  return `1795348800.${String(lastTs).padStart(6, '0')}`;
}

function audienceOf(method: string, body: Readonly<Record<string, unknown>>): Shown['audience'] {
  if (body['replace_original'] === true) return 'replace';
  return method === 'response_url' && body['response_type'] === 'ephemeral' ? 'asker' : 'place';
}
