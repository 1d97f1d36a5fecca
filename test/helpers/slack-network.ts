import { createEmulator } from 'emulate';
import { expect } from 'vitest';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { botScopes } from '../../src/chat/slack/surface.ts';

export const botToken = 'xoxb-test-bot';

/** One request that the bot sent to Slack. */
export interface SentToSlack {
  /** `chat.postMessage`, `response_url`, or `file` for what is fetched. */
  readonly method: string;
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type Stub = (
  body: Readonly<Record<string, unknown>>,
  passOn: () => Promise<Response>,
) => Response | Promise<Response>;

/** Slack's Web API on loopback, every request recorded, single methods replaceable. */
export interface SlackNetwork {
  readonly apiUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly sent: SentToSlack[];
  /** Answers a method itself; `passOn` asks the emulator. */
  readonly stubs: Map<string, Stub>;
  readonly team: string;
  readonly channel: string;
  readonly direct: string;
  readonly users: Readonly<Record<'bot' | 'ann' | 'ben', string>>;
  /** What was posted or answered, in order, as Slack would read it. */
  messages(): readonly SentToSlack[];
  reset(): void;
  /** Fails when anything that was sent breaks a limit, could mention someone or would unfurl. */
  expectSoundMessages(): void;
  /** A Web API call as a person of the workspace. */
  asPerson(method: string, body: Readonly<Record<string, string>>): Promise<Record<string, unknown>>;
  /** Makes the bot a member of the channel. */
  joinBot(): Promise<void>;
  close(): Promise<void>;
}

const personToken = 'xoxp-test-ann';

export async function createSlackNetwork(): Promise<SlackNetwork> {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: 'Workspace', domain: 'w' },
        users: ['threatbrief', 'ann', 'ben'].map((name) => ({
          name,
          real_name: `${name} Test`,
          email: `${name}@example.com`,
        })),
        channels: [{ name: 'soc', topic: '' }],
        strict_scopes: true,
        tokens: [
          { token: botToken, user: 'threatbrief', scopes: Object.keys(botScopes) },
          {
            token: personToken,
            user: 'ann',
            scopes: [
              'channels:read',
              'channels:history',
              'channels:manage',
              'im:write',
              'im:read',
              'im:history',
              'users:read',
              'groups:read',
              'mpim:read',
            ],
          },
        ],
      },
    },
  });
  const apiUrl = `${emulator.url}/api/`;
  const asPerson: SlackNetwork['asPerson'] = async (method, body) => {
    const response = await fetch(`${apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${personToken}` },
      body: new URLSearchParams(body),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  const { members } = (await asPerson('users.list', {})) as {
    members: { id: string; name: string; team_id: string }[];
  };
  const { channels } = (await asPerson('conversations.list', {})) as {
    channels: { id: string; name: string }[];
  };
  const idOf = (name: string): string => members.find((one) => one.name === name)?.id ?? '';
  const users = { bot: idOf('threatbrief'), ann: idOf('ann'), ben: idOf('ben') };
  const opened = (await asPerson('conversations.open', { users: users.bot })) as { channel?: { id: string } };

  const sent: SentToSlack[] = [];
  const stubs = new Map<string, Stub>();
  const recordingFetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { url } = request;
    const isApi = url.startsWith(apiUrl);
    const method = isApi ? url.slice(apiUrl.length) : request.method === 'GET' ? 'file' : 'response_url';
    const body = readBody(await request.text(), isApi);
    sent.push({ method, url, body });
    const passOn = isApi ? () => fetch(input, init) : () => Promise.resolve(new Response('ok'));
    return (await stubs.get(method)?.(body, passOn)) ?? passOn();
  };
  const messages = (): readonly SentToSlack[] =>
    sent.filter(({ method }) => method === 'response_url' || method.startsWith('chat.'));

  return {
    apiUrl,
    fetch: recordingFetch,
    sent,
    stubs,
    team: members[0]?.team_id ?? '',
    channel: channels.find((one) => one.name === 'soc')?.id ?? '',
    direct: opened.channel?.id ?? '',
    users,
    messages,
    reset: () => {
      sent.length = 0;
      stubs.clear();
    },
    expectSoundMessages: () => {
      for (const { method, body } of messages()) {
        if (method === 'chat.delete') continue;
        if (method === 'chat.unfurl') {
          for (const preview of Object.values(body['unfurls'] ?? {})) {
            expect(checkSlackPayload({ text: 'A preview has none.', ...preview })).toEqual([]);
          }
          continue;
        }
        expect(checkSlackPayload(body)).toEqual([]);
        expect(body).toMatchObject({ unfurl_links: false, unfurl_media: false });
        expect(Object.keys(body)).not.toContain('link_names');
        expect(Object.keys(body)).not.toContain('parse');
        if (method === 'response_url') {
          expect(body['response_type']).toMatch(/^(ephemeral|in_channel)$/);
          expect(body['replace_original']).toBeTypeOf('boolean');
        }
      }
    },
    asPerson,
    joinBot: async () => {
      const channel = channels.find((one) => one.name === 'soc')?.id ?? '';
      const joined = await asPerson('conversations.invite', { channel, users: users.bot });
      if (joined['ok'] !== true && joined['error'] !== 'already_in_channel') {
        throw new Error(`the bot cannot join: ${String(joined['error'])}`);
      }
    },
    close: () => emulator.close(),
  };
}

/** The SDK sends forms whose structured fields are JSON; a `response_url` takes JSON. */
function readBody(text: string, isForm: boolean): Record<string, unknown> {
  if (!isForm) return JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [
      name,
      /^(?:[[{]|true$|false$)/.test(value) ? JSON.parse(value) : value,
    ]),
  );
}

export function apiError(error: string): Response {
  return Response.json({ ok: false, error });
}
