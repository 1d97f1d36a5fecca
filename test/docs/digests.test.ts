import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDigestFilters } from '../../src/briefing/digest-filter.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Chat, Place, Reply } from '../../src/chat/types.ts';
import { createWorkspaceSettings } from '../../src/chat/workspace-settings.ts';
import { openDeliveryDesk } from '../../src/compose/delivery-desk.ts';
import { createSubscribing } from '../../src/compose/subscribing.ts';
import { openSubscriptionDesk } from '../../src/compose/subscription-desk.ts';
import { createDeliveryCounters, noFigures } from '../../src/schedule/delivery-metrics.ts';
import { parseWhen } from '../../src/schedule/when/parse-when.ts';
import { deliveryStates } from '../../src/store/delivery-types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { run } from '../cli/fake-runtime.ts';
import { settingsOf } from '../compose/settings-of.ts';
import { bundledStore } from '../helpers/bundled-store.ts';

const page = readFileSync('docs/digests.md', 'utf8');
const now = new Date('2026-11-22T22:00:00Z');
const clock = { now: () => now };

/** The text under a heading, up to the next one. */
function part(heading: string): string {
  const start = page.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`no heading ${heading}`);
  const rest = page.slice(start + heading.length + 2);
  return rest.slice(0, rest.search(/\n#+ /) >>> 0);
}

/** What stands in backquotes in the first cells of the table there. */
function written(heading: string): readonly string[] {
  const rows = part(heading)
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  );
}

let home: string;
let store: Store;
let chat: Chat;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'threatbrief-docs-'));
  store = await openStore({ home });
  const desk = createDesk({ store: bundledStore(), clock, log: silentLog });
  const workspaces = createWorkspaceSettings({ store, clock, log: silentLog });
  const subscribing = createSubscribing({
    store,
    clock,
    workspaces,
    settings: { digestMinIntervalMinutes: 60 },
  });
  const digests = {
    compose: () => Promise.reject(new Error('not composed here')),
    requestNow: async () => ({ kind: 'queued' as const }),
  };
  chat = createChat({
    desk,
    clock,
    log: silentLog,
    settings: workspaces,
    subscribing: { ...subscribing, digests },
  });
}, 30_000);
afterAll(async () => {
  await store.close();
  rmSync(home, { recursive: true });
});

const place: Place = {
  platform: 'slack',
  id: 'T1/C1',
  workspace: 'slack:T1',
  kind: 'channel',
  ceiling: 'green',
};

function say(text: string): Promise<Reply> {
  const asker = { role: 'admin', isMemberHere: true, zone: 'Europe/Berlin' } as const;
  return chat.handle({ text, place, person: 'T1/U1', now, asker });
}

async function firstId(): Promise<string> {
  const [first] = await store.subscriptions({ kind: 'digest' });
  return first?.id ?? 'none';
}

describe('docs/digests.md', () => {
  it('shows commands of the chat that do what it says', async () => {
    const titles: Record<string, string> = {};
    for (const text of written('## For readers: in chat')) {
      titles[text] = (await say(text.replace('ID', await firstId()))).card.title;
    }

    expect(titles).toEqual({
      'subscribe daily 08:00 Europe/Berlin': 'Subscribed',
      'subscribe weekdays at 8 sector:telecom country:iran -source:misp-galaxy': 'Subscribed',
      'subscribe every Monday 09:30 actor:APT39 thread line': 'Subscribed',
      list: 'Subscriptions',
      'pause ID': 'Paused',
      'resume ID': 'Resumed',
      'edit ID weekdays at 9:15': 'Changed',
      'edit ID no filters silent': 'Changed',
      'unsubscribe ID': 'Unsubscribed',
      'digest dead': 'Could not be delivered',
      'digest now': 'Post: which one?',
      'digest preview': 'Preview: which one?',
      'digest 7 country:iran': 'Digest',
      'watch APT39': 'Watching APT39',
      'watch Turla digest': 'Watching Turla',
      'unwatch APT39': 'Watch ended',
      'mute actor APT39 for 7 days': 'Muted',
      'mute source misp-galaxy until 2027-01-31': 'Muted',
      'unmute actor APT39': 'Unmuted',
    });
  });

  it('shows settings that an admin can choose', async () => {
    for (const text of written('## For admins').filter((one) => one.startsWith('settings '))) {
      expect([text, (await say(text)).card.title]).toEqual([text, 'Changed']);
    }
  });

  it('shows schedules that are read, and such that are refused', () => {
    const read = (text: string) => parseWhen(text, { zone: 'UTC', minIntervalMinutes: 60 }).kind;
    const [accepted = '', refused = ''] = part('### When').split('Refused, ');
    const zones = [...accepted.matchAll(/\(`([^`]+)`\)/g)].map(([, text = '']) => text);
    const bad = [...refused.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

    expect(written('### When').length + zones.length).toBeGreaterThan(15);
    for (const text of [...written('### When'), ...zones]) expect([text, read(text)]).toEqual([text, 'ok']);
    expect(bad).toHaveLength(4);
    for (const text of bad) expect([text, read(text)]).toEqual([text, 'bad']);
  });

  it('shows filters that are read', () => {
    const all = written('### Filters');

    expect(all.length).toBeGreaterThan(10);
    for (const text of all) expect([text, parseDigestFilters(text).kind]).toEqual([text, 'ok']);
  });

  it('shows command lines that work', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'threatbrief-docs-'));
    const settings = settingsOf({ THREATBRIEF_HOME: folder });
    const parts = {
      clock,
      openSubscriptions: () => openSubscriptionDesk(settings, clock, silentLog),
      openDeliveries: () => openDeliveryDesk(settings, clock, silentLog),
    };
    const lines =
      /```sh\n([\s\S]*?)```/.exec(part('## For operators: the command line'))?.[1]?.trim().split('\n') ?? [];
    let id = 'none';
    try {
      for (const line of lines) {
        const words = [...line.replaceAll('ID', id).matchAll(/"([^"]*)"|(\S+)/g)].map(
          ([, a, b]) => a ?? b ?? '',
        );
        const { exitCode, out, err } = await run(words.slice(1), parts);
        expect([line, exitCode, err.replace(/^note: .*\n/, '')]).toEqual([line, 0, '']);
        if (line.includes(' add ')) id = /^\w{10}/.exec(out)?.[0] ?? id;
      }
      expect(lines.length).toBeGreaterThan(10);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  it('names every state of a delivery, and every metric of deliveries', () => {
    const metrics = createMetrics();
    const counters = createDeliveryCounters(metrics, () => noFigures);
    counters.posted('slack');
    counters.failed('slack', 'rate');
    counters.ended('posted', 'found');
    const named = new Set(metrics.render().match(/threatbrief_deliver\w+/g));

    expect([...written('### When something goes wrong')].sort()).toEqual([...deliveryStates].sort());
    expect([...named].filter((name) => !part('### Metrics and alerts').includes(name))).toEqual([]);
  });
});
