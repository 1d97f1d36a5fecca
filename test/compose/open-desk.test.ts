import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, openServingDesk } from '../../src/compose/open-desk.ts';
import { openPreparedStore } from '../../src/compose/prepared-store.ts';
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
  it('answers on an empty home before anything is stored, loads nothing again once it is, and then answers the same', async () => {
    const first = await openServingDesk(settings(), clock, silentLog);
    expect(await first.store.sources()).toEqual([]);
    const before = await first.desk.ask('chafer', 'clear');
    expect(before).toMatchObject({ outcome: 'found', answers: [{ name: 'APT39' }] });

    await first.filled;
    const stored = (await first.store.sources()).map(({ name }) => name);
    expect(stored).toEqual(['attack-enterprise', 'attack-ics', 'cisa-kev', 'misp-galaxy']);
    expect(await first.desk.refresh()).toBe(false);
    await first.store.close();

    const second = await openServingDesk(settings(), clock, silentLog);
    const after = await second.desk.ask('chafer', 'clear');
    // Stored by another process, with the time of its own clock.
    expect(after).toEqual({ ...before, card: { ...before.card, asOf: after.card.asOf } });
    await second.filled;
    await second.store.close();
  });
});
