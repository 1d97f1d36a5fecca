import { describe, expect, it } from 'vitest';
import type { StoredActivity, StoredEvidence } from '../../src/store/answer-types.ts';
import { recordKeyText } from '../../src/store/answer-types.ts';
import type { Store } from '../../src/store/types.ts';
import { actor, source } from '../store/fixtures.ts';

const person = { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' } as const;

export function activity(number: number, changes: Partial<StoredActivity> = {}): StoredActivity {
  return {
    id: `a${String(number).padStart(4, '0')}`,
    at: number,
    person,
    place: 'T1/C1',
    placeKind: 'channel',
    thread: null,
    action: 'ask',
    question: `question ${number}`,
    outcome: 'found',
    audience: 'asker',
    ceiling: 'green',
    marking: 'clear',
    markings: ['clear', 'green'],
    withheldCount: 2,
    withheldHighest: 'amber',
    entities: [`intrusion-set--${number}`],
    entityCount: 1,
    evidence: null,
    ...changes,
  };
}

function evidence(id: string, at: number, changes: Partial<StoredEvidence> = {}): StoredEvidence {
  const { platform, workspace } = person;
  return { platform, workspace, id, at, question: 'APT900', ceiling: 'amber+strict', hash: 'h1', ...changes };
}

/** What every store must do with what was asked and shown. */
export function answersContract(storeOf: () => Store): void {
  const note = (...activities: readonly StoredActivity[]): Promise<void> =>
    storeOf().noteAnswers({ activities, evidence: [], contents: [] });
  const idsOf = async (query: Omit<Parameters<Store['activities']>[0], 'since' | 'limit'>) => {
    const found = await storeOf().activities({ since: 0, limit: 100, ...query });
    return found.map(({ id }) => id);
  };

  describe('what was asked', () => {
    it('comes back as it was noted, newest first, with a NUL and an odd name made harmless', async () => {
      const odd = activity(2, {
        question: 'a\u0000b',
        thread: '__proto__',
        person: { ...person, id: "x'; --" },
      });
      await note(activity(1), odd);

      const found = await storeOf().activities({ since: 0, limit: 10 });

      expect(found).toEqual([{ ...odd, question: 'a\u{fffd}b' }, activity(1)]);
    });

    it('is noted once, however often the same is written', async () => {
      await note(activity(1));
      await note(activity(1), activity(2));

      expect(await idsOf({})).toEqual(['a0002', 'a0001']);
    });

    it('is found by person, place, thing, action, workspace and time, and page by page', async () => {
      const other = { ...person, workspace: 'slack:T2', id: 'T2/U2' };
      await note(
        activity(1),
        activity(2, { person: other, place: 'T2/C2' }),
        activity(3, { action: 'share', entities: ['x', 'y'], entityCount: 2 }),
        activity(4, { entities: [], entityCount: 0 }),
      );

      expect(await idsOf({ person: 'U2' })).toEqual(['a0002']);
      expect(await idsOf({ person: 'T1/U1' })).toEqual(['a0004', 'a0003', 'a0001']);
      expect(await idsOf({ person: '%' })).toEqual([]);
      expect(await idsOf({ place: 'C2' })).toEqual(['a0002']);
      expect(await idsOf({ entities: ['y', 'z'] })).toEqual(['a0003']);
      expect(await idsOf({ actions: ['share'] })).toEqual(['a0003']);
      expect(await idsOf({ workspace: other })).toEqual(['a0002']);
      expect(await idsOf({ until: 3 })).toEqual(['a0002', 'a0001']);
      expect(await idsOf({ before: { at: 3, id: 'a0003' } })).toEqual(['a0002', 'a0001']);
    });

    it('gives what someone looked up, each once, without lists and without what others asked', async () => {
      await note(
        activity(1, { entities: ['one'] }),
        activity(2, { entities: ['two'] }),
        activity(3, { entities: ['one'] }),
        activity(4, { entities: ['a', 'b', 'c'], entityCount: 3, outcome: 'answer' }),
        activity(5, { entities: ['near'], outcome: 'suggest' }),
        activity(6, { entities: ['mine'], person: { ...person, id: 'T1/U2' } }),
      );

      expect(await storeOf().lookups(person, 5)).toEqual([
        { entity: 'one', at: 3 },
        { entity: 'two', at: 2 },
      ]);
      expect(await storeOf().lookups(person, 1)).toEqual([{ entity: 'one', at: 3 }]);
    });

    it('is forgotten when it is old, with its evidence, but for contents that newer evidence shares', async () => {
      await storeOf().noteAnswers({
        activities: [activity(1), activity(9)],
        evidence: [evidence('E-1', 1), evidence('E-2', 1, { hash: 'h2' })],
        contents: [
          { hash: 'h1', packed: 'one' },
          { hash: 'h2', packed: 'two' },
        ],
      });
      await storeOf().noteAnswers({ activities: [], evidence: [evidence('E-9', 9)], contents: [] });

      await storeOf().trimAnswers({ activities: 5, evidence: 5 }, 100);

      expect(await idsOf({})).toEqual(['a0009']);
      expect(await idsOf({ entities: ['intrusion-set--1'] })).toEqual([]);
      expect(await storeOf().evidence(evidence('E-1', 1))).toBeUndefined();
      expect(await storeOf().evidence(evidence('E-2', 1))).toBeUndefined();
      expect(await storeOf().evidence(evidence('E-9', 1))).toMatchObject({ packed: 'one', at: 9 });
    });
  });

  describe('evidence', () => {
    it('is found in its workspace, and by an operator anywhere', async () => {
      const contents = [{ hash: 'h1', packed: 'packed' }];
      await storeOf().noteAnswers({ activities: [], evidence: [evidence('E-1', 5)], contents });

      const own = await storeOf().evidence({ platform: 'slack', workspace: 'slack:T1', id: 'E-1' });
      expect(own).toEqual({ ...evidence('E-1', 5), packed: 'packed' });
      expect(
        await storeOf().evidence({ platform: 'slack', workspace: 'slack:T2', id: 'E-1' }),
      ).toBeUndefined();
      expect(
        await storeOf().evidence({ platform: 'teams', workspace: 'slack:T1', id: 'E-1' }),
      ).toBeUndefined();
      expect(await storeOf().evidence({ id: 'E-1' })).toEqual(own);
    });
  });

  describe('the last markings of records', () => {
    it('are told of withdrawn ones too: their own, else that of their source', async () => {
      const first = await storeOf().beginImport(source, { now: 1, complete: true });
      await first.put([actor(1), actor(2, { marking: { tlp: 'red' } })]);
      await first.finish();
      const second = await storeOf().beginImport(source, { now: 2, complete: true });
      await second.put([actor(3)]);
      await second.finish();
      const keys = [1, 2, 9].map((number) => ({ source: source.name, externalId: actor(number).externalId }));

      const markings = await storeOf().lastMarkings([...keys, { source: 'unknown', externalId: 'x' }]);

      expect(keys.map((key) => markings.get(recordKeyText(key)))).toEqual(['green', 'red', undefined]);
      expect(markings.size).toBe(2);
    });
  });
}
