import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, openPreparedStore, openServingDesk } from '../../src/compose/open-desk.ts';
import { silentLog } from '../../src/support/log.ts';
import { settingsOf } from './settings-of.ts';

const clock = { now: () => new Date('2026-11-22T12:00:00Z') };
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'threatbrief-desk-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const settings = (): ReturnType<typeof settingsOf> => settingsOf({ THREATBRIEF_HOME: home });

describe('openDesk', () => {
  it('answers from the bundled facts, and stores them once', async () => {
    const first = await openDesk(settings(), clock, silentLog);
    const answer = await first.desk.ask('chafer', 'clear');
    const version = await first.store.knowledgeVersion();
    await first.store.close();

    const second = await openPreparedStore(settings(), clock);

    expect(answer).toMatchObject({ outcome: 'found', answers: [{ name: 'APT39' }] });
    expect(await second.knowledgeVersion()).toBe(version);
    await second.close();
  });
});

describe('openServingDesk', () => {
  it('answers on an empty home before anything is stored, and loads nothing again once it is', async () => {
    const { desk, store, filled } = await openServingDesk(settings(), clock, silentLog);

    expect(await store.sources()).toEqual([]);
    expect(await desk.ask('chafer', 'clear')).toMatchObject({
      outcome: 'found',
      answers: [{ name: 'APT39' }],
    });

    await filled;
    expect((await store.sources()).map(({ name }) => name)).toEqual([
      'attack-enterprise',
      'attack-ics',
      'misp-galaxy',
    ]);
    expect(await desk.refresh()).toBe(false);
    await store.close();
  });

  it('answers the same from what was stored by an earlier start', async () => {
    const first = await openServingDesk(settings(), clock, silentLog);
    const before = await first.desk.ask('APT28', 'clear');
    await first.filled;
    await first.store.close();

    const second = await openServingDesk(settings(), clock, silentLog);
    const after = await second.desk.ask('APT28', 'clear');

    // Stored by another process, with the time of its own clock.
    expect(after).toEqual({ ...before, card: { ...before.card, asOf: after.card.asOf } });
    await second.filled;
    await second.store.close();
  });
});
