import { describe, expect, it } from 'vitest';
import type { NotedDecision } from '../../src/store/settings-types.ts';
import type { Store } from '../../src/store/types.ts';

const join: NotedDecision = {
  key: 'a',
  kind: 'same',
  members: ['G9001', 'G9002'],
  reason: 'Seen \u0000 it.',
};
const part: NotedDecision = {
  key: 'b',
  kind: 'different',
  members: ['G9001', 'G9003'],
  by: 'Team 7',
  date: '2026-01-31',
  marking: 'amber',
  place: 'identity.yaml line 3',
};

/** What every store must do with what people decided. */
export function settingsContract(storeOf: () => Store): void {
  describe('decisions on identity', () => {
    it('are noted when first seen and when gone, and again when they come back', async () => {
      const store = storeOf();

      await store.noteDecisions([join, part], 1_000);
      await store.noteDecisions([part, join], 2_000);
      await store.noteDecisions([part], 3_000);
      await store.noteDecisions([join, part], 4_000);

      const { key: _, ...partContent } = part;
      const history = await store.decisionHistory();
      expect(history).toHaveLength(3);
      expect(
        history.filter(({ kind }) => kind === 'same').map(({ seenAt, goneAt }) => [seenAt, goneAt]),
      ).toEqual([
        [1_000, 3_000],
        [4_000, null],
      ]);
      expect(history.find(({ kind }) => kind === 'different')).toEqual({
        ...partContent,
        seenAt: 1_000,
        goneAt: null,
      });
    });

    it('survive being noted twice at the same moment', async () => {
      const store = storeOf();

      await store.noteDecisions([join], 1_000);
      await store.noteDecisions([], 1_000);
      await store.noteDecisions([join], 1_000);

      expect((await store.decisionHistory()).map(({ goneAt }) => goneAt)).toEqual([null]);
    });
  });

  describe('settings of a workspace', () => {
    it('are kept for each workspace, with who changed them last', async () => {
      const store = storeOf();
      const naming = (houses: readonly string[], changedBy: string, changedAt: number) =>
        store.changeWorkspaceSetting('slack:T1', { name: 'naming', value: { houses }, changedBy, changedAt });

      await naming(['ESET'], 'T1/U1', 1_000);
      await naming(['Microsoft', 'ESET'], 'T1/U2', 2_000);

      expect(await store.workspaceSettings('slack:T1')).toEqual([
        { name: 'naming', value: { houses: ['Microsoft', 'ESET'] }, changedBy: 'T1/U2', changedAt: 2_000 },
      ]);
      expect(await store.workspaceSettings('slack:T2')).toEqual([]);
    });

    it('take any text for what it is', async () => {
      const store = storeOf();
      const workspace = "teams:'; drop table source; --";

      await store.changeWorkspaceSetting(workspace, {
        name: 'naming',
        value: null,
        changedBy: '\u0000<@U1>',
        changedAt: 1,
      });

      expect(await store.workspaceSettings(workspace)).toHaveLength(1);
    });
  });
}
