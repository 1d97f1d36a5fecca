import { describe, expect, it } from 'vitest';
import { createDesk, type Desk, type DeskParts } from '../../src/chat/desk.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, fakeId, sampleRecords, sampleSources, stored } from '../helpers/knowledge.ts';

const clock = { now: () => new Date('2026-01-20T03:00:00Z') };
const newActor = stored('alpha', {
  externalId: fakeId('intrusion-set', 3),
  title: 'APT902',
  entity: { type: 'intrusion-set', id: fakeId('intrusion-set', 3), name: 'APT902', externalIds: [] },
  claims: [],
});

function deskOver(store: DeskParts['store']): Desk {
  return createDesk({ store, clock, log: silentLog });
}

describe('createDesk', () => {
  it('loads once for the first questions, however many come at once', async () => {
    const { store, loads } = createMemoryStore();
    const desk = deskOver(store);

    const answers = await Promise.all(
      ['APT900', 'APT901', 'HeronDoor'].map((text) => desk.ask(text, 'green')),
    );

    expect(answers.map(({ outcome }) => outcome)).toEqual(['found', 'found', 'found']);
    expect(loads()).toBe(1);
  });

  it('is ready after a load, with the version that it answers from', async () => {
    const desk = deskOver(createMemoryStore().store);
    expect(desk.state()).toMatchObject({ ready: false, version: null, problem: null });

    await desk.refresh();

    expect(desk.state()).toMatchObject({ ready: true, version: 1, rebuilding: false, problem: null });
  });

  it('does nothing on refresh when the version is the same', async () => {
    const { store, loads } = createMemoryStore();
    const desk = deskOver(store);
    await desk.refresh();

    expect(await desk.refresh()).toBe(false);
    expect(loads()).toBe(1);
  });

  it('swaps whole when the version rose', async () => {
    const memory = createMemoryStore();
    const desk = deskOver(memory.store);
    expect((await desk.ask('APT902', 'green')).outcome).not.toBe('found');

    memory.replace({ records: [...sampleRecords, newActor], sources: sampleSources });
    expect(await desk.refresh()).toBe(true);

    expect((await desk.ask('APT902', 'green')).outcome).toBe('found');
    expect(desk.state().version).toBe(2);
  });

  it('answers from what was there before while it rebuilds', async () => {
    const memory = createMemoryStore();
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isHeld = false;
    const desk = deskOver({
      ...memory.store,
      async *records() {
        if (isHeld) await gate;
        yield* memory.store.records();
      },
    });
    await desk.refresh();
    isHeld = true;
    memory.replace({ records: [...sampleRecords, newActor], sources: sampleSources });

    const refreshing = desk.refresh();
    const meanwhile = await desk.ask('APT900', 'green');

    expect(meanwhile.outcome).toBe('found');
    expect(desk.state()).toMatchObject({ ready: true, version: 1, rebuilding: true });
    release();
    await refreshing;
    expect(desk.state()).toMatchObject({ version: 2, rebuilding: false });
  });

  it('keeps answering when a refresh fails, and says why in its state', async () => {
    const memory = createMemoryStore();
    const desk = deskOver(memory.store);
    await desk.refresh();
    memory.fail(new Error('locked'));

    await expect(desk.refresh()).rejects.toThrow('locked');

    expect((await desk.ask('APT900', 'green')).outcome).toBe('found');
    expect(desk.state()).toMatchObject({ ready: true, problem: 'locked' });
    memory.fail(undefined);
    await desk.refresh();
    expect(desk.state().problem).toBeNull();
  });

  it('answers each ceiling from its own knowledge', async () => {
    const desk = deskOver(createMemoryStore().store);

    const reports = await Promise.all(
      (['clear', 'green', 'amber'] as const).map(async (ceiling) => {
        const { facts } = await desk.ask('APT900', ceiling);
        return facts.filter(({ predicate }) => predicate === 'reported-in').map(({ object }) => object.name);
      }),
    );

    expect(reports).toEqual([[], ['Herons on the wire'], ['Quiet herons', 'Herons on the wire']]);
  });

  it('refuses digest filters that it cannot read', async () => {
    const desk = deskOver(createMemoryStore().store);

    await expect(desk.digest({ days: 7, filters: 'colour:red', ceiling: 'green' })).rejects.toMatchObject({
      code: 'digest-filter',
      exitCode: 2,
    });
  });
});
