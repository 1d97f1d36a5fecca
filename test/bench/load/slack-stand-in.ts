import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Slack as far as a load on the bot needs it: who is who, posts that are taken, and addresses for answers. */
export interface SlackStandIn {
  /** For `SLACK_API_URL`. */
  readonly apiUrl: string;
  /** An address for the answer to one request. */
  responseUrl(id: string): string;
  /** Answers that came, by the id of their request, with the time (milliseconds of `performance.now()`). */
  readonly answered: ReadonlyMap<string, number>;
  /** Web API calls by method. */
  readonly calls: ReadonlyMap<string, number>;
  /** Keys of deliveries that were posted, with how often. */
  readonly delivered: ReadonlyMap<string, number>;
  /** Answers that are no card: a text for which the bot apologised. */
  readonly failed: readonly string[];
  close(): Promise<void>;
}

const people = {
  ok: true,
  user: { id: 'U1', name: 'ann', tz: 'Europe/Berlin', is_admin: true, team_id: 'T1' },
};

export async function openSlackStandIn(): Promise<SlackStandIn> {
  const answered = new Map<string, number>();
  const calls = new Map<string, number>();
  const delivered = new Map<string, number>();
  const failed: string[] = [];
  let posts = 0;

  function api(method: string, form: URLSearchParams): object {
    calls.set(method, (calls.get(method) ?? 0) + 1);
    switch (method) {
      case 'auth.test':
        return { ok: true, team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT', team: 'Load' };
      case 'users.info':
        return { ...people, user: { ...people.user, id: form.get('user') ?? 'U1' } };
      case 'conversations.info':
        return {
          ok: true,
          channel: { id: form.get('channel') ?? 'C1', is_channel: true, is_member: true, name: 'soc' },
        };
      case 'conversations.members':
        return { ok: true, members: ['U1', 'UBOT'], response_metadata: { next_cursor: '' } };
      case 'chat.postMessage': {
        posts += 1;
        const metadata = form.get('metadata');
        const key = metadata === null ? undefined : String(JSON.parse(metadata).event_payload?.key ?? '');
        if (key !== undefined && key !== '') delivered.set(key, (delivered.get(key) ?? 0) + 1);
        const id = /"load:([\w-]+)"/.exec(form.get('blocks') ?? '')?.[1];
        if (id !== undefined) answered.set(id, performance.now());
        return {
          ok: true,
          ts: `1795348800.${String(posts).padStart(6, '0')}`,
          channel: form.get('channel') ?? 'C1',
        };
      }
      case 'conversations.history':
      case 'conversations.replies':
        return { ok: true, messages: [], has_more: false };
      default:
        return { ok: true };
    }
  }

  const server = createServer((request, response) => {
    void (async () => {
      const body = await read(request);
      const path = request.url ?? '/';
      if (path.startsWith('/api/')) {
        const method = path.slice('/api/'.length);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(api(method, new URLSearchParams(body))));
        return;
      }
      const id = path.slice('/answer/'.length);
      answered.set(id, performance.now());
      if (/tb-[0-9a-f]{8}/.test(body) && failed.length < 20) failed.push(body.slice(0, 300));
      response.writeHead(200).end('ok');
    })().catch(() => response.destroy());
  });
  const origin = await listen(server);
  return {
    apiUrl: `${origin}/api/`,
    responseUrl: (id) => `${origin}/answer/${id}`,
    answered,
    calls,
    delivered,
    failed,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4_096, resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
