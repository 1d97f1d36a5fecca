import { describe, expect, it } from 'vitest';
import { createChangeWindows } from '../../src/chat/change-windows.ts';
import type { StoredChange } from '../../src/store/types.ts';

const now = Date.parse('2026-02-20T08:00:00Z');
const hourMs = 3_600_000;

function changeAt(id: number, at: number): StoredChange {
  return {
    id,
    at,
    source: 'alpha',
    recordId: `record-${id}`,
    kind: 'report-new',
    title: `Report ${id}`,
    marking: 'clear',
    detail: {},
  };
}

const stored = [changeAt(1, now - 5 * hourMs), changeAt(2, now - 3 * hourMs), changeAt(3, now - hourMs)];

function openWindows(): {
  readonly windows: ReturnType<typeof createChangeWindows>;
  readonly reads: number[];
} {
  const reads: number[] = [];
  const windows = createChangeWindows(
    {
      store: {
        knowledgeVersion: async () => 1,
        changes: async (from) => {
          reads.push(from);
          return stored.filter(({ at }) => at >= from);
        },
      },
      desk: {
        state: () => ({ ready: true, version: 1, builtAt: now, rebuilding: false, problem: null }),
        refresh: async () => false,
      },
    },
    () => now,
  );
  return { windows, reads };
}

describe('change windows', () => {
  it('give one list to all windows that hold the same changes, whenever they began', async () => {
    const { windows, reads } = openWindows();

    const all = await windows.window({ from: now - 6 * hourMs });
    const sameByTime = await windows.window({ from: now - 5.5 * hourMs });
    const sameByNumber = await windows.window({ from: now, after: 0 });

    expect(all.changes.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(sameByTime.changes).toBe(all.changes);
    expect(sameByNumber.changes).toBe(all.changes);
    expect(reads).toHaveLength(1);
  });

  it('give different lists where the changes differ, though they are as many', async () => {
    const { windows } = openWindows();

    const newest = await windows.window({ from: now - 2 * hourMs });
    const later = await windows.window({ from: now, after: 2 });
    const none = await windows.window({ from: now, after: 3 });

    expect(newest.changes.map(({ id }) => id)).toEqual([3]);
    expect(later.changes).toBe(newest.changes);
    expect(none).toEqual({ changes: [], through: 3 });
  });
});
