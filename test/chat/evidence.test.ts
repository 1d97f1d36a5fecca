import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readEvidenceId } from '../../src/briefing/evidence-types.ts';
import { createAuditTrail } from '../../src/chat/audit.ts';
import { auditedChat } from '../../src/chat/audit-chat.ts';
import { createHandoverDesk } from '../../src/chat/audit-handover.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { createEvidenceDesk } from '../../src/chat/evidence.ts';
import { createRecentLookups } from '../../src/chat/recent.ts';
import type { Place, Reply } from '../../src/chat/types.ts';
import type { SourceRecord } from '../../src/domain/record.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { ids, sampleRecords, sampleSources } from '../helpers/knowledge.ts';
import { allActions, readCard } from '../helpers/reading.ts';

const start = Date.UTC(2026, 0, 20, 3);
const channel: Place = {
  platform: 'slack',
  workspace: 'slack:T1',
  id: 'T1/C1',
  kind: 'channel',
  ceiling: 'green',
};
const direct: Place = { ...channel, id: 'T1/D1', kind: 'direct' };

/** A bot over a real database, whose sources can be imported anew. */
async function openWorld(home: string) {
  let at = start;
  const clock = { now: () => new Date(at) };
  const store = await openStore({ home });
  const desk = createDesk({ store, clock, log: silentLog });
  const trail = createAuditTrail({ store, log: silentLog, questions: 'text', gatherMs: 1 });
  const evidence = createEvidenceDesk({ store, trail, keptDays: 365 });
  const handovers = createHandoverDesk({ store, trail });
  const plain = createChat({ desk, clock, log: silentLog, subscribing: { evidence, handovers } });
  const chat = auditedChat(plain, trail);
  return {
    store,
    trail,
    desk,
    recent: createRecentLookups({ store, desk, log: silentLog }),
    pass: (ms: number) => void (at += ms),
    say: (text: string, place: Place = channel, person = 'T1/U1'): Promise<Reply> =>
      chat.handle({ text, place, person, asker: { role: 'member' }, now: clock.now() }),
    press: (reply: Reply, label: string, place: Place = channel): Promise<Reply> => {
      const action = allActions(reply.card).find((one) => one.label === label);
      if (action?.type !== 'command') throw new Error(`no button "${label}"`);
      const asker = { role: 'member' } as const;
      return chat.handleAction({ value: action.value, place, person: 'T1/U1', asker, now: clock.now() });
    },
    /** What a source says from now on; `changed` gives a record anew, or leaves it out. */
    importAgain: async (name: string, changed: (record: SourceRecord) => SourceRecord | undefined) => {
      await importSource(store, name, clock.now().getTime(), changed);
      await desk.refresh();
    },
    close: async () => {
      await trail.stop();
      await store.close();
    },
  };
}

async function importSource(
  store: Store,
  name: string,
  now: number,
  changed: (record: SourceRecord) => SourceRecord | undefined = (record) => record,
): Promise<void> {
  const source = sampleSources.find((one) => one.name === name);
  if (source === undefined) throw new Error(`no source ${name}`);
  const session = await store.beginImport(source, { now, complete: true });
  const own = sampleRecords.filter((one) => one.source === name);
  await session.put(own.flatMap(({ record }) => changed(record) ?? []));
  await session.finish();
}

function marked(record: SourceRecord, tlp: Tlp): SourceRecord {
  return { ...record, marking: { tlp }, modified: '2026-01-01T00:00:00.000Z' };
}

const doorRelation = 'relationship--00000000-0000-4000-8000-000000000101';

describe('evidence of an answer', () => {
  let home = '';
  let template = '';
  let world: Awaited<ReturnType<typeof openWorld>>;

  beforeAll(async () => {
    template = mkdtempSync(join(tmpdir(), 'threatbrief-evidence-'));
    const store = await openStore({ home: template });
    for (const { name } of sampleSources) await importSource(store, name, start - 1_000);
    await store.close();
  });
  afterAll(() => rmSync(template, { recursive: true, force: true }));
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'threatbrief-evidence-'));
    cpSync(template, home, { recursive: true });
    world = await openWorld(home);
  });
  afterEach(async () => {
    await world.close();
    rmSync(home, { recursive: true, force: true });
  });

  async function evidenceOf(text: string, place: Place = channel): Promise<string> {
    const { card } = await world.say(text, place);
    expect(card.evidence).toMatch(/^E-[0-9A-HJKMNP-TV-Z]{8}$/);
    return card.evidence ?? '';
  }

  it('is found at once, a moment later, and after a restart, however it is typed', async () => {
    const id = await evidenceOf('APT900');
    const atOnce = readCard((await world.say(`why ${id}`)).card);
    await world.trail.flush();
    const later = readCard((await world.say(`WHY ${id.toLowerCase()}?`)).card);
    await world.close();
    world = await openWorld(home);
    const restarted = readCard((await world.say(`why ${id}`)).card);

    expect(atOnce).toContain('Asked: APT900');
    expect(atOnce).toContain('HeronDoor');
    expect(later).toBe(atOnce);
    expect(restarted).toBe(atOnce);
  });

  it('is not known in another workspace', async () => {
    const id = await evidenceOf('APT900');

    const elsewhere = await world.say(`why ${id}`, { ...channel, workspace: 'slack:T2' });

    expect(elsewhere.answer?.outcome).toBe('not-found');
    expect(readCard(elsewhere.card)).not.toContain('APT900');
  });

  it('tells what was known then and what has gone, after a withdrawal', async () => {
    const id = await evidenceOf('APT900');
    world.pass(1_000);
    await world.importAgain('alpha', (one) => (one.externalId === doorRelation ? undefined : one));

    const reply = await world.say(`why ${id}`);

    expect(reply.card.sections.find((section) => section.id === 'gone')).toMatchObject({
      heading: 'Made no more',
      items: [{ text: expect.arrayContaining([expect.objectContaining({ text: 'HeronDoor' })]) }],
    });
    expect(readCard(reply.card)).toContain('1 is made no more');
    expect(reply.card.withheld.count).toBe(0);
  });

  it('withholds and counts what is marked higher by now, and with it what was asked', async () => {
    const id = await evidenceOf('HeronDoor');
    world.pass(1_000);
    await world.importAgain('alpha', (one) =>
      one.externalId === ids.door || one.externalId === doorRelation ? marked(one, 'red') : one,
    );

    const below = await world.say(`why ${id}`);
    const above = await world.say(`why ${id}`, { ...direct, ceiling: 'red' });

    expect(JSON.stringify(below)).not.toMatch(/HeronDoor|herondoor/);
    expect(below.card.withheld).toMatchObject({ highest: 'red' });
    expect(below.card.withheld.count).toBeGreaterThan(0);
    expect(readCard(above.card)).toContain('HeronDoor');
    expect(above.card.marking).toBe('red');
  });

  it('holds to the last marking of what was marked higher and then withdrawn', async () => {
    const id = await evidenceOf('APT900');
    world.pass(1_000);
    await world.importAgain('alpha', (one) => (one.externalId === doorRelation ? marked(one, 'red') : one));
    world.pass(1_000);
    await world.importAgain('alpha', (one) => (one.externalId === doorRelation ? undefined : one));

    const below = await world.say(`why ${id}`);

    expect(readCard(below.card)).not.toContain('HeronDoor');
    expect(below.card.withheld).toMatchObject({ count: 1, highest: 'red' });
    expect(readCard((await world.say(`why ${id}`, { ...channel, ceiling: 'red' })).card)).toContain(
      'HeronDoor',
    );
  });

  it('holds to the marking of then: what a direct conversation was shown, a channel is not', async () => {
    const id = await evidenceOf('APT900', { ...direct, ceiling: 'amber' });

    const inChannel = await world.say(`why ${id}`);
    const outside = await world.say(`why ${id}`, { ...channel, ceiling: 'clear' });

    expect(readCard(inChannel.card)).not.toMatch(/Quiet herons|Russia|Delta exchange|Asked:/);
    expect(inChannel.card.withheld).toMatchObject({ highest: 'amber' });
    expect(readCard(outside.card)).not.toMatch(/Gamma notes|Delta Press|Herons on the wire/);
    expect(outside.card.marking).toBe('clear');
  });

  it('shares to everyone what everyone may see, and pages through the rest', async () => {
    const id = await evidenceOf('APT900', { ...direct, ceiling: 'amber' });
    const asked = await world.say(`why ${id}`, { ...direct, ceiling: 'amber' });
    expect(readCard(asked.card)).toContain('Quiet herons');

    const shared = await world.press(asked, 'Share');

    expect(shared.audience).toBe('place');
    expect(readCard(shared.card)).not.toContain('Quiet herons');
  });

  it('bears none of its own, nor does a card that rests on nothing', async () => {
    const id = await evidenceOf('APT900');

    expect((await world.say(`why ${id}`)).card.evidence).toBeUndefined();
    expect((await world.say('help')).card.evidence).toBeUndefined();
  });

  describe('a handover', () => {
    it('tells the most asked first, without names, and what changed meanwhile', async () => {
      await world.say('APT900');
      await world.say('HeronDoor', channel, 'T1/U2');
      const shared = await world.say('APT900', channel, 'T1/U2');
      await world.press(shared, 'Share');
      world.pass(60_000);
      await world.importAgain('alpha', (one) => (one.externalId === doorRelation ? undefined : one));

      const { card } = await world.say('handover 1h');

      const text = readCard(card);
      expect(card.sections.filter(({ id }) => id.startsWith('actor-')).map(({ heading }) => heading)).toEqual(
        ['APT900', 'HeronDoor'],
      );
      expect(text).toContain('Looked up 2 times by 2 people, 2 by you, shared once');
      expect(text).toContain('Changed: ');
      expect(text).not.toMatch(/U1|U2/);
      expect(allActions(card).map(({ label }) => label)).toContain('Brief');
    });

    it('keeps a direct message’s words to the one who wrote them', async () => {
      await world.say('what malware does APT900 use', direct, 'T1/U2');

      const others = readCard((await world.say('handover')).card);
      const own = readCard((await world.say('handover', direct, 'T1/U2')).card);

      expect(others).toContain('APT900');
      expect(others).not.toContain('what malware does');
      expect(own).toContain('what malware does APT900 use');
    });

    it('tells a channel no words that its reader wrote elsewhere, and none written for fewer than read it now', async () => {
      await world.say('what malware does APT900 use', direct);
      await world.say('what aliases does APT900 have');

      const here = readCard((await world.say('handover')).card);
      const outside = readCard((await world.say('handover', { ...channel, ceiling: 'clear' })).card);

      expect(here).toContain('what aliases does');
      expect(here).not.toContain('what malware does');
      expect(outside).not.toMatch(/what (?:malware|aliases) does/);
    });

    it('tells what is watched to those alone who may know of other places', async () => {
      const person = { platform: 'slack', workspace: 'slack:T1', id: 'T1/U2' } as const;
      await world.store.addWatch({
        person,
        entity: ids.actor,
        name: 'APT900',
        mode: 'once',
        createdAt: start,
      });
      world.pass(1);

      const inside = readCard((await world.say('handover')).card);
      const outside = readCard((await world.say('handover', { ...channel, ceiling: 'clear' })).card);

      expect(inside).toContain('Watched anew');
      expect(outside).not.toContain('APT900');
    });

    it('tells nothing of other places where people from outside may read', async () => {
      await world.say('APT900', direct, 'T1/U2');

      const text = readCard((await world.say('handover', { ...channel, ceiling: 'clear' })).card);

      expect(text).not.toContain('APT900');
      expect(text).toContain('1 request in other places of the team is not told here');
    });

    it('counts what is above the ceiling and names nothing of it', async () => {
      await world.say('Quiet herons', { ...direct, ceiling: 'amber' }, 'T1/U2');

      const { card } = await world.say('handover');

      expect(readCard(card)).not.toContain('Quiet herons');
      expect(card.withheld).toMatchObject({ count: 1, highest: 'amber' });
    });

    it('says so when nothing happened, and reads a time of the clock', async () => {
      expect(readCard((await world.say('handover since 02:59')).card)).toContain('A quiet shift');
      expect(readCard((await world.say('handover since 25:00')).card)).toContain('Not understood');
      expect(readCard((await world.say('handover 5y')).card)).toContain('at most 31 days');
    });
  });

  describe('recent look-ups', () => {
    it('are a person’s own, newest first, without what is above the ceiling', async () => {
      await world.say('APT900');
      world.pass(10);
      await world.say('HeronDoor');
      world.pass(10);
      await world.say('Quiet herons', { ...direct, ceiling: 'amber' });
      await world.say('APT901', channel, 'T1/U2');
      await world.trail.flush();
      const person = { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' } as const;

      const recent = await world.recent.recentLookups({ person, ceiling: 'green', limit: 5 });

      expect(recent.map(({ name }) => name)).toEqual(['HeronDoor', 'APT900']);
    });
  });
});

describe('readEvidenceId', () => {
  it.each([
    ['E-7KQ2MX4P', 'E-7KQ2MX4P'],
    [' e-7kq2mxOl? ', 'E-7KQ2MX01'],
    ['E–7KQ2MX4P', 'E-7KQ2MX4P'],
    ['E-7KQ2MX', undefined],
    ['APT39 E-7KQ2MX4P', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, id) => {
    expect(readEvidenceId(text)).toBe(id);
  });
});
