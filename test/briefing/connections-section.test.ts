import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import type { StoredConnection } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, sampleSources } from '../helpers/knowledge.ts';
import { readCard, sectionTexts } from '../helpers/reading.ts';

const now = new Date('2026-01-20T03:00:00Z');
const clock = { now: () => now };

function connected(name: string, changes: Partial<StoredConnection> = {}, marking?: Tlp): StoredConnection {
  return {
    connection: {
      name,
      kind: 'url',
      url: 'https://acme.example/',
      every: '6h',
      ...(marking === undefined ? {} : { marking }),
    },
    addedAt: 0,
    paused: false,
    state: {},
    sources: [],
    lastAttemptAt: null,
    lastSuccessAt: null,
    lastError: null,
    lastCounts: null,
    failures: 0,
    nextRunAt: Date.parse('2026-01-20T06:01:00Z'),
    leasedUntil: null,
    ...changes,
  };
}

async function sourcesCard(connections: readonly StoredConnection[], ceiling: Tlp): Promise<Card> {
  const store = { ...createMemoryStore().store, connections: async () => connections };
  const chat = createChat({ desk: createDesk({ store, clock, log: silentLog }), clock, log: silentLog });
  const place = { platform: 'cli', id: 'here', kind: 'direct', ceiling } as const;
  return (await chat.handle({ text: 'sources', place, person: 'p', now })).card;
}

const counts = { documents: 1, new: 1200, changed: 2, unchanged: 5, withdrawn: 0, older: 0, rejected: 1 };

describe('connected sources in chat', () => {
  it('show last success, what it brought, and what comes next', async () => {
    const card = await sourcesCard(
      [
        connected('kev', { lastSuccessAt: Date.parse('2026-01-20T00:01:00Z'), lastCounts: counts }),
        connected('new-one'),
        connected('resting', { paused: true }),
        connected('busy', { leasedUntil: now.getTime() + 1 }),
      ],
      'green',
    );

    expect(sectionTexts(card, 'connections')).toEqual([
      'kev — last success 2026-01-20 00:01, last sync 1,200 new · 2 changed · 5 unchanged · 1 rejected, next sync 2026-01-20 06:01',
      'new-one — never synced so far, next sync 2026-01-20 06:01',
      'resting — never synced so far, paused',
      'busy — never synced so far, syncing now',
    ]);
    expect(card.badges).toEqual([]);
  });

  it('show what fails first, in the tone of an alarm, with what to do', async () => {
    const failing = connected('acme', {
      lastError: 'https://acme.example/ could not be fetched: no answer',
      failures: 3,
    });

    const card = await sourcesCard([connected('fine'), failing], 'green');

    expect(card.badges).toEqual([{ text: '1 connected source fails', tone: 'attention' }]);
    expect(sectionTexts(card, 'connections')[0]).toMatch(
      /^acme fails \(3 times in a row\) — .*no answer\. never synced so far, next sync .*What it brought before stays; an operator can try "sources sync acme"\.$/,
    );
  });

  it('lets nothing of an error be pressed', async () => {
    const error = 'it redirects to https://evil.example/x';

    const card = await sourcesCard([connected('acme', { lastError: error, failures: 1 })], 'green');

    const section = card.sections.find(({ id }) => id === 'connections');
    const spans = section?.type === 'list' ? section.items.flatMap(({ text }) => text) : [];
    expect(spans.find(({ text }) => text === error)?.defang).toBe(true);
  });

  it('are not named where their marking forbids it, or where all that they brought is hidden', async () => {
    const hidden = sampleSources.find(({ defaultMarking }) => defaultMarking === 'amber');
    const secrets = [
      connected('marked-amber', {}, 'amber'),
      connected('fed-hidden', { sources: [hidden?.name ?? 'nothing of the sample'] }),
      connected('fed-unknown', { sources: ['not-known-here'], lastError: 'down', failures: 1 }),
      connected('unmarked'),
    ];

    const clear = await sourcesCard(secrets, 'clear');
    const green = await sourcesCard(secrets, 'green');
    const amber = await sourcesCard(secrets, 'amber');

    expect(readCard(clear)).not.toMatch(/marked-amber|fed-hidden|fed-unknown|unmarked/);
    expect(clear.badges).toEqual([]);
    expect(readCard(green)).not.toMatch(/marked-amber|fed-hidden|fed-unknown/);
    expect(readCard(green)).toContain('unmarked');
    expect([clear.marking, green.marking, amber.marking]).toEqual(['clear', 'green', 'amber']);
    expect(readCard(amber)).toContain('marked-amber');
  });
});
