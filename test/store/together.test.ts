import { describe, expect, it } from 'vitest';
import { createTogether } from '../../src/store/together.ts';

function gathering(refused: (items: readonly string[]) => boolean = () => false) {
  const groups: string[][] = [];
  const together = createTogether({
    work: async (items: readonly string[]) => {
      groups.push([...items]);
      await Promise.resolve();
      if (refused(items)) throw new Error(`no ${items.join(', ')}`);
      return items.map((item) => item.toUpperCase());
    },
    keyOf: (item) => item.slice(0, 1),
    most: 3,
  });
  return { together, groups };
}

describe('what is asked for at the same moment', () => {
  it('is done in one go, as many as may, and each gets its own', async () => {
    const { together, groups } = gathering();

    const results = await Promise.all(['a', 'b', 'c', 'd'].map(together));

    expect(results).toEqual(['A', 'B', 'C', 'D']);
    expect(groups).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('never has two of one key in one go', async () => {
    const { together, groups } = gathering();

    await Promise.all(['a1', 'a2', 'b1', 'a3'].map(together));

    expect(groups).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
  });

  it('fails for nobody but the one whose fault it is', async () => {
    const { together } = gathering((items) => items.includes('b'));

    const results = await Promise.allSettled(['a', 'b', 'c'].map(together));

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('goes on after a failure', async () => {
    let isOut = true;
    const { together } = gathering(() => isOut);

    await expect(together('a')).rejects.toThrow('no a');
    isOut = false;

    expect(await together('a')).toBe('A');
  });
});
