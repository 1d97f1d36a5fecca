import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/types.ts';
import { actor, source } from '../store/fixtures.ts';

/** What every store must do with what conversations spoke of, and with stretches of indicators. */
export function threadsContract(storeOf: () => Store): void {
  describe('what a conversation spoke of', () => {
    const subject = { entity: 'intrusion-set--x', form: 'tools of {}', saidAt: 1_000 };

    it('is kept for each conversation, the last one', async () => {
      const store = storeOf();

      await store.rememberThreadSubject('slack\n\nT1/C1/1', subject);
      await store.rememberThreadSubject('slack\n\nT1/C1/1', { ...subject, form: '{}', saidAt: 2_000 });

      expect(await store.threadSubject('slack\n\nT1/C1/1')).toEqual({
        ...subject,
        form: '{}',
        saidAt: 2_000,
      });
      expect(await store.threadSubject('slack\n\nT1/C1/2')).toBeUndefined();
    });

    it('is forgotten when it is old', async () => {
      const store = storeOf();
      await store.rememberThreadSubject('old', subject);
      await store.rememberThreadSubject('new', { ...subject, saidAt: 5_000 });

      await store.forgetThreadSubjects(5_000);

      expect(await store.threadSubject('old')).toBeUndefined();
      expect(await store.threadSubject('new')).toBeDefined();
    });

    it('takes any text for what it is', async () => {
      const store = storeOf();

      await store.rememberThreadSubject("'; drop table source; --\u0000", { ...subject, form: '\u0000{}' });

      expect(await store.threadSubject("'; drop table source; --\u0000")).toBeDefined();
    });
  });

  describe('stretches of indicators', () => {
    it('give each value once, in the order of bytes, at most as many as asked for', async () => {
      const store = storeOf();
      const values = ['10.1.2.3', '10.1.2.30', '10.1.20.1', '10.10.0.1', '10.1.2.0/24', 'a.example'];
      const record = {
        ...actor(77),
        indicators: [...values, '10.1.2.3'].map((value) => ({
          type: 'ip-dst',
          value,
          lookupValues: [value],
        })),
      };
      const session = await store.beginImport(source, { now: 1, complete: false });
      await session.put([record]);
      await session.finish();

      const range = [{ from: '10.1.2.', to: '10.1.2/' }];
      expect(await store.indicatorValues(range, 10)).toEqual(['10.1.2.0/24', '10.1.2.3', '10.1.2.30']);
      expect(await store.indicatorValues(range, 2)).toHaveLength(2);
      expect(await store.indicatorValues([], 10)).toEqual([]);
    });
  });
}
