import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, fetch } from 'undici';

/** Teams' connector as far as a load on the bot needs it: rosters of own members, and posts that are taken. */
export interface TeamsStandIn {
  readonly serviceUrl: string;
  /** Posts that came, by the id of the message that they answer. */
  readonly answered: ReadonlySet<string>;
  close(): Promise<void>;
}

export const teamsTenants = 100;

/** One of the tenants, each with one conversation, so that no limit of Teams is what is measured. */
export function tenantOf(at: number): string {
  return `tenant-${at % teamsTenants}`;
}

export async function openTeamsStandIn(): Promise<TeamsStandIn> {
  const answered = new Set<string>();
  let posts = 0;
  const server = createServer((request, response) => {
    void answer(request).then(
      (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      () => response.destroy(),
    );
  });

  async function answer(request: IncomingMessage): Promise<object> {
    const path = request.url ?? '/';
    const tenantId = tenantOf(Number(/chat-(\d+)/.exec(path)?.[1] ?? '0'));
    const member = { id: '29:ann', tenantId, userRole: 'user', userPrincipalName: 'ann@corp.example' };
    if (path.includes('/pagedmembers')) return { members: [member] };
    if (path.includes('/members/')) return member;
    await drained(request);
    posts += 1;
    const repliedTo = /activities\/([^/?]+)/.exec(path)?.[1];
    if (repliedTo !== undefined) answered.add(decodeURIComponent(repliedTo));
    return { id: `post-${posts}` };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4_096, resolve));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    answered,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Enough connections that no request waits for another one's. */
const agent = new Agent({ connections: 200, pipelining: 1, keepAliveTimeout: 30_000 });

export interface Timed {
  readonly status: number;
  readonly ms: number;
}

/** One activity in a personal chat; resolves with the answer's time once its body is read. */
export async function sendActivity(
  address: string,
  { serviceUrl }: Pick<TeamsStandIn, 'serviceUrl'>,
  at: number,
  activity: object,
  authorization?: string,
): Promise<Timed> {
  const tenantId = tenantOf(at);
  const body = JSON.stringify({
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:ann', name: 'Ann' },
    recipient: { id: '28:bot', name: 'threatbrief' },
    conversation: { id: `chat-${at % teamsTenants}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    ...activity,
  });
  const started = performance.now();
  const response = await fetch(new URL('/api/messages', address), {
    method: 'POST',
    body,
    dispatcher: agent,
    headers: {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
  });
  await response.text();
  return { status: response.status, ms: performance.now() - started };
}

async function drained(request: IncomingMessage): Promise<void> {
  for await (const _ of request);
}
