import { createHmac } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import { signingSecret } from './server.ts';
import type { SlackStandIn } from './slack-stand-in.ts';

/** Questions as people mix them: names, slips, sentences, lists, comparisons, ids, what nobody knows. */
export const mixedQuestions: readonly string[] = [
  'APT39',
  'remix kiten',
  'who is chafer',
  'what malware does APT28 use',
  'iranian groups targeting telecom',
  'compare APT28 and APT29',
  'T1566.001',
  'CVE-2021-44228',
  'who uses Mimikatz',
  'techniques of Turla',
  'Winnti',
  'zebra crossing',
  'help',
  'what is new on Lazarus',
  '8.8.8.8',
  'sources',
];

export interface Acknowledged {
  readonly status: number;
  readonly ackMs: number;
  readonly sentAt: number;
}

/** One signed `/apt` command; resolves with the acknowledgement. */
export async function sendCommand(
  address: string,
  slack: SlackStandIn,
  id: string,
  text: string,
  person = 'U1',
): Promise<Acknowledged> {
  return send(address, commandBody(slack, id, text, person), 'application/x-www-form-urlencoded');
}

function commandBody(slack: SlackStandIn, id: string, text: string, person: string): string {
  return new URLSearchParams({
    team_id: 'T1',
    channel_id: 'C1',
    user_id: person,
    user_name: 'ann',
    command: '/apt',
    text,
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    response_url: slack.responseUrl(id),
    trigger_id: `1.2.${id}`,
  }).toString();
}

/** One press on a button of an answer that only the person sees. */
export async function sendClick(
  address: string,
  slack: SlackStandIn,
  id: string,
  value: string,
  person: string,
): Promise<Acknowledged> {
  const payload = {
    type: 'block_actions',
    user: { id: person, name: 'ann', team_id: 'T1' },
    team: { id: 'T1' },
    channel: { id: 'C1' },
    container: { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: true },
    trigger_id: `1.2.${id}`,
    response_url: slack.responseUrl(id),
    actions: [{ type: 'button', action_id: 'threatbrief:0', block_id: 'b', value, action_ts: '1' }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return send(address, body, 'application/x-www-form-urlencoded');
}

/** One signed event, such as a mention. */
export async function sendEvent(address: string, event: object, id: string): Promise<Acknowledged> {
  const body = JSON.stringify({
    team_id: 'T1',
    api_app_id: 'A1',
    type: 'event_callback',
    event_id: `Ev${id}`,
    event_time: Math.floor(Date.now() / 1_000),
    authorizations: [{ team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event,
  });
  return send(address, body, 'application/json');
}

async function send(address: string, body: string, contentType: string): Promise<Acknowledged> {
  return post(prepared(address, body, contentType));
}

/** A whole request as bytes, signed: made before the clock starts, so that the sender's work is not measured. */
interface Prepared {
  readonly host: string;
  readonly port: number;
  readonly bytes: Buffer;
}

function prepared(address: string, body: string, contentType: string): Prepared {
  const { hostname, port, host } = new URL(address);
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const head = [
    'POST /slack/events HTTP/1.1',
    `host: ${host}`,
    `content-type: ${contentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-slack-request-timestamp: ${timestamp}`,
    `x-slack-signature: v0=${digest}`,
    'connection: close',
  ].join('\r\n');
  return { host: hostname, port: Number(port), bytes: Buffer.from(`${head}\r\n\r\n${body}`) };
}

/** Over a connection of its own, from the first step of which the time counts. */
function post({ host, port, bytes }: Prepared): Promise<Acknowledged> {
  return new Promise((resolve, reject) => {
    const sentAt = performance.now();
    const socket = connect(port, host, () => socket.write(bytes));
    socket.once('data', (answer: Buffer) => {
      const ackMs = performance.now() - sentAt;
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString('latin1'))?.[1] ?? 0);
      socket.destroy();
      resolve({ status, ackMs, sentAt });
    });
    socket.once('error', reject);
    socket.once('end', () => reject(new Error('the server closed the connection without an answer')));
  });
}

/** Many commands in the same moment: all of them are signed before the first is sent. */
export function sendCommandsAtOnce(
  address: string,
  slack: SlackStandIn,
  commands: readonly { readonly id: string; readonly text: string; readonly person: string }[],
): Promise<readonly Acknowledged[]> {
  const requests = commands.map(({ id, text, person }) =>
    prepared(address, commandBody(slack, id, text, person), 'application/x-www-form-urlencoded'),
  );
  return Promise.all(requests.map(post));
}

/**
 * Lets the sender itself run once, at a server that does nothing: code that runs for the first time took it 150 ms for a
 * thousand connections, which are no time of the product's.
 */
export async function warmSender(slack: SlackStandIn, count: number): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4_096, resolve));
  const { port } = server.address() as AddressInfo;
  const commands = Array.from({ length: count }, (_, at) => ({
    id: `sender-${at}`,
    text: 'help',
    person: 'U1',
  }));
  await sendCommandsAtOnce(`http://127.0.0.1:${port}`, slack, commands);
  await new Promise((resolve) => server.close(resolve));
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
