import { checkSlackPayload } from '../../src/cards/slack/check.ts';

/** Slack's Web API without a network: it takes everything, and looks at what it is sent. */
export interface SlackStub {
  readonly fetch: typeof globalThis.fetch;
  /** What was wrong with messages and views since the last call, one sentence each. */
  take(): readonly string[];
}

export const stubApiUrl = 'http://127.0.0.1:9/api/';
export const stubWho = { team: 'T1', channel: 'C1', user: 'U1' } as const;

type Body = Readonly<Record<string, unknown>>;

export function createSlackStub(): SlackStub {
  let problems: string[] = [];
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isApi = request.url.startsWith(stubApiUrl);
      const text = await request.text();
      if (!isApi) {
        if (request.method === 'POST') problems.push(...messageProblems(JSON.parse(text) as Body));
        return new Response('HeronDoor was dropped');
      }
      const method = request.url.slice(stubApiUrl.length);
      const body = readForm(text);
      problems.push(...sentProblems(method, body));
      return Response.json({ ok: true, ...answerTo(method, body) });
    },
    take: () => {
      const taken = problems;
      problems = [];
      return taken;
    },
  };
}

function answerTo(method: string, { channel, user }: Body): object {
  switch (method) {
    case 'auth.test':
      return { team_id: stubWho.team, user_id: 'UBOT', bot_id: 'B1', url: 'https://w.slack.test/' };
    case 'conversations.info':
      return { channel: { id: channel, is_channel: true, name: 'soc' } };
    case 'users.info':
      return {
        user: { id: user, team_id: stubWho.team, is_admin: user === stubWho.user, tz: 'Europe/Berlin' },
      };
    case 'chat.postMessage':
    case 'chat.update':
      return { ts: '1795348800.000200', channel };
    default:
      return { view: { id: 'V1', hash: 'h' }, messages: [], members: [], users: [] };
  }
}

function sentProblems(method: string, body: Body): readonly string[] {
  if (method.startsWith('views.')) return checked(method, body['view']);
  if (method === 'chat.unfurl') {
    return Object.values(body['unfurls'] ?? {}).flatMap((preview: object) =>
      checked(method, { text: 'A preview has none.', ...preview }),
    );
  }
  return /^chat\.(?:post|update)/.test(method) ? messageProblems(body) : [];
}

function messageProblems(body: Body): readonly string[] {
  if (body['delete_original'] === true) return [];
  const unfurls = body['unfurl_links'] === false && body['unfurl_media'] === false;
  return [...checked('message', body), ...(unfurls ? [] : ['a message that unfolds its links'])];
}

function checked(what: string, payload: unknown): readonly string[] {
  return checkSlackPayload(payload).map((problem) => `${what}: ${problem}`);
}

/** The SDK sends forms whose structured fields are JSON. */
function readForm(text: string): Body {
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [
      name,
      /^(?:[[{]|true$|false$)/.test(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}
