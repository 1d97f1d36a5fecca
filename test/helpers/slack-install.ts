import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SlackPlatform } from '../../src/chat/slack/index.ts';
import { createSlackPlatform } from '../../src/chat/slack/index.ts';
import { slackInstallsOf } from '../../src/compose/slack-installs.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import type { Log } from '../../src/support/log.ts';
import { createFakeChat, type FakeChat } from './slack-chat.ts';
import type { SlackNetwork } from './slack-network.ts';
import { signingSecret, testNow } from './slack-request.ts';

const usualKey = 'ab'.repeat(32);
export const clientSecret = 'client-secret-of-tests';
export const origin = 'http://127.0.0.1:3978';

/** A Slack platform over a real store, into which workspaces install the app. */
export interface InstallWorld {
  readonly store: Store;
  readonly home: string;
  readonly chat: FakeChat;
  readonly logged: { readonly message: string; readonly facts: object }[];
  platform: SlackPlatform;
  nowMs: number;
  /** Another process with the same database. */
  openAnother(): SlackPlatform;
  /** Sends a request and waits for what it sets off. */
  send(request: Request): Promise<Response>;
  close(): Promise<void>;
}

export interface InstallWorldOptions {
  readonly botToken?: string;
  readonly publicUrl?: string;
  /** The database of another world. */
  readonly home?: string;
  readonly encryptionKey?: string;
  /** Absent: every workspace may install. */
  readonly allowedWorkspaces?: readonly string[];
}

export async function createInstallWorld(
  network: Pick<SlackNetwork, 'apiUrl' | 'fetch'>,
  options: InstallWorldOptions = {},
): Promise<InstallWorld> {
  const { botToken, publicUrl, allowedWorkspaces, encryptionKey = usualKey } = options;
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'threatbrief-install-'));
  const store = await openStore({ home, encryptionKey });
  const chat = createFakeChat();
  const logged: InstallWorld['logged'] = [];
  const write = (facts: object, message: string): void => void logged.push({ facts, message });
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const clock = { now: () => new Date(world.nowMs) };
  const open = (): SlackPlatform =>
    createSlackPlatform(
      {
        mode: 'http',
        signingSecret,
        apiUrl: network.apiUrl,
        ...(botToken === undefined ? {} : { botToken }),
        ...(publicUrl === undefined ? {} : { publicUrl }),
        oauth: {
          clientId: 'client-id',
          clientSecret,
          authorizeUrl: `${new URL(network.apiUrl).origin}/oauth/v2/authorize`,
          ...(allowedWorkspaces === undefined ? {} : { allowedWorkspaces }),
        },
      },
      {
        chat,
        clock,
        log,
        fetch: network.fetch,
        // Long enough for another process to get its answer from the emulator.
        pause: () => wait(20),
        installs: slackInstallsOf({ store, clock, log }),
      },
    );
  const world: InstallWorld = {
    store,
    home,
    chat,
    logged,
    nowMs: testNow.getTime(),
    get platform(): SlackPlatform {
      return platform;
    },
    set platform(other) {
      platform = other;
    },
    openAnother: open,
    send: async (request) => {
      const response = await platform.fetch(request);
      await platform.stop();
      return response;
    },
    close: async () => {
      await platform.stop();
      await store.close();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
  let platform = open();
  return world;
}

/** What a browser has after `GET /slack/install`. */
export interface Begun {
  readonly location: URL;
  readonly cookie: string;
  readonly setCookie: string;
}

export async function beginInstall(platform: SlackPlatform, cookie?: string): Promise<Begun> {
  const headers = cookie === undefined ? {} : { headers: { cookie } };
  const response = await page(platform, new Request(`${origin}/slack/install`, headers));
  const setCookie = response.headers.get('set-cookie') ?? '';
  return {
    location: new URL(response.headers.get('location') ?? 'about:blank'),
    setCookie,
    cookie: setCookie.split(';')[0] ?? '',
  };
}

/** Allows the installation on the emulator's page, and gives back where it leads. */
export async function allowInstall({ location }: Begun, user: string): Promise<URL> {
  const fields = new URLSearchParams(location.searchParams);
  fields.set('user_id', user);
  const response = await fetch(`${location.origin}/oauth/v2/authorize/callback`, {
    method: 'POST',
    body: fields,
    redirect: 'manual',
  });
  return new URL(response.headers.get('location') ?? 'about:blank');
}

export function finishInstall(
  platform: SlackPlatform,
  url: URL | string,
  cookie: string | undefined,
): Promise<Response> {
  return page(platform, new Request(url, cookie === undefined ? {} : { headers: { cookie } }));
}

export async function install(platform: SlackPlatform, user: string): Promise<Response> {
  const begun = await beginInstall(platform);
  return finishInstall(platform, await allowInstall(begun, user), begun.cookie);
}

function page(platform: SlackPlatform, request: Request): Promise<Response> {
  if (platform.install === undefined) throw new Error('nothing can be installed here');
  return platform.install.fetch(request);
}
