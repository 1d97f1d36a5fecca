import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { SlackPlatform } from '../../src/chat/slack/index.ts';
import { createSlackPlatform } from '../../src/chat/slack/index.ts';
import { slackAssistant } from '../../src/chat/slack/surface.ts';
import { loadBundledData } from '../../src/ingest/bundled.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import type { SentToSlack, SlackNetwork } from '../helpers/slack-network.ts';
import { botToken, createSlackNetwork } from '../helpers/slack-network.ts';
import type { Who } from '../helpers/slack-request.ts';
import {
  clickBody,
  formRequest,
  jsonRequest,
  mentionBody,
  payloadRequest,
  signingSecret,
  slashBody,
  testNow,
} from '../helpers/slack-request.ts';
import { entityRecord, source } from '../knowledge/records.ts';

const clock = { now: () => testNow };
let home: string;
let store: Store;
let network: SlackNetwork;
let platform: SlackPlatform;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'threatbrief-slack-'));
  store = await openStore({ home });
  await loadBundledData(store, 'data', clock);
  await importGreenActor();
  network = await createSlackNetwork();
  const desk = createDesk({ store, clock, log: silentLog });
  await desk.refresh();
  const settings = { mode: 'http', botToken, signingSecret, apiUrl: network.apiUrl } as const;
  const chat = createChat({ desk, clock, log: silentLog });
  platform = createSlackPlatform(settings, { chat, clock, log: silentLog, fetch: network.fetch });
});
afterAll(async () => {
  await platform.stop();
  await network.close();
  await store.close();
  await rm(home, { recursive: true });
});
/** An actor that an operator's own source knows, for TLP:GREEN. */
async function importGreenActor(): Promise<void> {
  const { recordCount: _, importedAt: __, ...info } = source('acme', 'green');
  const session = await store.beginImport(info, { now: testNow.getTime(), complete: true });
  await session.put([entityRecord({ source: 'acme', name: 'Example Kestrel', number: 901 }).record]);
  await session.finish();
}

beforeEach(() => network.reset());
afterEach(() => network.expectSoundMessages());

const ann = (): Who => ({ team: network.team, channel: network.channel, user: network.users.ann });

async function send(request: Request): Promise<SentToSlack> {
  const before = network.messages().length;
  const { status } = await platform.fetch(request);
  expect(status).toBe(200);
  await platform.stop();
  const sent = network.messages().slice(before);
  expect(sent).toHaveLength(1);
  return sent[0] as SentToSlack;
}

const slash = (text: string, who = ann()): Promise<SentToSlack> => send(formRequest(slashBody(who, text)));
const press = (value: string): Promise<SentToSlack> => send(payloadRequest(clickBody(ann(), value)));

interface Button {
  readonly label: string;
  readonly value: string;
}

/** Everything that can be pressed in a message and wants an answer. */
function buttonsOf({ body }: SentToSlack): readonly Button[] {
  const found: Button[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { value, url, text } = node as { value?: unknown; url?: unknown; text?: { text?: string } };
    if (typeof value === 'string' && url === undefined) found.push({ label: text?.text ?? '', value });
    Object.values(node).forEach(walk);
  };
  walk(body['blocks']);
  return found;
}

describe('the bundled data in Slack', () => {
  it.each(['APT39', 'chafer', 'remix kiten', 'who is G0087'])(
    'answers /apt %s with the card of APT39',
    async (text) => {
      const answer = await slash(text);

      expect(answer.body).toMatchObject({ response_type: 'ephemeral', replace_original: false });
      expect(JSON.stringify(answer.body['blocks'])).toContain('APT39');
    },
  );

  it('answers a bare command with help that names the command and examples to press', async () => {
    const help = await slash('');

    expect(buttonsOf(help).length).toBeGreaterThan(0);
    for (const { value } of buttonsOf(help).slice(0, 5)) await press(value);
  });

  it.each(slackAssistant.prompts.map(({ message }) => [message]))(
    'answers what the pane offers: %s',
    async (text) => {
      const answer = await slash(text);

      expect(answer.body['text']).not.toMatch(/No match|not answered|near names/i);
      expect(buttonsOf(answer).map(({ label }) => label)).toContain('Share');
    },
  );

  it('tells a member what is GREEN, and a guest nothing of it', async () => {
    const forMember = await slash('Example Kestrel');
    network.stubs.set('users.info', async (body) =>
      Response.json({ ok: true, user: { id: body['user'], team_id: network.team, is_restricted: true } }),
    );
    const forGuest = await slash('Example Kestrel', { ...ann(), user: network.users.ben });

    expect(JSON.stringify(forMember.body['blocks'])).toContain('TLP:GREEN');
    expect(forGuest.body['text']).toBe('No match.');
    expect(JSON.stringify(forGuest.body)).not.toContain('000000000901');
  });

  it('answers a mention with the same facts, in its thread', async () => {
    const answer = await send(
      jsonRequest(mentionBody(ann(), `<@${network.users.bot}> what malware does APT39 use?`)),
    );

    expect(answer).toMatchObject({ method: 'chat.postMessage', body: { thread_ts: '1795348800.000100' } });
    expect(JSON.stringify(answer.body)).toContain('Remexi');
  });

  it.each([
    'APT28',
    'APT39',
    'Lazarus Group',
    'Cobalt',
    'T1566',
    'Mimikatz',
    'compare APT28 and APT29',
    'no such actor xq',
  ])('answers every button of %s, and every button of those answers to More and Sources', async (text) => {
    const seen = new Set<string>();
    const crawl = async (message: SentToSlack, depth: number): Promise<void> => {
      for (const { value, label } of buttonsOf(message)) {
        if (seen.has(value) || seen.size > 60) continue;
        seen.add(value);
        const answer = await press(value);
        expect(answer.body['text'], label).not.toMatch(/went wrong|did not work/i);
        const isShare = value.startsWith('s|');
        expect(answer.method).toBe(isShare ? 'chat.postMessage' : 'response_url');
        if (isShare) expect(JSON.stringify(answer.body['blocks'])).toContain('Shared by ann');
        if (depth < 2) await crawl(answer, depth + 1);
      }
    };
    await crawl(await slash(text), 0);
  });
});
