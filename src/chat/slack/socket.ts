import { setTimeout as wait } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import { SocketModeReceiver } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import { AppError } from '../../support/app-error.ts';
import type { Log } from '../../support/log.ts';
import type { Logger } from './bolt-log.ts';
import { describeError } from './bolt-log.ts';
import type { Intake } from './intake.ts';
import type { SlackSettings } from './settings.ts';
import { apiUrlOption, requireAppToken } from './settings.ts';
import { guardFrames } from './socket-frames.ts';

export interface SocketParts {
  readonly intake: Intake;
  readonly log: Log;
  readonly logger: Logger;
  readonly fetch?: FetchFunction;
}

/** Answers of `apps.connections.open` that trying again does not change. */
const refusals = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
];
const startTimeoutMs = 10_000;
const stopTimeoutMs = 2_000;
const maxPauseMs = 30_000;

/**
 * Socket Mode over Bolt's receiver, with the connection kept by us: Bolt's own reconnecting waits before each try,
 * and ends the process by an unhandled rejection when Slack refuses the token meanwhile.
 *
 * `start` resolves when Slack said hello, or after ten seconds of trying (it goes on trying), and rejects with
 * `slack-socket` when Slack refuses the app token. `stop` resolves when the socket is closed, or after two seconds.
 */
export function createSocketReceiver(settings: SlackSettings, parts: SocketParts): Receiver {
  const { intake, log, logger, fetch } = parts;
  const receiver = new SocketModeReceiver({
    appToken: requireAppToken(settings),
    // A connection that ends while something is sent over it is replaced, and Slack sends again what was not acknowledged.
    logger: { ...logger, error: logger.warn },
    autoReconnectEnabled: false,
    ...(settings.socketPingTimeoutMs === undefined
      ? {}
      : { clientPingTimeout: settings.socketPingTimeoutMs }),
    installerOptions: {
      clientOptions: {
        ...apiUrlOption(settings),
        timeout: 5_000,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        ...(fetch ? { fetch } : {}),
      },
    },
  });
  guardFrames(receiver.client, log);
  const ended = new AbortController();
  let isConnected = false;

  async function connect(): Promise<void> {
    for (let failures = 0; !ended.signal.aborted; failures += 1) {
      try {
        await receiver.client.start();
        isConnected = true;
        if (ended.signal.aborted) await disconnect();
        return;
      } catch (error) {
        if (isRefusal(error)) throw refused(error);
        log.warn(
          { error: describeError(error), failures },
          'Slack Socket Mode did not connect; trying again',
        );
        await pause(Math.min(1_000 * 2 ** failures, maxPauseMs));
      }
    }
  }

  async function disconnect(): Promise<void> {
    isConnected = false;
    await Promise.race([receiver.client.disconnect(), wait(stopTimeoutMs, undefined, { ref: false })]);
  }

  async function reconnect(): Promise<void> {
    while (!ended.signal.aborted && !isConnected) {
      try {
        await connect();
      } catch (error) {
        log.error({ error: describeError(error) }, 'Slack refuses the app token; trying again');
        await pause(maxPauseMs);
      }
    }
  }

  async function pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
  }

  receiver.client.on('disconnected', () => {
    if (!isConnected) return;
    isConnected = false;
    void reconnect();
  });

  return {
    init: (app) => {
      intake.attach(app);
      receiver.init(handOver(app, intake));
    },
    start: async () => {
      const connecting = connect();
      const outcome = await Promise.race([connecting, pause(startTimeoutMs).then(() => 'late' as const)]);
      if (outcome !== 'late' || isConnected) return;
      log.warn({}, 'Slack Socket Mode is not connected yet; it goes on trying');
      connecting.catch(() => reconnect());
    },
    stop: async () => {
      ended.abort();
      if (isConnected) await disconnect();
    },
  };
}

/** Bolt's app with its entrance led through the intake, which acknowledges before Bolt looks anything up. */
function handOver(app: App, intake: Intake): App {
  const entrance: App = Object.create(app);
  entrance.processEvent = async ({ body, ack, retryNum, retryReason }) => {
    intake.take({
      body,
      ack: (answer) => ack(answer),
      ...(retryNum === undefined ? {} : { retryNum }),
      ...(retryReason === undefined ? {} : { retryReason }),
    });
  };
  return entrance;
}

function isRefusal(error: unknown): boolean {
  const data = error instanceof Error && 'data' in error ? error.data : undefined;
  return (
    typeof data === 'object' && data !== null && 'error' in data && refusals.includes(String(data.error))
  );
}

function refused(cause: unknown): AppError {
  return new AppError(
    'slack-socket',
    'Slack refuses SLACK_APP_TOKEN: make an app-level token with the scope connections:write under "Basic Information > App-Level Tokens" and switch on Socket Mode.',
    { cause },
  );
}
