import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';

/** What the bot sent back for an envelope. */
export interface Acknowledged {
  readonly envelope_id: string;
  readonly payload?: unknown;
}

/** Slack's side of Socket Mode on loopback. */
export interface SlackSocketServer {
  /** Ends in `/api/`. */
  readonly apiUrl: string;
  readonly acknowledged: Acknowledged[];
  /** How often the bot asked for an address to connect to. */
  opened(): number;
  /** How `apps.connections.open` answers instead, while set. */
  refuse: object | undefined;
  /** Resolves with the next connection to which hello was said, or with the present one. */
  connected(): Promise<WebSocket>;
  /** Sends an envelope and resolves when it is acknowledged. */
  deliver(
    type: 'slash_commands' | 'events_api' | 'interactive',
    payload: unknown,
    retryAttempt?: number,
  ): Promise<void>;
  /** Tells the bot to connect anew, as Slack does every few hours. */
  askToReconnect(): void;
  close(): Promise<void>;
}

export async function createSlackSocketServer(): Promise<SlackSocketServer> {
  const acknowledged: Acknowledged[] = [];
  const waitingForAck = new Map<string, () => void>();
  const waitingForConnection: ((socket: WebSocket) => void)[] = [];
  let current: WebSocket | undefined;
  let openings = 0;
  let envelopes = 0;

  const http = createServer((_request, response) => {
    openings += 1;
    const { port } = http.address() as AddressInfo;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(self.refuse ?? { ok: true, url: `ws://127.0.0.1:${port}/link` }));
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket) => {
    current = socket;
    socket.on('close', () => {
      if (current === socket) current = undefined;
    });
    socket.on('message', (data) => {
      const answer = JSON.parse((data as Buffer).toString('utf8')) as Acknowledged;
      acknowledged.push(answer);
      waitingForAck.get(answer.envelope_id)?.();
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    for (const resolve of waitingForConnection.splice(0)) resolve(socket);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;

  const self: SlackSocketServer = {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    acknowledged,
    opened: () => openings,
    refuse: undefined,
    connected: () =>
      current === undefined
        ? new Promise((resolve) => waitingForConnection.push(resolve))
        : Promise.resolve(current),
    deliver: (type, payload, retryAttempt = 0) => {
      envelopes += 1;
      const envelope_id = `envelope-${envelopes}`;
      return new Promise((resolve) => {
        waitingForAck.set(envelope_id, resolve);
        const envelope = {
          envelope_id,
          type,
          payload,
          accepts_response_payload: type !== 'events_api',
          retry_attempt: retryAttempt,
        };
        current?.send(JSON.stringify(envelope));
      });
    },
    askToReconnect: () => {
      const socket = current;
      current = undefined;
      socket?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return self;
}
